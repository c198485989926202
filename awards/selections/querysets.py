"""Selections, quotas and nominations in the clerks' words: which ones."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from courts.access import own, see_drafts
from courts.left_off import left_off
from courts.revisions import RevisedQuerySet


class SelectionQuerySet(RevisedQuerySet):
    def open(self, today: datetime.date | None = None) -> "SelectionQuerySet":
        """Those for which departments nominate on this day."""
        today = today or timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today)

    def lock(self, pk: int) -> Any:
        """Nobody else changes the plan or acts on a nomination until this transaction ends.

        The first lock of every act, before the court and before any row: so no two wait for each other for ever.
        """
        return self.select_for_update().filter(pk=pk).first() if transaction.get_connection().in_atomic_block else None

    def for_nominating(self, user: Any) -> "SelectionQuerySet":
        """Those of the own court, for whoever nominates for a department or for the court."""
        nominates = user.has_perm("awards.nominate_nomination")
        if not (nominates and (user.department_id or user.has_perm("awards.handle_nomination"))):
            return self.none()
        return own(self.filter(opens_on__isnull=False), user).select_related("court")  # type: ignore[return-value]

    def with_waiting(self, today: datetime.date | None = None) -> "SelectionQuerySet":
        """Those that are open or have nominations that wait; `to_check` and `to_approve` say how many."""
        today = today or timezone.localdate()
        stands = Q(
            nominations__nominated_at__isnull=False,
            nominations__rejected_at__isnull=True,
            nominations__withdrawn_at__isnull=True,
            nominations__approved_at__isnull=True,
        )
        checked = Q(nominations__checked_at__isnull=False)
        counted = self.annotate(
            to_check=Count("nominations", filter=stands & ~checked),
            to_approve=Count("nominations", filter=stands & checked),
        )
        is_open = Q(opens_on__lte=today, closes_on__gte=today)
        return counted.filter(is_open | Q(to_check__gt=0) | Q(to_approve__gt=0)).order_by("closes_on", "id")

    def with_next_step(self) -> "SelectionQuerySet":
        """Those with names that wait for a public notice or for the decision: `to_notice`, `to_decide` say how many."""
        live = Q(nominations__rejected_at__isnull=True, nominations__withdrawn_at__isnull=True)
        approved = Q(nominations__approved_at__isnull=False, nominations__noticed_at__isnull=True)
        confirmed = Q(nominations__confirmed_at__isnull=False, nominations__decided_at__isnull=True)
        counted = self.annotate(
            to_notice=Count("nominations", filter=live & approved),
            to_decide=Count("nominations", filter=live & confirmed),
        )
        return counted.filter(Q(to_notice__gt=0) | Q(to_decide__gt=0)).order_by("-year", "id")

    def with_plan(self) -> "SelectionQuerySet":
        """With the awards and the departments' numbers: two queries more."""
        return self.prefetch_related("quotas__category", "quotas__departments")


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

    def put_up_in(self, notice: Any) -> "NominationQuerySet":
        """Those that stand in this notice, as they are offered in its forms."""
        return self.filter(notice=notice.pk).select_related("category").order_by("category__order", "category", "id")

    def named_to_readers(self) -> "NominationQuerySet":
        """Without those who are left off public pages."""
        return self.exclude(left_off())

    def to_be_decided(self) -> "NominationQuerySet":
        """Confirmed after their public notice, and not decided yet."""
        return self.live().filter(confirmed_at__isnull=False, decided_at__isnull=True)

    def ends_of_notices(self, decisions: Iterable[Any]) -> dict[int, datetime.date]:
        """The last day of the last notice behind each of these decisions, by the key of the decision. One query."""
        honoured = self.filter(commendation__decision__in=decisions, notice__isnull=False).order_by()
        return dict(honoured.values_list("commendation__decision").annotate(Max("notice__ends_on")))

    def decided(self) -> "NominationQuerySet":
        return self.filter(decided_at__isnull=False)

    def ended(self) -> "NominationQuerySet":
        """Rejected or withdrawn."""
        return self.exclude(rejected_at__isnull=True, withdrawn_at__isnull=True)

    def with_names(self) -> "NominationQuerySet":
        """With all that a line about each says, and what was let pass."""
        return self.select_related(
            "person",
            "department",
            "category",
            "by_department",
            "commendation",
            "nominated_by",
            "returned_by",
            "rejected_by",
            "withdrawn_by",
        ).prefetch_related("overrides__overridden_by", "opinions", "evidence")

    def with_steps(self) -> "NominationQuerySet":
        """With whoever took each step."""
        return self.select_related(
            "selection__court", "checked_by", "approved_by", "noticed_by", "confirmed_by", "decided_by"
        )

    def visible_to(self, user: Any) -> "NominationQuerySet":
        """Of the own court: for clerks and approvers all; for a liaison those of the own department alone."""
        if not user.is_authenticated:
            return self.none()
        mine = own(self.all(), user)
        return mine if see_drafts(user) else self.nominated_by(user)  # type: ignore[return-value]

    def nominated_by(self, user: Any) -> "NominationQuerySet":
        """Those that `user` may change: of the own department, or of the whole court."""
        if not user.has_perm("awards.nominate_nomination"):
            return self.none()
        if user.has_perm("awards.handle_nomination"):
            return own(self.all(), user)  # type: ignore[return-value]
        return own(self.filter(by_department=user.department_id, by_department__isnull=False), user)  # type: ignore[return-value]

    def latest_first(self) -> "NominationQuerySet":
        return self.order_by("-selection__year", "-selection_id", "category__order", "-id")

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
