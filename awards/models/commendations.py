"""Who was honoured, by which award and which decision."""

import datetime
from typing import Any

from django.db import models
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
    stroke_key = models.CharField(_("order by strokes"), max_length=STROKES_LENGTH, editable=False, db_index=True)
    pinyin_key = models.CharField(_("order by pinyin"), max_length=PINYIN_LENGTH, editable=False, db_index=True)

    objects = CommendationQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_commendation")

    class Meta:
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        ordering = ("order", "id")
        permissions = (
            ("announce_commendation", "Can announce the winners"),
            ("revoke_commendation", "Can revoke a commendation"),
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
            pair("announced", "commendation_announced_pair"),
            pair("revoked", "commendation_revoked_pair"),
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
        own = self.person.sort_key if self.person else ""
        self.stroke_key = stroke_key(self.recipient, own)
        self.pinyin_key = pinyin_key(self.recipient)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        super().save(*args, **kwargs)

    def revoke(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """Takes the award back; the row stays and says so. Twice changes nothing."""
        may(by, "awards.revoke_commendation", self.conference)
        if self.revoked_at:
            return
        if not reason.strip():
            raise Refused(_("A revocation needs a reason."))
        self.revoked_at, self.revoked_by, self.revocation_reason = now or timezone.now(), by, reason.strip()
        self.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
