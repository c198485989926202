"""The columns of an award list and the rows that they make.

Every list can be read back: one plain row of headings, then one row for each award. The recipient is always
filled; where it equals the department, the department is honoured as a whole. Deeds and citations are internal
and no column shows them.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count, groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, Family
from awards.querysets import CommendationQuerySet
from courts.strokes import unknown_characters

LANGUAGE = "zh-hans"
CHUNK = 2000  # rows fetched at once: enough to be quick, little enough to stay small

# Characters that XML and every reader of files refuse; tab and line ends are no harm inside a cell.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def chinese(text: str | Promise) -> str:
    """The text in Chinese: files are, whatever language the page was read in."""
    with translation.override(LANGUAGE):
        return str(text)


class Column(NamedTuple):
    """A heading, the fields behind it, the width in characters (a Chinese one counts two).

    `make` turns the values of the fields into a cell: text, a number, a date or None. A column without fields
    numbers the rows of its sheet.
    """

    label: str | Promise
    fields: tuple[str, ...]
    width: int
    make: Callable[..., Any] = lambda value: value


def _family(family: str) -> str:
    return chinese(Family(family).label)


def _recipient(name: str, department: str) -> str:
    return name or department


def _posthumous(yes: bool) -> str:  # noqa: FBT001 - the value of the field
    return chinese(_("Posthumous")) if yes else ""


def _document_number(prefix: str | None, year: int | None, serial: int | None) -> str:
    return Decision(prefix=prefix or "", year=year, serial=serial).document_number


def _state(is_announced: bool, revoked_at: datetime.datetime | None) -> str:  # noqa: FBT001 - the value of the field
    if revoked_at:
        return f"{chinese(_('Revoked'))} {timezone.localdate(revoked_at):%Y-%m-%d}"
    return chinese(_("Announced") if is_announced else _("Not announced"))


def _unknown_strokes(name: str, department: str, own: str | None) -> str:
    return unknown_characters(name or department, own or "")


# In the order of a list.
COLUMNS: dict[str, Column] = {
    "number": Column(_("No."), (), 6),
    "court": Column(_("court"), ("conference__court__name",), 26),
    "year": Column(_("year"), ("conference__year_reviewed",), 7),
    "conference": Column(_("conference"), ("conference__title",), 32),
    "family": Column(_("family"), ("category__family",), 14, _family),
    "category": Column(_("award category"), ("category__name",), 22),
    "recipient": Column(_("recipient"), ("name", "department_name"), 18, _recipient),
    "department": Column(_("department"), ("department_name",), 24),
    "post": Column(_("post"), ("post",), 28),
    "posthumous": Column(_("posthumous"), ("posthumous",), 7, _posthumous),
    "decision": Column(
        _("document number"), ("decision__prefix", "decision__year", "decision__serial"), 20, _document_number
    ),
    "signed_on": Column(_("signed on"), ("decision__signed_on",), 12),
    "certificate": Column(_("certificate number"), ("certificate_number",), 18),
    "state": Column(_("state"), ("is_announced", "revoked_at"), 18, _state),
}
DEFAULT_COLUMNS = tuple(name for name in COLUMNS if name not in {"posthumous", "signed_on", "certificate"})

# Not for readers: beside a list by strokes, the characters of the recipient whose strokes nobody gave.
UNKNOWN_STROKES = Column("", ("name", "department_name", "person__sort_key"), 0, _unknown_strokes)


def sections(
    commendations: CommendationQuerySet, columns: Sequence[Column], finish: Callable[[Any], Any]
) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """Family by family, its rows: a list of cells for each award, each cell made safe for its format by `finish`.

    One query, read in chunks: never are all awards in memory. `commendations` must be in the order of families.
    As with `itertools.groupby`, a section is to be read before the next one.
    """
    fields = list(dict.fromkeys(["category__family", *(field for column in columns for field in column.fields)]))
    awards = commendations.with_states().values_list(*fields).iterator(chunk_size=CHUNK)
    for family, section in groupby(awards, key=itemgetter(0)):
        yield family, _rows(section, columns, fields, finish)


def _rows(
    awards: Iterator[tuple[Any, ...]], columns: Sequence[Column], fields: list[str], finish: Callable[[Any], Any]
) -> Iterator[list[Any]]:
    numbers = count(1)
    makers = [(_cells(column, finish), _values(column, fields, numbers)) for column in columns]
    return ([cell(values(award)) for cell, values in makers] for award in awards)


def _values(column: Column, fields: list[str], numbers: Iterator[int]) -> Callable[[tuple[Any, ...]], Any]:
    """What picks a column's value, or several as a tuple, out of the values of all `fields`."""
    if column.fields:
        return itemgetter(*map(fields.index, column.fields))
    return lambda _award: next(numbers)


def _cells(column: Column, finish: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What makes a column's cell of that; remembered, since most values of a list repeat from row to row."""
    several = len(column.fields) > 1

    @lru_cache(maxsize=1024)
    def cell(values: Any) -> Any:
        return finish(readable(column.make(*values) if several else column.make(values)))

    return cell


def readable(cell: Any) -> Any:
    """The cell without characters that no reader of files accepts; numbers and dates as they are."""
    if isinstance(cell, str) and not cell.isprintable():
        return _UNREADABLE.sub("", cell)
    return cell
