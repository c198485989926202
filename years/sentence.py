"""The sentence with which a court sums up its year: 受理…件，审执结…件，同比分别上升…%、…%.

It is in Chinese, whoever reads the page.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from conferences.checks.arithmetic import known
from conferences.checks.changes import derived
from conferences.checks.labels import ALL
from conferences.checks.numbers import unit_of
from conferences.models import Figure

UP, DOWN, LEVEL = "上升", "下降", "持平"
CASES = {"受理": "受理案件", "结案": "审执结"}
UNITS = {
    Figure.ChangeUnit.PERCENT: "%",
    Figure.ChangeUnit.POINTS: "个百分点",
    Figure.ChangeUnit.DAYS: "天",
}


class Sentence(NamedTuple):
    year: int
    text: str


class Move(NamedTuple):
    """上升 3.2%; of what stayed the same there is no amount."""

    way: str
    amount: str


def sentence(year: int, by_year: Mapping[int, list[Figure]]) -> Sentence | None:
    """Of all cases of the year: received, closed, and the rate, each against the year before. None without the cases.

    A change is that of the two records; where there is only one, it is what was said.
    """
    figures = by_year[year]
    exact = known(figures).get(ALL, {})
    moves = {one.figure.pk: _move(one.change, one.unit) for one in derived(figures, by_year.get(year - 1, []))}
    cases = [(word, exact[name].figure) for name, word in CASES.items() if name in exact]
    if not cases:
        return None
    parts = [
        *(f"{word}{_number(figure)}" for word, figure in cases),
        _compared([moves.get(figure.pk) or _said(figure) for _word, figure in cases]),
    ]
    clauses = ["，".join(filter(None, parts))]
    if rate := exact.get("结案率"):
        compared = _compared([moves.get(rate.figure.pk) or _said(rate.figure)])
        clauses.append("，".join(filter(None, [f"结案率{_number(rate.figure)}", compared])))
    return Sentence(year, f"{year}年，{'；'.join(clauses)}。")


def _number(figure: Figure) -> str:
    return f"{figure.value.normalize():f}{figure.unit or unit_of(figure)}"  # type: ignore[union-attr]


def _move(change: Decimal | None, unit: str) -> Move | None:
    """None where there is no percent, and for a difference in cases: a sentence does not mix the two."""
    if change is None or unit not in UNITS:
        return None
    amount = abs(change).quantize(Decimal("0.01")).normalize()
    if not amount:
        return Move(LEVEL, "")
    return Move(UP if change > 0 else DOWN, f"{amount:f}{UNITS[Figure.ChangeUnit(unit)]}")


def _said(figure: Figure) -> Move | None:
    signs = {Figure.Direction.UP: 1, Figure.Direction.DOWN: -1, Figure.Direction.LEVEL: 0}
    sign: Any = signs.get(figure.change_direction)  # type: ignore[call-overload]
    if sign is None or (sign and figure.change is None):
        return None
    return _move(sign * (figure.change or Decimal(0)), figure.change_unit or Figure.ChangeUnit.PERCENT)


def _compared(moves: list[Move | None]) -> str:
    """同比分别上升3.2%、4.1%; 同比分别上升3.2%、下降4.1%; empty where one of them is not known."""
    known_moves = [move for move in moves if move]
    if not moves or len(known_moves) < len(moves):
        return ""
    ways = {move.way for move in known_moves}
    each = "分别" if len(moves) > 1 and ways != {LEVEL} else ""
    if ways == {LEVEL}:
        return f"同比{'均' if len(moves) > 1 else ''}{LEVEL}"
    if len(ways) == 1:
        return f"同比{each}{ways.pop()}{'、'.join(move.amount for move in known_moves)}"
    return f"同比{each}{'、'.join(f'{move.way}{move.amount}' for move in known_moves)}"
