"""Figures of one conference against each other: 受理 = 旧存 + 新收, and what follows from it.

Only exact figures are compared, and only those of one scope: all cases, the civil ones, one department's.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from conferences.checks.findings import Finding, at_row
from conferences.checks.labels import ALL, ENFORCEMENT, LAWSUITS, meaning_of
from conferences.checks.numbers import (
    Amount,
    agree,
    blur,
    exact,
    is_rate,
    is_said_as,
    plain_unit,
    points_tolerance,
    shown,
    unit_of,
)
from conferences.checks.record import Record

# Rates that may well be above 100: 结收比 is, wherever old cases are worked off.
MAY_PASS_HUNDRED = ("增长", "增幅", "上升", "同比", "环比", "结收比", "收结比", "结案收案比", "完成率")


class Known(NamedTuple):
    """An exact figure."""

    figure: Any
    amount: Amount

    def __str__(self) -> str:
        return said(self.figure)


def said(figure: Any) -> str:
    """受理各类案件 12,478件."""
    unit = figure.unit or unit_of(figure)
    return f"{figure.label} {figure.value_as_said}{unit}"


def known(figures: Iterable[Any]) -> dict[str, dict[str, Known]]:
    """By scope and then by what it counts, the first exact figure of each. Rates are under their own names."""
    found: dict[str, dict[str, Known]] = defaultdict(dict)
    for figure in figures:
        amount, what = exact(figure), meaning_of(figure)
        if amount and what.is_known and is_rate(figure) == (what.concept in {"结案率", "结收比"}):
            found[what.scope].setdefault(what.concept, Known(figure, amount))
    return found


def sums(record: Record) -> Iterator[Finding]:
    """受理 = 旧存 + 新收; 未结 = 受理 - 结案; 结案 <= 受理."""
    for figures in known(record.figures).values():
        carried, new, received, closed, left = (figures.get(name) for name in ("旧存", "新收", "受理", "结案", "未结"))
        if carried and new and received:
            yield from _differs("received-sum", "+", received, carried, new)
        if received and closed and left:
            yield from _differs("open-difference", "−", left, received, closed)
        if received and closed and closed.amount.value > received.amount.value + blur(closed.amount, received.amount):
            text = _("More was closed than received: %(closed)s, %(received)s.")
            text %= {"closed": closed, "received": received}
            yield Finding("closed-above-received", text, at_row(closed.figure), _values(closed, received))


def parts(record: Record) -> Iterator[Finding]:
    """审执结 = 审结 + 执结."""
    found = known(record.figures)
    whole, lawsuits, enforcement = (found[scope].get("结案") for scope in (ALL, LAWSUITS, ENFORCEMENT))
    if whole and lawsuits and enforcement:
        yield from _differs("closed-parts", "+", whole, lawsuits, enforcement)


def _differs(code: str, sign: str, result: Known, first: Known, second: Known) -> Iterator[Finding]:
    """Where first and second together do not make the result."""
    act: Callable[[Decimal, Decimal], Decimal] = Decimal.__add__ if sign == "+" else Decimal.__sub__
    computed = act(first.amount.value, second.amount.value)
    if is_said_as(computed, result.amount, blur(first.amount, second.amount)):
        return
    text = _("%(first)s %(sign)s %(second)s makes %(computed)s, but it says %(result)s.")
    text %= {"first": first, "sign": sign, "second": second, "computed": shown(computed), "result": result}
    yield Finding(code, text, at_row(result.figure), _values(result, first, second))


def rates(record: Record) -> Iterator[Finding]:
    """结案率 = 结案 / 受理 and 结收比 = 结案 / 新收, within the tolerance."""
    for figures in known(record.figures).values():
        for name, base in (("结案率", "受理"), ("结收比", "新收")):
            rate, closed, cases = figures.get(name), figures.get("结案"), figures.get(base)
            if not (rate and closed and cases) or not cases.amount.value or blur(closed.amount, cases.amount):
                continue
            computed = 100 * closed.amount.value / cases.amount.value
            if not is_said_as(computed, rate.amount, points_tolerance()):
                text = _("%(closed)s of %(cases)s is %(computed)s%%, but it says %(rate)s.")
                text %= {"closed": closed, "cases": cases, "computed": shown(computed), "rate": rate}
                yield Finding("rate-recomputed", text, at_row(rate.figure), _values(rate, closed, cases))


def same_twice(record: Record) -> Iterator[Finding]:
    """The same figure twice must agree."""
    seen: dict[Any, Known] = {}
    for figure in record.figures:
        amount = exact(figure)
        if amount is None:
            continue
        here = Known(figure, amount)
        first = seen.setdefault((meaning_of(figure), plain_unit(unit_of(figure))), here)
        if not agree(first.amount, amount):
            text = _("The same figure twice: %(first)s, and %(second)s.") % {"first": first, "second": here}
            yield Finding("figure-twice", text, at_row(figure), _values(here, first))


def above_hundred(record: Record) -> Iterator[Finding]:
    """A share of something is never more than all of it."""
    for figure in record.figures:
        is_share = is_rate(figure) and not any(word in figure.label for word in MAY_PASS_HUNDRED)
        if is_share and figure.label.rstrip("）)").endswith(("率", "比")) and exact(figure) and figure.value > 100:  # noqa: PLR2004 - percent
            text = _("A rate above 100%%: %(figure)s.") % {"figure": said(figure)}
            yield Finding("rate-above-hundred", text, at_row(figure), (figure.value,))


def _values(*figures: Known) -> tuple[Any, ...]:
    """What a waiver holds for: these values of these rows."""
    return tuple(part for one in figures for part in (one.figure.pk, one.amount.value))


RULES = (sums, parts, rates, same_twice, above_hundred)
