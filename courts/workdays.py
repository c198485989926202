"""Working days, as the table of holidays says. A year that the table lacks is said; nothing is guessed.

A year is known once the table holds any day of it: each year has holidays, and they are announced together.
"""

import datetime

from django.utils.translation import gettext_lazy as _

from courts.models import Holiday
from courts.refusals import Refused

SATURDAY = 5
DAY = datetime.timedelta(days=1)


class UnknownYear(Refused):
    """The table holds no day of a year that would have to be counted."""


class NoWorkday(Refused):
    """What must begin on a working day would begin on a day off."""


class Workdays:
    """The calendar of the courts. Each year that is asked costs one query, once."""

    def __init__(self) -> None:
        self._years: dict[int, dict[datetime.date, str]] = {}

    def is_workday(self, day: datetime.date) -> bool:
        """Raises UnknownYear."""
        kind = self._year(day.year).get(day)
        return kind == Holiday.Kind.WORKED if kind else day.weekday() < SATURDAY

    def first_from(self, day: datetime.date) -> datetime.date:
        """The day itself, or the first working day after it. Raises UnknownYear."""
        while not self.is_workday(day):
            day += DAY
        return day

    def first_after(self, day: datetime.date) -> datetime.date:
        """The working day after this day. Raises UnknownYear."""
        return self.first_from(day + DAY)

    def last_of(self, starts_on: datetime.date, days: int) -> datetime.date:
        """The last of so many working days: the first day counts, the last one is included.

        Raises UnknownYear, and NoWorkday for a start on a day off: nobody hangs up a paper then, and a date that moved
        by itself would stand in a document that nobody wrote.
        """
        if not self.is_workday(starts_on):
            text = _("%(day)s is no working day. The next one is %(next)s.")
            raise NoWorkday(text, params={"day": starts_on, "next": self.first_after(starts_on)})
        last = starts_on
        for _each in range(days - 1):
            last = self.first_after(last)
        return last

    def _year(self, year: int) -> dict[datetime.date, str]:
        if year not in self._years:
            self._years[year] = dict(Holiday.objects.filter(date__year=year).values_list("date", "kind"))
        if not self._years[year]:
            text = _(
                "The holidays of %(year)d are not in the table yet, so working days cannot be counted. The"
                " administrator enters them once they are announced."
            )
            raise UnknownYear(text, params={"year": year})
        return self._years[year]
