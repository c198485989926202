"""What stands side by side: rows with a cell for each year, the same for the page and for the workbook."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from years.lines import Line


class Cell(NamedTuple):
    """`text`: as it was said, with its unit where that of the row is another; `number`: where it is exact.

    `change`: against the year before, as their records have it; `address`: the place on the page of its conference.
    """

    text: str = ""
    number: Any = None
    change: str = ""
    address: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]
    unit: str = ""
    line: Line | None = None


@dataclass(frozen=True)
class Table:
    """`groups`: (heading, rows); the heading is empty where there is nothing to set apart."""

    name: str
    heading: Any
    groups: list[tuple[Any, list[Row]]]
    note: Any = ""
    has_lines: bool = field(default=False)


def counted(label: Any, numbers: list[int | None]) -> Row:
    """A row of counts; None where there is nothing to say."""
    return Row(str(label), [Cell() if number is None else Cell(str(number), Decimal(number)) for number in numbers])
