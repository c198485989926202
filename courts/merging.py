"""Two entries of the register become one: all that hangs on the second goes to the first; it can be undone.

Or somebody says that they are two people, and nobody is asked about them again; that can be undone too.

What was said and honoured keeps the name, post and department as on that day: only the links change.
"""

import datetime
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courts import history
from courts.access import may
from courts.models import Court, Merge, Person
from courts.namesakes import Namesakes
from courts.refusals import Refused

# These two say one thing: both are emptied again, or neither.
LEFT_OFF = {"left_off_since", "left_off_reason"}
GONE = _("Someone else changed one of these entries in the meantime. Look at them again.")


class Link(NamedTuple):
    """A foreign key to a person. `name` finds it again: model and field."""

    model: type[models.Model]
    field: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def rows(self, *people: Person) -> models.QuerySet:
        """Through the base manager: revisions are raised once, at the end."""
        return self.model._base_manager.filter(**{f"{self.field}__in": people})


def links() -> list[Link]:
    """All that point to people, of whatever app. What keeps no rule in the database is history, and stays as it was."""
    related = [one for one in Person._meta.get_fields(include_hidden=True) if one.auto_created and not one.concrete]
    return [
        Link(one.related_model, one.field.name)  # type: ignore[union-attr,arg-type]
        for one in related
        if (one.one_to_many or one.one_to_one) and one.on_delete is not models.DO_NOTHING  # type: ignore[union-attr]
    ]


def counts(*people: Person) -> list[tuple[Any, list[int]]]:
    """What hangs on each of these people: label and a number for each; what hangs on none is left out."""
    found = []
    for link in links():
        grouped = link.rows(*people).order_by().values_list(link.field).annotate(Count("pk"))
        number = dict(grouped)
        if number:
            label = link.model._meta.verbose_name_plural
            found.append((label, [number.get(person.pk, 0) for person in people]))
    return found


@transaction.atomic
def merge(keep: Person, other: Person, *, by: Any, now: datetime.datetime | None = None) -> Merge:
    """Gives all links of `other` to `keep`, fills what `keep` leaves empty, and removes `other`.

    Refused for people of two courts, for those of whom somebody said that they are two people, and where both have
    what one person can have only once.
    """
    for person in (keep, other):
        may(by, "courts.change_person", person)
    may(by, "courts.delete_person", other)
    if keep.pk == other.pk or keep.court_id != other.court_id:
        raise Refused(_("Only two entries of one court can be merged."))
    Court.objects.select_for_update(no_key=True).get(pk=keep.court_id)  # before any row, as everywhere
    keep, other = _locked(keep.pk, other.pk)
    _refuse_namesakes(keep, other)
    found = [link for link in links() if link.rows(other).exists()]
    for link in found:
        _refuse_twice(link, keep, other)
    record: dict[str, Any] = {
        "kept": keep.pk,
        "removed": {field.attname: field.value_from_object(other) for field in Person._meta.concrete_fields},
        "moved": {link.name: list(link.rows(other).values_list("pk", flat=True)) for link in found},
        "filled": _fill(keep, other),
    }
    for link in found:
        _point(link, record["moved"][link.name], other, keep)
    other.delete()
    keep.save()
    return Merge.objects.create(
        court_id=keep.court_id,
        kept=keep,
        removed_name=other.name,
        record=json.dumps(record, cls=DjangoJSONEncoder, ensure_ascii=False),
        at=now or timezone.now(),
        by=by,
    )


def _refuse_namesakes(keep: Person, other: Person) -> None:
    said = Namesakes.objects.standing().between(keep, other).select_related("by").first()
    if said:
        raise Refused(
            _("%(who)s said on %(day)s that these are two people. Undo that first, if they are one."),
            code="namesakes",
            params={"who": said.by, "day": f"{timezone.localtime(said.at):%Y-%m-%d}"},
        )


def _point(link: Link, keys: list[int], before: Person, after: Person) -> None:
    """Those of these rows that point to `before` point to `after` now, and have a version that says so."""
    rows = link.rows(before).filter(pk__in=keys)
    moved = list(rows.values_list("pk", flat=True))
    models.QuerySet.update(rows, **{link.field: after})
    history.keep(list(link.model._base_manager.filter(pk__in=moved)), history.CHANGED)


