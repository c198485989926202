"""What was changed on a record, by whom, and how to have it back. Read from the versions that courts/history.py keeps.

The history of a record is that of its row and of every row that belongs to it, those that are gone included.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courts.history import CHANGED, DELETED, are_kept
from courts.refusals import Refused

MOST = 300  # changes on one page
# Derived, or said by the place where the change stands.
UNSAID = {"id", "key", "court", "conference", "task", "measure", "changed_at", "changed_by"}
UNSAID |= {"stroke_key", "pinyin_key", "pinyin"}
NAMES = ("title", "heading", "label", "name", "department_name", "text")
LONGEST_NAME = 40


class FieldChange(NamedTuple):
    label: Any
    old: str
    new: str


class Change(NamedTuple):
    """One version beside the one before it.

    `kind` as in courts/history.py; `what`: the kind of row; `row`: what it is called.
    """

    model: str
    version: int
    what: Any
    row: str
    kind: str
    at: datetime.datetime
    by: Any
    fields: list[FieldChange]
    may_be_put_back: bool

    @property
    def act(self) -> Any:
        return {CHANGED: _("changed"), DELETED: _("deleted")}.get(self.kind, _("added"))


def kept_models(record: models.Model) -> list[type[models.Model]]:
    """The model of the record, then those of the rows that belong to it."""
    record_model: Any = record._meta.concrete_model
    kept = [model for model in apps.get_models() if are_kept(model) and not model._meta.proxy]
    return [record_model, *(model for model in kept if record_model in _owners(model))]


def _owners(model: Any) -> Iterator[type[models.Model]]:
    """The models to whose rows the rows of this one belong, the nearest first."""
    while step := model.belongs_to():
        model = model._meta.get_field(step).related_model
        yield model


def trail(model: Any, record: models.Model) -> models.QuerySet:
    """All versions of the rows of `model` that belong to the record, or did."""
    if model is record._meta.concrete_model:
        return model.history.filter(id=record.pk)
    owner = model._meta.get_field(model.belongs_to())
    if owner.related_model is record._meta.concrete_model:
        return model.history.filter(**{owner.attname: record.pk})
    return model.history.filter(**{f"{owner.attname}__in": trail(owner.related_model, record).values("id")})


def changes(record: models.Model) -> list[Change]:
    """What was changed on the record, the last first; at most MOST.

    A query for each kind of row, and one for each kind of thing that rows point to.
    """
    pairs = [pair for model in kept_models(record) for pair in _pairs(model, record)]
    pairs.sort(key=lambda pair: (pair[1].history_date, pair[1].history_id), reverse=True)
    now = _present(pairs)
    said = [(old, new, names) for old, new in pairs if (names := _changed(old, new)) or new.history_type != CHANGED]
    said = said[:MOST]
    named = _named(said)
    return [_change(old, new, names, named, is_now=new in now) for old, new, names in said]


def saved_since(record: Any, moment: datetime.datetime) -> dict[datetime.datetime, Any]:
    """Who saved the record after `moment`, by the time, the first one first."""
    later = record._meta.concrete_model.history.filter(id=record.pk, changed_at__gt=moment)
    return {one.changed_at: one.changed_by for one in later.select_related("changed_by").order_by("changed_at")}


def _pairs(model: Any, record: models.Model) -> Iterator[tuple[Any, Any]]:
    """Each version with the one before it; the first of a row with None."""
    versions = trail(model, record).select_related("history_user").order_by("id", "history_date", "history_id")
    for _key, of_row in groupby(versions, key=lambda version: version.id):
        before = None
        for version in of_row:
            yield before, version
            before = version


def _changed(old: Any, new: Any) -> list[Any]:
    """The fields that differ; of a row that was added or deleted those that say something."""
    fields = [field for field in new.tracked_fields if field.name not in UNSAID]
    if new.history_type == CHANGED and old is not None:
        return [field for field in fields if getattr(old, field.attname) != getattr(new, field.attname)]
    return [field for field in fields if getattr(new, field.attname) not in {None, "", False}]


def _present(pairs: list[tuple[Any, Any]]) -> set[Any]:
    """Of pairs with the newest first, the versions that are what stands in the record now."""
    newest: dict[tuple[Any, Any], Any] = {}
    for _old, new in pairs:
        newest.setdefault((type(new), new.id), new)
    return {version for version in newest.values() if version.history_type != DELETED}


def _named(said: Iterable[tuple[Any, Any, list[Any]]]) -> dict[tuple[Any, Any], str]:
    """What the rows are called to which the changes point."""
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for old, new, fields in said:
        for field in fields:
            if field.is_relation:
                wanted[field.related_model] |= {getattr(version, field.attname) for version in (old, new) if version}
    return {
        (model, pk): str(row)
        for model, keys in wanted.items()
        for pk, row in model._base_manager.in_bulk(keys - {None}).items()
    }


def _change(old: Any, new: Any, fields: list[Any], named: dict[tuple[Any, Any], str], *, is_now: bool) -> Change:
    before = old if new.history_type == CHANGED else new if new.history_type == DELETED else None
    after = None if new.history_type == DELETED else new
    model = new.instance_type
    return Change(
        model=model._meta.label_lower,
        version=new.history_id,
        what=model._meta.verbose_name,
        row=_name(new),
        kind=new.history_type,
        at=new.history_date,
        by=new.history_user,
        fields=[
            FieldChange(field.verbose_name, _shown(field, before, named), _shown(field, after, named))
            for field in fields
        ],
        may_be_put_back=model.may_be_put_back and not is_now,
    )


def _name(version: Any) -> str:
    said = next((value for name in NAMES if (value := getattr(version, name, ""))), "")
    return said if len(said) <= LONGEST_NAME else f"{said[:LONGEST_NAME]}…"


def _shown(field: Any, version: Any, named: dict[tuple[Any, Any], str]) -> str:
    value: Any = getattr(version, field.attname, None)
    if value in {None, ""}:
        return ""
    if field.is_relation:
        return named.get((field.related_model, value), gettext("not there any more"))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "Y-m-d H:i")
    if isinstance(field, models.DecimalField):
        return f"{value.normalize():f}"
    return str(dict(field.flatchoices).get(value, value))


def find_version(record: models.Model, model: str, version: int) -> Any:
    """The version of a row of this record that may be put back, or None."""
    found = next((one for one in kept_models(record) if one._meta.label_lower == model), None)
    if found is None or not found.may_be_put_back:  # type: ignore[attr-defined]
        return None
    return trail(found, record).filter(history_id=version).first()


@transaction.atomic
def restore(version: Any) -> None:
    """Makes the row say again what it said in this version; a row that is gone comes back.

    States such as published or announced are not part of it: they are decisions. Raises Refused where the old text
    does not fit what stands there now.
    """
    model = version.instance_type
    row = model._base_manager.select_for_update().filter(pk=version.id).first() or version.instance
    for field in version.tracked_fields:
        if field.editable and not field.primary_key:
            setattr(row, field.attname, _still_there(field, getattr(version, field.attname)))
    row._change_reason = gettext("put back as of %(when)s") % {
        "when": date_format(timezone.localtime(version.history_date), "Y-m-d H:i")
    }
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(error.messages) from error
    row.save()


def _still_there(field: Any, value: Any) -> Any:
    """The value; of a link whose target is gone none, where there may be none. Raises Refused."""
    if not field.is_relation or value is None or field.related_model._base_manager.filter(pk=value).exists():
        return value
    if field.null:
        return None
    raise Refused(_("What this row belonged to is not there any more: put that back first."))
