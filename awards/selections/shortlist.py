"""The names of a selection as they are put up and decided: award by award, by strokes within each.

Never by rank: that is for the decision meeting alone, and an order would tell it.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from awards.models import AwardCategory, Nomination
from awards.selections.querysets import NominationQuerySet
from courts.strokes import stroke_key


class Listed(NamedTuple):
    """One award with the names for it."""

    category: AwardCategory
    nominations: list[Nomination]


def shortlist(nominations: NominationQuerySet) -> list[Listed]:
    """Collectives before persons, each award in the court's order. One query."""
    rows = sorted(nominations.select_related("category", "person", "department"), key=_place)
    return [Listed(category, list(of_one)) for category, of_one in groupby(rows, key=lambda row: row.category)]


def _place(row: Nomination) -> tuple[Any, ...]:
    category = row.category
    own = row.person.sort_key if row.person else ""
    return not category.is_collective, category.order, category.pk, stroke_key(row.recipient, own), row.pk


def numbers(listed: Iterable[Listed]) -> list[tuple[AwardCategory, int]]:
    """Pairs of award and how many names stand under it."""
    return [(group.category, len(group.nominations)) for group in listed]


def notices_of(listed: Iterable[Listed]) -> list[Any]:
    """The public notices in which these names stood, each once."""
    notices = {row.notice_id: row.notice for group in listed for row in group.nominations if row.notice}
    return sorted(notices.values(), key=lambda notice: (notice.starts_on, notice.pk))
