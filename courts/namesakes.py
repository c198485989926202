"""Two entries of the register that are alike and are two people: nobody has to be asked about them again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courts.decisions import decided_at, decided_by, pair
from courts.revisions import Revised, RevisedQuerySet


class NamesakesQuerySet(RevisedQuerySet):
    def standing(self) -> "NamesakesQuerySet":
        """Those that nobody took back."""
        return self.filter(undone_at__isnull=True)

    def of(self, person: Any) -> "NamesakesQuerySet":
        return self.filter(Q(one=person) | Q(other=person))

    def between(self, one: Any, other: Any) -> "NamesakesQuerySet":
        return self.of(one) & self.of(other)

    def pairs(self) -> set[frozenset[int]]:
        """The keys of the people, whichever of the two was named first."""
        return {frozenset(keys) for keys in self.order_by().values_list("one", "other")}


class Namesakes(Revised):
    """同名不同人. Someone says so with name and day (courts/merging.py), and it can be undone.

    Where one of the two is merged with a third entry, what was said goes along with all else; where it was undone and
    they are merged with each other, both sides are one entry until that is undone.
    """

    court = models.ForeignKey("courts.Court", models.PROTECT, related_name="+", verbose_name=_("court"))
    one = models.ForeignKey("courts.Person", models.CASCADE, related_name="+", verbose_name=_("one entry"))
    other = models.ForeignKey("courts.Person", models.CASCADE, related_name="+", verbose_name=_("other entry"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    undone_at = decided_at(_("undone at"))
    undone_by = decided_by(_("undone by"))

    objects = NamesakesQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("pair of namesakes")
        verbose_name_plural = _("namesakes")
        ordering = ("-at", "-id")
        constraints = (pair("undone", "namesakes_undone_pair"),)

    def __str__(self) -> str:
        return f"{_described(self.one)} / {_described(self.other)}"


def _described(person: Any) -> str:
    """Two of one name are told apart by what else is known of them."""
    about = "，".join(str(part) for part in (person.department or person.organisation, person.post) if part)
    return f"{person}（{about}）" if about else str(person)
