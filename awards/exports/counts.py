"""How many awards there are of each kind: what may be chosen, what the totals are, and what rows need not repeat."""

from typing import Any, NamedTuple

from django.db.models import Count

from awards.models import AwardCategory
from awards.querysets import CommendationQuerySet
from conferences.models import ConferenceQuerySet


class Counted(NamedTuple):
    """How many awards of one category, given at one conference, are in one state.

    What puts a list in order comes first, so that these sort as the awards do (`CommendationQuerySet.listed`).
    """

    family: str
    court_code: str
    court: int
    year: int
    conference: int
    is_personal: bool
    category_order: int
    category_id: int
    is_announced: bool
    is_revoked: bool
    court_name: str
    title: str
    kind: str
    category: str
    is_person: bool
    number: int

    def fits(self, chosen: dict[str, Any]) -> bool:
        """Whether it is among the values chosen, as `CommendationQuerySet.narrowed` chooses."""
        return all(getattr(self, name) in values for name, values in chosen.items() if values)


def counted(commendations: CommendationQuerySet, conferences: ConferenceQuerySet) -> list[Counted]:
    """The commendations of these conferences counted, in the order of a list.

    Two queries. The texts of the conferences are not fetched with the counts: grouping by them as well takes the
    database four times as long.
    """
    texts = ("court__code", "court_id", "court__name", "year_reviewed", "title", "kind")
    held = {pk: values for pk, *values in conferences.values_list("pk", *texts)}
    category = ("category__family", "category__recipient_kind", "category__order", "category_id", "category__name")
    groups = (
        commendations.with_states().order_by().values_list("conference_id", *category, "is_announced", "is_revoked")
    )
    numbers = groups.annotate(number=Count("*"))
    return sorted(_counted(held[row[0]], *row) for row in numbers if row[0] in held)


def _counted(held: list[Any], conference: int, *counts: Any) -> Counted:
    code, court, court_name, year, title, kind = held
    family, recipient_kind, order, category_id, category, is_announced, is_revoked, number = counts
    return Counted(
        family=family,
        court_code=code,
        court=court,
        year=year,
        conference=conference,
        is_personal=recipient_kind not in AwardCategory.COLLECTIVE,
        category_order=order,
        category_id=category_id,
        is_announced=is_announced,
        is_revoked=is_revoked,
        court_name=court_name,
        title=title,
        kind=kind,
        category=category,
        is_person=recipient_kind == AwardCategory.RecipientKind.PERSON,
        number=number,
    )
