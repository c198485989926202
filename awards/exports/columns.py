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
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, Family
from awards.querysets import CommendationQuerySet
from courts.strokes import unknown_characters

LANGUAGE = "zh-hans"
CHUNK = 2000  # rows fetched at once: enough to be quick, little enough to stay small

# Characters that XML and every reader of files refuse; tab and line ends are no harm inside a cell.
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Column(NamedTuple):
    """A heading, the fields behind it and the width in characters (a Chinese one counts two).

    `make` is called once for each file, while the language is Chinese, and returns what turns the values of the
    fields into a cell. Without it the one value is the cell.
    """

    label: str | Promise
    fields: tuple[str, ...]
    width: int
    make: Callable[[], Callable[..., Any]] | None = None


def _numbers() -> Callable[[], int]:
    return count(1).__next__


def _families() -> Callable[[str], str]:
    return {value: str(label) for value, label in Family.choices}.__getitem__


def _recipients() -> Callable[[str, str], str]:
    return lambda name, department: name or department


def _posthumous() -> Callable[[bool], str]:
    return {True: gettext("Posthumous"), False: ""}.__getitem__


@lru_cache(maxsize=1024)
def _document_number(prefix: str | None, year: int | None, serial: int | None) -> str:
    return Decision(prefix=prefix or "", year=year, serial=serial).document_number


def _document_numbers() -> Callable[..., str]:
    return _document_number


def _states() -> Callable[..., str]:
    now = timezone.now()
    announced, waiting, revoked = gettext("Announced"), gettext("Not announced"), gettext("Revoked")

    def state(announced_at: datetime.datetime | None, revoked_at: datetime.datetime | None) -> str:
        if revoked_at:
            return f"{revoked} {timezone.localdate(revoked_at):%Y-%m-%d}"
        return announced if announced_at and announced_at <= now else waiting

    return state


# In the order of a list.
COLUMNS: dict[str, Column] = {
    "number": Column(_("No."), (), 6, _numbers),
    "court": Column(_("court"), ("conference__court__name",), 26),
    "year": Column(_("year"), ("conference__year_reviewed",), 7),
    "conference": Column(_("conference"), ("conference__title",), 32),
    "family": Column(_("family"), ("category__family",), 14, _families),
    "category": Column(_("award category"), ("category__name",), 22),
    "recipient": Column(_("recipient"), ("name", "department_name"), 18, _recipients),
    "department": Column(_("department"), ("department_name",), 24),
    "post": Column(_("post"), ("post",), 28),
    "posthumous": Column(_("posthumous"), ("posthumous",), 7, _posthumous),
    "decision": Column(
        _("document number"), ("decision__prefix", "decision__year", "decision__serial"), 20, _document_numbers
    ),
    "signed_on": Column(_("signed on"), ("decision__signed_on",), 12),
    "certificate": Column(_("certificate number"), ("certificate_number",), 18),
    "state": Column(_("state"), ("announced_at", "revoked_at"), 18, _states),
}
DEFAULT_COLUMNS = tuple(name for name in COLUMNS if name not in {"posthumous", "signed_on", "certificate"})


def _unknown_strokes() -> Callable[..., str]:
    return lambda name, department, own: unknown_characters(name or department, own or "")


# Beside a list ordered by strokes: the characters of the recipient whose strokes nobody gave. Not a column to choose.
UNKNOWN_STROKES = Column("", ("name", "department_name", "person__sort_key"), 0, _unknown_strokes)


def sections(commendations: CommendationQuerySet, columns: Sequence[Column]) -> Iterator[tuple[str, Iterator[list]]]:
    """Family by family, its rows: one list of cells (text, int, date or None) for each award.

    One query, read in chunks: never are all awards in memory. `commendations` must be in the order of families.
    As with `itertools.groupby`, a section is to be read before the next one.
    """
    fields = list(dict.fromkeys(["category__family", *(field for column in columns for field in column.fields)]))
    awards = commendations.values_list(*fields).iterator(chunk_size=CHUNK)
    for family, section in groupby(awards, key=itemgetter(0)):
        yield family, _rows(section, columns, fields)


def _rows(awards: Iterator[tuple], columns: Sequence[Column], fields: list[str]) -> Iterator[list]:
    with translation.override(LANGUAGE):
        makers = [_maker(column, fields) for column in columns]
    return ([readable(make(award)) for make in makers] for award in awards)


def _maker(column: Column, fields: list[str]) -> Callable[[tuple], Any]:
    """What makes the cell of this column from the values of all `fields`."""
    places = [fields.index(field) for field in column.fields]
    if not column.make:
        return itemgetter(places[0])
    make = column.make()
    return lambda award: make(*[award[place] for place in places])


def readable(cell: Any) -> Any:
    """The cell without characters that no reader of files accepts; numbers and dates as they are."""
    if isinstance(cell, str) and not cell.isprintable():
        return _UNREADABLE.sub("", cell)
    return cell
