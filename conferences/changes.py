"""What changed between two states of a record: field by field, row by row."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, Edition
from conferences.record import PARTS, WHOLE, Record, Row, part_model, record_of


class FieldChange(NamedTuple):
    """`old` is empty for what was added, `new` for what was removed. Of long texts only the paragraphs that differ."""

    label: str
    old: str
    new: str


class RowChange(NamedTuple):
    kind: "Kind"
    title: str
    fields: list[FieldChange]


class PartChange(NamedTuple):
    label: str
    rows: list[RowChange]


class Kind(models.TextChoices):
    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("in another order")


class SinceLastPublication(NamedTuple):
    """`edition` is None where nothing was published before, or no edition of it was kept."""

    edition: Edition | None
    parts: list[PartChange]


def since_last_publication(conference: Conference) -> SinceLastPublication:
    """What the record holds now against the last edition. A query for each part and one more."""
    edition = conference.editions.newest_first().first()
    if edition is None:
        return SinceLastPublication(None, [])
    return SinceLastPublication(edition, list(changes(conference, edition.parts, record_of(conference))))


def changes(conference: Conference, before: Record, after: Record) -> Iterator[PartChange]:
    """The parts that differ. A part that one of the records does not know has no rows there."""
    for part in (WHOLE, *PARTS):
        model, _way = part_model(conference, part)
        if rows := list(_row_changes(model, before.get(part, []), after.get(part, []))):
            name = model._meta.verbose_name if part == WHOLE else model._meta.verbose_name_plural
            yield PartChange(capfirst(str(name)), rows)


def label(model: type[models.Model], name: str) -> str:
    """The label of a field; of one that is no more, its name."""
    labels = {field.name: field.verbose_name for field in model._meta.get_fields() if hasattr(field, "verbose_name")}
    return capfirst(str(labels.get(name, name)))


def _row_changes(model: type[models.Model], before: list[Row], after: list[Row]) -> Iterator[RowChange]:
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    for row in after:
        was = old.get(row["id"])
        fields = list(_field_changes(model, was["values"] if was else {}, row["values"]))
        if was is None:
            yield RowChange(Kind.ADDED, row["title"], fields)
        elif fields:
            yield RowChange(Kind.CHANGED, row["title"], fields)
    for row in before:
        if row["id"] not in new:
            yield RowChange(Kind.REMOVED, row["title"], list(_field_changes(model, row["values"], {})))
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield RowChange(Kind.MOVED, "", [])


def _field_changes(model: type[models.Model], old: dict[str, str], new: dict[str, str]) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name, ""), new.get(name, "")
        if was != now:
            yield FieldChange(label(model, name), *_different(was, now))


def _different(old: str, new: str) -> tuple[str, str]:
    """Of two texts of several paragraphs those that the other has not; else the texts themselves."""
    was, now = old.splitlines(), new.splitlines()
    gone, come = [one for one in was if one not in now], [one for one in now if one not in was]
    if not (old and new) or max(len(was), len(now)) == 1 or not (gone or come):
        return old, new
    return "\n".join(gone), "\n".join(come)
