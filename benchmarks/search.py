"""The first page of the search in a province of 200 courts and ten years, beside the same page by plain icontains.

The whole request of a visitor: rights, form, counts and first results of each kind. Queries are drawn from what the
province holds; each is asked once to warm up what every server has loaded long before, then counted. The baseline
answers fewer of them, in the same run: it reads all the texts each time.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.support.database import scratch_database
from benchmarks.support.results import finish, result

COURTS, YEARS, SEED = 200, 10, 1
EACH, OF_BASELINE = 40, 4  # queries of each kind
ANSWERED = (b'<h2 id="found-', b'<p class="empty">')
AT_MOST, TIMES_AS_FAST = 150, 5  # milliseconds; p95 beside p95


def main() -> None:
    with scratch_database("court_bench_search"):
        fill()
        compare()
    finish()


def fill() -> None:
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        # Filling tables is faster without the indexes; they are made anew as they were.
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%zh_pairs%'")
        indexes = dict(cursor.fetchall())
        for name in indexes:
            cursor.execute(f"DROP INDEX {name}")
        begun = time.perf_counter()
        call_command("make_province", courts=COURTS, years=YEARS, seed=SEED, verbosity=0)
        result(f"making {COURTS} courts of {YEARS} years", time.perf_counter() - begun, "s")
        begun = time.perf_counter()
        for definition in indexes.values():
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")
        result(f"making {len(indexes)} indexes", time.perf_counter() - begun, "s")


def compare() -> None:
    from django.test import Client

    client = Client()

    def milliseconds(query: str) -> float:
        begun = time.perf_counter()
        response = client.get("/search/", {"q": query})
        if response.status_code != 200 or not any(mark in response.content for mark in ANSWERED):
            raise SystemExit(f"{query} answered {response.status_code}")
        return (time.perf_counter() - begun) * 1000

    for what, queries in asked().items():
        ours = measured(milliseconds, queries)
        with by_icontains():
            plain = measured(milliseconds, queries[:OF_BASELINE])
        result(f"{what}, p95", ours, "ms", at_most=AT_MOST)
        result(f"{what}, beside icontains", ours, "ms", baseline=plain, at_most=1 / TIMES_AS_FAST)


def measured(milliseconds: Callable[[str], float], queries: list[str]) -> float:
    """The 95th percentile."""
    milliseconds(queries[0])
    return statistics.quantiles(map(milliseconds, queries), n=20, method="inclusive")[-1]


def asked() -> dict[str, list[str]]:
    """Words as people type them: pieces of headings, measures and names; and what hardly anyone has."""
    from awards.models import Commendation
    from conferences.models import Measure, PriorityTask

    chance = random.Random(SEED)
    texts = [*PriorityTask.objects.values_list("heading", flat=True).order_by().distinct()]
    texts += Measure.objects.values_list("text", flat=True).order_by().distinct()
    names = list(Commendation.objects.exclude(name="").values_list("name", flat=True).order_by("pk")[:5000])

    def pieces(length: int) -> Iterator[str]:
        while True:
            text = chance.choice(texts)
            start = chance.randrange(max(1, len(text) - length))
            if (piece := text[start : start + length]).isalpha() and len(piece) == length:
                yield piece

    two, four, rest = pieces(2), pieces(4), pieces(2)
    rare = [name for name in names if not name.isascii() and any(ord(char) > 0xFFFF for char in name)]
    common = ["执行", "审判", "工作", "法官", "调解", "先进", "民事", "案件"]
    return {
        "two characters": [*common, *(next(two) for _ in range(EACH - len(common)))],
        "four characters": ["诉源治理", "重点工作", "先进个人", *(next(four) for _ in range(EACH - 3))],
        "two words": [f"{next(rest)} {next(rest)}" for _ in range(EACH)],
        "a name": [chance.choice(names) for _ in range(EACH)],
        "rare": [chance.choice(["量子纠缠", "䶮骉", *rare]) for _ in range(EACH)],
    }


@contextmanager
def by_icontains() -> Iterator[None]:
    """Answers the same questions by Django's own lookup: each word, without an index."""
    from django.db.models.lookups import IContains

    from courts.search import Contains, words_of

    def as_sql(self: Any, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        parts = [IContains(self.lhs, word).as_sql(compiler, connection) for word in words_of(self.rhs)]
        return " AND ".join(sql for sql, _values in parts), [value for _sql, values in parts for value in values]

    ours = Contains.as_postgresql
    Contains.as_postgresql = as_sql  # type: ignore[method-assign]
    try:
        yield
    finally:
        Contains.as_postgresql = ours  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
