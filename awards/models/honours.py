"""What was received from above, and the honour roll of a conference."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models import Audience, Conference, ConferenceQuerySet, PartQuerySet
from conferences.models.attachments import KeptFile
from courts.access import courts_below
from courts.fields import NameField
from courts.history import CHANGED, keep, versions
from courts.models import Court, Department, Person
from courts.revisions import Revised, RevisedQuerySet


class HonourQuerySet(PartQuerySet):
    def in_register(self, user: Any, court: Court) -> "HonourQuerySet":
        """Those of the court that `user`, who works for it, may read: not what only a draft tells."""
        told = Q(conference__isnull=True) | Q(conference__in=Conference.objects.visible_to(user))
        return self.filter(told, court=court)

    def narrowed(self, **chosen: Any) -> "HonourQuerySet":
        """Limited to the values given for each name of `NARROWED`; no values, no limit."""
        found = self.with_department()
        return found.filter(**{NARROWED[name]: values for name, values in chosen.items() if values})

    def with_department(self) -> "HonourQuerySet":
        """Adds the department: the one that was honoured, or where the person is today."""
        return self.annotate(in_department=Coalesce("department_id", "person__department_id"))

    def latest_first(self) -> "HonourQuerySet":
        return self.order_by("-year", "order", "id")


NARROWED = {"year": "year__in", "category": "level__in", "department": "in_department__in", "person": "person__in"}


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

    objects = HonourQuerySet.as_manager()  # type: ignore[misc]
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


class HonourFileQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> "HonourFileQuerySet":
        """As attachments: of visible conferences; those for staff, and honours that no conference told, for staff."""
        if user.is_superuser:
            return self.all()
        told = Q(honour__conference__in=Conference.objects.visible_to(user))
        open_to = told & Q(audience=Audience.PUBLIC)
        if user.is_authenticated and user.court_id:
            open_to |= Q(honour__court_id=user.court_id) & (told | Q(honour__conference__isnull=True))
            open_to |= Q(honour__court_id__in=courts_below(user)) & told
        return self.filter(open_to)


class HonourFile(KeptFile):
    """荣誉文件. The document of an honour from above; leaves only through a view that asks who may read it."""

    court_path = "honour__court"

    honour = models.ForeignKey(Honour, models.CASCADE, related_name="files", verbose_name=_("honour from above"))
    audience = models.CharField(_("audience"), max_length=6, choices=Audience, default=Audience.STAFF)

    objects = HonourFileQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("file of an honour")
        verbose_name_plural = _("files of honours")
        ordering = ("honour", "id")

    def get_absolute_url(self) -> str:
        return reverse("honours:file", kwargs={"key": self.key})


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
