"""Lists in workbooks. All sheets with the same headings are one list, as the award list leaves in several.

A workbook may be made to hold a server for minutes: what it unpacks to is summed before, and rows and columns are
read up to a limit, wherever a far cell stands.
"""

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from typing import IO, Any

import openpyxl
from django.conf import settings
from django.utils.translation import gettext as _

from courts.refusals import Refused
from intake.files.packages import Sheet, checked_package, looked_through
from intake.files.table import MOST_COLUMNS, Cell, Fault, Row, Table, cell, checked_headings, is_empty, limited

PEEK = 20  # rows below an empty one that are looked at for the note
# How a workbook writes characters that XML refuses; the underscore itself as well, where this would be read into it.
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
DIGITS = ".15g"  # as many as a spreadsheet has


def read_xlsx(file: IO[bytes]) -> Table:
    """The list in a workbook. Raises Refused."""
    package = checked_package(file)
    with _whole():
        values = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    table = Table("XLSX", [], iter(()))
    readers = [_SheetReader(sheet, looked_through(package, sheet), file) for sheet in sheets]
    filled = [reader for reader in readers if not is_empty(reader.first)]
    if not filled:
        raise Refused(_("The first row is empty. It must hold the headings of the columns."), code="empty")
    table.headings = filled[0].headings
    same = [reader for reader in filled if reader.headings_or_none == table.headings]
    table.notes += [
        _("The sheet “%(name)s” was not read: its headings are others.") % {"name": reader.name}
        for reader in filled
        if reader not in same
    ]
    table.rows = limited(chain.from_iterable(reader.rows(table.notes, several=len(same) > 1) for reader in same))
    return table


@contextmanager
def _whole() -> Iterator[None]:
    """Whatever the library stumbles over is a damaged file; it raises anything, from KeyError to errors of its own."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused(_("The file is damaged."), code="damaged") from error


class _SheetReader:
    """One sheet, read row by row."""

    def __init__(self, sheet: Any, seen: Sheet, file: IO[bytes]) -> None:
        self.sheet, self.seen, self.file = sheet, seen, file
        self.name = sheet.title
        self._lines = self._all()
        self.first = next(self._lines, [])

    @property
    def headings(self) -> list[str]:
        """Raises Refused."""
        merged = self.seen.merged_until(1)
        if merged:
            raise Refused(
                _("Headings are merged cells (%(cells)s). Give each column a heading of its own.") % {"cells": merged},
                code="merged",
            )
        if any(isinstance(one, Fault) for one in self.first):
            raise Refused(_("A heading holds a formula or an error. Type the headings."), code="headings")
        return checked_headings(self.first)

    @property
    def headings_or_none(self) -> list[str] | None:
        try:
            return self.headings
        except Refused:
            return None

    def rows(self, notes: list[str], *, several: bool) -> Iterator[Row]:
        """The rows above the first empty one. Raises Refused where cells among them are merged."""
        width, line = len(self.headings), 1
        for line, cells in enumerate(self._lines, start=2):
            if is_empty(cells):
                below = [cells for _number, cells in zip(range(PEEK), self._lines, strict=False)]
                if any(not is_empty(cells) for cells in below):
                    said = _("Row %(line)d is empty. What stands below it was not read.") % {"line": line}
                    notes.append(f"{self.name}：{said}" if several else said)
                break
            beyond = cells[width:]
            yield Row(self.name if several else "", line, [*cells[:width], *([] if is_empty(beyond) else ["…"])])
        if merged := self.seen.merged_until(line):
            raise Refused(
                _("Cells of the list are merged (%(cells)s). Divide them.") % {"cells": merged}, code="merged"
            )

    def _all(self) -> Iterator[list[Cell]]:
        most = {"max_row": settings.IMPORT_MAX_ROWS + PEEK + 2, "max_col": MOST_COLUMNS + 1}
        with _whole():
            formulas: Any = repeat(None)
            if self.seen.has_formulas:
                book = openpyxl.load_workbook(self.file, read_only=True, keep_links=False)
                formulas = book[self.name].iter_rows(min_row=1, min_col=1, **most)
            for row, with_formulas in zip(self.sheet.iter_rows(min_row=1, min_col=1, **most), formulas, strict=False):
                yield [_cell(*pair) for pair in zip(row, with_formulas or repeat(None), strict=False)]


def _cell(read: Any, with_formula: Any) -> Cell:
    value = read.value
    if value is None:
        if with_formula is not None and with_formula.data_type == "f":
            return Fault(
                _("The formula in %(cell)s has no value. Open the file, let it calculate, and save it.")
                % {"cell": with_formula.coordinate}
            )
        return ""
    if isinstance(value, str):
        return (
            Fault(_("The cell holds an error: %(error)s.") % {"error": value})
            if read.data_type == "e"
            else cell(_unescaped(value))
        )
    return _text(value, is_share="%" in read.number_format)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _text(value: Any, *, is_share: bool) -> Cell:
    """A value that is no text, as a clerk would type it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float):
        plain = f"{value * 100:{DIGITS}}%" if is_share else f"{value:{DIGITS}}"
        return plain if "e" not in plain else str(value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime.date):
        return f"{value:%Y-%m-%d}"
    return Fault(_("“%(value)s” is neither text nor a number nor a date.") % {"value": value})
