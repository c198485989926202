"""Numbers as figures hold them and as people write them: 12478, １２,４７８, 1.25万."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.conf import settings

# One character for one, so that a place in the text stays the same place.
NARROW = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
# Never from the middle of a longer one, and no longer than a figure can be.
NUMBER = (
    r"(?<![\d.,])(?P<number>\d{1,3}(?:[,，]\d{3}){1,4}(?:\.\d{1,4})?|\d{1,14}(?:\.\d{1,4})?)(?![\d.])"
    r"[ \u3000]{0,3}(?P<scale>[万亿]?)"
)
RATE_UNITS = {"%", "‰"}
DAY_UNITS = {"天", "日"}


class Amount(NamedTuple):
    """A number in units of one. `step`: what its last digit stands for, 0.01 in 94.58 and 100 in 1.25万."""

    value: Decimal
    step: Decimal


def written(number: str, scale: str = "") -> Amount:
    """The amount of a number as it is written."""
    value = Decimal(number.replace(",", "").replace("，", ""))
    return _amount(value, scale)


def _amount(value: Decimal, scale: str) -> Amount:
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return Amount(value * SCALES[scale], step * SCALES[scale])


def exact(figure: Any) -> Amount | None:
    """The amount of a figure; None where it was said in words, about, or in a band."""
    if figure.value is None or figure.value_text or figure.precision != figure.Precision.EXACT:
        return None
    return amount_of(figure)


def amount_of(figure: Any) -> Amount:
    """The amount of a value that is known to be exact."""
    return _amount(figure.value.normalize(), scale_of(unit_of(figure)))


def unit_of(figure: Any) -> str:
    """The unit of the figure or, where it has none, of its indicator."""
    unit = figure.unit or (figure.indicator.unit if figure.indicator else "")
    return unit.strip().translate(NARROW)


def scale_of(unit: str) -> str:
    """万 of 万件; empty where the unit counts one by one."""
    return unit[:1] if unit[:1] in SCALES else ""


def plain_unit(unit: str) -> str:
    """件 of 万件."""
    return unit.removeprefix(scale_of(unit))


def is_rate(figure: Any) -> bool:
    return unit_of(figure) in RATE_UNITS


def blur(*amounts: Amount) -> Decimal:
    """By how much a sum or a difference of these may be off: nothing, where none is said in 万 or 亿."""
    return sum((amount.step for amount in amounts if amount.step > 1), Decimal(0))


def agree(one: Amount, other: Amount, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether both may be one number: the coarser one may be rounded, or cut off at its last digit."""
    coarse, fine = (one, other) if one.step >= other.step else (other, one)
    return is_said_as(fine.value, coarse, tolerance)


def is_said_as(computed: Decimal, said: Amount, tolerance: Decimal = Decimal(0)) -> bool:
    """Whether what was computed may be said like that: rounded, cut off, or within the tolerance."""
    parts = computed / said.step
    spellings = {parts.quantize(Decimal(1), rounding) * said.step for rounding in (ROUND_HALF_UP, ROUND_DOWN)}
    return said.value in spellings or abs(computed - said.value) <= tolerance


def points_tolerance() -> Decimal:
    """By how many percentage points a published rate may differ: courts cut off where others round."""
    return Decimal(settings.RATE_TOLERANCE) / 100


def shown(value: Decimal) -> str:
    """With its thousands set apart, at most two digits after the point, and no needless zeros."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{rounded:,f}"
