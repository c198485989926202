"""Where the record still names someone who is left off public pages: running text is nobody's to change but a clerk's.

The pages leave the name out where a row points to the person. They do not look for it in texts, nor in rows that name
somebody without a link to the register: those are told here.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from conferences.checks.findings import CONFERENCE, Finding, at_field, at_row
from conferences.checks.record import Record

# What readers see of the texts of each kind of row.
TEXTS = {
    "conference": ("title", "theme", "summary", "attendance"),
    "agendaitem": ("title",),
    "speech": ("title", "summary", "text"),
    "keynote": ("text", "note"),
    "prioritytask": ("heading", "text"),
    "measure": ("text", "target"),
    "decision": ("title", "text", "signed_by"),
    "honour": ("title", "note"),
    "attachment": ("title", "filename"),
}
LINKS = {
    "recipient_name": "person",
    "responsible_name": "responsible",
    "leader_name": "leader",
    "name": "person",
}
SCREENS = {"awards": "awards_honourroll"}


def named_all_the_same(record: Record) -> Iterator[Finding]:
    names = [person.name for person in record.left_off]
    if not names:
        return
    for row in _rows(record):
        for field, text in _said(row):
            for name in names:
                if name in text:
                    label = row._meta.get_field(field).verbose_name
                    said = _("%(name)s is left off public pages, but stands in “%(row)s” (%(field)s).")
                    said %= {"name": name, "row": row, "field": label}
                    is_whole = row._meta.model_name == "conference"
                    screen = SCREENS.get(row._meta.app_label, CONFERENCE)
                    place = at_field(field) if is_whole else at_row(row, screen)
                    yield Finding("left-off-named", said, place, (field, name))


def _rows(record: Record) -> Iterator[Any]:
    yield record.conference
    for rows in (record.participants, record.agenda, record.speeches, record.keynotes, record.tasks):
        yield from rows
    for task in record.tasks:
        yield from task.measures.all()
    yield from (*record.winners, *record.decisions, *record.honours, *record.attachments)


def _said(row: Any) -> Iterator[tuple[str, str]]:
    """The texts of a row, and its name where it points to nobody."""
    yield from ((field, getattr(row, field)) for field in TEXTS.get(row._meta.model_name, ()))
    for field, link in LINKS.items():
        if hasattr(row, field) and getattr(row, f"{link}_id") is None:
            yield field, getattr(row, field)


RULES = (named_all_the_same,)
