"""Priority tasks and their measures."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference, ConferencePart, part_of
from conferences.models.programme import Speech
from courts.fields import NameField
from courts.history import versions
from courts.models import Department, Person
from courts.revisions import Revised, RevisedQuerySet


class PriorityTask(ConferencePart):
    """重点工作. What was set for the year planned, under the speech that set it."""

    conference = part_of("tasks")
    speech = models.ForeignKey(
        Speech, models.SET_NULL, related_name="tasks", verbose_name=_("speech"), null=True, blank=True
    )
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), blank=True)

    searched = ("heading", "text")

    history = versions("history_prioritytask")

    class Meta(ConferencePart.Meta):
        verbose_name = _("priority task")
        verbose_name_plural = _("priority tasks")

    def __str__(self) -> str:
        return self.heading


class MeasureQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> "MeasureQuerySet":
        """Measures of the conferences that `user` may read."""
        return self.filter(task__conference__in=Conference.objects.visible_to(user))


class Measure(Revised):
    """举措. One thing to be done for a task, by departments of its own."""

    court_path = "task__conference__court"

    task = models.ForeignKey(PriorityTask, models.CASCADE, related_name="measures", verbose_name=_("priority task"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("text"), max_length=500)
    lead = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="measures_led",
        verbose_name=_("lead department"),
        null=True,
        blank=True,
    )
    helpers: "models.ManyToManyField[Department, MeasureHelper]" = models.ManyToManyField(
        Department,
        through="MeasureHelper",
        related_name="measures_helped",
        verbose_name=_("helping departments"),
        blank=True,
    )
    all_help = models.BooleanField(_("all departments help"), default=False)
    responsible = models.ForeignKey(
        Person,
        models.SET_NULL,
        related_name="measures",
        verbose_name=_("person in the register"),
        null=True,
        blank=True,
    )
    responsible_name = NameField(_("responsible person"), max_length=100, blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    target = models.CharField(_("target"), max_length=200, blank=True)

    searched = ("text", "target")

    objects = MeasureQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_measure")

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.text


class MeasureHelper(Revised):
    """配合部门. A department that helps with a measure."""

    court_path = "measure__task__conference__court"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+", verbose_name=_("measure"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))

    history = versions("history_measurehelper")

    class Meta:
        verbose_name = _("helping department")
        verbose_name_plural = _("helping departments")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "department"],
                name="measure_helper_unique",
                violation_error_message=_("This department helps already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.department)
