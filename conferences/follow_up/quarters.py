"""Quarters of a year, for which departments report once."""

import datetime
from typing import NamedTuple

from django.utils.translation import gettext

MONTHS = 3


class Quarter(NamedTuple):
    """`number`: 1 to 4."""

    year: int
    number: int

    def __str__(self) -> str:
        return gettext("%(year)d, quarter %(number)d") % self._asdict()

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def last_day(self) -> datetime.date:
        following = datetime.date(self.year + self.number // 4, self.number % 4 * MONTHS + 1, 1)
        return following - datetime.timedelta(days=1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)


def quarter_of(day: datetime.date) -> Quarter:
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarters_to_report(today: datetime.date) -> tuple[Quarter, Quarter]:
    """The last one, whose report may still be missing, and the running one."""
    running = quarter_of(today)
    return running.before, running
