"""Selections, quotas and nominations in the clerks' words: which ones."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from courts.access import own, see_drafts
from courts.revisions import RevisedQuerySet


class SelectionQuerySet(RevisedQuerySet):
    def open(self, today: datetime.date | None = None) -> "SelectionQuerySet":
        """Those for which departments nominate on this day."""
        today = today or timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def of_court(self, user: Any) -> "SelectionQuerySet":
        """Those of the court that `user` works for."""
        return own(self.all(), user)  # type: ignore[return-value]


class QuotaQuerySet(RevisedQuerySet):
    def planned(self) -> "QuotaQuerySet":
        """In the order of the plan, with their categories and the departments' numbers: two queries."""
        return self.order_by("order", "id").select_related("category").prefetch_related("departments__department")


class NominationQuerySet(RevisedQuerySet):
    def live(self) -> "NominationQuerySet":
        """Neither rejected nor withdrawn."""
        return self.filter(rejected_at__isnull=True, withdrawn_at__isnull=True)

    def standing(self) -> "NominationQuerySet":
        """Nominated, and neither rejected nor withdrawn since."""
        return self.live().filter(nominated_at__isnull=False)

    def waiting(self) -> "NominationQuerySet":
        """Nominated and not checked yet, or checked and not approved."""
        return self.standing().filter(approved_at__isnull=True)

    def to_be_noticed(self) -> "NominationQuerySet":
        """Approved, and not put up for public notice yet."""
        return self.live().filter(approved_at__isnull=False, noticed_at__isnull=True)

    def to_be_decided(self) -> "NominationQuerySet":
        """Confirmed after their public notice, and not decided yet."""
        return self.live().filter(confirmed_at__isnull=False, decided_at__isnull=True)

    def ends_of_notices(self, decisions: Iterable[Any]) -> dict[int, datetime.date]:
        """The last day of the last notice behind each of these decisions, by the key of the decision. One query."""
        honoured = self.filter(commendation__decision__in=decisions, notice__isnull=False).order_by()
        return dict(honoured.values_list("commendation__decision").annotate(Max("notice__ends_on")))

    def decided(self) -> "NominationQuerySet":
        return self.filter(decided_at__isnull=False)

    def visible_to(self, user: Any) -> "NominationQuerySet":
        """Of the own court: for clerks and approvers all; for a liaison those of the own department alone."""
        if not user.is_authenticated:
            return self.none()
        mine = own(self.all(), user)
        if see_drafts(user):
            return mine  # type: ignore[return-value]
        if not (user.department_id and user.has_perm("awards.nominate_nomination")):
            return self.none()
        return mine.filter(by_department=user.department_id)  # type: ignore[return-value]
