"""What became of measures: quarterly reports with their evidence, and steps of supervision."""

import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.quarters import Quarter
from conferences.models.attachments import KeptFile
from conferences.models.tasks import LONGEST_REASON, Measure, given
from courts.access import may
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.models import Department
from courts.refusals import Refused
from courts.revisions import Revised, RevisedQuerySet


class ProgressReportQuerySet(RevisedQuerySet):
    def on(self, measures: list[int]) -> "ProgressReportQuerySet":
        """The reports on these measures with their files, the newest first."""
        rows = self.filter(measure__in=measures).prefetch_related("files")
        return rows.select_related("measure", "department", "reported_by", "returned_by").order_by("-year", "-quarter")

    def returned(self) -> "ProgressReportQuerySet":
        """Those that were returned and not written anew."""
        return self.filter(returned_at__isnull=False)

    def that_stand(self) -> "ProgressReportQuerySet":
        """Without those that were returned and not written anew."""
        return self.filter(returned_at__isnull=True)


class ProgressReport(Revised):
    """进展. What was done for a measure in one quarter, as its department reports it."""

    court_path = "measure__task__conference__court"
    may_be_put_back = False  # whoever may change the record of the conference did not write it

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reports", verbose_name=_("measure"))
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), validators=[MinValueValidator(1), MaxValueValidator(4)])
    text = models.TextField(_("what was done"))
    percent = models.PositiveSmallIntegerField(_("percent done"), validators=[MaxValueValidator(100)])
    problems = models.TextField(_("problems"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="+",
        verbose_name=_("reporting department"),
        null=True,
        blank=True,
        editable=False,
    )
    reported_at = decided_at(_("reported at"))
    reported_by = decided_by(_("reported by"))
    returned_at = decided_at(_("returned at"))
    returned_by = decided_by(_("returned by"))
    return_reason = models.CharField(_("reason of the return"), max_length=LONGEST_REASON, blank=True, editable=False)

    objects = ProgressReportQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_progressreport")

    class Meta:
        db_table = "conferences_progress"  # its keys, which the database names, must not pass 30 characters
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ("measure", "-year", "-quarter")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "year", "quarter"],
                name="progress_quarter_once",
                violation_error_message=_("This quarter was reported already."),
            ),
            models.CheckConstraint(
                condition=Q(quarter__range=(1, 4)),
                name="progress_quarter_possible",
                violation_error_message=_("A year has quarters 1 to 4."),
            ),
            models.CheckConstraint(
                condition=Q(percent__lte=100),
                name="progress_percent_possible",
                violation_error_message=_("Percent done goes from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="progress_says_something",
                violation_error_message=_("Say what was done."),
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""),
                name="progress_returned_reason",
                violation_error_message=_("Give the reason."),
            ),
            pair("reported", "progress_reported_pair"),
            pair("returned", "progress_returned_pair"),
        )

    def __str__(self) -> str:
        return str(self.when)

    @property
    def when(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    def give_back(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """To the department, which writes it anew. Twice changes nothing; refused once the measure has ended."""
        may(by, "conferences.follow_measure", self)
        if self.returned_at:
            return
        if not self.measure.is_open:
            raise Refused(_("This measure is closed or cancelled. It has to be reopened first."))
        after = {"returned_at": now or timezone.now(), "returned_by": by, "return_reason": given(reason)}
        if not ProgressReport.objects.filter(pk=self.pk, reported_at=self.reported_at).update(**after):
            raise Refused(_("Someone else changed this report in the meantime. Look at it again."))
        for name, value in after.items():
            setattr(self, name, value)


class ProgressFileQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> "ProgressFileQuerySet":
        """For whoever reads the progress of the measure."""
        return self.filter(report__measure__in=Measure.objects.read_by(user))


class ProgressFile(KeptFile):
    """佐证材料. A file that shows what a report says; leaves only through a view that asks who may read it."""

    court_path = "report__measure__task__conference__court"

    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="files", verbose_name=_("progress report"))

    objects = ProgressFileQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        db_table = "conferences_proof"  # its keys, which the database names, must not pass 30 characters
        verbose_name = _("file of a progress report")
        verbose_name_plural = _("files of progress reports")
        ordering = ("report", "id")

    def get_absolute_url(self) -> str:
        return reverse("tasks:evidence", kwargs={"key": self.key})


class SupervisionQuerySet(RevisedQuerySet):
    def unanswered(self) -> "SupervisionQuerySet":
        """After which nothing was reported on the measure."""
        later = ProgressReport.objects.filter(measure=OuterRef("measure"), reported_at__gt=OuterRef("taken_at"))
        return self.filter(~Exists(later))

    def on(self, measures: list[int]) -> "SupervisionQuerySet":
        """The steps on these measures, the newest last."""
        return self.filter(measure__in=measures).select_related("taken_by").order_by("id")


class Supervision(Revised):
    """督办. One step by which a measure was pressed on: a reminder, a demand, or an order to put things right."""

    class Kind(models.TextChoices):
        REMIND = "remind", _("Reminder")
        URGE = "urge", _("Demand")
        RECTIFY = "rectify", _("Order to put right")

    court_path = "measure__task__conference__court"
    may_be_put_back = False  # it was taken, or it was not

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="supervisions", verbose_name=_("measure"))
    kind = models.CharField(_("step of supervision"), max_length=8, choices=Kind)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    answer_by = models.DateField(_("answer by"), null=True, blank=True)
    taken_at = decided_at(_("taken at"))
    taken_by = decided_by(_("taken by"))

    objects = SupervisionQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_supervision")

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        ordering = ("measure", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="rectify") | ~Q(text=""),
                name="supervision_says_what",
                violation_error_message=_("Say what has to be put right."),
            ),
            pair("taken", "supervision_taken_pair"),
        )

    def __str__(self) -> str:
        return self.get_kind_display()
