"""What of a conference a reader's document holds: the rows and words that its page shows to them.

Whoever may see everything of the court gets every row. Who may open the conference at all is asked before
(conferences/pages.py).
"""

import datetime
from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from conferences.models import Audience
from conferences.pages import figure_as_said
from conferences.record import part_model
from courts.access import reads_as_staff, sees_everything_of
from courts.models import Snapshot

RANK = ("rank_scope", "rank_kind", "rank")


class Reader(NamedTuple):
    """`private`: drafts, notes and unannounced winners are open to them; `staff`: so is what is for staff."""

    private: bool
    staff: bool

    @classmethod
    def of(cls, user: Any, court_id: int) -> "Reader":
        return cls(sees_everything_of(user, court_id), reads_as_staff(user, court_id))


def rows_of(conference: Any, path: str, reader: Reader, now: datetime.datetime | None = None) -> QuerySet:
    """The rows of one part, in the order of the record; those of a part of a part in any order of their owners."""
    model, way = part_model(conference, path)
    rows: Any = model._default_manager.filter(**{way: conference})
    if not reader.private and path in CHOSEN:
        rows = CHOSEN[path](rows, reader, now or timezone.now())
    order = ["order"] if any(field.name == "order" for field in model._meta.concrete_fields) else []
    return rows.order_by(*order, "id")


def _known(rows: Any, _reader: Reader, now: datetime.datetime) -> QuerySet:
    return rows.announced(now).valid()


def _of_known_winners(rows: Any, _reader: Reader, now: datetime.datetime) -> QuerySet:
    winners: Any = rows.model._meta.get_field("commendations").related_model
    return rows.filter(pk__in=winners.objects.announced(now).valid().order_by().values("decision"))


def _without_winners(rows: Any, _reader: Reader, _now: datetime.datetime) -> QuerySet:
    return rows.without_winners()


def _files(rows: Any, reader: Reader, _now: datetime.datetime) -> QuerySet:
    here = rows.exclude(file="")
    return here if reader.staff else here.filter(audience=Audience.PUBLIC)


CHOSEN: dict[str, Callable[[Any, Reader, datetime.datetime], QuerySet]] = {
    "commendations": _known,
    "decisions": _of_known_winners,
    "awards_given": _without_winners,
    "attachments": _files,
    "honours__files": _files,
}


def as_shown(row: Any, left_off: Collection[int]) -> Any:
    """The row in the words that its page has; None where it shows nothing. `left_off`: keys of people without a name.

    A row that went through this is never saved.
    """
    kind = row._meta.model_name
    if kind == "figure" and not row.rank_opened_at:
        for name in RANK:
            setattr(row, name, type(row)._meta.get_field(name).get_default())
        return row if figure_as_said(row, private=False) else None
    if getattr(row, "person_id", None) not in left_off:
        return row
    if kind == "commendation":
        return None  # counted on the page, and not listed
    if kind == "honour":
        row.recipient_name = ""
    elif isinstance(row, Snapshot):
        row.leave_off()
    return row
