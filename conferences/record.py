"""The whole record of a conference as plain texts: what an edition keeps, and what a later one is compared with.

Taken from the fields of the models, so that no new field can be forgotten. Their models lie partly above this app and
are reached through their relations.
"""

from collections.abc import Iterator
from typing import Any, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext

# What belongs to a conference, in the order of its pages; behind "__" what belongs to a part.
PARTS = (
    *("participants", "keynotes", "agenda", "figures", "commendations", "awards_given", "decisions", "speeches"),
    *("tasks", "tasks__measures", "honours", "attachments"),
)
WHOLE = "conference"  # stands for the conference itself
# Whose record it is goes without saying; the order is that of the rows; and the register's names of today say nothing
# about that day: the snapshot beside them does.
LEFT_OUT = {"court", "conference", "person", "department", "responsible", "leader", "order"}
# Not entered in a form, and part of what was decided all the same.
KEPT_TOO = {
    *("filename", "revoked_at", "revocation_reason", "revoked_by_decision", "certificate_returned_on"),
    *("corrected_at", "correction_reason", "corrected_by_decision"),
}


class Row(TypedDict):
    """One row: its key, what it is called, and the text of each field that is not empty."""

    id: int
    title: str
    values: dict[str, str]


Record = dict[str, list[Row]]


def record_of(conference: Any) -> Record:
    """The rows of the conference itself and of each part, in Chinese. A query for each part, however many rows."""
    with translation.override(settings.LANGUAGE_CODE):
        parts = {part: [_row(row) for row in _rows(conference, part)] for part in PARTS}
        return {WHOLE: [_row(conference)], **parts}


def part_model(conference: Any, part: str) -> tuple[type[models.Model], str]:
    """The model of a part, and the way from its rows to their conference."""
    model, way = conference._meta.concrete_model, ""
    for step in part.split("__") if part != WHOLE else ():
        relation: Any = model._meta.get_field(step)
        model, way = relation.related_model, f"{relation.field.name}__{way}".removesuffix("__")
    return model, way


def kept_fields(model: type[models.Model]) -> list[Any]:
    """The fields whose texts are kept."""
    return [
        field
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if field.name not in LEFT_OUT
        and not (field.primary_key or isinstance(field, models.FileField))
        and (field.editable or field.name in KEPT_TOO)
    ]


def _rows(conference: Any, part: str) -> QuerySet:
    model, way = part_model(conference, part)
    fields = kept_fields(model)
    rows = model._default_manager.filter(**{way: conference})
    rows = rows.select_related(*(field.name for field in fields if field.many_to_one))
    rows = rows.prefetch_related(*(field.name for field in fields if field.many_to_many))
    *above, _conference = way.split("__")
    order = ["order"] if any(field.name == "order" for field in model._meta.concrete_fields) else []
    return rows.order_by(*(f"{one}__order" for one in above), *(f"{one}_id" for one in above), *order, "id")


def _row(row: models.Model) -> Row:
    return {"id": row.pk, "title": str(row), "values": dict(_values(row))}


def _values(row: models.Model) -> Iterator[tuple[str, str]]:
    for field in kept_fields(type(row)):
        if text := _text(row, field):
            yield field.name, text


def _text(row: Any, field: Any) -> str:
    """What a field says; empty where it says nothing."""
    value = getattr(row, field.name)
    if field.many_to_many:
        return "、".join(map(str, value.all()))
    if value in (None, "", False):
        return ""
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return next((write(value) for kind, write in WRITTEN.items() if isinstance(field, kind)), str(value))


WRITTEN: dict[type[models.Field], Any] = {
    models.BooleanField: lambda _true: gettext("yes"),
    models.DateTimeField: lambda value: f"{timezone.localtime(value):%Y-%m-%d %H:%M}",
    models.TimeField: lambda value: f"{value:%H:%M}",
    models.DecimalField: lambda value: f"{value.normalize():f}",
}
