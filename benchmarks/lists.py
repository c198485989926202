"""The admin's list of commendations with 100,000 rows beside the same list with 1,000."""

import time
from typing import Any

from benchmarks.support.database import scratch_database
from benchmarks.support.results import finish, result

FEW, MANY, BATCH, TIMES = 1_000, 100_000, 5_000, 30


def main() -> None:
    with scratch_database("court_bench_lists"):
        compare()
    finish()


def compare() -> None:
    # Models can only be imported once Django runs on the scratch database.
    from django.db import connection
    from django.test import Client

    from courts.admin import CappedPaginator
    from tests import make

    court = make.court()
    client = Client()
    client.force_login(make.user("clerk", court=court))
    last = {FEW: FEW // 50, MANY: CappedPaginator.CAP // 50}
    seconds: dict[tuple[int, str], float] = {}
    for size in (FEW, MANY):
        fill(court, size)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        addresses = {
            "first page": "",
            "last page": f"?p={last[size]}",
            "by strokes": "?o=0",
            "by strokes, last first": "?o=-0",
            "by strokes, last page": f"?o=0&p={last[size]}",
            "search": "?q=李一",
        }
        for name, query in addresses.items():
            seconds[size, name] = least_seconds(client, f"/admin/awards/commendation/{query}")
    for (size, name), value in seconds.items():
        if size == MANY:
            bound = 1.3 if name == "first page" else None if name == "search" else 2
            result(f"list of {MANY:,}, {name}", value * 1000, "ms", baseline=seconds[FEW, name] * 1000, at_most=bound)


def least_seconds(client: Any, address: str) -> float:
    times = []
    for _time in range(TIMES):
        start = time.perf_counter()
        response = client.get(address)
        times.append(time.perf_counter() - start)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return min(times)  # what the page costs; the rest is other work on this machine


def fill(court: Any, size: int) -> None:
    """Winners until there are `size`: a hundred to a conference, names of three characters."""
    from awards.models import Commendation
    from tests import make

    category = make.category(court=court)
    there = Commendation.objects.count()
    for start in range(there, size, BATCH):
        rows = []
        for number in range(start, min(start + BATCH, size)):
            if number % 1000 == 0:
                conference = make.conference(court=court, kind="quarterly", year_reviewed=1950 + number // 1000 % 150)
            row = Commendation(
                conference=conference, category=category, order=number % 1000, department_name="民事审判庭"
            )
            row.name = "李王张刘陈杨赵黄"[number % 8] + chr(0x4E00 + number // 8 % 5000) + chr(0x4E00 + number % 5000)
            row.prepare()
            rows.append(row)
        Commendation.objects.bulk_create(rows, batch_size=BATCH)


if __name__ == "__main__":
    main()
