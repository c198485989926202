"""The plan of a selection: what is given, how many of it, who may nominate and when."""

import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.categories import AwardCategory
from awards.selections.querysets import QuotaQuerySet, SelectionQuerySet
from conferences.models import Conference
from courts.history import versions
from courts.models import Court, Department
from courts.revisions import Revised

# The first and the last month of each period.
MONTHS: dict[str, tuple[int, int]] = {
    "year": (1, 12),
    "h1": (1, 6),
    "h2": (7, 12),
    "q1": (1, 3),
    "q2": (4, 6),
    "q3": (7, 9),
    "q4": (10, 12),
}
# The conference of each period, as kind and number.
MEETINGS: dict[str, tuple[str, int]] = {
    "year": (Conference.Kind.ANNUAL, 1),
    "h1": (Conference.Kind.HALF_YEAR, 1),
    "h2": (Conference.Kind.HALF_YEAR, 2),
    "q1": (Conference.Kind.QUARTERLY, 1),
    "q2": (Conference.Kind.QUARTERLY, 2),
    "q3": (Conference.Kind.QUARTERLY, 3),
    "q4": (Conference.Kind.QUARTERLY, 4),
}
NOTICE_DAYS = 5  # working days of a public notice, unless the court sets others
MOST_PER_PERSON = 2


