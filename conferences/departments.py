"""One department through the years: what it said, what it was given, what it had to do, as its readers may see it.

It is made of what was published. A department of which a reader may see nothing answers as one that never was; to the
staff of its court all of theirs are known.
"""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from conferences.follow_up.pages import MOST, Line, lines_of
from conferences.models import Conference, Measure, Speech
from courts.access import writes_for
from courts.left_off import left_off
from courts.models import Court, Department


@dataclass
class Part:
    """What one conference says of the department; honours that no conference told stand by themselves.

    `awards` are those of the department as a whole and of people who were in it on that day, family by family.
    """

    year: int
    conference: Conference | None
    shows_states: bool
    speeches: list[Any] = field(default_factory=list)
    awards: list[Any] = field(default_factory=list)
    honours: list[Any] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


class Parts:
    """The parts of one court's published conferences, as far as `user` reads them. `is_own`: for its staff."""

    def __init__(self, court: Court, user: Any) -> None:
        self.is_own = writes_for(user, court.pk)
        published = court.conferences.visible_to(user).published().defer("summary", "attendance")
        self.conferences = {one.pk: one for one in published.newest_first()}
        for one in self.conferences.values():
            one.court = court
        self._found: dict[tuple[int | None, int], Part] = {}

    def of(self, conference: int | None, year: int = 0) -> Part:
        """The part of a conference by its key, or of a year without one."""
        told = self.conferences.get(conference or 0)
        year = told.year_reviewed if told else year
        shows_states = told is not None and (self.is_own or told.states_shown_at is not None)
        return self._found.setdefault((conference, year), Part(year, told, shows_states))

    def by_year(self) -> list[tuple[int, list[Part]]]:
        """The last year first, within it as the page of the court has the conferences."""
        order = {key: place for place, key in enumerate(self.conferences)}
        parts = sorted(
            self._found.values(), key=lambda part: (-part.year, order[part.conference.pk] if part.conference else -1)
        )
        return [(year, list(of_it)) for year, of_it in groupby(parts, key=lambda part: part.year)]


def shown_departments(court: Court, user: Any) -> QuerySet[Department]:
    """The departments of the court of which `user` may read something, in its own order; its staff read all."""
    departments = court.departments.order_by("order", "pk")
    if writes_for(user, court.pk):
        return departments
    conferences = court.conferences.visible_to(user).published()
    measures = Measure.objects.filter(task__conference__in=conferences)
    named = [rows.filter(department=OuterRef("pk")) for rows in naming(conferences)]
    named += [measures.filter(lead=OuterRef("pk")), measures.filter(helpers=OuterRef("pk"))]
    found = Q()
    for rows in named:
        found |= Q(Exists(rows.order_by()))
    return departments.filter(found)


def find_department(user: Any, *, court: str, pk: int) -> Department:
    """The department with its court, where `user` may read it. Two queries. Raises Http404."""
    found = get_object_or_404(Court.objects.with_path(), slug=court)
    department = get_object_or_404(shown_departments(found, user), pk=pk)
    department.court = found
    return department


def department_page(department: Department, user: Any) -> dict[str, Any]:
    """Year by year, the last one first. A fixed number of queries."""
    parts = Parts(department.court, user)
    speeches, commendations, honours = (
        rows.filter(department=department).annotate(is_left_off=left_off()) for rows in naming(list(parts.conferences))
    )
    for speech in speeches.defer("text"):
        part = parts.of(speech.conference_id)
        speech.conference = part.conference
        if speech.is_left_off:
            speech.leave_off()
        part.speeches.append(speech)
    for row in sorted(commendations.select_related("category", "decision"), key=_in_family):
        parts.of(row.conference_id).awards.append(row)
    for honour in [*honours, *_untold(department, parts)]:
        parts.of(honour.conference_id, honour.year).honours.append(honour)
    measures = Measure.objects.filter(task__conference__in=list(parts.conferences)).of_department(department)
    for line in lines_of(measures, MOST):
        parts.of(line.measure.task.conference_id).lines.append(line)
    return {
        "court": department.court,
        "department": department,
        "years": parts.by_year(),
        "is_own": parts.is_own,
    }


def _related(name: str) -> Any:
    """A model that lies above this app, reached through its relation."""
    return Conference._meta.get_field(name).related_model


def _in_family(row: Any) -> tuple[int, bool]:
    """The place of its family, and within it the department before its people."""
    families = [value for value, _label in row.category._meta.get_field("family").flatchoices]
    return families.index(row.category.family), bool(row.name)


def naming(conferences: Any) -> tuple[Any, Any, Any]:
    """Speeches, commendations and honours of these conferences, which may each name a department.

    Announced awards alone, and none that was revoked or whose winner is left off: a roll says of those only how many.
    """
    given = _related("commendations").objects.filter(conference__in=conferences)
    return (
        Speech.objects.filter(conference__in=conferences).order_by("conference", "order", "pk"),
        given.announced().valid().of_named_people().order_by("category__order", "category", "order", "pk"),
        _related("honours").objects.filter(conference__in=conferences).order_by("order", "pk"),
    )


def _untold(department: Department, parts: Parts) -> list[Any]:
    """Honours that no conference told yet: for the staff of the court."""
    honours = _related("honours").objects.filter(conference=None, court=department.court, department=department)
    return list(honours.annotate(is_left_off=left_off()).order_by("order", "pk")) if parts.is_own else []
