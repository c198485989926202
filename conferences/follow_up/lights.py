"""How far a measure is, as a light with words beside it: the colour never stands alone."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.quarters import Quarter, quarter_of


class Light(models.TextChoices):
    """In the order of what a clerk looks at first."""

    OVERDUE = "overdue", _("overdue")
    NEAR = "near", _("near due")
    BEHIND = "behind", _("behind")
    ON_TIME = "on-time", _("on time")
    CARRIED = "carried", _("goes on next year")
    CLOSED = "closed", _("verified and closed")
    CANCELLED = "cancelled", _("cancelled")

    @property
    def colour(self) -> str:
        """Red, yellow or green; of what has ended, grey."""
        return COLOURS.get(self, "grey")


COLOURS = {Light.OVERDUE: "red", Light.NEAR: "yellow", Light.BEHIND: "yellow", Light.ON_TIME: "green"}


def light_of(measure: Any, today: datetime.date) -> Light:
    """Of a measure `with_progress`.

    Red after the last day; yellow near it while something is left, or when less is done than time has gone by; else
    green. The time runs from the day of the conference, or from the beginning of the year planned where none is known.
    """
    if measure.cancelled_at:
        return Light.CANCELLED
    if measure.closed_at:
        return Light.CLOSED
    if measure.goes_on:
        return Light.CARRIED
    last_day, done = measure.last_day, measure.last_percent or 0
    if today > last_day:
        return Light.OVERDUE
    if (last_day - today).days <= settings.TASKS_NEAR_DAYS and done < 100:  # noqa: PLR2004 - all of it
        return Light.NEAR
    return Light.BEHIND if expected(measure, today) - done > settings.TASKS_BEHIND_POINTS else Light.ON_TIME


def expected(measure: Any, today: datetime.date) -> int:
    """What would be done if each day did as much as every other, in percent."""
    conference = measure.task.conference
    first_day = conference.starts_on or datetime.date(conference.year_planned, 1, 1)
    whole = (measure.last_day - first_day).days
    if whole <= 0:
        return 0
    return max(0, min(100, round((today - first_day).days * 100 / whole)))


def report_due(measure: Any, today: datetime.date) -> Quarter | None:
    """The quarter for which a report is missing: the last one, after the conference, while the measure was open."""
    last = quarter_of(today).before
    began = measure.task.conference.starts_on or datetime.date(measure.task.conference.year_planned, 1, 1)
    is_told = (measure.last_year or 0, measure.last_quarter or 0) >= (last.year, last.number)
    return last if measure.is_open and not (measure.goes_on or is_told) and began <= last.last_day else None


def is_report_late(measure: Any, today: datetime.date) -> bool:
    """Whether the days after the quarter in which its report is expected are over."""
    due = report_due(measure, today)
    return due is not None and (today - due.last_day).days > settings.TASKS_REPORT_DAYS
