"""The years side by side as a workbook: one sheet for each table, and one for the sentences."""

import datetime
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.http import FileResponse
from django.utils import translation
from django.utils.translation import gettext

from courts.models import Court
from courts.workbooks import new_sheet, new_workbook, workbook_response, write_row
from years.comparing import years_page
from years.tables import Cell, Table

NEVER = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # as the ZIP file says of its members
LABEL, UNIT, YEAR, CHANGE, SENTENCE = 28, 8, 14, 16, 120


def years_response(court: Court, user: Any, asked: list[str]) -> FileResponse:
    """The same years as on the page, in Chinese, as a download."""
    with translation.override(settings.LANGUAGE_CODE):
        page = years_page(court, user, asked)
        name = f"{court.short_name}_{gettext('Year against year')}.xlsx"
        return workbook_response(partial(write_years, page), name)


def write_years(page: dict[str, Any], file: Any) -> None:
    """Writes the workbook to a binary file, in constant memory."""
    title = f"{page['court'].name} {gettext('Year against year')}"
    years = [one.year_reviewed for one in page["conferences"]]
    with new_workbook(file) as workbook:
        # Not the moment of the download: the same record gives the same file.
        workbook.set_properties({"created": max((one.published_at for one in page["conferences"]), default=NEVER)})
        bold = workbook.add_format({"bold": True, "valign": "vcenter", "bottom": 1})
        for table in page["tables"]:
            write_table(workbook, table, years, title, bold)
        label = gettext("Sentences")
        sheet = new_sheet(workbook, label, [YEAR, SENTENCE], f"{title} {label}")
        sheet.write_row(0, 0, [gettext("Year"), label], bold)
        for place, one in enumerate(page["sentences"], start=1):
            write_row(sheet, place, [one.year, one.text])


def write_table(workbook: Any, table: Table, years: list[int], title: str, bold: Any) -> None:
    """A column for each year, and of figures one more for its change; groups under a heading of their own."""
    headings: list[tuple[Any, int]] = [(table.heading, LABEL), (gettext("unit"), UNIT)]
    for year in years:
        headings += [
            (year, YEAR),
            *([(gettext("Change %(year)d") % {"year": year}, CHANGE)] if table.has_lines else []),
        ]
    label = str(table.heading)
    sheet = new_sheet(workbook, label, [width for _heading, width in headings], f"{title} {label}")
    sheet.write_row(0, 0, [str(heading) for heading, _width in headings], bold)
    lines = list(_lines(table))
    for place, line in enumerate(lines, start=1):
        write_row(sheet, place, line)
    if table.note:
        sheet.write_string(len(lines) + 2, 0, str(table.note), workbook.add_format({"text_wrap": False}))


def _lines(table: Table) -> Iterator[list[Any]]:
    for heading, rows in table.groups:
        if heading:
            yield [str(heading)]
        for row in rows:
            yield [row.label, row.unit, *(part for cell in row.cells for part in _parts(cell, table))]


def _parts(cell: Cell, table: Table) -> list[Any]:
    """A number where the text is nothing but that."""
    is_number = cell.number is not None and cell.text.replace(",", "") == f"{cell.number:f}"
    return [cell.number if is_number else cell.text, *([cell.change] if table.has_lines else [])]
