"""A table from Word or a spreadsheet, pasted: it becomes the same list as a file would, and takes the same way."""

import csv
import io

from django.utils.translation import gettext as _

from courts.refusals import Refused
from intake.files.table import Cell, Row, Table, cell, checked_headings, is_empty, limited
from intake.headings import folded
from intake.kinds import KINDS, Kind, Scope
from intake.models import Import
from intake.names import cleaned


def pasted_table(text: str, kind: Kind, scope: Scope) -> Table:
    """The rows of a pasted text, its cells divided by tabs. Raises Refused, also while its rows are read.

    Where the first row holds no headings, the columns are those of the template; a text without tabs is one column,
    the first one that must be filled in.
    """
    rows = _rows(cleaned(text))
    if not rows:
        raise Refused(_("There is nothing to read. Copy the table and paste it here."), code="empty")
    width = max(len(row.cells) for row in rows)
    notes = []
    if _are_headings(rows[0], kind):
        headings = checked_headings(rows.pop(0).cells)
    else:
        headings = _template_headings(kind, scope, width)
        notes = [_("Without headings: the columns were read as %(names)s.") % {"names": "、".join(headings)}]
    # Word and spreadsheets leave out what is empty at the end of a row.
    rows = [row._replace(cells=row.cells + [""] * (len(headings) - len(row.cells))) for row in rows]
    return Table(_("pasted"), headings, limited(iter(rows)), notes)


def as_pasted(one: Import) -> str:
    """The rows of a list that was brought, as they would be pasted: to correct them without going back to the file.

    Of a cell that could not be read nothing is left.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(KINDS[one.kind].column(name).heading for name in one.present)
    for piece in one.pieces.all():
        for _where, *_place, cells in piece.lines():
            writer.writerow(cell if isinstance(cell, str) else "" for cell in cells)
    return out.getvalue()


def _rows(text: str) -> list[Row]:
    """The rows that say something; a cell with line ends in it stands in quotation marks."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    found, line = [], 1
    try:
        for cells in reader:
            row = Row("", line, _without_end([cell(one.strip()) for one in cells]))
            if row.cells:
                found.append(row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused(_("Line %(line)d cannot be read.") % {"line": line}, code="damaged") from error
    return found


def _without_end(cells: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end."""
    while cells and is_empty(cells[-1:]):
        cells.pop()
    return cells


def _are_headings(row: Row, kind: Kind) -> bool:
    """Whether most of the filled cells are headings of this kind of list."""
    known = {folded(name) for column in kind.columns for name in (column.heading, *column.also)}
    filled = [one for one in row.cells if isinstance(one, str) and one]
    return sum(folded(one) in known for one in filled) * 2 > len(filled)


def _template_headings(kind: Kind, scope: Scope, width: int) -> list[str]:
    if width == 1:
        return [kind.required(scope)[0].heading]
    if width > len(kind.columns):
        raise Refused(
            _("The text has %(found)d columns, the template %(known)d. Paste it with its headings.")
            % {"found": width, "known": len(kind.columns)},
            code="columns",
        )
    return [column.heading for column in kind.columns[:width]]
