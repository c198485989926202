"""Who is nominated in a selection, and how it went on until the decision. Nobody outside the court reads any of it."""

import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.categories import AwardCategory
from awards.models.commendations import Commendation
from awards.models.selections import Selection
from awards.nominations.eligibility import blocking, candidates, findings_of
from awards.selections.querysets import NominationQuerySet
from courts import decisions  # two fields of a nomination have the names of its functions
from courts.access import may
from courts.decisions import pair
from courts.history import versions
from courts.models import Department, Snapshot
from courts.refusals import NotAllowed, Refused
from courts.revisions import Revised

# Each of these moments is part of the stage that a step starts from.
STEPS = ("nominated", "returned", "checked", "approved", "noticed", "confirmed", "decided", "rejected", "withdrawn")
LIVE = Q(rejected_at__isnull=True, withdrawn_at__isnull=True)


class Nomination(Revised, Snapshot):
    """推荐. Someone proposed for an award. Everything before the decision stays here, away from the commendations."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Draft")
        RETURNED = "returned", _("Returned")
        NOMINATED = "nominated", _("Nominated")
        CHECKED = "checked", _("Checked")
        APPROVED = "approved", _("Approved")
        IN_NOTICE = "noticed", _("In public notice")
        CONFIRMED = "confirmed", _("Confirmed")
        DECIDED = "decided", _("Decided")
        ANNOUNCED = "announced", _("Announced")
        PRESENTED = "presented", _("Presented")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REVOKED = "revoked", _("Revoked")

    court_path = "selection__court"
    may_be_put_back = False  # its stages are decisions: nobody takes them anew by putting a version back

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="nominations", verbose_name=_("selection"))
    category = models.ForeignKey(
        AwardCategory, models.PROTECT, related_name="nominations", verbose_name=_("award category")
    )
    by_department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="nominations",
        verbose_name=_("nominating department"),
        null=True,
        blank=True,
    )
    deeds = models.TextField(_("deeds"), blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"), null=True, blank=True, help_text=_("Within the award, for the decision meeting; internal.")
    )
    nominated_at = decisions.decided_at(_("nominated at"))
    nominated_by = decisions.decided_by(_("nominated by"))
    returned_at = decisions.decided_at(_("returned at"))
    returned_by = decisions.decided_by(_("returned by"))
    return_reason = models.CharField(_("reason of the return"), max_length=300, blank=True, editable=False)
    checked_at = decisions.decided_at(_("checked at"))
    checked_by = decisions.decided_by(_("checked by"))
    approved_at = decisions.decided_at(_("approved at"))
    approved_by = decisions.decided_by(_("approved by"))
    noticed_at = decisions.decided_at(_("put up for public notice at"))
    noticed_by = decisions.decided_by(_("put up for public notice by"))
    confirmed_at = decisions.decided_at(_("confirmed at"))
    confirmed_by = decisions.decided_by(_("confirmed by"))
    decided_at = decisions.decided_at(_("decided at"))
    decided_by = decisions.decided_by(_("decided by"))
    rejected_at = decisions.decided_at(_("rejected at"))
    rejected_by = decisions.decided_by(_("rejected by"))
    rejection_reason = models.CharField(_("reason of the rejection"), max_length=300, blank=True, editable=False)
    withdrawn_at = decisions.decided_at(_("withdrawn at"))
    withdrawn_by = decisions.decided_by(_("withdrawn by"))
    withdrawal_reason = models.CharField(_("reason of the withdrawal"), max_length=300, blank=True, editable=False)
    notice = models.ForeignKey(
        "awards.PublicNotice",
        models.PROTECT,
        related_name="nominations",
        verbose_name=_("public notice"),
        null=True,
        blank=True,
        editable=False,
    )
    commendation = models.OneToOneField(
        Commendation,
        models.PROTECT,
        related_name="nomination",
        verbose_name=_("commendation"),
        db_column="award_id",  # with the whole word the database's own name of the key passes 30 characters
        null=True,
        blank=True,
        editable=False,
    )

    objects = NominationQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_nomination")

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ("selection", "category__order", "category", F("rank").asc(nulls_last=True), "id")
        permissions = (
            ("nominate_nomination", "Can nominate"),
            ("handle_nomination", "Can check, return, reject and rank nominations"),
            ("approve_nomination", "Can approve nominations"),
            ("override_finding", "Can let a finding about a nomination pass"),
        )
        indexes = (models.Index(fields=["selection", "category"], name="nomination_board"),)
        constraints = (
            models.UniqueConstraint(
                fields=["selection", "category", "person"],
                condition=LIVE & Q(person__isnull=False),
                name="nomination_person_once",
                violation_error_message=_("This person is nominated for this award already."),
            ),
            models.UniqueConstraint(
                fields=["selection", "category", "name", "department_name"],
                condition=LIVE & Q(person__isnull=True),
                name="nomination_named_once",
                violation_error_message=_("This is nominated for this award already."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(department_name=""),
                name="nomination_has_recipient",
                violation_error_message=_("Say who is nominated: a name or a department."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(nominated_by__isnull=True)
                | ~Q(approved_by=F("nominated_by")),
                name="nomination_two_people",
                violation_error_message=_("Whoever nominated does not approve."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{act}_at__isnull": True}) | ~Q(**{reason: ""}),
                    name=f"nomination_{act}_reason",
                    violation_error_message=_("Give the reason."),
                )
                for act, reason in (
                    ("returned", "return_reason"),
                    ("rejected", "rejection_reason"),
                    ("withdrawn", "withdrawal_reason"),
                )
            ),
            pair("nominated", "nomination_nominated_pair"),
            pair("returned", "nomination_returned_pair"),
            pair("checked", "nomination_checked_pair"),
            pair("approved", "nomination_approved_pair"),
            pair("noticed", "nomination_noticed_pair"),
            pair("confirmed", "nomination_confirmed_pair"),
            pair("decided", "nomination_decided_pair"),
            pair("rejected", "nomination_rejected_pair"),
            pair("withdrawn", "nomination_withdrawn_pair"),
        )

    def __str__(self) -> str:
        return f"{self.speaker} {self.category}"

    @property
    def recipient(self) -> str:
        """Who is nominated: the name, or the department where it is nominated as a whole."""
        return self.speaker

    @property
    def stage(self) -> "Nomination.Stage":
        """How far it has come. What follows the decision is told by the commendation."""
        if self.commendation:
            if self.commendation.revoked_at:
                return self.Stage.REVOKED
            if self.commendation.presented_at:
                return self.Stage.PRESENTED
            if self.commendation.is_known:
                return self.Stage.ANNOUNCED
        return next((stage for act, stage in LAST_FIRST if getattr(self, f"{act}_at")), self.Stage.DRAFT)

    @property
    def is_editable(self) -> bool:
        """Whether the department may still change it."""
        return self.stage in (self.Stage.DRAFT, self.Stage.RETURNED)

    def is_of(self, user: Any) -> bool:
        """Whether `user` speaks for the department that nominates."""
        return self.by_department_id is not None and self.by_department_id == user.department_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_snapshot()
        super().save(*args, **kwargs)

    def nominate(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """The department hands it in; what came back may be handed in anew after the last day too.

        Twice changes nothing. Refused outside the days of the selection, and without deeds.
        """
        self.may_by_department(by)
        if self.stage in (self.Stage.NOMINATED, *UNDER_WAY):
            return
        if not self.is_editable:
            raise Refused(_("It was rejected or withdrawn. Nominate anew."))
        now = now or timezone.now()
        self._refuse_closed(timezone.localdate(now))
        if not self.deeds.strip():
            raise Refused(_("Write down the deeds first."))
        self._step(nominated_at=now, nominated_by=by, **NOT_RETURNED)

    def pass_check(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """The political department has looked at it. Twice changes nothing."""
        may(by, "awards.handle_nomination", self)
        if self.stage in UNDER_WAY:
            return
        self._refuse_unless(self.Stage.NOMINATED)
        self._step(checked_at=now or timezone.now(), checked_by=by)

    @transaction.atomic
    def approve(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """It may go on to the public notice. Twice changes nothing.

        Refused for whoever nominated it, and while a finding speaks against it that nobody let pass. Approvals of one
        selection wait for each other: only so the last place of a quota is given once.
        """
        may(by, "awards.approve_nomination", self)
        Selection.objects.lock(self.selection_id)
        if self.stage in UNDER_WAY[1:]:
            return
        self._refuse_unless(self.Stage.CHECKED)
        if self.nominated_by_id == by.pk:
            raise Refused(_("Whoever nominated does not approve."))
        against = blocking(self, findings_of(self, candidates(self.selection)))
        if against:
            why = " ".join(finding.text for finding in against)
            raise Refused(_("%(name)s cannot be approved: %(why)s"), params={"name": self.recipient, "why": why})
        self._step(approved_at=now or timezone.now(), approved_by=by)

    def give_back(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """To the department, with the reason: it changes it and nominates anew. Twice changes nothing."""
        may(by, "awards.handle_nomination", self)
        if self.stage == self.Stage.RETURNED:
            return
        self._refuse_unless(*BEFORE_NOTICE)
        returned = {"returned_at": now or timezone.now(), "returned_by": by, "return_reason": said(reason)}
        self._step(**NO_STEPS, **returned)

    def reject(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """It does not go on. Twice changes nothing; refused for a draft and after the decision."""
        may(by, "awards.handle_nomination", self)
        if self.stage == self.Stage.REJECTED:
            return
        self._refuse_unless(*BEFORE_NOTICE, self.Stage.IN_NOTICE, self.Stage.CONFIRMED)
        self._step(rejected_at=now or timezone.now(), rejected_by=by, rejection_reason=said(reason))

    def withdraw(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """The department takes it back until it is approved, the political department until it is decided.

        Twice changes nothing.
        """
        if not by.has_perm("awards.handle_nomination"):
            self.may_by_department(by)
        may(by, "awards.nominate_nomination", self)
        if self.stage == self.Stage.WITHDRAWN:
            return
        early = (self.Stage.DRAFT, self.Stage.RETURNED, self.Stage.NOMINATED, self.Stage.CHECKED)
        late = (self.Stage.APPROVED, self.Stage.IN_NOTICE, self.Stage.CONFIRMED)
        self._refuse_unless(*early, *(late if by.has_perm("awards.handle_nomination") else ()))
        self._step(withdrawn_at=now or timezone.now(), withdrawn_by=by, withdrawal_reason=said(reason))

    def may_by_department(self, user: Any) -> None:
        """Raises NotAllowed unless `user` nominates for this department, or is the political department."""
        may(user, "awards.nominate_nomination", self)
        if not (self.is_of(user) or user.has_perm("awards.handle_nomination")):
            raise NotAllowed

    def _refuse_closed(self, today: datetime.date) -> None:
        selection = self.selection
        if selection.opens_on is None or selection.closes_on is None:
            raise Refused(_("Nominations for this selection are not open yet."))
        if self.stage == self.Stage.RETURNED and today >= selection.opens_on:
            return
        if not selection.is_open(today):
            days = {"first": selection.opens_on, "last": selection.closes_on}
            raise Refused(_("Nominations are open from %(first)s until %(last)s, the last day included."), params=days)

    def _refuse_unless(self, *stages: "Nomination.Stage") -> None:
        if self.stage not in stages:
            raise Refused(
                _("%(name)s: this is not due now (%(stage)s)."),
                params={"name": self.recipient, "stage": self.stage.label},
            )

    @transaction.atomic
    def _step(self, **after: Any) -> None:
        """One step, only from the stage that was seen: of two at once the second is refused."""
        Selection.objects.lock(self.selection_id)
        seen = {f"{name}_at": getattr(self, f"{name}_at") for name in STEPS}
        if not Nomination.objects.filter(pk=self.pk, **seen).update(**after):
            raise Refused(_("Someone else changed this nomination in the meantime. Look at it again."))
        for name, value in after.items():
            setattr(self, name, value)


def said(reason: str) -> str:
    """The reason, or a refusal where there is none or too much of it."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Give a reason, in at most %(most)d characters."), params={"most": LONGEST_REASON})
    return reason


Stage = Nomination.Stage
LAST_FIRST = (
    ("withdrawn", Stage.WITHDRAWN),
    ("rejected", Stage.REJECTED),
    ("decided", Stage.DECIDED),
    ("confirmed", Stage.CONFIRMED),
    ("noticed", Stage.IN_NOTICE),
    ("approved", Stage.APPROVED),
    ("checked", Stage.CHECKED),
    ("nominated", Stage.NOMINATED),
    ("returned", Stage.RETURNED),
)
UNDER_WAY = (
    *(Stage.CHECKED, Stage.APPROVED, Stage.IN_NOTICE, Stage.CONFIRMED),
    *(Stage.DECIDED, Stage.ANNOUNCED, Stage.PRESENTED, Stage.REVOKED),
)
BEFORE_NOTICE = (Stage.NOMINATED, Stage.CHECKED, Stage.APPROVED)
NO_STEPS = {f"{act}_{what}": None for act in ("nominated", "checked", "approved") for what in ("at", "by")}
NOT_RETURNED: dict[str, Any] = {"returned_at": None, "returned_by": None, "return_reason": ""}
LONGEST_REASON: int = Nomination._meta.get_field("return_reason").max_length or 0
