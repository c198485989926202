"""Two entries of the register that may be one person, and what the querysets of people say about it.

Those of whom somebody said that they are two people (courts/namesakes.py) are left out.
"""

import re
from collections import defaultdict
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from courts.fields import without_invisible
from courts.namesakes import Namesakes
from courts.revisions import RevisedQuerySet
from courts.search import Joined

# Between the parts of a name: one sign for whoever reads, many for a computer.
DOTS = re.compile("[•・‧∙⋅.．]")


def name_key(name: str) -> str:
    """A name without its spaces and with one form of the dot in it: names alike in this may be one person's."""
    return DOTS.sub("·", "".join(without_invisible(name).split()))


def may_be_one(one: Any, other: Any) -> bool:
    """Whether two people of one court and name may be the same: where both have a department, it is one department."""
    places = [person.department_id or person.organisation for person in (one, other)]
    return not all(places) or places[0] == places[1]


class PersonQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> "PersonQuerySet":
        """On pages for readers: the court's own staff see its register, without those who are left off."""
        named = self.filter(left_off_since__isnull=True)
        if user.is_superuser:
            return named
        return named.filter(court=user.court_id) if user.is_authenticated and user.court_id else self.none()

    def containing(self, text: str) -> "PersonQuerySet":
        """By name, post, department, and by pinyin or its initials. Few rows are visible: they need no index."""
        searched = Joined(*self.model.searched, Coalesce("department__name", Value("")))
        return self.alias(searched=searched).filter(searched__zh=text)

    def left_off(self) -> "PersonQuerySet":
        """Those whose names readers do not see."""
        return self.filter(left_off_since__isnull=False)

    def in_department(self, department: Any, *, and_also: Any = None) -> "PersonQuerySet":
        """Those in service in a department, and one more whatever became of them; by the strokes of their names."""
        there = Q(department=department, department__isnull=False, is_active=True)
        return self.filter(there | Q(pk=and_also) if and_also else there).order_by("stroke_key", "id")

    def possible_duplicates(self) -> "PersonQuerySet":
        """Those of whom the register seems to hold another entry. Asks for the names of all of them first."""
        apart = Namesakes.objects.standing().pairs()
        called: dict[tuple[int, str], list[Any]] = defaultdict(list)
        for person in self.order_by().only("court", "name", "department", "organisation"):
            called[person.court_id, name_key(person.name)].append(person)
        return self.filter(
            pk__in=[
                one.pk
                for people in called.values()
                for one in people
                if any(
                    one is not other and may_be_one(one, other) and {one.pk, other.pk} not in apart for other in people
                )
            ]
        )

    def duplicates_of(self, person: Any) -> list[Any]:
        """Other entries of the same court that may be this person, with their departments."""
        key, apart = name_key(person.name), Namesakes.objects.standing().of(person).pairs()
        alike = self.filter(court=person.court_id, name__startswith=key[:1]).exclude(pk=person.pk)
        return [
            other
            for other in alike.select_related("department")
            if name_key(other.name) == key and may_be_one(person, other) and {person.pk, other.pk} not in apart
        ]
