"""Figures as they were said, and the indicators behind them."""

import datetime
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conferences.checks.completeness import placeholders
from conferences.models.conference import Conference, ConferencePart, PartQuerySet, part_of
from conferences.models.programme import Speech
from courts.access import may, see_drafts
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.revisions import Revised


class Indicator(Revised):
    """指标. A named measure of a court's work, with the time for which its definition holds."""

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        NEITHER = "neither", _("neither")

    class RollUp(models.TextChoices):
        SUM = "sum", _("sum of the periods")
        FIRST = "first", _("as at the beginning of the first period")
        LAST = "last", _("as at the end of the last period")
        NEVER = "never", _("not from periods")

    court_path = None  # every court's figures point to it

    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.NEITHER)
    formula = models.CharField(_("formula in words"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    roll_up = models.CharField(
        _("the year from its periods"),
        max_length=5,
        choices=RollUp,
        default=RollUp.NEVER,
        help_text=_("Counts are summed, stocks are taken from one end of the year; rates never follow from periods."),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="indicator_unique",
                violation_error_message=_("This indicator exists already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="indicator_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def is_valid_in(self, year: int) -> bool:
        """Whether the definition held on some day of that year."""
        begins, ends = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return (self.valid_from is None or self.valid_from <= ends) and (
            self.valid_to is None or self.valid_to >= begins
        )


class IndicatorSet(Revised):
    """指标体系. Indicators that were issued together, with the time for which they hold."""

    court_path = None

    name = models.CharField(_("name of the set"), max_length=60, unique=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    size = models.PositiveSmallIntegerField(
        _("how many indicators it has"), help_text=_("As it was issued, also where not all of them are known here.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    indicators = models.ManyToManyField(
        Indicator, related_name="sets", verbose_name=_("known indicators"), blank=True, db_table="indicator_set_members"
    )

    class Meta:
        db_table = "conferences_indset"
        verbose_name = _("set of indicators")
        verbose_name_plural = _("sets of indicators")
        ordering = ("valid_from", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="indicator_set_ends_later",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def known(self) -> str:
        """How much of the set is known here: 12 of 26, as far as known."""
        count = len(self.indicators.all())
        text = gettext("all %(size)d") if count >= self.size else gettext("%(count)d of %(size)d, as far as known")
        return text % {"count": count, "size": self.size}


class FigureQuerySet(PartQuerySet):
    def visible_to(self, user: Any) -> "FigureQuerySet":
        """Of visible conferences; one that says nothing but an internal rank only to whoever reads drafts there."""
        seen = super().visible_to(user)
        if user.is_superuser:
            return seen
        says = Q(value__isnull=False) | ~Q(value_text="") | Q(rank__isnull=False, rank_opened_at__isnull=False)
        says |= Q(change__isnull=False) | ~Q(change_text="") | ~Q(change_direction="")
        if see_drafts(user) and user.court_id:
            says |= Q(conference__court_id=user.court_id)
        return seen.filter(says)

    def of_either(self, conference: int, other: int) -> "FigureQuerySet":
        """Of two conferences, by their keys, each in its order."""
        return self.filter(Q(conference=conference) | Q(conference=other)).order_by("order", "id")

    def of_the_year_before(self, conferences: Iterable[Conference]) -> "FigureQuerySet":
        """What the conferences of the same court, kind and number a year before said."""
        before = Q(pk__in=[])
        for one in conferences:
            court, kind, number = one.series
            before |= Q(
                conference__court=court,
                conference__kind=kind,
                conference__number=number,
                conference__year_reviewed=one.year_reviewed - 1,
            )
        return self.filter(before).select_related("indicator")


class Figure(ConferencePart):
    """数据. A number as it was said, with its change and the rank that was quoted."""

    class Precision(models.TextChoices):
        EXACT = "exact", _("exact")
        ABOUT = "about", _("about")
        BAND = "band", _("a band")
        WORDS = "words", _("in words")

    class Direction(models.TextChoices):
        UP = "up", _("up")
        DOWN = "down", _("down")
        LEVEL = "level", _("level")

    class ChangeUnit(models.TextChoices):
        PERCENT = "percent", _("percent")
        POINTS = "points", _("percentage points")
        DAYS = "days", _("days")
        COUNT = "count", _("count")

    class RankKind(models.TextChoices):
        EXACT = "exact", _("exactly")
        TOP = "top", _("among the first")

    conference = part_of("figures")
    group = models.CharField(_("group"), max_length=60, blank=True, help_text=_("Figures of one group stand together."))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name=_("indicator"), null=True, blank=True
    )
    label = models.CharField(_("label"), max_length=60, help_text=_("As it was said."))
    precision = models.CharField(_("precision"), max_length=6, choices=Precision, default=Precision.EXACT)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    value_text = models.CharField(
        _("value as said"), max_length=60, blank=True, help_text=_("Where it was no plain number: 40余, 清零.")
    )
    change_direction = models.CharField(_("direction of change"), max_length=6, choices=Direction, blank=True)
    change = models.DecimalField(
        _("change"), max_digits=12, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    change_unit = models.CharField(
        _("unit of change"),
        max_length=8,
        choices=ChangeUnit,
        blank=True,
        help_text=_("Counts change by percent, rates by percentage points."),
    )
    change_text = models.CharField(_("change in words"), max_length=60, blank=True)
    rank_scope = models.CharField(_("scope of the rank"), max_length=30, blank=True, help_text=_("全市, 全省."))
    rank_kind = models.CharField(_("kind of rank"), max_length=6, choices=RankKind, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, validators=[MinValueValidator(1)])
    rank_opened_at = decided_at(_("rank opened at"))
    rank_opened_by = decided_by(_("rank opened by"))
    quote = models.CharField(_("wording"), max_length=300, blank=True, help_text=_("The sentence that it comes from."))
    speech = models.ForeignKey(
        Speech, models.SET_NULL, related_name="figures", verbose_name=_("speech"), null=True, blank=True
    )

    searched = ("group", "label", "value_text", "change_text")

    objects = FigureQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_figure")

    class Meta(ConferencePart.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        permissions = (("open_rank", "Can open a quoted rank to the audience"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | ~Q(value_text="")
                | Q(rank__isnull=False)
                | ~Q(change_text="")
                | Q(change__isnull=False),
                name="figure_says_something",
                violation_error_message=_("Enter a value, a wording, a change or a rank."),
            ),
            models.CheckConstraint(
                condition=Q(change__isnull=True) | ~Q(change_unit=""),
                name="figure_change_has_unit",
                violation_error_message=_("Say whether the change is in percent or in percentage points."),
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | (~Q(rank_scope="") & ~Q(rank_kind="")),
                name="figure_rank_has_scope",
                violation_error_message=_("Say of whom the rank is, and whether it is exact."),
            ),
            pair("rank_opened", "figure_rank_opened_pair"),
        )

    def __str__(self) -> str:
        return self.label

    def take_number(self) -> None:
        """A number replaces what a copy of last year's record wrote in its place, until it was known."""
        if self.value is not None and self.value_text.strip() in placeholders():
            self.value_text, self.precision = "", self.Precision.EXACT

    @property
    def value_as_said(self) -> str:
        """The wording where there is one, else the number with its thousands set apart, without needless zeros."""
        if self.value_text or self.value is None:
            return self.value_text
        return f"{self.value.normalize():,f}"

    @property
    def change_as_said(self) -> str:
        """The wording where there is one, else direction and amount: up 37.5%, down 3 days."""
        if self.change_text:
            return self.change_text
        amount = ""
        if self.change is not None:
            amount = AMOUNTS[self.change_unit] % {"change": f"{self.change.normalize():,f}", "unit": self.unit}
        return (CHANGES[self.change_direction] % {"amount": amount.strip()}).strip()

    @property
    def judgement(self) -> str:
        """Better or worse than the year before, as the indicator has it; empty where it does not say."""
        if self.indicator is None or self.change_direction not in {self.Direction.UP, self.Direction.DOWN}:
            return ""
        if self.indicator.direction == Indicator.Direction.NEITHER:
            return ""
        better = self.indicator.direction == self.change_direction
        return gettext("better than the year before") if better else gettext("not as good as the year before")

    @property
    def rank_as_said(self) -> str:
        """The quoted rank with its scope; empty without one. Internal until it is opened."""
        if self.rank is None:
            return ""
        return RANKS[self.rank_kind] % {"scope": self.rank_scope, "rank": self.rank}

    def open_rank(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Shows the quoted rank to the audience of the conference. Twice changes nothing."""
        may(by, "conferences.open_rank", self.conference)
        if self.rank_opened_at or self.rank is None:
            return
        self.rank_opened_at, self.rank_opened_by = now or timezone.now(), by
        self.save(update_fields=["rank_opened_at", "rank_opened_by"])

    def close_rank(self, *, by: Any) -> None:
        """Makes the rank internal again. Twice changes nothing."""
        may(by, "conferences.open_rank", self.conference)
        if self.rank_opened_at is None:
            return
        self.rank_opened_at, self.rank_opened_by = None, None
        self.save(update_fields=["rank_opened_at", "rank_opened_by"])


def change_in_words(change: Decimal, change_unit: str, unit: str) -> str:
    """A change that was computed, as one that was said: up 3.25%, with at most two digits after the point."""
    amount = abs(change).quantize(Decimal("0.01"), ROUND_HALF_UP)
    moved = Figure.Direction.UP if change > 0 else Figure.Direction.DOWN
    direction = moved if amount else Figure.Direction.LEVEL
    return Figure(change=amount, change_unit=change_unit, change_direction=direction, unit=unit).change_as_said


# How changes and ranks are put into words.
AMOUNTS: dict[str, Any] = {
    Figure.ChangeUnit.PERCENT: "%(change)s%%",
    Figure.ChangeUnit.POINTS: _("%(change)s percentage points"),
    Figure.ChangeUnit.DAYS: _("%(change)s days"),
    Figure.ChangeUnit.COUNT: "%(change)s %(unit)s",
}
CHANGES: dict[str, Any] = {
    Figure.Direction.UP: _("up %(amount)s"),
    Figure.Direction.DOWN: _("down %(amount)s"),
    Figure.Direction.LEVEL: _("unchanged"),
    "": "%(amount)s",
}
RANKS: dict[str, Any] = {
    Figure.RankKind.EXACT: _("%(scope)s: no. %(rank)s"),
    Figure.RankKind.TOP: _("%(scope)s: among the first %(rank)s"),
}
