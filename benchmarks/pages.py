"""The page of a conference with 80 winners beside two plain views, served as in production."""

import gzip
import os
import re
import time
from pathlib import Path
from typing import Any

from benchmarks.support.database import scratch_database
from benchmarks.support.load import ask, rates, served
from benchmarks.support.results import finish, result

PORT = 8765
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0"}  # counted as a reader
WINNERS, MANY_WINNERS, TIMES = 80, 400, 40
# Some 3,000 characters in six parts, as a work report has them.
SPEECH = "\n".join(
    f"{numeral}、把牢工作方向\n" + "认真学习，抓好落实，每月检查一次。" * 28 for numeral in "一二三四五六"
)


def main() -> None:
    with scratch_database("court_bench_pages", settings="benchmarks.support.settings"):
        address = fill(WINNERS)
        weight(address)
        os.environ["BENCH_CACHE"] = "off"
        with served(PORT):
            plain, rows, anew = rates(
                PORT, ("/bench/template/", 200, {}), ("/bench/rows/", 200, {}), (address, 200, {})
            )
        result("page built anew, beside 30 KB of rows", anew, "1/s", baseline=rows, at_least=0.3)
        # A template that only repeats one text does nothing that a page does; how far it is ahead is worth knowing.
        result("page built anew, beside 30 KB of one text", anew, "1/s", baseline=plain)
        os.environ["BENCH_CACHE"] = "on"
        with served(PORT):
            etag = re.search(rb"ETag: (\S+)", ask(PORT, address, {}))[1].decode()
            seen = (address, 304, BROWSER | {"If-None-Match": etag})
            constant, kept, unchanged = rates(PORT, ("/bench/constant/", 200, {}), (address, 200, BROWSER), seen)
        result("page from the cache", kept, "1/s", baseline=constant, at_least=0.5)
        result("304 answer", unchanged, "1/s", baseline=constant, at_least=0.6)
        further_winners(address)
    finish()


def fill(winners: int) -> str:
    """One published conference of ordinary size; returns its address."""
    from tests import make

    conference = make.published(title="2023年度工作总结暨表彰大会", venue="第一审判庭", summary="一年工作的总结。" * 12)
    for number in range(12):
        make.figure(conference=conference, label=f"指标{number}", value=1000 + number, order=number)
    for number in range(8):
        make.agenda_item(conference=conference, title=f"议程第{number}项", order=number)
    for number in range(4):
        speech = make.speech(conference=conference, text=SPEECH, order=number)
    for number in range(6):
        task = make.task(conference=conference, speech=speech, heading=f"重点工作{number}", order=number)
        for order in range(3):
            make.measure(task=task, text=f"第{order}项举措：每季度检查一次", order=order)
    for number in range(5):
        make.honour(conference=conference, title=f"全市法院先进集体{number}", bodies="市中级人民法院", level="city")
    add_winners(conference, winners)
    return conference.get_absolute_url()


def add_winners(conference: Any, winners: int) -> None:
    from django.utils import timezone

    from awards.models import AwardCategory, Commendation
    from tests import make

    categories = list(AwardCategory.objects.filter(court=conference.court))
    categories = categories or [make.category(court=conference.court, order=number) for number in range(8)]
    rows = [
        Commendation(
            conference=conference,
            category=categories[number % 8],
            name="李王张刘陈杨赵黄"[number % 8] + chr(0x4E00 + number) + chr(0x5000 + number),
            department_name=f"第{number % 12}审判庭",
            announced_at=timezone.now(),
            announced_by=conference.published_by,
            order=number,
        )
        for number in range(winners)
    ]
    for row in rows:
        row.prepare()
    Commendation.objects.bulk_create(rows)


def further_winners(address: str) -> None:
    """What each winner beyond the first 80 costs in time and bytes, and that no query comes on top."""
    from conferences.models import Conference

    few_seconds, few_bytes, few_queries = measured(address)
    add_winners(Conference.objects.get(), MANY_WINNERS - WINNERS)
    many_seconds, many_bytes, many_queries = measured(address)
    more = MANY_WINNERS - WINNERS
    result("queries of the page", few_queries, "", at_most=8)
    result(f"queries with {MANY_WINNERS} winners", many_queries, "", at_most=few_queries)
    result("each further winner", (many_seconds - few_seconds) / more * 1000, "ms", at_most=0.12)
    result("each further winner", (many_bytes - few_bytes) / more / 1024, "KB", at_most=0.35)


def measured(address: str) -> tuple[float, int, int]:
    """The least seconds of building the page, its bytes as HTML, and its queries."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, times = Client(), []
    for _time in range(TIMES):
        cache.clear()
        start = time.perf_counter()
        response = client.get(address)
        times.append(time.perf_counter() - start)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return min(times), len(response.content), len(queries)


def weight(address: str) -> None:
    """What a first visit loads: the page and the files that it names, compressed as they are sent."""
    from django.conf import settings
    from django.test import Client

    html = Client().get(address).content
    files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
    sizes = [min((Path(settings.STATIC_ROOT, name + end)).stat().st_size for end in packed(name)) for name in files]
    page = len(gzip.compress(html))
    result("HTML, compressed", page / 1024, "KB", at_most=10)
    result("first view, compressed", (page + sum(sizes)) / 1024, "KB", at_most=60)
    result("requests of the first view", 1 + len(files), "", at_most=8)


def packed(name: str) -> list[str]:
    from django.conf import settings

    return [end for end in ("", ".gz", ".br") if Path(settings.STATIC_ROOT, name + end).exists()]


if __name__ == "__main__":
    main()
