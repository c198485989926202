"""The change that was said against the year before, and the unit in which it was said."""

from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from conferences.checks.arithmetic import said
from conferences.checks.findings import Finding, at_row
from conferences.checks.labels import meaning_of
from conferences.checks.numbers import (
    DAY_UNITS,
    RATE_UNITS,
    Amount,
    blur,
    exact,
    is_said_as,
    plain_unit,
    points_tolerance,
    shown,
    unit_of,
    written,
)
from conferences.checks.record import Record


def change_units(record: Record) -> Iterator[Finding]:
    """Counts change by percent, rates by percentage points, days by days."""
    for figure in record.figures:
        units, usual = figure.ChangeUnit, usual_unit(figure)
        if figure.change is None or not unit_of(figure):
            continue
        fitting = {usual, units.COUNT} if usual == units.PERCENT else {usual}
        if figure.change_unit not in fitting:
            text = _("%(figure)s is said to have changed by %(change)s; expected: %(expected)s.") % {
                "figure": said(figure),
                "change": f"{shown(figure.change)} {figure.get_change_unit_display()}",
                "expected": "、".join(str(one.label) for one in units if one in fitting),
            }
            yield Finding("change-unit", text, at_row(figure), (figure.change, figure.change_unit))


def changes(record: Record) -> Iterator[Finding]:
    """The change recomputed from what the conference of the year before said."""
    for one in derived(record.figures, record.figures_before):
        figure, before = one.figure, one.before
        if figure.change is None:
            continue
        values = (figure.value, before.pk, before.value, figure.change, figure.change_unit, figure.change_direction)
        if one.change is None:
            text = _("%(before)s a year before: there is no change in percent from nothing.")
            yield Finding("change-from-nothing", text % {"before": said(before)}, at_row(figure), values)
        elif one.differs:
            text = _("%(figure)s, a year before %(before)s: the change is %(computed)s, but it says %(change)s.") % {
                "figure": said(figure),
                "before": said(before),
                "computed": _in_unit(figure, one.change),
                "change": figure.change_as_said,
            }
            yield Finding("change-recomputed", text, at_row(figure), values)


class Derived(NamedTuple):
    """A figure beside that of the year before. `change`: in `unit`; None: there is no percent from nothing."""

    figure: Any
    before: Any
    change: Decimal | None
    unit: str

    @property
    def differs(self) -> bool:
        """Whether a change was said that cannot be this one."""
        return self.figure.change is not None and self.change is not None and not _is_said(self.figure, self.change)


def derived(figures: Collection[Any], figures_before: Collection[Any]) -> Iterator[Derived]:
    """The changes that follow from two years' exact figures, in the unit that was said or else in the usual one."""
    for figure, before in _pairs(figures, figures_before):
        now, then = exact(figure), exact(before)
        if now is None or then is None or blur(now, then):
            continue
        unit = figure.change_unit or usual_unit(figure)
        by_percent = unit == figure.ChangeUnit.PERCENT
        difference = now.value - then.value
        if by_percent:
            yield Derived(figure, before, 100 * difference / then.value if then.value else None, unit)
        else:
            yield Derived(figure, before, difference, unit)


def usual_unit(figure: Any) -> str:
    """Counts change by percent, rates by percentage points, days by days."""
    unit, units = unit_of(figure), figure.ChangeUnit
    if unit in RATE_UNITS:
        return units.POINTS
    return units.DAYS if unit in DAY_UNITS else units.PERCENT


def _pairs(figures: Collection[Any], figures_before: Collection[Any]) -> Iterator[tuple[Any, Any]]:
    """Each figure with that of the year before: of the same meaning, or the only two of one indicator."""
    by_meaning = {key_of(figure): figure for figure in reversed(list(figures_before))}
    counts = [Counter(one.indicator_id for one in part) for part in (figures, figures_before)]
    by_indicator = {figure.indicator_id: figure for figure in figures_before if figure.indicator_id}
    for figure in figures:
        before = by_meaning.get(key_of(figure))
        if before is None and all(count[figure.indicator_id] == 1 for count in counts):
            before = by_indicator.get(figure.indicator_id)
            if before and plain_unit(unit_of(before)) != plain_unit(unit_of(figure)):
                before = None
        if before:
            yield figure, before


def key_of(figure: Any) -> tuple[Any, str]:
    """The same for the same figure in every year, and at every court: what it counts, and in which unit."""
    return meaning_of(figure), plain_unit(unit_of(figure))


def _is_said(figure: Any, change: Decimal) -> bool:
    """Whether this change may be said like that: its amount, and up or down where that was said."""
    amount = figure.change.normalize()
    said_amount: Amount = written(f"{amount:f}")
    tolerance = points_tolerance() if figure.change_unit != figure.ChangeUnit.COUNT else Decimal(0)
    if not is_said_as(abs(change), said_amount, tolerance):
        return False
    directions = figure.Direction
    fitting = {directions.UP: change > 0, directions.DOWN: change < 0}
    return not amount or fitting.get(figure.change_direction, True)


def _in_unit(figure: Any, change: Decimal) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{shown(abs(change))} {figure.get_change_unit_display()}"


RULES = (change_units, changes)
