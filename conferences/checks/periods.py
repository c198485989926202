"""What the figures of weeks, months and quarters make for the year, and whether the year's figure says the same.

Counts are summed, stocks are taken from one end of the year, and rates never follow from those of periods: the
indicator says which. Only periods that cover the year without gap and overlap make a figure.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from conferences.checks.arithmetic import said
from conferences.checks.changes import key_of
from conferences.checks.findings import Finding, at_row
from conferences.checks.labels import meaning
from conferences.checks.numbers import agree, amount_of, exact, plain_unit, shown, unit_of
from conferences.checks.record import Record

DAY = datetime.timedelta(days=1)


class Rolled(NamedTuple):
    """A figure of the year as its periods make it. `rows`: the figures of those periods, from the first to the last."""

    value: Decimal
    rows: list[Any]

    @property
    def label(self) -> str:
        return self.rows[-1].label

    @property
    def unit(self) -> str:
        return unit_of(self.rows[-1])

    @property
    def value_as_said(self) -> str:
        return shown(self.value)

    @property
    def amount(self) -> Any:
        last = self.rows[-1]
        return amount_of(type(last)(value=self.value, unit=last.unit, indicator=last.indicator))

    @property
    def basis(self) -> str:
        """One period, or how many of them and what was done with their figures."""
        if len(self.rows) == 1:
            return str(self.rows[0].figure_set)
        how = self.rows[-1].indicator.get_roll_up_display()
        return _("%(how)s, %(count)d periods") % {"how": how, "count": len(self.rows)}


def spans(year: int) -> tuple[tuple[datetime.date, datetime.date], ...]:
    """First and last day of the year: of the calendar, or from December to November, as some courts count."""
    calendar = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    return calendar, (datetime.date(year - 1, 12, 1), datetime.date(year, 11, 30))


def rolled_up(rows: Iterable[Any], year: int) -> dict[tuple[Any, str], Rolled]:
    """What the figures of the periods make for the year, by what they count (`key_of` of a figure of the year)."""
    series: dict[tuple[Any, str], list[Any]] = defaultdict(list)
    for row in rows:
        series[_key(row), unit_of(row)].append(row)
    found: dict[tuple[Any, str], Rolled] = {}
    for (key, _unit), same in series.items():
        chains = (chain(same, *span) for span in spans(year))
        covering = next(filter(None, chains), None)
        value = _value(covering) if covering else None
        if covering and value is not None:
            found.setdefault(key, Rolled(value, covering))
    return found


def _key(row: Any) -> tuple[Any, str]:
    return meaning(row.label, "", row.indicator.name if row.indicator else ""), plain_unit(unit_of(row))


def chain(rows: Iterable[Any], first: datetime.date, last: datetime.date) -> list[Any]:
    """Rows whose periods cover the days from first to last, each once; the longest where there is a choice.

    Empty where a day is missing.
    """
    until_end: dict[datetime.date, list[Any]] = {last + DAY: []}
    latest_first = sorted(rows, key=lambda row: (-row.figure_set.starts_on.toordinal(), row.figure_set.ends_on))
    for row in latest_first:
        after = until_end.get(row.figure_set.ends_on + DAY)
        if after is not None:
            until_end[row.figure_set.starts_on] = [row, *after]
    return until_end.get(first, [])


def _value(rows: list[Any]) -> Decimal | None:
    """The year's value; None where the indicator does not follow from several periods."""
    if len(rows) == 1:
        return rows[0].value
    indicator = rows[-1].indicator
    if indicator is None:
        return None
    ways, values = indicator.RollUp, [row.value for row in rows]
    made = {ways.SUM: sum(values, Decimal(0)), ways.FIRST: values[0], ways.LAST: values[-1]}
    return made.get(indicator.roll_up)


def figures_of_periods(record: Record) -> Iterator[Finding]:
    """The year's figure differs from what its periods make."""
    made = rolled_up(record.period_figures, record.conference.year_reviewed)
    for figure in record.figures:
        amount, rolled = exact(figure), made.get(key_of(figure))
        if amount and rolled and not agree(amount, rolled.amount):
            text = _("%(figure)s, but the figures of periods make %(computed)s (%(basis)s).") % {
                "figure": said(figure),
                "computed": f"{rolled.value_as_said}{rolled.unit}",
                "basis": rolled.basis,
            }
            yield Finding("figure-of-periods", text, at_row(figure), (amount.value, rolled.value))


RULES = (figures_of_periods,)
