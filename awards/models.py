"""Who was honoured: categories, commendations, decisions, honours from above, and who exported them."""

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.querysets import CommendationQuerySet
from conferences.models import Conference, ConferenceQuerySet
from courts.access import may
from courts.decisions import decided_at, decided_by, pair
from courts.fields import NameField
from courts.history import CHANGED, keep, versions
from courts.models import Court, Department, Person, Snapshot
from courts.pinyin import KEY_LENGTH as PINYIN_LENGTH
from courts.pinyin import pinyin_key
from courts.refusals import Refused
from courts.revisions import Revised, RevisedQuerySet
from courts.strokes import KEY_LENGTH as STROKES_LENGTH
from courts.strokes import stroke_key


def set_for(at: datetime.datetime) -> str:
    """That the winners will be announced, and when."""
    when = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return gettext("Announcement set for %(when)s") % {"when": when}


class Family(models.TextChoices):
    """Families never mix in one list."""

    IN_HOUSE = "in-house", _("In-house")
    CIVIL = "civil", _("Civil-service reward")
    PARTY = "party", _("Party")
    COMMEMORATIVE = "commemorative", _("Commemorative")


class AwardCategory(Revised):
    """奖项. A kind of award that a court gives."""

    class RecipientKind(models.TextChoices):
        PERSON = "person", _("Person")
        DEPARTMENT = "department", _("Department")
        TEAM = "team", _("Team")
        FAMILY = "family", _("Family")
        OTHER = "other", _("Other")

    # In the order of the conference: collectives first.
    COLLECTIVE = (RecipientKind.DEPARTMENT, RecipientKind.TEAM)

    court = models.ForeignKey(Court, models.PROTECT, related_name="award_categories", verbose_name=_("court"))
    name = models.CharField(_("name"), max_length=60)
    family = models.CharField(_("family"), max_length=14, choices=Family, default=Family.IN_HOUSE)
    recipient_kind = models.CharField(
        _("kind of recipient"), max_length=10, choices=RecipientKind, default=RecipientKind.PERSON
    )
    staff_categories = models.CharField(
        _("eligible staff categories"), max_length=120, blank=True, help_text=_("None ticked: everyone.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    citation_template = models.TextField(
        _("citation"), blank=True, help_text=_("The body of the certificate. {name}, {year} and {award} are filled in.")
    )

    history = versions("history_awardcategory")

    class Meta:
        verbose_name = _("award category")
        verbose_name_plural = _("award categories")
        ordering = ("court", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "name", "family"],
                name="category_name_unique",
                violation_error_message=_("This court already has a category of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_collective(self) -> bool:
        return self.recipient_kind in self.COLLECTIVE


class AwardGivenQuerySet(RevisedQuerySet):
    def without_winners(self) -> "AwardGivenQuerySet":
        """Those of which the conference names nobody, announced or not."""
        named = Commendation.objects.filter(conference=OuterRef("conference"), category=OuterRef("category"))
        return self.exclude(Exists(named))


class AwardGiven(Revised):
    """所设奖项. An award that a conference gave, also where the record does not name who received it."""

    court_path = "conference__court"

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="awards_given", verbose_name=_("conference")
    )
    category = models.ForeignKey(
        AwardCategory, models.PROTECT, related_name="awards_given", verbose_name=_("award category")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    quantity = models.CharField(
        _("how many, as said"), max_length=30, blank=True, help_text=_("Only where it was said: 30名.")
    )

    objects = AwardGivenQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_awardgiven")

    class Meta:
        verbose_name = _("award given")
        verbose_name_plural = _("awards given without names")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "category"],
                name="award_given_unique",
                violation_error_message=_("This award stands here already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.category)


class Decision(Revised):
    """表彰决定. The document by which awards are given; numbered once per court and year."""

    court_path = "conference__court"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="decisions", verbose_name=_("conference"))
    court = models.ForeignKey(Court, models.PROTECT, related_name="decisions", verbose_name=_("court"), editable=False)
    prefix = models.CharField(_("document prefix"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1949), MaxValueValidator(2100)]
    )
    serial = models.PositiveSmallIntegerField(
        _("serial number"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=100, blank=True)

    history = versions("history_decision")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("conference", "year", "serial", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "prefix", "year", "serial"],
                name="decision_number_unique",
                violation_error_message=_("Another decision has this number."),
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True, serial__isnull=True) | Q(year__isnull=False, serial__isnull=False),
                name="decision_number_whole",
                violation_error_message=_("A number has a year and a serial number."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def document_number(self) -> str:
        """As written under the issuer's name: 青法〔2024〕3号; empty where the decision has none."""
        return f"{self.prefix}〔{self.year}〕{self.serial}号" if self.serial else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.court_id = self.conference.court_id
        super().save(*args, **kwargs)


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


class Honour(Revised):
    """上级荣誉. Received from above, not given here."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("National")
        PROVINCE = "province", _("Provincial")
        CITY = "city", _("Municipal")
        DISTRICT = "district", _("District or county")
        OTHER = "other", _("Other")

    class RecipientKind(models.TextChoices):
        COURT = "court", _("Court")
        DEPARTMENT = "department", _("Department")
        PERSON = "person", _("Person")
        PROJECT = "project", _("Project")
        CASE = "case", _("Case")

    court = models.ForeignKey(Court, models.PROTECT, related_name="honours", verbose_name=_("court"))
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="honours", verbose_name=_("conference"), null=True, blank=True
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1949), MaxValueValidator(2100)])
    title = models.CharField(_("honour title"), max_length=120)
    bodies = models.CharField(
        _("awarding bodies"), max_length=300, blank=True, help_text=_("Several are joined by 、.")
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    recipient_kind = models.CharField(
        _("kind of recipient"), max_length=10, choices=RecipientKind, default=RecipientKind.COURT
    )
    recipient_name = NameField(_("recipient"), max_length=120, blank=True, help_text=_("Empty: the court itself."))
    department = models.ForeignKey(
        Department,
        models.SET_NULL,
        related_name="honours",
        verbose_name=_("department in the register"),
        null=True,
        blank=True,
    )
    person = models.ForeignKey(
        Person, models.SET_NULL, related_name="honours", verbose_name=_("person in the register"), null=True, blank=True
    )
    quantity = models.CharField(
        _("how many, as said"), max_length=30, blank=True, help_text=_("Where one entry stands for several: 40余人次.")
    )
    received_on = models.DateField(_("received on"), null=True, blank=True)
    document = models.CharField(_("document"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    history = versions("history_honour")

    class Meta:
        verbose_name = _("honour from above")
        verbose_name_plural = _("honours from above")
        ordering = ("court", "-year", "order", "id")

    def __str__(self) -> str:
        return self.title

    @classmethod
    def belongs_to(cls) -> str:
        return "conference"  # where it was told; the court owns it without one too

    @property
    def body_list(self) -> list[str]:
        return [body.strip() for body in self.bodies.split("、") if body.strip()]


class HonourRoll(Conference):
    """光荣榜. A conference seen from its awards: the clerk's screen for winners, decisions and honours."""

    objects = ConferenceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("honour roll")
        verbose_name_plural = _("honour rolls")

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        keep([self], CHANGED)  # what is kept by itself is kept for the conference, not for this view of it


class ExportLog(models.Model):
    """导出记录. Who took which award list away; written once, changed by nobody."""

    court_path = "court"

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"

    at = models.DateTimeField(_("at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), null=True)
    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"), null=True)
    what = models.CharField(_("what"), max_length=500)
    file_format = models.CharField(_("format"), max_length=4, choices=Format)
    rows = models.PositiveIntegerField(_("rows"))

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"
