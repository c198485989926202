"""What a court knows of the service of its people, to see who may be honoured. Only clerks and approvers read it."""

import calendar
import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courts.history import versions
from courts.revisions import Revised


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, or its last where the month is shorter: six months after 31 August is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Discipline(Revised):
    """处分. A sanction with the period during which it counts; never on a page of the record, in no file."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("Warning")
        DEMERIT = "demerit", _("Demerit")
        SERIOUS_DEMERIT = "serious-demerit", _("Serious demerit")
        DEMOTION = "demotion", _("Demotion")
        REMOVAL = "removal", _("Removal from post")

    court_path = "person__court"

    person = models.ForeignKey("courts.Person", models.CASCADE, related_name="disciplines", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), editable=False, help_text=_("From the kind: the last day of the period."))
    document = models.CharField(_("document"), max_length=100, blank=True)

    history = versions("history_discipline")

    class Meta:
        verbose_name = _("discipline")
        verbose_name_plural = _("disciplines")
        ordering = ("-since", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")),
                name="discipline_ends_after_start",
                violation_error_message=_("The period ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.since:%Y-%m-%d}"

    @property
    def ends_on(self) -> datetime.date:
        """The last day of the period, by the months that the court has set for this kind."""
        return months_later(self.since, settings.DISCIPLINE_MONTHS[self.kind]) - datetime.timedelta(days=1)

    def runs_within(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether a day of the period lies between these days, both included."""
        return self.since <= last and self.until >= first

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.until = self.ends_on
        super().save(*args, **kwargs)


class Appraisal(Revised):
    """年度考核. The grade of a person for one year."""

    class Grade(models.TextChoices):
        EXCELLENT = "excellent", _("Excellent")
        COMPETENT = "competent", _("Competent")
        BASIC = "basic", _("Basically competent")
        INCOMPETENT = "incompetent", _("Incompetent")
        NONE = "none", _("No grade")

    court_path = "person__court"

    person = models.ForeignKey("courts.Person", models.CASCADE, related_name="appraisals", verbose_name=_("person"))
    year = models.PositiveSmallIntegerField(_("year"))
    grade = models.CharField(_("grade"), max_length=12, choices=Grade)

    history = versions("history_appraisal")

    class Meta:
        verbose_name = _("annual appraisal")
        verbose_name_plural = _("annual appraisals")
        ordering = ("-year", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "year"],
                name="appraisal_once_a_year",
                violation_error_message=_("This person already has a grade for this year."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2100),
                name="appraisal_year_possible",
                violation_error_message=_("A year lies between 1949 and 2100."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.get_grade_display()}"
