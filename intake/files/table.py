"""A list as it stands in a file: headings, rows, and what could not be read."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from courts.refusals import Refused

MOST_COLUMNS = 100


@dataclass(frozen=True)
class Fault:
    """A cell that holds no value that could be taken, and why."""

    message: str


Cell = str | Fault


class Row(NamedTuple):
    """One row of a list. `sheet`: empty where the file has one alone; `line`: as the spreadsheet numbers it."""

    sheet: str
    line: int
    cells: list[Cell]


@dataclass
class Table:
    """A list. `rows` are read as they are asked for, and may raise Refused; after the last one `notes` are complete."""

    form: str
    headings: list[str]
    rows: Iterator[Row]
    notes: list[str] = field(default_factory=list)


def cell(text: str) -> Cell:
    """The text, or why it cannot be kept: old encodings give characters that only one computer can show."""
    if text.isascii() or not any(unicodedata.category(char) == "Co" for char in text):
        return text
    return Fault(
        _("“%(value)s” has a character that only this computer can show. Type it with its standard code.")
        % {"value": text}
    )


def is_empty(cells: list[Cell]) -> bool:
    return all(isinstance(one, str) and not one.strip() for one in cells)


def checked_headings(cells: list[Cell]) -> list[str]:
    """The headings without what is empty behind them. Raises Refused for none, too many, or one that comes twice."""
    headings = [one.strip() if isinstance(one, str) else "" for one in cells]
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        raise Refused(_("The first row is empty. It must hold the headings of the columns."), code="empty")
    if len(headings) > MOST_COLUMNS:
        raise Refused(_("The file has more than %(number)d columns.") % {"number": MOST_COLUMNS}, code="columns")
    doubled = sorted({one for one in headings if one and headings.count(one) > 1})
    if doubled:
        raise Refused(_("A heading stands twice: %(names)s.") % {"names": "、".join(doubled)}, code="doubled")
    return headings


def limited(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows. Raises Refused where there are more than the system takes."""
    for number, row in enumerate(rows, start=1):
        if number > settings.IMPORT_MAX_ROWS:
            raise Refused(
                _("The file has more than %(number)d rows. Divide it.") % {"number": settings.IMPORT_MAX_ROWS},
                code="rows",
            )
        yield row
