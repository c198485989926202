from sample.records import CourtData


def courts() -> list[CourtData]:
    return []
