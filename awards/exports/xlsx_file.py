"""The list as a workbook: one sheet for each family, ready for the printer.

The first row holds the headings, then come the awards. Under one empty row stand the totals, the order and what
else has to be said: whoever reads the file back stops at the empty row.
"""

from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from awards.exports.award_list import AwardList, Total
from awards.exports.columns import COLUMNS, LANGUAGE, UNSAID_STROKES
from conferences.models import Conference
from courts.strokes import unknown_characters
from courts.workbooks import new_sheet, new_workbook, plain


def write_workbook(award_list: AwardList, file: Any) -> None:
    """Writes the workbook to a binary file, in constant memory."""
    totals: dict[str, Total] = {total.family: total for total in award_list.totals()}
    with new_workbook(file) as workbook:
        heading = workbook.add_format({"bold": True, "valign": "vcenter", "bottom": 1})
        said = workbook.add_format({"text_wrap": False})
        with translation.override(LANGUAGE):
            sheets: dict[str, Any] = {family: _sheet(workbook, award_list, family) for family in totals}
        for sheet in sheets.values():
            sheet.write_row(0, 0, award_list.headings(), heading)
        beside = [UNSAID_STROKES] if award_list.order == Conference.Order.STROKES else []
        for family, rows in award_list.sections(plain, *beside):
            unknown = _write_rows(sheets[family], rows, len(award_list.columns))
            with translation.override(LANGUAGE):
                _write_lines(sheets[family], under_the_list(totals[family], award_list.order, unknown), said)
        for more in award_list.more_sheets(plain):
            with translation.override(LANGUAGE):
                sheet = new_sheet(workbook, more.label, more.widths, award_list.title(more.label))
            sheet.write_row(0, 0, more.headings, heading)
            _write_rows(sheet, more.rows, len(more.headings))


def _sheet(workbook: xlsxwriter.Workbook, award_list: AwardList, family: Any) -> Worksheet:
    label, widths = str(family.label), [COLUMNS[name].width for name in award_list.columns]
    return new_sheet(workbook, label, widths, award_list.title(label))


def _write_rows(sheet: Worksheet, rows: Iterator[list], width: int) -> str:
    """Writes the first `width` cells of each row; of what stands beside them, returns the unknown characters."""
    beside: dict[str, None] = {}
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(row[:width]):
            # Most cells are text, and write_row would look at each of them for numbers, formulas and links.
            if cell.__class__ is str:
                if cell:
                    sheet.write_string(place, column, cell)
            elif cell is not None:
                sheet.write(place, column, cell)
        for cell in row[width:]:
            beside |= dict.fromkeys(cell)
    return unknown_characters("".join(beside))


def _write_lines(sheet: Worksheet, lines: list[str], said: Format) -> None:
    """Writes the lines under the list and one empty row."""
    first = sheet.dim_rowmax + 2
    for place, line in enumerate(lines, start=first):
        sheet.write_string(place, 0, line, said)


def under_the_list(total: Total, order: str, unknown: str) -> list[str]:
    """How many of each award and in all, the order, and the characters without strokes."""
    lines = [f"{category}：{number}" for category, number in total.categories]
    lines.append(gettext("In all: %(number)d") % {"number": total.number})
    if total.revoked:
        lines.append(gettext("Revoked and not counted: %(number)d") % {"number": total.revoked})
    lines.append(gettext("Order: %(order)s") % {"order": Conference.Order(order).label})
    if unknown:
        lines.append(
            gettext("Strokes not known, so these come last: %(characters)s") % {"characters": "、".join(unknown)}
        )
    return lines
