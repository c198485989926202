"""The honour roll of a conference, as one reader sees it.

A conference may have hundreds of winners, so they are rows and not objects. Their models lie above this app and are
reached through the relation.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from conferences.models import Conference
from courts.anchors import anchor
from courts.compiled import Compiled
from courts.left_off import left_off

TWO, LONG = 2, 7  # characters


class Winner(NamedTuple):
    """One line of the roll; `mark` is what else must be said.

    `setting` is two for a person's name of two characters, which is set as wide as three, long, or nothing.
    """

    name: str
    department: str
    setting: str
    mark: str
    anchor: str


@dataclass
class RollCategory:
    category: Any
    winners: list[Winner] = field(default_factory=list)
    unnamed: int = 0  # left off: they count, and are not listed

    @property
    def size(self) -> int:
        return len(self.winners) + self.unnamed


@dataclass
class Roll:
    """Families with their categories, in order; the decisions behind them; what is not listed, as numbers."""

    families: list[tuple[str, list[RollCategory]]] = field(default_factory=list)
    decisions: list[Any] = field(default_factory=list)
    unannounced: int = 0
    revoked: int = 0

    def __bool__(self) -> bool:
        return bool(self.families or self.revoked)


class Row(NamedTuple):
    """One commendation with its category and decision."""

    pk: int
    name: str
    department: str
    posthumous: bool
    is_announced: bool
    is_revoked: bool
    category: int
    category_name: str
    family: str
    recipient_kind: str
    decision: int | None
    title: str | None
    prefix: str | None
    year: int | None
    serial: int | None
    signed_on: Any
    is_left_off: bool


COLUMNS: tuple[Any, ...] = (
    *("pk", "name", "department_name", "posthumous", "is_announced", "is_revoked"),
    *("category_id", "category__name", "category__family", "category__recipient_kind"),
    *("decision_id", "decision__title", "decision__prefix", "decision__year", "decision__serial"),
    "decision__signed_on",
    left_off(),
)


def _winners(conference: int, now: datetime.datetime, *, order: str, private: bool) -> QuerySet:
    winners = Conference(pk=conference).commendations.with_states(now)
    return (winners if private else winners.announced(now)).in_order(order).values_list(*COLUMNS)


WINNERS = Compiled(_winners)


def honour_roll(conference: Conference, *, private: bool) -> Roll:
    """The winners, collectives before persons, revoked ones only counted; those not announced only where `private`.

    One query.
    """
    commendation: Any = conference.commendations.model  # its models lie above this app
    award_category, decision = commendation.category.field.related_model, commendation.decision.field.related_model
    roll, categories, decisions = Roll(), {}, {}
    for row in map(Row._make, WINNERS(conference.pk, timezone.now(), order=conference.roll_order, private=private)):
        if row.is_revoked:
            roll.revoked += 1
            continue
        if row.category not in categories:
            categories[row.category] = RollCategory(
                award_category(name=row.category_name, family=row.family, recipient_kind=row.recipient_kind)
            )
        if row.decision and row.decision not in decisions:
            decisions[row.decision] = decision(
                title=row.title, prefix=row.prefix, year=row.year, serial=row.serial, signed_on=row.signed_on
            )
        roll.unannounced += not row.is_announced
        if row.is_left_off:
            categories[row.category].unnamed += 1
        else:
            categories[row.category].winners.append(_winner(row, anchor(commendation, row.pk)))
    roll.decisions = list(decisions.values())
    roll.families = _by_family(categories.values(), award_category)
    return roll


def _winner(row: Row, place: str) -> Winner:
    marks = [gettext("posthumous")] if row.posthumous else []
    if not row.is_announced:
        marks.append(gettext("not announced"))
    name = row.name or row.department
    setting = "long" if len(name) >= LONG else "two" if row.recipient_kind == "person" and len(name) == TWO else ""
    return Winner(name, row.department if row.name else "", setting, " · ".join(marks), place)


def _by_family(categories: Any, award_category: Any) -> list[tuple[str, list[RollCategory]]]:
    groups = []
    for family, label in award_category._meta.get_field("family").flatchoices:
        found = [group for group in categories if group.category.family == family]
        if found:
            groups.append((label, sorted(found, key=lambda group: not group.category.is_collective)))
    return groups
