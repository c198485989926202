"""Lists for the tests of what comes in: written as bytes, brought and compared."""

import csv
import io
from typing import Any

import openpyxl

from courts.models import User
from intake.confirming import confirm
from intake.files import read_table
from intake.importing import begin, proceed
from intake.kinds import KINDS, Scope
from intake.models import Import
from tests import make

RIGHTS = "clerk"


def as_csv(*rows: Any, encoding: str = "utf-8-sig") -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue().encode(encoding)


def as_xlsx(*rows: Any, book: openpyxl.Workbook | None = None) -> bytes:
    book = book or openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def brought(kind: str, scope: Scope, content: bytes, *, by: User | None = None, source: str = "list.csv") -> Import:
    """The list read and compared, as the page does it."""
    by = by or make.user(RIGHTS, court=scope.court)
    table = read_table(io.BytesIO(content), len(content))
    one = begin(KINDS[kind], scope, table, by=by, source=source, size=len(content))
    proceed(one, seconds=600)
    return one


def results(one: Import) -> list[dict[str, Any]]:
    return [result for piece in one.pieces.all() for result in piece.results_of()]


def states(one: Import) -> list[str]:
    return [result["state"] for result in results(one)]


def faults(one: Import) -> dict[str, list[str]]:
    """Columns with a mistake, by where the row stands."""
    return {result["where"]: [column for column, _messages in result["errors"]] for result in results(one)}


def taken(kind: str, scope: Scope, content: bytes) -> Import:
    """The list brought and confirmed."""
    by = make.user(RIGHTS, court=scope.court)
    one = brought(kind, scope, content, by=by)
    confirm(one, by=by)
    one.refresh_from_db()
    return one
