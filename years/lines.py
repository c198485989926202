"""Small lines of a row of numbers, made on the server; the numbers stand beside them in the table."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

WIDTH, HEIGHT, EDGE = 96, 24, 3  # in units of the drawing


class Dot(NamedTuple):
    x: int
    y: int


class Line(NamedTuple):
    """`runs`: the points of each part without a gap, as a polyline takes them; `dots`: one for each number."""

    runs: list[str]
    dots: list[Dot]
    text: str

    @property
    def box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"


def line(numbers: Sequence[Decimal | None], text: str) -> Line | None:
    """The lowest number below and the highest above; a year without one leaves a gap. None of fewer than two.

    `text`: what it says in words.
    """
    known = [number for number in numbers if number is not None]
    if len(known) < 2:  # noqa: PLR2004 - one point makes no line
        return None
    least, range_of_all = min(known), max(known) - min(known)
    places = [
        None if number is None else _dot(at, len(numbers), (number - least) / range_of_all if range_of_all else None)
        for at, number in enumerate(numbers)
    ]
    return Line(list(_runs(places)), [dot for dot in places if dot], text)


def _dot(at: int, count: int, share: Decimal | None) -> Dot:
    """`share`: how far up, from 0 to 1; in the middle where all numbers are the same."""
    up = Decimal("0.5") if share is None else share
    return Dot(EDGE + round(at * (WIDTH - 2 * EDGE) / (count - 1)), HEIGHT - EDGE - round(up * (HEIGHT - 2 * EDGE)))


def _runs(places: Sequence[Dot | None]) -> Iterator[str]:
    for is_gap, run in groupby(places, key=lambda dot: dot is None):
        points = [f"{dot.x},{dot.y}" for dot in run if dot]
        if not is_gap and len(points) > 1:
            yield " ".join(points)
