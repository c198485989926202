"""The editions of a conference for its readers: the record as it was published, less what is not theirs.

What is internal today is internal in every edition: winners who were revoked, ranks that are not open, names of people
who are left off public pages. And who was announced only after an edition had closed was nobody's winner in it: the
row may have named someone else by then. An edition itself holds all of it, for those who may see everything.
"""

from typing import Any, NamedTuple

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst

from conferences.changes import label
from conferences.models import Conference, Edition
from conferences.pages import Series
from conferences.record import PARTS, WHOLE, Record, Row, part_model
from conferences.unnamed import left_off_in, without_names
from courts.access import reads_as_staff, sees_everything_of

RANK = {"rank_scope", "rank_kind", "rank"}
# Never for other readers than the court's own clerks and approvers.
INTERNAL = {
    "agenda": {"private_note"},
    "figures": {"quote"},
    "commendations": {
        *("deeds", "citation", "certificate_number", "stage_place", "revoked_at", "revocation_reason"),
        *("revoked_by_decision", "certificate_returned_on", "correction_reason", "corrected_by_decision"),
    },
}


class Section(NamedTuple):
    """A part of the record: (what a row is called, [(label, text), ...]) for each row."""

    label: str
    rows: list[tuple[str, list[tuple[str, str]]]]


def edition_page(series: Series, user: Any, *, number: int) -> dict[str, Any]:
    """One edition as `user` may read it. A fixed number of queries. Raises Http404."""
    conference: Any = series.conference
    if not reads_as_staff(user, conference.court_id):
        raise Http404
    edition = get_object_or_404(conference.editions.all(), number=number)
    private = sees_everything_of(user, conference.court_id)
    return {
        "conference": conference,
        "court": conference.court,
        "edition": edition,
        "sections": sections(conference, edition.parts if private else open_parts(conference, edition)),
    }


def sections(conference: Conference, record: Record) -> list[Section]:
    """The parts that have rows, in the order of the pages."""
    found = []
    for part in (WHOLE, *PARTS):
        model, _way = part_model(conference, part)
        name = model._meta.verbose_name if part == WHOLE else model._meta.verbose_name_plural
        rows = [
            (row["title"], [(label(model, field), text) for field, text in row["values"].items()])
            for row in record.get(part, [])
        ]
        if rows:
            found.append(Section(capfirst(str(name)), rows))
    return found


def open_parts(conference: Any, edition: Edition) -> Record:
    """The edition's record without what is internal today. Five queries, and nine more where someone is left off."""
    until = edition.closed_at or timezone.now()
    known = conference.commendations.announced(until).valid().order_by()
    shown = {
        "commendations": set(known.values_list("pk", flat=True)),
        "decisions": set(known.values_list("decision", flat=True)),
        "awards_given": set(conference.awards_given.without_winners().values_list("pk", flat=True)),
    }
    ranked = set(conference.figures.filter(rank_opened_at__lte=until).values_list("pk", flat=True))
    parts = {}
    for part, rows in edition.parts.items():
        hidden = INTERNAL.get(part, set())
        parts[part] = [
            _without(row, hidden | RANK if part == "figures" and row["id"] not in ranked else hidden)
            for row in rows
            if part not in shown or row["id"] in shown[part]
        ]
    left_off = left_off_in(conference)
    return without_names(parts, left_off) if left_off else parts


def _without(row: Row, hidden: set[str]) -> Row:
    return {**row, "values": {name: text for name, text in row["values"].items() if name not in hidden}}
