"""What a new conference begins with: the season's years, the court's habits, and last year's conference."""

import datetime
from typing import Any

from conferences.models import Conference
from courts.models import Court

SECOND_HALF = 7  # from July on, a conference that is being prepared reviews the year that is ending
CARRIED_OVER = ("venue", "time_of_day", "attendance", "audience", "roll_order")


def year_to_review(today: datetime.date) -> int:
    """The year that is ending, or has just ended."""
    return today.year if today.month >= SECOND_HALF else today.year - 1


def first_values(court: Court, today: datetime.date) -> dict[str, Any]:
    """Values of the fields of a new conference of this court; what is not known is left out."""
    year = year_to_review(today)
    # The last annual one: a debriefing of forty people is no model.
    last = court.conferences.narrowed(kind=Conference.Kind.ANNUAL).newest_first().first()
    carried = {name: getattr(last, name) for name in CARRIED_OVER} if last else {}
    return {
        "kind": Conference.Kind.ANNUAL,
        "year_reviewed": year,
        "year_planned": year + 1,
        "title": f"{year}年度工作总结暨表彰大会",
        **carried,
        "venue": carried.get("venue") or court.default_venue,
    }
