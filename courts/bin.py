"""The recycle bin: what a clerk deletes is taken out of the record, kept for 30 days, and can be put back.

The rows are really gone meanwhile, so no page has to leave them out. What was published is never deleted: the pages
that delete ask for that first.
"""

import datetime
import json
from collections.abc import Iterator
from itertools import chain, groupby
from typing import Any, cast

from django.apps import apps
from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, models, router, transaction
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courts.access import court_of
from courts.history import ADDED, keep
from courts.models import BinnedRecord
from courts.refusals import Refused
from courts.revisions import Revised, raise_revisions

KEPT = datetime.timedelta(days=30)
LONGEST_NAME: int = BinnedRecord._meta.get_field("name").max_length or 0


def goes_to_bin(model: type[models.Model]) -> bool:
    """Whether rows of this model are kept after they were deleted: those that belong to one court's record."""
    return issubclass(model, Revised) and model.court_path is not None


@transaction.atomic
def discard(record: Any, *, by: Any) -> BinnedRecord:
    """Takes the record with all its rows out and keeps them. Raises ProtectedError where something holds it."""
    purge()
    collector = Collector(using=router.db_for_write(type(record)), origin=record)
    collector.collect([record])
    rows = list(chain(*collector.data.values(), *collector.fast_deletes))
    kept = {"rows": serializers.serialize("python", rows), "links": list(_links(collector))}
    binned = BinnedRecord.objects.create(
        court_id=court_of(record),  # type: ignore[misc]
        model=record._meta.label_lower,
        name=str(record)[:LONGEST_NAME],
        rows=len(rows),
        record=json.dumps(kept, default=str),
        by=by,
    )
    record.delete()
    return binned


def _links(collector: Collector) -> Iterator[tuple[str, str, int, list[int]]]:
    """Which rows that stay lose which link to what goes: model, field, key of the target, keys of the rows."""
    for (field, _value), groups in collector.field_updates.items():
        rows = sorted(chain.from_iterable(cast("list[list[Any]]", groups)), key=lambda row: getattr(row, field.attname))
        for target, linked in groupby(rows, key=lambda row: getattr(row, field.attname)):
            yield field.model._meta.label_lower, field.name, target, [row.pk for row in linked]


@transaction.atomic
def put_back(binned: BinnedRecord) -> None:
    """Puts the record back as it was, under its own numbers. All or nothing; raises Refused."""
    locked = BinnedRecord.objects.select_for_update().filter(pk=binned.pk).first()
    if locked is None:
        raise Refused(_("It is not in the recycle bin any more."))
    kept = json.loads(locked.record)
    try:
        with transaction.atomic():
            rows = [one.object for one in _saved(kept["rows"])]
            _link(kept["links"])
            locked.delete()
    except (DeserializationError, IntegrityError) as error:
        raise Refused(
            _("“%(name)s” does not fit any more: something else stands in its place, or what it belongs to is gone."),
            params={"name": locked.name},
        ) from error
    for _model, of_one in groupby(rows, key=type):
        keep(list(of_one), ADDED)
    raise_revisions([locked.court_id], router.db_for_write(BinnedRecord))


def _saved(rows: list[dict[str, Any]]) -> Iterator[Any]:
    for one in serializers.deserialize("python", rows):
        if type(one.object)._base_manager.filter(pk=one.object.pk).exists():
            raise IntegrityError("It is there already.")
        one.save()
        yield one


def _link(links: list[tuple[str, str, int, list[int]]]) -> None:
    """Gives the links back to rows that are still there and were not linked anew."""
    for model, field, target, keys in links:
        rows = apps.get_model(model)._base_manager.filter(pk__in=keys, **{f"{field}__isnull": True})
        rows.update(**{field: target})


def purge(now: datetime.datetime | None = None) -> int:
    """Removes what was deleted more than 30 days ago, files included; returns how many records."""
    old = list(BinnedRecord.objects.filter(at__lt=(now or timezone.now()) - KEPT))
    for binned in old:
        for file in _files(json.loads(binned.record)["rows"]):
            file.storage.delete(file.name)
        binned.delete()
    return len(old)


def _files(rows: list[dict[str, Any]]) -> Iterator[Any]:
    for row in rows:
        model = apps.get_model(row["model"])
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and row["fields"].get(field.name):
                yield getattr(model(**{field.name: row["fields"][field.name]}), field.name)
