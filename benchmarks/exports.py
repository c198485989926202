"""Award lists of 100,000 rows beside a bare loop over the same values, and beside django-import-export.

Ours is the whole request: rights, form, counting, log, file. The bare loop is one query in the same order and the
same writer, nothing around it. Each number comes from a process of its own, so that its memory is its own, and is
the least of a few runs. import-export gets a tenth of the rows: it holds them all in memory.
"""

import csv
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import django
import xlsxwriter
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.support.database import scratch_database
from benchmarks.support.results import finish, result
from courts.pinyin import pinyin_key
from courts.strokes import stroke_key

FEW, TENTH, MANY = 1_000, 10_000, 100_000
COURTS, YEARS, CATEGORIES, AWARDS = 20, range(2014, 2024), 10, 500  # awards of each conference
# What gives so many rows: how many of the courts, and of the years.
CHOICES = {FEW: (1, 2), TENTH: (2, 10), MANY: (COURTS, len(YEARS))}
ORDER = "strokes"
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# One value for each column that we write.
VALUES = (
    *("id", "conference__court__name", "conference__year_reviewed", "conference__title", "category__family"),
    *("category__name", "name", "department_name", "post", "decision__serial", "revoked_at"),
)
FORMATS = ("csv", "xlsx")
TURNS = 2  # each in a process of its own, which does it twice: the first time it still reads its own files
ABOUT_AWARDS = ("awards_commendation", "awards_exportlog")
READER = "superior"


class Measured(NamedTuple):
    """Least seconds for the whole file and for its first bytes; megabytes at most; queries about awards."""

    seconds: float
    first: float
    megabytes: float
    queries: int


def main() -> None:
    with scratch_database("court_bench_exports"):
        fill()
        for file_format in FORMATS:
            compare(file_format)
    finish()


def compare(file_format: str) -> None:
    name = file_format.upper()
    bare, ours = side_by_side("bare", file_format, MANY)
    few = measured("ours", file_format, FEW)
    result(f"{name} of {MANY:,} awards", ours.seconds, "s", baseline=bare.seconds, at_most=1.5)
    result(f"{name}, memory beyond that of {FEW:,} awards", ours.megabytes - few.megabytes, "MB", at_most=15)
    result(f"{name}, queries", ours.queries, "queries", at_most=3)
    if file_format == "csv":
        result(f"{name}, first bytes", ours.first, "s", at_most=0.2)
    theirs, tenth = side_by_side("theirs", file_format, TENTH)
    result(f"{name} of {TENTH:,} beside django-import-export", tenth.seconds, "s", baseline=theirs.seconds)
    result(f"{name} of {TENTH:,}, memory", tenth.megabytes, "MB", baseline=theirs.megabytes)


def side_by_side(baseline: str, file_format: str, rows: int) -> tuple[Measured, Measured]:
    """The baseline and ours in turns: a machine that slows down for a while slows both."""
    turns = [(measured(baseline, file_format, rows), measured("ours", file_format, rows)) for _turn in range(TURNS)]
    theirs, ours = zip(*turns, strict=True)
    return least(theirs), least(ours)


