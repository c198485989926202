"""Who is nominated in a selection, and how it went on until the decision. Nobody outside the court reads any of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.models.categories import AwardCategory
from awards.models.commendations import Commendation
from awards.models.selections import Selection
from awards.selecting import NominationQuerySet
from conferences.checks.findings import KEY_LENGTH
from conferences.files import validate_attachment
from conferences.models.attachments import attachment_path, new_key
from courts import decisions  # two fields of a nomination have the names of its functions
from courts.decisions import pair
from courts.history import versions
from courts.models import Department, Snapshot
from courts.revisions import Revised

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_snapshot()
        super().save(*args, **kwargs)


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


class Opinion(Revised):
    """意见. What a body, such as discipline inspection, was asked about a nominee, and what it said."""

    class Verdict(models.TextChoices):
        AGREES = "agrees", _("No objection")
        OBJECTS = "objects", _("Objects")
        REMARKS = "remarks", _("With remarks")

    court_path = "nomination__selection__court"

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="opinions", verbose_name=_("nomination"))
    body = models.CharField(_("body that is asked"), max_length=60)
    asked_at = decisions.decided_at(_("asked at"))
    asked_by = decisions.decided_by(_("asked by"))
    verdict = models.CharField(_("opinion"), max_length=8, choices=Verdict, blank=True)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    recorded_at = decisions.decided_at(_("recorded at"))
    recorded_by = decisions.decided_by(_("recorded by"))

    history = versions("history_opinion")

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ("nomination", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["nomination", "body"],
                name="opinion_unique",
                violation_error_message=_("This body was asked already."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | ~Q(verdict=""),
                name="opinion_says_something",
                violation_error_message=_("Say what the opinion is."),
            ),
            pair("asked", "opinion_asked_pair"),
            pair("recorded", "opinion_recorded_pair"),
        )

    def __str__(self) -> str:
        return f"{self.body}: {self.get_verdict_display() or '—'}"


class Override(Revised):
    """放行. A finding about a nomination that someone lets pass, by name and reason, as long as it says the same."""

    court_path = "nomination__selection__court"
    may_be_put_back = False  # a decision, as a waiver is

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="overrides", verbose_name=_("nomination"))
    key = models.CharField(_("key of the finding"), max_length=KEY_LENGTH, editable=False)
    text = models.TextField(_("finding"), help_text=_("As it was shown."))
    reason = models.CharField(_("reason"), max_length=300)
    overridden_at = decisions.decided_at(_("let pass at"))
    overridden_by = decisions.decided_by(_("let pass by"))

    history = versions("history_override")

    class Meta:
        verbose_name = _("finding let pass")
        verbose_name_plural = _("findings let pass")
        ordering = ("nomination", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["nomination", "key"],
                name="override_unique",
                violation_error_message=_("This finding was let pass already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="override_has_reason",
                violation_error_message=_("Give the reason."),
            ),
            pair("overridden", "override_overridden_pair"),
        )

    def __str__(self) -> str:
        return self.text


class Evidence(Revised):
    """证明材料. A file that shows the deeds; leaves only through a view that asks who may read the nomination."""

    court_path = "nomination__selection__court"

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="evidence", verbose_name=_("nomination"))
    key = models.CharField(_("key"), max_length=32, unique=True, editable=False, default=new_key)
    file = models.FileField(_("file"), upload_to=attachment_path, validators=[validate_attachment])
    filename = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ("nomination", "id")

    def __str__(self) -> str:
        return self.filename