class Selection(Revised):
    """评选. From the plan with its quotas to the decision: for a conference, a quarter or a half-year."""

    class Period(models.TextChoices):
        YEAR = "year", _("Whole year")
        FIRST_HALF = "h1", _("First half-year")
        SECOND_HALF = "h2", _("Second half-year")
        Q1 = "q1", _("First quarter")
        Q2 = "q2", _("Second quarter")
        Q3 = "q3", _("Third quarter")
        Q4 = "q4", _("Fourth quarter")

    court = models.ForeignKey(Court, models.PROTECT, related_name="selections", verbose_name=_("court"))
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        related_name="selections",
        verbose_name=_("conference"),
        null=True,
        blank=True,
        help_text=_("Where the awards are given. None: that of the quarter or half-year, opened with the decision."),
    )
    title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("The year whose work is honoured."))
    period = models.CharField(_("period"), max_length=4, choices=Period, default=Period.YEAR)
    basis = models.CharField(_("basis"), max_length=200, blank=True, help_text=_("The document it rests on."))
    opens_on = models.DateField(_("nominations open on"), null=True, blank=True)
    closes_on = models.DateField(_("nominations close on"), null=True, blank=True, help_text=_("The last day."))
    notice_days = models.PositiveSmallIntegerField(
        _("working days of public notice"),
        default=NOTICE_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    most_per_person = models.PositiveSmallIntegerField(
        _("awards that one person may get"),
        default=MOST_PER_PERSON,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )

    objects = SelectionQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_selection")

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ("-year", "-opens_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "year", "period", "title"],
                name="selection_unique",
                violation_error_message=_("This court already has this selection."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2100),
                name="selection_year_possible",
                violation_error_message=_("A year lies between 1949 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True, closes_on__isnull=True)
                | Q(opens_on__isnull=False, closes_on__isnull=False, closes_on__gte=F("opens_on")),
                name="selection_window_whole",
                violation_error_message=_("Nominations have a first and a last day, in this order."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.conference and self.conference.court_id != self.court_id:
            raise ValidationError({"conference": _("This conference belongs to another court.")})

    @property
    def meeting(self) -> tuple[str, int]:
        """Kind and number of the conference that reviews its period."""
        return MEETINGS[self.period]

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, MONTHS[self.period][0], 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day whose work is honoured."""
        last = MONTHS[self.period][1]
        return datetime.date(self.year + last // 12, last % 12 + 1, 1) - datetime.timedelta(days=1)

    def is_open(self, today: datetime.date | None = None) -> bool:
        """Whether departments nominate on this day, the last one included."""
        today = today or timezone.localdate()
        return self.opens_on is not None and self.closes_on is not None and self.opens_on <= today <= self.closes_on


class Quota(Revised):
    """名额. How many of one award a selection gives, and on which conditions."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("Number")
        SHARE = "share", _("Share of a base")
        DEPARTMENTS = "departments", _("Number for each department")

    class Rounding(models.TextChoices):
        DOWN = "down", _("Down")
        UP = "up", _("Up")
        HALF_UP = "half-up", _("To the nearest")

    court_path = "selection__court"

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="quotas", verbose_name=_("selection"))
    category = models.ForeignKey(AwardCategory, models.PROTECT, related_name="quotas", verbose_name=_("award category"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind of quota"), max_length=12, choices=Kind, default=Kind.NUMBER)
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("In all, or for each department. Empty: as many as are worthy.")
    )
    share = models.DecimalField(
        _("share in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    base = models.PositiveIntegerField(
        _("base"), null=True, blank=True, help_text=_("Of how many people the share is taken.")
    )
    rounding = models.CharField(_("rounding"), max_length=8, choices=Rounding, default=Rounding.DOWN)
    conditions = models.TextField(_("conditions"), blank=True, help_text=_("What the departments read."))

    objects = QuotaQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_quota")

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ("selection", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["selection", "category"],
                name="quota_unique",
                violation_error_message=_("This award stands in the plan already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="share") | Q(share__isnull=False, base__isnull=False),
                name="quota_share_has_base",
                violation_error_message=_("A share needs the percent and the base."),
            ),
        )

    def __str__(self) -> str:
        return str(self.category)

    def clean(self) -> None:
        """Refuses an award of another court, another award than was decided, and a number below what is decided."""
        if self.category_id and self.category.court_id != self.selection.court_id:
            raise ValidationError({"category": _("This award belongs to another court.")})
        if self._state.adding:
            return
        before = type(self).objects.filter(pk=self.pk).values_list("category", flat=True).first()
        decided = self.selection.nominations.decided().filter(category=before).count()
        if decided and before != self.category_id:
            raise ValidationError({"category": _("This award is decided already.")})
        limit = self.limit
        if limit is not None and limit < decided:
            message = _("%(decided)d are decided already; the quota cannot be lower.")
            raise ValidationError(message, code="below_decided", params={"decided": decided})

    @property
    def limit(self) -> int | None:
        """How many are given in all; None where only the departments are limited, or nothing is."""
        if self.kind == self.Kind.NUMBER:
            return self.number
        if self.kind == self.Kind.SHARE:
            return rounded(Decimal(self.base or 0) * Decimal(self.share or 0) / 100, self.rounding)
        return None if self.number is not None else sum(row.number for row in self.departments.all())

    def limit_of(self, department_id: int | None) -> int | None:
        """How many a department may nominate: its own number, or that of each; None where it is not limited."""
        own = next((row.number for row in self.departments.all() if row.department_id == department_id), None)
        if own is not None or self.kind != self.Kind.DEPARTMENTS or department_id is None:
            return own
        return self.number or 0


def rounded(value: Decimal, rule: str) -> int:
    """A share as a number of people, by the rule that the court has chosen."""
    rules = {"down": ROUND_FLOOR, "up": ROUND_CEILING, "half-up": ROUND_HALF_UP}
    return int(value.quantize(Decimal(1), rounding=rules[rule]))


class DepartmentQuota(Revised):
    """部门名额. How many one department may nominate for one award."""

    court_path = "quota__selection__court"

    quota = models.ForeignKey(Quota, models.CASCADE, related_name="departments", verbose_name=_("quota"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    number = models.PositiveSmallIntegerField(_("number"))

    history = versions("history_departmentquota")

    class Meta:
        verbose_name = _("department's quota")
        verbose_name_plural = _("departments' quotas")
        ordering = ("quota", "department__order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["quota", "department"],
                name="department_quota_unique",
                violation_error_message=_("This department already has a number here."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.department}: {self.number}"

    def clean(self) -> None:
        """Refuses a number below what is decided for the department already."""
        if self.number is not None and self.number < (decided := self.decided):
            message = _("%(name)s: %(decided)d are decided already; the quota cannot be lower.")
            raise ValidationError(message, params={"name": self.department, "decided": decided})

    @property
    def decided(self) -> int:
        """How many of the department are decided for this award. One query."""
        decided = self.quota.selection.nominations.decided().filter(category=self.quota.category_id)
        return decided.filter(by_department=self.department_id).count()
