"""For a superior court: which of the courts below have published their annual conference of a year."""

from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils import timezone

from conferences.defaults import year_to_review
from conferences.models import Conference
from conferences.models.conference import FIRST_YEAR, LAST_YEAR
from courts.access import courts_below
from courts.models import Court


class Line(NamedTuple):
    """A court below with its annual conference; None where none is published now, whatever it may be preparing."""

    court: Court
    conference: Conference | None


def courts_below_page(user: Any, query: QueryDict) -> dict[str, Any]:
    """The courts below in their own order, never by who was first. Two queries, however many courts."""
    year = year_asked(query.get("year", ""))
    lines = annual_conferences(user, year)
    return {
        **years_around(year),
        "lines": lines,
        "published": sum(line.conference is not None for line in lines),
    }


def years_around(year: int) -> dict[str, int | None]:
    """The year with those before and after it that there may be."""
    return {
        "year": year,
        "earlier": year - 1 if year > FIRST_YEAR else None,
        "later": year + 1 if year < year_to_review(timezone.localdate()) else None,
    }


def annual_conferences(user: Any, year: int) -> list[Line]:
    courts = courts_below(user)
    found = Conference.objects.filter(court__in=courts).published().reviewing(year)
    annual = {one.court_id: one for one in found.narrowed(kind=Conference.Kind.ANNUAL).defer("summary")}
    lines = [Line(court, annual.get(court.pk)) for court in courts]
    for line in lines:
        if line.conference:
            line.conference.court = line.court
    return lines


def year_asked(said: str) -> int:
    """The year asked for; the one whose conferences are held now where none is, or no such year."""
    if said.isdecimal() and len(said) <= len(str(LAST_YEAR)) and FIRST_YEAR <= int(said) <= LAST_YEAR:
        return int(said)
    return year_to_review(timezone.localdate())
