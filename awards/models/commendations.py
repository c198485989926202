"""Who was honoured, by which award and which decision."""

import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models.categories import AwardCategory
from awards.models.decisions import Decision
from awards.querysets import CommendationQuerySet
from conferences.models import Conference
from courts.access import may
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.models import Snapshot
from courts.pinyin import KEY_LENGTH as PINYIN_LENGTH
from courts.pinyin import pinyin_key
from courts.refusals import Refused
from courts.revisions import Revised
from courts.strokes import KEY_LENGTH as STROKES_LENGTH
from courts.strokes import stroke_key

# What a correction may change: who it was, in words.
CORRECTABLE = ("name", "department_name", "post", "citation")


def set_for(at: datetime.datetime) -> str:
    """That the winners will be announced, and when."""
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return gettext("Announcement set for %(when)s") % {"when": when}


class Commendation(Revised, Snapshot):
    """表彰. One award for one person, department or other recipient, as it stood on that day."""

    court_path = "conference__court"

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="commendations", verbose_name=_("conference")
    )
    category = models.ForeignKey(
        AwardCategory, models.PROTECT, related_name="commendations", verbose_name=_("award category")
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="commendations", verbose_name=_("decision"), null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    posthumous = models.BooleanField(_("posthumous"), default=False)
    deeds = models.TextField(_("deeds"), blank=True, help_text=_("Internal; never on a public page."))
    citation = models.TextField(_("citation"), blank=True)
    certificate_number = models.CharField(_("certificate number"), max_length=40, blank=True)
    stage_place = models.PositiveSmallIntegerField(_("place on stage"), null=True, blank=True)
    announced_at = decided_at(_("announced at"))
    announced_by = decided_by(_("announced by"))
    revoked_at = decided_at(_("revoked at"))
    revoked_by = decided_by(_("revoked by"))
    revocation_reason = models.CharField(_("reason of the revocation"), max_length=300, blank=True, editable=False)
    revoked_by_decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        related_name="revocations",
        verbose_name=_("decision on the revocation"),
        null=True,
        blank=True,
        editable=False,
    )
    certificate_returned_on = models.DateField(_("certificate returned on"), null=True, blank=True, editable=False)
    corrected_at = decided_at(_("corrected at"))
    corrected_by = decided_by(_("corrected by"))
    correction_reason = models.CharField(_("reason of the correction"), max_length=300, blank=True, editable=False)
    corrected_by_decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        related_name="corrections",
        verbose_name=_("decision on the correction"),
        null=True,
        blank=True,
        editable=False,
    )
    presented_at = decided_at(_("presented at"))
    presented_by = decided_by(_("presented by"))
    stroke_key = models.CharField(_("order by strokes"), max_length=STROKES_LENGTH, editable=False, db_index=True)
    pinyin_key = models.CharField(_("order by pinyin"), max_length=PINYIN_LENGTH, editable=False, db_index=True)

    searched = ("name", "department_name")

    objects = CommendationQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_commendation")

    class Meta:
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        ordering = ("order", "id")
        permissions = (
            ("announce_commendation", "Can announce the winners"),
            ("revoke_commendation", "Can revoke a commendation"),
            ("correct_commendation", "Can correct an announced commendation"),
            ("export_commendation", "Can export award lists"),
        )
        indexes = (
            models.Index(fields=["conference", "category", "order"], name="commendation_roll"),
            models.Index(fields=["announced_at"], name="commendation_announced"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "category", "person"],
                name="commendation_person_once",
                violation_error_message=_("This person already has this award."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(department_name=""),
                name="commendation_has_recipient",
                violation_error_message=_("Say who is honoured: a name or a department."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revocation_reason=""),
                name="commendation_revoked_reason",
                violation_error_message=_("A revocation needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(corrected_at__isnull=True) | ~Q(correction_reason=""),
                name="commendation_corrected_reason",
                violation_error_message=_("A correction needs a reason."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_by_decision__isnull=True) | Q(revoked_at__isnull=False),
                name="commendation_revoked_document",
                violation_error_message=_("Only what was revoked has a decision on its revocation."),
            ),
            models.CheckConstraint(
                condition=Q(corrected_by_decision__isnull=True) | Q(corrected_at__isnull=False),
                name="commendation_corrected_doc",
                violation_error_message=_("Only what was corrected has a decision on its correction."),
            ),
            models.CheckConstraint(
                condition=Q(certificate_returned_on__isnull=True)
                | Q(revoked_at__isnull=False)
                | Q(corrected_at__isnull=False),
                name="commendation_returned_cause",
                violation_error_message=_("A certificate comes back only after a revocation or a correction."),
            ),
            pair("announced", "commendation_announced_pair"),
            pair("revoked", "commendation_revoked_pair"),
            pair("corrected", "commendation_corrected_pair"),
            pair("presented", "commendation_presented_pair"),
        )

    def __str__(self) -> str:
        return f"{self.speaker} {self.category}"

    @property
    def recipient(self) -> str:
        """Who is honoured: the name, or the department where it is honoured as a whole."""
        return self.speaker

    @property
    def is_known(self) -> bool:
        """Announced, and the time set for it has come."""
        return self.announced_at is not None and self.announced_at <= timezone.now()

    @property
    def is_final(self) -> bool:
        """Announced or revoked: it may be corrected or revoked, and stays readable for ever."""
        return self.is_known or self.revoked_at is not None

    @property
    def status(self) -> Any:
        """Revoked, announced, not announced, or when it will be."""
        if self.revoked_at:
            return _("Revoked")
        if self.is_known:
            return _("Announced")
        return set_for(self.announced_at) if self.announced_at else _("Not announced")

    def prepare(self) -> None:
        """Takes the snapshot and derives the stored orders; bulk writers call it for each row."""
        self.take_snapshot()
        self.fill_keys()

    def fill_keys(self) -> None:
        """Derives the stored orders from who is honoured."""
        own = self.person.sort_key if self.person else ""
        self.stroke_key = stroke_key(self.recipient, own)
        self.pinyin_key = pinyin_key(self.recipient)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to be added to a revocation: its decision, and the certificate that came back."""
        return self.revoked_by_decision_id is not None and self.certificate_returned_on is not None

    @transaction.atomic
    def revoke(
        self,
        *,
        by: Any,
        reason: str,
        decision: Decision | None = None,
        returned_on: datetime.date | None = None,
        now: datetime.datetime | None = None,
    ) -> None:
        """Takes the award back; the row stays and says so. Twice changes nothing.

        `decision`: the document on it, stored or not yet; `returned_on`: when the certificate came back. Both can be
        added later (`settle`).
        """
        may(by, "awards.revoke_commendation", self.conference)
        if not reason.strip():
            raise Refused(_("A revocation needs a reason."))
        self._refuse_foreign(decision)
        if self._held().revoked_at:
            self.refresh_from_db()
            return
        _store(decision)
        self._write(
            revoked_at=now or timezone.now(),
            revoked_by=by,
            revocation_reason=reason.strip(),
            revoked_by_decision=decision,
            certificate_returned_on=returned_on,
        )

    @transaction.atomic
    def settle(self, *, by: Any, decision: Decision | None = None, returned_on: datetime.date | None = None) -> None:
        """Adds to a revocation what was not known then. What is known stays; refused where nothing was revoked."""
        may(by, "awards.revoke_commendation", self.conference)
        self._refuse_foreign(decision)
        held = self._held()
        if not held.revoked_at:
            raise Refused(_("This award was not revoked."))
        added: dict[str, Any] = {}
        if decision and held.revoked_by_decision_id is None:
            _store(decision)
            added["revoked_by_decision"] = decision
        if returned_on and held.certificate_returned_on is None:
            added["certificate_returned_on"] = returned_on
        self._write(**added)

    @transaction.atomic
    def correct(
        self,
        *,
        by: Any,
        reason: str,
        decision: Decision | None = None,
        returned_on: datetime.date | None = None,
        now: datetime.datetime | None = None,
        **texts: str,
    ) -> None:
        """Corrects who was honoured after the announcement; history keeps what stood there. `texts`: `CORRECTABLE`.

        Refused before the announcement, after a revocation, and while the conference is not open to changes: it is
        opened for its correction first, so that two people stand behind this one too.
        """
        may(by, "awards.correct_commendation", self.conference)
        changed = {name: texts[name].strip() for name in CORRECTABLE if name in texts}
        changed = {name: text for name, text in changed.items() if text != getattr(self, name)}
        if not changed or not reason.strip():
            raise Refused(_("Say what is corrected, and why."))
        self._refuse_foreign(decision)
        held = self._held()
        if not held.is_correctable:
            raise Refused(_("Only an announced award that was not revoked is corrected; any other is changed."))
        if not held.conference.is_editable:
            raise Refused(_("The conference is closed. Withdraw it, or open its correction, before this is corrected."))
        _store(decision)
        for name, text in changed.items():
            setattr(self, name, text)
        self.prepare()
        self._write(
            **changed,
            stroke_key=self.stroke_key,
            pinyin_key=self.pinyin_key,
            corrected_at=now or timezone.now(),
            corrected_by=by,
            correction_reason=reason.strip(),
            corrected_by_decision=decision,
            certificate_returned_on=returned_on,
        )

    @property
    def is_correctable(self) -> bool:
        return self.is_known and self.revoked_at is None

    def _held(self) -> "Commendation":
        """As it is stored now; nobody else acts on the awards of its conference until this transaction ends."""
        conference = Conference.objects.hold(self.conference_id)
        held = type(self).objects.get(pk=self.pk)
        held.conference = conference
        return held

    def _refuse_foreign(self, decision: Decision | None) -> None:
        if decision and decision.conference.court_id != self.conference.court_id:
            raise Refused(_("This decision belongs to another court."))

    def _write(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        if values:
            super().save(update_fields=list(values))


def _store(decision: Decision | None) -> None:
    if decision is not None and decision._state.adding:
        decision.save()
