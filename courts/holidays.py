"""The table of holidays, filled from what the State Council announced.

The package holds past years and, once it is announced, the next one. What stands in the table already was perhaps
corrected by hand, and stays.
"""

from collections.abc import Iterator

from chinese_calendar import Holiday as Festival
from chinese_calendar.constants import holidays, workdays

from courts.models import Holiday

LABELS = {festival.value: festival.chinese for festival in Festival}
LONGEST_NAME: int = Holiday._meta.get_field("name").max_length or 0


def fill_holidays() -> int:
    """Adds the days that the table lacks; returns how many. Twice changes nothing."""
    there = set(Holiday.objects.values_list("date", flat=True))
    return len(Holiday.objects.bulk_create(day for day in announced() if day.date not in there))


def announced() -> Iterator[Holiday]:
    """Every day off and every worked weekend day of the package, unsaved."""
    for kind, days in ((Holiday.Kind.OFF, holidays), (Holiday.Kind.WORKED, workdays)):
        for date, festival in days.items():
            yield Holiday(date=date, kind=kind, name=LABELS[festival][:LONGEST_NAME])


def years_held() -> list[int]:
    """The years of which the table holds any day: those in which working days can be counted."""
    return [date.year for date in Holiday.objects.dates("date", "year")]
