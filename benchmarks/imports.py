"""Award lists that come in, beside stock django-import-export in the same run; and 50,000 rows in little memory.

Both get the same 1,000 rows: names that the register has, a new award for each. Ours is reading, preview and
confirmation; theirs the dry run and the real one, the way its admin works. Ours is the least of some turns; the stock
has one, for it takes half a minute. The long list is read, compared and written in a process of its own, so that its
memory is its own.
"""

import io
import json
import logging
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import django
from django.db import connection, reset_queries, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.support.database import scratch_database
from benchmarks.support.results import finish, result

FEW, MANY = 1_000, 50_000
CATEGORIES, DEPARTMENTS = 10, 40
TURNS = 2
HEADINGS = ("奖项", "获奖者", "部门", "职务")
CLERK = "clerk"


class Step(NamedTuple):
    """Seconds and queries of one step."""

    seconds: float
    queries: int


def main() -> None:
    with scratch_database("court_bench_imports"):
        fill()
        compare()
        seconds, megabytes = json.loads(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.imports", "long"], check=True, capture_output=True, text=True
            ).stdout
        )
        result(f"{MANY:,} rows read, compared and written", seconds, "s")
        result(f"{MANY:,} rows, memory", megabytes, "MB", at_most=300)
    finish()


def compare() -> None:
    turns, stock = [ours() for _turn in range(TURNS)], theirs()
    for number, what in enumerate(("preview", "confirmation")):
        seconds = min(turn[number].seconds for turn in turns)
        result(f"{what} of {FEW:,} awards", seconds, "s", baseline=stock[number].seconds, at_most=0.125)
        result(f"{what}, queries", turns[0][number].queries, "queries", at_most=80)
        result(f"{what}, queries of the stock", stock[number].queries, "queries")


def fill() -> None:
    """A court with its register, a draft and a clerk."""
    from courts.models import Department, Person
    from tests import make

    court = make.court()
    make.conference(court=court)
    make.user(CLERK, court=court, username=CLERK)
    for number in range(CATEGORIES):
        make.category(court=court, name=f"奖项{number}")
    departments = Department.objects.bulk_create(
        Department(court=court, name=f"第{number}审判庭") for number in range(DEPARTMENTS)
    )
    people = [
        Person(court=court, name=name(number), department=departments[number % DEPARTMENTS]) for number in range(MANY)
    ]
    for person in people:
        person.fill_keys()
    Person.objects.bulk_create(people, batch_size=5000)


def name(number: int) -> str:
    """As different as those of a province."""
    return "李王张刘陈杨赵黄"[number % 8] + chr(0x4E00 + number % 5000) + chr(0x4E00 + number // 20)


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (f"奖项{number % CATEGORIES}", name(number), f"第{number % DEPARTMENTS}审判庭", "审判员")
        for number in range(count)
    ]


def timed(act: Callable[[], Any]) -> tuple[Any, Step]:
    reset_queries()  # the log has room for 9,000, and the stock fills it
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        done = act()
        seconds = time.perf_counter() - start
    return done, Step(seconds, len(captured))


def ours() -> tuple[Step, Step]:
    """Preview and confirmation; taken back afterwards."""
    from intake.confirming import confirm

    content, by = as_csv(FEW), clerk()
    with transaction.atomic():
        one, preview = timed(lambda: previewed(content, by))
        _done, confirmation = timed(lambda: confirm(one, by=by))
        check(FEW)
        transaction.set_rollback(True)
    return preview, confirmation


def previewed(content: bytes, by: Any) -> Any:
    from intake.files import read_table
    from intake.importing import begin, proceed
    from intake.kinds import KINDS, Scope

    scope = Scope(by.court, by.court.conferences.get())
    table = read_table(io.BytesIO(content), len(content))
    one = begin(KINDS["commendations"], scope, table, by=by, source="list.csv", size=len(content))
    proceed(one, seconds=600)
    if one.wrong:
        raise SystemExit(f"{one.wrong} rows are wrong.")
    return one


def theirs() -> tuple[Step, Step]:
    """The dry run and the real one; taken back afterwards."""
    import tablib

    resource, by = resource_of(clerk().court), clerk()
    data = tablib.Dataset(*rows(FEW), headers=["category", "person", "department", "post"])
    with transaction.atomic():
        dry, preview = timed(lambda: resource.import_data(data, dry_run=True, user=by))
        if dry.has_errors() or dry.has_validation_errors():
            raise SystemExit("The stock import has errors.")
        _real, confirmation = timed(lambda: resource.import_data(data, dry_run=False, user=by))
        check(FEW)
        transaction.set_rollback(True)
    return preview, confirmation


def resource_of(court: Any) -> Any:
    """A resource as its manual has it: relations by name, one row for each conference, award and person."""
    from import_export import fields, resources, widgets  # type: ignore[import-untyped]

    from awards.models import AwardCategory, Commendation
    from courts.models import Department, Person

    class OfCourt(widgets.ForeignKeyWidget):
        def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
            return super().get_queryset(value, row, *args, **kwargs).filter(court=court)

    class Awards(resources.ModelResource):
        category = fields.Field("category", "category", widget=OfCourt(AwardCategory, "name"))
        person = fields.Field("person", "person", widget=OfCourt(Person, "name"))
        department = fields.Field("department", "department", widget=OfCourt(Department, "name"))

        class Meta:
            model = Commendation
            fields = ("category", "person", "department", "post")
            import_id_fields = ("category", "person")

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            instance.conference = court.conferences.get()

    return Awards()


def clerk() -> Any:
    from courts.models import User

    return User.objects.select_related("court").get(username=CLERK)


def as_csv(count: int) -> bytes:
    return "\r\n".join(",".join(row) for row in (HEADINGS, *rows(count))).encode()


def check(expected: int) -> None:
    from awards.models import Commendation

    found, kept = Commendation.objects.count(), Commendation.history.count()
    if (found, kept) != (expected, expected):
        raise SystemExit(f"{found} awards and {kept} versions of them are there, not {expected}.")


def long_list() -> None:
    """Prints seconds and megabytes. Not ru_maxrss: on Linux that begins with the parent's."""
    from intake.confirming import confirm

    content, by = as_csv(MANY), clerk()
    start = time.perf_counter()
    confirm(previewed(content, by), by=by)
    seconds = time.perf_counter() - start
    check(MANY)
    status = Path("/proc/self/status").read_text()
    print(json.dumps([seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024]))


if __name__ == "__main__":
    if sys.argv[1:] == ["long"]:
        django.setup()
        logging.disable(logging.WARNING)
        long_list()
    else:
        main()
