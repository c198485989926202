"""The change that was said against the year before, and the unit in which it was said."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

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
        unit, units = unit_of(figure), figure.ChangeUnit
        if figure.change is None or not unit:
            continue
        if unit in RATE_UNITS:
            fitting = {units.POINTS}
        elif unit in DAY_UNITS:
            fitting = {units.DAYS}
        else:
            fitting = {units.PERCENT, units.COUNT}
        if figure.change_unit not in fitting:
            text = _("%(figure)s is said to have changed by %(change)s; expected: %(expected)s.") % {
                "figure": said(figure),
                "change": f"{shown(figure.change)} {figure.get_change_unit_display()}",
                "expected": "、".join(str(one.label) for one in units if one in fitting),
            }
            yield Finding("change-unit", text, at_row(figure), (figure.change, figure.change_unit))


def changes(record: Record) -> Iterator[Finding]:
    """The change recomputed from what the conference of the year before said."""
    for figure, before in _pairs(record):
        now, then = exact(figure), exact(before)
        if now is None or then is None or figure.change is None or blur(now, then):
            continue
        by_percent = figure.change_unit == figure.ChangeUnit.PERCENT
        values = (figure.value, before.pk, before.value, figure.change, figure.change_unit, figure.change_direction)
        if by_percent and not then.value:
            text = _("%(before)s a year before: there is no change in percent from nothing.")
            yield Finding("change-from-nothing", text % {"before": said(before)}, at_row(figure), values)
            continue
        difference = now.value - then.value
        change = 100 * difference / then.value if by_percent else difference
        if not _is_said(figure, change):
            text = _("%(figure)s, a year before %(before)s: the change is %(computed)s, but it says %(change)s.") % {
                "figure": said(figure),
                "before": said(before),
                "computed": _in_unit(figure, change),
                "change": figure.change_as_said,
            }
            yield Finding("change-recomputed", text, at_row(figure), values)


def _pairs(record: Record) -> Iterator[tuple[Any, Any]]:
    """Each figure with that of the year before: of the same meaning, or the only two of one indicator."""
    by_meaning = {_key(figure): figure for figure in reversed(record.figures_before)}
    counts = [Counter(one.indicator_id for one in part) for part in (record.figures, record.figures_before)]
    by_indicator = {figure.indicator_id: figure for figure in record.figures_before if figure.indicator_id}
    for figure in record.figures:
        before = by_meaning.get(_key(figure))
        if before is None and all(count[figure.indicator_id] == 1 for count in counts):
            before = by_indicator.get(figure.indicator_id)
            if before and plain_unit(unit_of(before)) != plain_unit(unit_of(figure)):
                before = None
        if before:
            yield figure, before


def _key(figure: Any) -> tuple[Any, str]:
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
