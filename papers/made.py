"""A paper that was made from the record, with what is missing in it and how its numbers agree with the list."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from awards.checks import ROLL, awards_without_winners, quantities
from awards.models import Commendation
from conferences.checks.findings import Finding, at_part, at_row
from conferences.checks.record import Record
from conferences.models import Measure
from courts.models import Court, Department
from papers.content import Paper
from papers.fonts import missing_glyphs
from papers.winners import Group, names_of

SHOWN = 5  # names in one sentence
LONGEST_NAME = 20  # characters of a measure that a sentence names


class Count(NamedTuple):
    """One award: how many the paper names, how many the list of the conference holds, and how many were said."""

    label: str
    named: int
    listed: int
    said: str = ""

    @property
    def agrees(self) -> bool:
        return self.named == self.listed


@dataclass(frozen=True)
class Made:
    """`court`, `about`: for the name of the file; `day`: of the document; `of`: where what is missing is mended.

    `context`: what a template of the court's own sees, where this kind of paper may have one.
    `measures`: how many are in it. `departments`: for which the paper can be made alone; `department`: the key of the
    one for which it was.
    """

    paper: Paper
    court: Court
    about: str
    day: datetime.date
    of: Any = None
    missing: list[Finding] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    context: dict[str, Any] | None = None
    measures: int = 0
    departments: list[Department] = field(default_factory=list)
    department: int | None = None

    @property
    def number(self) -> int:
        """How many names or measures are in it."""
        return self.measures + sum(count.named for count in self.counts)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Text and address of each thing that is missing."""
        return [(one.text, one.place.address(self.of) if self.of else "") for one in self.missing]


def counts_of(groups: Sequence[Group], record: Record, *, of: Any = None, revoked: bool = True) -> list[Count]:
    """Award by award, what the paper leaves out among them.

    `of`: a decision. One of several answers for its own awards, the only one for all.
    """
    winners = [winner for winner in record.winners if revoked or winner.revoked_at is None]
    listed = Counter(winner.category for winner in winners if of is None or winner.decision_id in {None, of.pk})
    said = {given.category: given.quantity for given in record.awards_given}
    named = {group.category: len(group.winners) for group in groups}
    categories = named if of and len(record.decisions) > 1 else dict.fromkeys([*named, *listed, *said])
    return [Count(one.name, named.get(one, 0), listed[one], said.get(one, "")) for one in categories]


def about_the_list(record: Record) -> Iterator[Finding]:
    """What the conference's own list lacks: winners without a decision, awards without winners, other quantities."""
    loose = [winner for winner in record.winners if winner.decision_id is None and winner.revoked_at is None]
    if loose:
        text = _("%(count)d winners belong to no decision: %(names)s.") % {"count": len(loose), "names": some(loose)}
        yield Finding("no-decision", text, at_part("commendations", ROLL), (len(loose),))
    yield from awards_without_winners(record)
    yield from quantities(record)


def about_revoked(winners: Iterable[Commendation], text: str) -> Iterator[Finding]:
    """`text`: what the paper does with them, with a place for the names."""
    revoked = [winner for winner in winners if winner.revoked_at]
    if revoked:
        yield Finding("revoked", text % {"names": some(revoked)}, at_row(revoked[0], ROLL), (len(revoked),))


def about_measures(code: str, measures: Sequence[Measure], text: str) -> Iterator[Finding]:
    """`text`: what is the matter with them, with a place for their names."""
    if measures:
        names = [f"“{Truncator(one.text).chars(LONGEST_NAME)}”" for one in measures]
        yield Finding(code, text % {"names": _first("、".join, names)}, at_row(measures[0]), (len(measures),))


def about_fonts(paper: Paper) -> Iterator[Finding]:
    """Characters that would be a hole in the PDF and that no font of this installation has."""
    if missing := missing_glyphs(paper.text):
        text = _("No font here has %(characters)s: the PDF would have a hole there, and is not made.")
        text %= {"characters": "、".join(missing)}
        yield Finding("no-glyph", text, at_part("commendations", ROLL), (missing,))


def some(winners: Sequence[Any]) -> str:
    """The first names, and how many there are."""
    return _first(names_of, winners)


def _first(joined: Callable[[Sequence[Any]], str], named: Sequence[Any]) -> str:
    if len(named) <= SHOWN:
        return joined(named)
    return _("%(names)s and others, %(number)d in all") % {"names": joined(named[:SHOWN]), "number": len(named)}


def day_of(conference: Any) -> datetime.date:
    """The day of the conference; today where it has none."""
    return conference.starts_on or timezone.localdate()
