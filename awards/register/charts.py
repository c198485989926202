"""How many honours there were each year, by department and by category: bars made on the server, beside their numbers.

The table says all that the bars show; they only make a row quick to read. The scale is the same in all rows.
"""

from collections import Counter
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from awards.models import Honour

MOST_YEARS = 8
STEP, WIDTH, HEIGHT = 12, 8, 24  # of the bars, in units of the drawing


class Group(NamedTuple):
    """How many of one category and department there are in one year. `category`: of what is from above, the level."""

    family: str
    order: int
    category: str
    year: int
    department: int | None
    is_revoked: bool
    number: int


class Bar(NamedTuple):
    x: int
    y: int
    height: int


class Line(NamedTuple):
    """A department or a category: its numbers year by year, and the bars for them."""

    label: Any
    numbers: list[int]
    total: int
    bars: list[Bar]


class Chart(NamedTuple):
    heading: Any
    years: list[int]
    lines: list[Line]
    width: int


def charts(groups: list[Group], departments: list[Any], *, by: Any) -> list[Chart]:
    """By department in the court's own order, those without one last, and by category, which is called `by`."""
    if not groups:
        return []
    last = max(group.year for group in groups)
    first = max(min(group.year for group in groups), last - MOST_YEARS + 1)
    years = list(range(first, last + 1))
    names: list[tuple[Any, Any]] = [(one.pk, one.name) for one in departments]
    if names:
        names.append((None, _("Without a department")))
    levels = dict(Honour.Level.choices) | {"": _("Without a level")}
    kinds = dict.fromkeys(group.category for group in sorted(groups, key=lambda group: (group.order, group.category)))
    both = [
        (_("By department"), [(label, _counts(groups, "department", key)) for key, label in names]),
        (by, [(levels.get(kind, kind), _counts(groups, "category", kind)) for kind in kinds]),
    ]
    return [Chart(heading, years, lines, len(years) * STEP) for heading, rows in both if (lines := _lines(rows, years))]


def _counts(groups: list[Group], name: str, value: Any) -> Counter[int]:
    counts: Counter[int] = Counter()
    for group in groups:
        if getattr(group, name) == value:
            counts[group.year] += group.number
    return counts


def _lines(rows: list[tuple[Any, Counter[int]]], years: list[int]) -> list[Line]:
    shown = [(label, [counts[year] for year in years]) for label, counts in rows if any(counts[y] for y in years)]
    most = max((number for _label, numbers in shown for number in numbers), default=1)
    return [Line(label, numbers, sum(numbers), _bars(numbers, most)) for label, numbers in shown]


def _bars(numbers: list[int], most: int) -> list[Bar]:
    heights = [round(number * HEIGHT / most) if number else 0 for number in numbers]
    return [Bar(place * STEP, HEIGHT - height, height) for place, height in enumerate(heights) if height]