def measured(way: str, file_format: str, rows: int) -> Measured:
    """Measures in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exports", way, file_format, str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(*json.loads(done.stdout))


def fill() -> None:
    """One court above, twenty below it with ten annual conferences of 500 awards each."""
    from awards.models import AwardCategory, Commendation
    from courts.models import Department
    from tests import make

    now, names = timezone.now(), different_names()
    above = make.court(name="甲省高级人民法院", level="high")
    reader = make.user(READER, court=above, username=READER)
    for _court in range(COURTS):
        court = make.court(parent=above)
        categories = AwardCategory.objects.bulk_create(
            AwardCategory(court=court, name=f"先进个人{number}", order=number) for number in range(CATEGORIES)
        )
        departments = Department.objects.bulk_create(
            Department(court=court, name=f"第{number}审判庭", order=number) for number in range(CATEGORIES)
        )
        for year in YEARS:
            conference = make.conference(
                court=court,
                year_reviewed=year,
                submitted_at=now,
                submitted_by=reader,
                published_at=now,
                published_by=reader,
            )
            Commendation.objects.bulk_create(winners(conference, categories, departments, names))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def winners(conference: Any, categories: list[Any], departments: list[Any], names: Iterator[str]) -> list[Any]:
    """The awards of one conference, announced."""
    from awards.models import Commendation

    return [
        Commendation(
            conference=conference,
            category=categories[number % CATEGORIES],
            department=departments[number // CATEGORIES % CATEGORIES],
            department_name=departments[number // CATEGORIES % CATEGORIES].name,
            post="审判员、三级高级法官",
            order=number,
            announced_at=conference.published_at,
            announced_by=conference.published_by,
            name=name,
            stroke_key=stroke_key(name),
            pinyin_key=pinyin_key(name),
        )
        for number, name in enumerate(islice(names, AWARDS))
    ]


def different_names() -> Iterator[str]:
    """A hundred thousand names of three characters, as different as those of a province."""
    for number in range(MANY):
        yield "李王张刘陈杨赵黄"[number % 8] + chr(0x4E00 + number % 5000) + chr(0x4E00 + number // 20)


def chosen(rows: int) -> dict[str, list[int]]:
    """The courts and years that give so many rows."""
    from courts.models import Court

    courts, years = CHOICES[rows]
    below = Court.objects.exclude(parent=None).order_by("pk").values_list("pk", flat=True)
    return {"court": list(below[:courts]), "year": list(YEARS)[:years]}


def ours(file_format: str, rows: int) -> Measured:
    """The download as the superior court's reader asks for it."""
    from awards.exports import DEFAULT_COLUMNS
    from courts.models import User

    client = Client()
    client.force_login(User.objects.get(username=READER))
    client.get("/")  # a server has loaded its middleware long before
    form = {"columns": DEFAULT_COLUMNS, "order": ORDER, "file_format": file_format, "download": "1", **chosen(rows)}
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        pieces = iter(client.post("/awards/export/", form).streaming_content)  # type: ignore[attr-defined]
        size = len(next(pieces))
        first = time.perf_counter() - start
        size += sum(map(len, pieces))
        seconds = time.perf_counter() - start
    if size < rows * 30:
        raise SystemExit(f"Only {size} bytes came.")
    queries = sum(any(table in query["sql"] for table in ABOUT_AWARDS) for query in captured)
    return Measured(seconds, first, megabytes(), queries)


def bare(file_format: str, rows: int) -> Measured:
    """One loop over the values, with the writer that we use too."""
    from awards.models import Commendation

    awards = Commendation.objects.narrowed(**chosen(rows)).listed(ORDER)
    start = time.perf_counter()
    values = awards.values_list(*VALUES).iterator(chunk_size=2000)
    write_bare(file_format, values)
    return Measured(time.perf_counter() - start, 0, megabytes(), 1)


def write_bare(file_format: str, values: Any) -> None:
    if file_format == "csv":
        with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(values)
        return
    with tempfile.TemporaryFile() as target, xlsxwriter.Workbook(target, OPTIONS) as workbook:
        sheet = workbook.add_worksheet()
        for place, value in enumerate(values):
            sheet.write_row(place, 0, value)


def theirs(file_format: str, rows: int) -> Measured:
    """The same columns with a resource of django-import-export."""
    from import_export import fields, resources  # type: ignore[import-untyped]

    from awards.models import Commendation

    columns = {path: fields.Field(attribute=path, column_name=path) for path in VALUES}
    options = type("Meta", (), {"model": Commendation, "fields": list(columns)})
    resource = type("Awards", (resources.ModelResource,), {**columns, "Meta": options})()
    awards = Commendation.objects.narrowed(**chosen(rows)).listed(ORDER)
    start = time.perf_counter()
    related = awards.select_related("conference__court", "category", "decision")
    resource.export(related).export(file_format)
    return Measured(time.perf_counter() - start, 0, megabytes(), 1)


def megabytes() -> float:
    """The most memory that this process had. Not ru_maxrss: on Linux that begins with the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def least(runs: Sequence[Measured]) -> Measured:
    return Measured(
        min(run.seconds for run in runs), min(run.first for run in runs), runs[-1].megabytes, runs[-1].queries
    )


if __name__ == "__main__":
    if sys.argv[1:]:
        django.setup()
        logging.disable(logging.WARNING)
        way, file_format, rows = sys.argv[1:]
        chosen_way = {"ours": ours, "bare": bare, "theirs": theirs}[way]
        print(json.dumps(least([chosen_way(file_format, int(rows)) for _run in range(2)])))
    else:
        main()
