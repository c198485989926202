"""Selections, quotas and nominations in the clerks' words: which ones."""

import datetime
from typing import Any

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

    def decided(self) -> "NominationQuerySet":
        return self.filter(decided_at__isnull=False)

    def with_names(self) -> "NominationQuerySet":
        """With all that a line about each says, and what was let pass."""
        return self.select_related(
            "person", "department", "category", "by_department", "nominated_by", "commendation"
        ).prefetch_related("overrides__overridden_by")

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

    def of_recipient(self, nomination: Any) -> "NominationQuerySet":
        """Other live nominations of the same recipient for the same award of the same selection."""
        named = {"person": nomination.person_id}
        if not nomination.person_id:
            named |= {"name": nomination.name, "department_name": nomination.department_name}
        same = self.live().filter(selection=nomination.selection_id, category=nomination.category_id, **named)
        return same.exclude(pk=nomination.pk)


class EvidenceQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """Of the nominations that `user` may read."""
        nominations = self.model.nomination.field.related_model
        return self.filter(nomination__in=nominations.objects.visible_to(user))
