"""What was received from above, and the honour roll of a conference."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, ConferenceQuerySet, PartQuerySet
from courts.fields import NameField
from courts.history import CHANGED, keep, versions
from courts.models import Court, Department, Person
from courts.revisions import Revised


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

    searched = ("title", "recipient_name", "quantity", "bodies", "document", "note")

    objects = PartQuerySet.as_manager()  # type: ignore[misc]
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
