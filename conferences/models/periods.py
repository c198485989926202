"""Figures of weeks, months and quarters, kept from one to the next until they make those of the year."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conferences.models.figures import Indicator
from courts.decisions import decided_by
from courts.history import versions
from courts.models import Court
from courts.revisions import Revised, RevisedQuerySet


class FigureSet(Revised):
    """期间数据. The figures of one week, month, quarter or year, as the court's own statistics have them."""

    class Kind(models.TextChoices):
        WEEK = "week", _("Weekly circular")
        MONTH = "month", _("Monthly analysis")
        QUARTER = "quarter", _("Quarterly assessment")
        YEAR = "year", _("Yearly summary")

    court = models.ForeignKey(Court, models.PROTECT, related_name="figure_sets", verbose_name=_("court"))
    kind = models.CharField(_("kind of period"), max_length=8, choices=Kind, default=Kind.MONTH)
    starts_on = models.DateField(_("period begins on"))
    ends_on = models.DateField(_("period ends on"))
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("Which circular or system."))
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    changed_by = decided_by(_("last changed by"))

    history = versions("history_figureset")

    class Meta:
        verbose_name = _("figures of a period")
        verbose_name_plural = _("figures of periods")
        ordering = ("-starts_on", "-ends_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "kind", "starts_on"],
                name="figure_set_unique",
                violation_error_message=_("The figures of this period are there already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="figure_set_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.starts_on} – {self.ends_on}"


class PeriodFigureQuerySet(RevisedQuerySet):
    def of_the_years_of(self, conferences: Iterable[Any]) -> "PeriodFigureQuerySet":
        """Of the courts and years that these conferences review; a year may begin in December."""
        within = Q(pk__in=[])
        for one in conferences:
            first, last = datetime.date(one.year_reviewed - 1, 12, 1), datetime.date(one.year_reviewed, 12, 31)
            within |= Q(figure_set__court=one.court_id, figure_set__starts_on__gte=first, figure_set__ends_on__lte=last)
        return self.filter(within).select_related("figure_set", "indicator").order_by("figure_set__starts_on", "order")


class PeriodFigure(Revised):
    """期间数据项. One number of a period."""

    court_path = "figure_set__court"

    figure_set = models.ForeignKey(
        FigureSet, models.CASCADE, related_name="figures", verbose_name=_("figures of a period")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    label = models.CharField(_("label"), max_length=60)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="period_figures", verbose_name=_("indicator"), null=True, blank=True
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20, blank=True)

    objects = PeriodFigureQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_periodfigure")

    class Meta:
        verbose_name = _("figure of a period")
        verbose_name_plural = _("figures of the period")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["figure_set", "label"],
                name="period_figure_unique",
                violation_error_message=_("This figure stands there already."),
            ),
        )

    def __str__(self) -> str:
        return self.label
