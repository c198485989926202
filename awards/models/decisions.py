"""The documents by which awards are given."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from courts.history import versions
from courts.models import Court
from courts.revisions import Revised, RevisedQuerySet


class DecisionQuerySet(RevisedQuerySet):
    def of_court(self, court_id: int) -> "DecisionQuerySet":
        """The newest first."""
        return self.filter(court=court_id).order_by("-signed_on", "-id")

    def last_serial(self, court_id: int, *, prefix: str, year: int) -> int:
        """The highest number that the court gave under this prefix in this year; 0 where there is none."""
        numbered = self.filter(court=court_id, prefix=prefix, year=year)
        return numbered.aggregate(last=Max("serial"))["last"] or 0


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

    objects = DecisionQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_decision")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("conference", "year", "serial", "id")
        permissions = (("take_decision", "Can decide who is honoured"),)
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
