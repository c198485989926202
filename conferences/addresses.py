"""The parts of the addresses that are more than a word or a number."""

from conferences.models import Conference

KINDS = "|".join(kind for kind in Conference.Kind.values if kind != Conference.Kind.ANNUAL)


class YearConverter:
    """A year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class MeetingConverter:
    """A kind of conference other than the annual one, with its number from the second on: quarterly-2."""

    regex = rf"(?:{KINDS})(?:-(?:[2-9]|1[0-2]))?"

    def to_python(self, value: str) -> tuple[str, int]:
        kind, _dash, number = value.rpartition("-")
        return (kind, int(number)) if number.isdigit() else (value, 1)

    def to_url(self, value: str | tuple[str, int]) -> str:
        if isinstance(value, str):
            return value
        kind, number = value
        return kind if number == 1 else f"{kind}-{number}"
