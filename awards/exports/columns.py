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
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from awards.exports.counts import Counted
from awards.models import Decision, Family
from awards.querysets import CommendationQuerySet
from courts.left_off import NOT_LISTED
from courts.strokes import unknown_characters

LANGUAGE = "zh-hans"
CONFERENCE, CATEGORY = "conference_id", "category_id"
LEFT_OFF = "is_left_off"  # for whom: CommendationQuerySet.named_for
CHUNK = 2000  # rows fetched at once: enough to be quick, little enough to stay small

# Characters that XML and every reader of files refuse; tab and line ends are no harm inside a cell.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def chinese(text: str | Promise) -> str:
    """The text in Chinese: files are, whatever language the page was read in."""
    with translation.override(LANGUAGE):
        return str(text)


class Column(NamedTuple):
    """A heading, the fields behind it, the width in characters (a Chinese one counts two).

    `make` turns the values of the fields into a cell: text, a number, a date or None. For a conference or a category
    it gets a `Counted` of it, which has its texts: a row that does not carry them sorts in two thirds of the time.
    A column without fields numbers the rows of its sheet.
    """

    label: str | Promise
    fields: tuple[str, ...]
    width: int
    make: Callable[..., Any] = lambda value: value


def _family(category: Counted) -> str:
    return chinese(Family(category.family).label)


def _recipient(name: str, department: str, is_left_off: bool) -> str:  # noqa: FBT001 - the value of the field
    return f"（{chinese(NOT_LISTED)}）" if is_left_off else name or department


def _beside_the_name(said: str, is_left_off: bool) -> str:  # noqa: FBT001 - the value of the field
    """Department and post would tell who it is."""
    return "" if is_left_off else said


def _posthumous(yes: bool) -> str:  # noqa: FBT001 - the value of the field
    return chinese(_("Posthumous")) if yes else ""


def _document_number(prefix: str | None, year: int | None, serial: int | None) -> str:
    return Decision(prefix=prefix or "", year=year, serial=serial).document_number


def _state(is_announced: bool, revoked_at: datetime.datetime | None) -> str:  # noqa: FBT001 - the value of the field
    if revoked_at:
        return f"{chinese(_('Revoked'))} {timezone.localdate(revoked_at):%Y-%m-%d}"
    return chinese(_("Announced") if is_announced else _("Not announced"))


def _of_unsaid_strokes(name: str, department: str, own: str | None, is_left_off: bool) -> str:  # noqa: FBT001 - the value of the field
    """The recipient, or what is unknown of it where somebody gave strokes for this name alone."""
    if is_left_off:
        return ""
    return unknown_characters(name, own) if own else name or department


# In the order of a list.
COLUMNS: dict[str, Column] = {
    "number": Column(_("No."), (), 6),
    "court": Column(_("court"), (CONFERENCE,), 26, attrgetter("court_name")),
    "year": Column(_("year"), (CONFERENCE,), 7, attrgetter("year")),
    "conference": Column(_("conference"), (CONFERENCE,), 32, attrgetter("title")),
    "family": Column(_("family"), (CATEGORY,), 14, _family),
    "category": Column(_("award category"), (CATEGORY,), 22, attrgetter("category")),
    "recipient": Column(_("recipient"), ("name", "department_name", LEFT_OFF), 18, _recipient),
    "department": Column(_("department"), ("department_name", LEFT_OFF), 24, _beside_the_name),
    "post": Column(_("post"), ("post", LEFT_OFF), 28, _beside_the_name),
    "posthumous": Column(_("posthumous"), ("posthumous",), 7, _posthumous),
    "decision": Column(
        _("document number"), ("decision__prefix", "decision__year", "decision__serial"), 20, _document_number
    ),
    "signed_on": Column(_("signed on"), ("decision__signed_on",), 12),
    "certificate": Column(_("certificate number"), ("certificate_number",), 18),
    "state": Column(_("state"), ("is_announced", "revoked_at"), 18, _state),
}
DEFAULT_COLUMNS = tuple(name for name in COLUMNS if name not in {"posthumous", "signed_on", "certificate"})

# Not for readers: beside a list by strokes, the characters whose strokes are still to be looked up.
UNSAID_STROKES = Column("", ("name", "department_name", "person__sort_key", LEFT_OFF), 0, _of_unsaid_strokes)


def sections(
    commendations: CommendationQuerySet,
    counts: Sequence[Counted],
    columns: Sequence[Column],
    finish: Callable[[Any], Any],
) -> Iterator[tuple[str, Iterator[list[Any]]]]:
    """Family by family, its rows: a list of cells for each award, each cell made safe for its format by `finish`.

    One query, read in chunks: never are all awards in memory. `commendations` must be in the order of families. An
    award of a conference or category that was not counted came too late and waits for the next list. As with
    `itertools.groupby`, a section is to be read before the next one.
    """
    fields = list(dict.fromkeys([CONFERENCE, CATEGORY, *(field for column in columns for field in column.fields)]))
    awards = commendations.with_states().values_list(*fields).iterator(chunk_size=CHUNK)
    families = {(group.conference, group.category_id): group.family for group in counts}
    in_time = (award for award in awards if award[:2] in families)
    makers = Makers(fields, counts, finish)
    for family, section in groupby(in_time, key=lambda award: families[award[:2]]):
        yield family, makers.rows(section, columns)


class Makers:
    """Makes rows out of the values of `fields`."""

    def __init__(self, fields: list[str], counts: Sequence[Counted], finish: Callable[[Any], Any]) -> None:
        self.fields = fields
        self.finish = finish
        self.known = {
            CONFERENCE: {group.conference: group for group in counts},
            CATEGORY: {group.category_id: group for group in counts},
        }

    def rows(self, awards: Iterator[tuple[Any, ...]], columns: Sequence[Column]) -> Iterator[list[Any]]:
        numbers = count(1)
        makers = [(self._cells(column), self._values(column, numbers)) for column in columns]
        return ([cell(values(award)) for cell, values in makers] for award in awards)

    def _values(self, column: Column, numbers: Iterator[int]) -> Callable[[tuple[Any, ...]], Any]:
        """What picks a column's value, or several as a tuple, out of an award."""
        if column.fields:
            return itemgetter(*map(self.fields.index, column.fields))
        return lambda _award: next(numbers)

    def _cells(self, column: Column) -> Callable[[Any], Any]:
        """What makes a column's cell of that; remembered, since most values of a list repeat from row to row."""
        known = self.known.get(column.fields[0], {}) if column.fields else {}
        several = len(column.fields) > 1

        @lru_cache(maxsize=1024)
        def cell(values: Any) -> Any:
            made = column.make(*values) if several else column.make(known.get(values, values))
            return self.finish(readable(made))

        return cell


def readable(cell: Any) -> Any:
    """The cell without characters that no reader of files accepts; numbers and dates as they are."""
    if isinstance(cell, str) and not cell.isprintable():
        return _UNREADABLE.sub("", cell)
    return cell