def _locked(*keys: int) -> list[Person]:
    found = {person.pk: person for person in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if set(found) != set(keys):
        raise Refused(GONE)
    return [found[key] for key in keys]


def _refuse_twice(link: Link, keep: Person, other: Person) -> None:
    """One person cannot have one award twice at one conference: the clerk decides which one stays."""
    for names, condition in _unique_with(link):
        taken = set(link.rows(keep).filter(condition).values_list(*names))
        rows = link.rows(other).filter(condition)
        twice = [row for row in rows if tuple(row.serializable_value(name) for name in names) in taken]
        if twice:
            raise Refused(
                _("Both have this, and one person can have it only once: %(rows)s. Take one of them away first."),
                code="twice",
                params={"rows": "；".join(_with_owner(row) for row in twice)},
            )


def _unique_with(link: Link) -> Iterator[tuple[list[str], Q]]:
    """The other fields of each unique constraint that this link is part of, and for which rows it holds."""
    for constraint in link.model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and link.field in constraint.fields:
            yield [name for name in constraint.fields if name != link.field], constraint.condition or Q()


def _with_owner(row: Any) -> str:
    """The row and, where it belongs to something of the court, what it belongs to."""
    owner, _dash, rest = row.court_path.partition("__")
    return f"{row}（{getattr(row, owner)}）" if rest else str(row)


def _fill(keep: Person, other: Person) -> dict[str, Any]:
    """Takes over what `keep` does not say; returns the columns that were filled."""
    filled = {}
    for field in Person._meta.concrete_fields:
        if field.blank and field.editable and field.value_from_object(keep) in field.empty_values:
            value = field.value_from_object(other)
            if value not in field.empty_values:
                setattr(keep, field.attname, value)
                filled[field.attname] = value
    return filled


@transaction.atomic
def undo(merging: Merge, *, by: Any, now: datetime.datetime | None = None) -> None:
    """Brings the removed entry back, with all its links that still point to where they went. Twice changes nothing.

    What was filled becomes empty again unless someone changed it. Refused where the kept entry is gone.
    """
    may(by, "courts.change_person", merging)
    merging = Merge.objects.select_for_update().get(pk=merging.pk)
    if merging.undone_at:
        return
    if merging.kept_id is None:
        raise Refused(_("The entry that was kept is not there any more."))
    Court.objects.select_for_update(no_key=True).get(pk=merging.court_id)
    (kept,) = _locked(merging.kept_id)
    record = json.loads(merging.record)
    restored = _restored(record["removed"])
    for name, keys in record["moved"].items():
        label, _dot, field = name.rpartition(".")
        link = Link(apps.get_model(label), field)
        _point(link, keys, kept, restored)
    if kept.pk == record["kept"]:
        _empty_again(kept, record["filled"])
    merging.undone_at, merging.undone_by = now or timezone.now(), by
    merging.save(update_fields=["undone_at", "undone_by"])


def _restored(values: dict[str, Any]) -> Person:
    person = Person(**values)
    if person.department_id and not Court(pk=person.court_id).departments.filter(pk=person.department_id).exists():
        person.department_id = None  # deleted in between
    person.save(force_insert=True)
    return person


def _empty_again(kept: Person, filled: dict[str, Any]) -> None:
    fields = {column: Person._meta.get_field(column) for column in filled}
    same = {column for column, field in fields.items() if getattr(kept, column) == field.to_python(filled[column])}  # type: ignore[union-attr]
    for column in same if same >= LEFT_OFF & set(filled) else same - LEFT_OFF:
        setattr(kept, column, None if fields[column].null else "")  # type: ignore[union-attr]
    kept.save()


@transaction.atomic
def keep_apart(one: Person, other: Person, *, by: Any, now: datetime.datetime | None = None) -> Namesakes:
    """Says that these are two people: they are no possible duplicates any more. Twice changes nothing."""
    may(by, "courts.change_person", one)
    may(by, "courts.change_person", other)
    if one.pk == other.pk or one.court_id != other.court_id:
        raise Refused(_("Only two entries of one court are told apart."))
    one, other = _locked(one.pk, other.pk)
    said = Namesakes.objects.standing().between(one, other).first()
    return said or Namesakes.objects.create(
        court_id=one.court_id, one=one, other=other, at=now or timezone.now(), by=by
    )


@transaction.atomic
def ask_again(namesakes: Namesakes, *, by: Any, now: datetime.datetime | None = None) -> None:
    """They may be one person after all. Twice changes nothing."""
    may(by, "courts.change_person", namesakes)
    standing = Namesakes.objects.standing().between(namesakes.one_id, namesakes.other_id)
    # Of two that were moved together by a merging, one would still stand.
    standing.update(undone_at=now or timezone.now(), undone_by=by)
    namesakes.refresh_from_db()
