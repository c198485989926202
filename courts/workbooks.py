"""How every workbook of the site is written: in constant memory, and with text that stays text."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext
from xlsxwriter.worksheet import Worksheet

OPTIONS = {
    "constant_memory": True,  # each row goes to the disk when the next one begins
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
    # As the default and not for each column: every cell would name its format, and the file takes a third longer.
    "default_format_properties": {"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"},
}
A4 = 9
LONGEST_HEADER = 200  # Excel refuses a file with more than 255 in a page's header


def new_workbook(file: Any) -> xlsxwriter.Workbook:
    """Written into a binary file. xlsxwriter changes the options that it is given: each gets its own."""
    return xlsxwriter.Workbook(file, deepcopy(OPTIONS))


def header(title: str) -> str:
    """A title in the middle of a page's header; an ampersand in it is no command."""
    return "&C" + title[:LONGEST_HEADER].replace("&", "&&")


def new_sheet(workbook: xlsxwriter.Workbook, label: str, widths: Iterable[int], title: str) -> Worksheet:
    """A sheet for A4 across, whose first row is repeated on every page. `title`: in the page's header."""
    sheet = workbook.add_worksheet(label)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(header(title))
    sheet.set_footer("&C" + gettext("Page &P of &N"))
    return sheet


def write_row(sheet: Worksheet, place: int, cells: Iterable[Any]) -> None:
    """Texts as text, everything else as what it is; nothing for None and for an empty text."""
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell:
                sheet.write_string(place, column, plain(cell))
        elif cell is not None:
            sheet.write(place, column, cell)


def plain(cell: Any) -> Any:
    """In constant memory xlsxwriter takes text between these two for its own mark-up and writes it as it is."""
    if isinstance(cell, str) and cell.startswith("<r>") and cell.endswith("</r>"):
        return f"{cell} "
    return cell


def workbook_response(write: Callable[[Any], None], name: str) -> FileResponse:
    """What `write` puts into a binary file, as a download for this reader alone."""
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    write(file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-store"
    return response
