"""Participants, keynotes, agenda, attachments and awards without names: five small tables in one query.

Each is a list of short lines, and a query of its own would cost more than its rows.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import BooleanField, QuerySet, TimeField, Value
from django.db.models.functions import Cast

from conferences.models import Attachment, Conference, Keynote, Participant
from courts.compiled import Compiled
from courts.left_off import in_place_of_name, left_off

NOTHING = Value("")
NOBODY = Value(False, BooleanField())  # where a table names nobody, nobody is left off
NO_TIME = Cast(Value(None), TimeField())  # PostgreSQL takes a bare null for text


class Line(NamedTuple):
    """One row of any of the five; what its table does not have is empty."""

    part: str
    order: int
    pk: int
    kind: str
    text: str
    name: str
    department: str
    post: str
    note: str
    key: str
    at: datetime.time | None
    is_left_off: bool

    @property
    def who(self) -> str:
        """The name, or the department where it stood for itself."""
        return self.name or self.department


def _lines(conference: int, *, private: bool, staff: bool) -> QuerySet:
    held = Conference(pk=conference)
    who = ("name", "department_name", "post")
    note = "private_note" if private else NOTHING
    tables: dict[str, tuple[QuerySet, tuple[Any, ...]]] = {
        "participants": (held.participants.all(), ("role", NOTHING, *who, NOTHING, NOTHING, NO_TIME, left_off())),
        "keynotes": (
            held.keynotes.all(),
            ("kind", "text", NOTHING, NOTHING, NOTHING, "note", NOTHING, NO_TIME, NOBODY),
        ),
        "agenda": (held.agenda.all(), ("kind", "title", *who, note, NOTHING, "starts_at", left_off())),
        "attachments": (
            held.attachments.here() if staff else held.attachments.here().for_everyone(),
            ("kind", "title", "filename", NOTHING, NOTHING, "audience", "key", NO_TIME, NOBODY),
        ),
        "awards_given": (
            held.awards_given.without_winners(),
            ("category__family", "category__name", NOTHING, NOTHING, NOTHING, "quantity", NOTHING, NO_TIME, NOBODY),
        ),
    }
    # The order is made below: SQLite takes none inside a union.
    first, *others = [
        rows.order_by().values_list(Value(part), "order", "pk", *columns) for part, (rows, columns) in tables.items()
    ]
    return first.union(*others, all=True)


LINES = Compiled(_lines)


def programme(conference: Conference, *, private: bool, staff: bool) -> dict[str, Any]:
    """Participants, keynotes and awards without names as (label, lines), agenda and attachments as lines.

    `private` adds the host's notes to the agenda, `staff` the attachments that are not for everyone.
    """
    award_category: Any = conference.awards_given.model.category.field.related_model  # its model lies above this app
    parts: dict[str, list[Line]] = defaultdict(list)
    for row in sorted(LINES(conference.pk, private=private, staff=staff), key=itemgetter(1, 2)):
        line = Line(*row)
        parts[line.part].append(_without_name(line) if line.is_left_off else line)
    return {
        "participants": by_kind(parts["participants"], Participant.Role.choices),
        "keynotes": by_kind(parts["keynotes"], Keynote.Kind.choices),
        "agenda": parts["agenda"],
        "awards_given": by_kind(parts["awards_given"], award_category.family.field.flatchoices),
        "attachments": [(Attachment.Kind(line.kind).label, line) for line in parts["attachments"]],
    }


def _without_name(line: Line) -> Line:
    department, post = in_place_of_name(line.department, line.post)
    return line._replace(name="", department=department, post=post)


def by_kind(lines: list[Line], kinds: Iterable[tuple[str, Any]]) -> list[tuple[Any, list[Line]]]:
    """(label, lines) for each kind that occurs, in the order of `kinds`: (kind, label)."""
    groups = [(label, [line for line in lines if line.kind == kind]) for kind, label in kinds]
    return [(label, found) for label, found in groups if found]
