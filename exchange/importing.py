"""A conference from another installation is taken in: as a draft, all or nothing (docs/decisions/0018).

Courts, departments, people, awards and indicators are found by what they are called, made where they are missing, and
never changed. Of the conference itself the draft becomes what the document says. Steps of publication are not taken
over: two people of the court stand behind each publication, here as there.
"""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Commendation
from conferences.models import Conference, Measure, MeasureHelper
from courts.duplicates import may_be_one
from courts.hands import hand
from courts.models import Court, Person, User
from courts.refusals import Refused
from exchange.reading import Document, Given
from exchange.shape import PEOPLE

# Signs for whoever did something at the origin: accounts do not travel.
STRANGER = ("taken-in-from-a-file", "由文件导入")


@dataclass
class Plan:
    """What an import makes, changes and removes; `conference` is None until it is known."""

    conference: Any = None
    is_new: bool = False
    made: Counter[str] = field(default_factory=Counter)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.made or self.changed or self.removed)


@transaction.atomic
def take_in(document: Document, *, now: datetime.datetime | None = None) -> Plan:
    """Makes the conference of the document, or makes the draft that is here the same. Twice changes nothing.

    Refused where the conference is not a draft and would change, where a document that is not complete meets a
    conference, and where something of it can neither be told apart nor stored. A preview is this, rolled back.
    """
    return _TakingIn(document, now or timezone.now()).done()


class _TakingIn:
    def __init__(self, document: Document, now: datetime.datetime) -> None:
        self.document, self.now = document, now
        self.plan = Plan()
        self.rows: dict[str, Any] = {}  # id in the document: the row here
        self.stranger: User = hand(*STRANGER)
        self.court = self._courts()

    def done(self) -> Plan:
        for name, given in self.document.registers.items():
            self._register(name, given)
        conference = self._conference(self.document.conference)
        before = bool(self.plan.changed)
        self._parts(self.document.conference, conference)
        if self.plan and not self.plan.is_new:
            self._refuse_unless_draft(conference)
            if not before:
                conference.save()  # whoever has it open elsewhere sees that it is not the newest
        self.plan.conference = conference
        return self.plan

    def _refuse_unless_draft(self, conference: Conference) -> None:
        touched = self.plan.changed or self.plan.removed or self.plan.made
        if touched and not conference.is_editable:
            raise Refused(
                _("The conference is here already, and not a draft. Take it back first; then it can be changed.")
            )

    # --- Whose it is ---

    def _courts(self) -> Court:
        """The court of the document, with those above it; the highest is made first."""
        court = None
        for given in self.document.courts:
            court = self._court(given, court)
        if court is None:
            raise Refused(_("The document names no court."))
        return court

    def _court(self, given: Given, above: Court | None) -> Court:
        values = given.values
        same = Q(slug=values["slug"]) | Q(name=values["name"])
        if values["code"]:
            same |= Q(code=values["code"])
        found = list(Court.objects.filter(same))
        if not found:
            court = Court(parent=above, **values)
            self._store(given, court)
            return court
        one = found[0]
        if len(found) > 1 or (one.slug, one.name) != (values["slug"], values["name"]):
            said = _("%(place)s: here %(here)s has the address “%(slug)s” and the code “%(code)s”. A court is the same "
                     "where full name and address are the same.")  # fmt: skip
            raise Refused(said % {"place": given.place, "here": one.name, "slug": one.slug, "code": one.code})
        return one

    # --- Whom and what it names ---

    def _register(self, name: str, given: list[Given]) -> None:
        model: Any = given[0].shape.model if given else None
        if model is None:
            return
        owner = {"court": self.court} if model.court_path == "court" else {}
        here: dict[Any, list[Any]] = defaultdict(list)
        for row in model.objects.filter(**owner).order_by("pk"):
            here[tuple(getattr(row, one) for one in given[0].shape.key)].append(row)
        for one in given:
            key = tuple(one.values[part] for part in one.shape.key)
            row = model(**owner, **one.values, **self._linked(one))
            found = self._same_person(one, row, here[key]) if name == PEOPLE else next(iter(here[key]), None)
            if found is None:
                self._store(one, row)
            else:
                here[key].remove(found)
            self.rows[one.id] = found or row

    def _same_person(self, given: Given, person: Person, here: list[Any]) -> Person | None:
        """The entry that says the same, or the only one that may be the same person. Refused where several may."""
        columns = [*given.shape.fields, "department_id"]
        alike = [one for one in here if all(getattr(one, name) == getattr(person, name) for name in columns)]
        if alike:
            return alike[0]
        perhaps = [one for one in here if may_be_one(one, person)]
        if len(perhaps) > 1:
            said = _("%(place)s: the register has %(number)d entries that may be %(name)s. Tell them apart first.")
            raise Refused(said % {"place": given.place, "number": len(perhaps), "name": person.name})
        return perhaps[0] if perhaps else None

    # --- The conference ---

    def _conference(self, given: Given) -> Conference:
        identity = {name: given.values[name] for name in ("kind", "number", "year_reviewed")}
        stored = Conference.objects.select_for_update(of=("self",)).filter(court=self.court, **identity).first()
        if stored is None:
            conference = Conference(court=self.court, **given.values)
            self._store(given, conference)
            self.plan.is_new = True
            return conference
        if not self.document.is_complete:
            raise Refused(_("The conference is here already. A document that is not complete can only make a new one."))
        if changed := self._changed(stored, given.values):
            self._note(self.plan.changed, stored, changed)
            for name, value in changed.items():
                setattr(stored, name, value)
            self._guard(given, stored.save)
        return stored

    def _parts(self, given: Given, owner: Any) -> None:
        for name, rows in given.parts.items():
            relation: Any = type(owner)._meta.get_field(name)
            self._part(rows, relation.related_model, {relation.field.name: owner})

    def _part(self, given: list[Given], model: Any, owner: dict[str, Any]) -> None:
        """Makes the rows of one owner what the document says: each is found by what it is called."""
        here: dict[Any, list[Any]] = defaultdict(list)
        for row in self._here(model, owner):
            here[_key(row, given)].append(row)
        rows = []
        for number, one in enumerate(given, start=1):
            values = one.values | self._linked(one)
            found = here[tuple(values.get(name, values.get(f"{name}_id")) for name in one.shape.key)]
            rows.append(self._change(one, found.pop(0), values) if found else self._make(one, values, owner, number))
            self.rows[one.id] = rows[-1]
            self._helpers(one, rows[-1])
            self._parts(one, rows[-1])
        for row in (row for left in here.values() for row in left):
            self._remove(row)
        self._in_order(model, rows)

    def _here(self, model: Any, owner: dict[str, Any]) -> models.QuerySet:
        if self.plan.is_new:
            return model.objects.none()
        order = ["order"] if _has(model, "order") else []
        return model.objects.filter(**owner).order_by(*order, "pk")

    def _make(self, given: Given, values: dict[str, Any], owner: dict[str, Any], number: int) -> Any:
        model = given.shape.model
        place: dict[str, Any] = {"court": self.court} if _has(model, "court") else {}
        place |= {"order": number} if _has(model, "order") else {}
        row = model(**owner, **place, **values, **self._signed(model, values))
        self._store(given, row)
        return row

    def _change(self, given: Given, row: Any, values: dict[str, Any]) -> Any:
        if changed := self._changed(row, values):
            if not row.may_be_put_back or (isinstance(row, Commendation) and row.is_final):
                said = _("%(place)s: “%(row)s” is decided here and says something else. Correct it here.")
                raise Refused(said % {"place": given.place, "row": row})
            self._note(self.plan.changed, row, changed)
            for name, value in (changed | self._signed(type(row), changed)).items():
                setattr(row, name, value)
            if isinstance(row, Commendation):
                row.fill_keys()
            columns = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
            stored = type(row).objects.filter(pk=row.pk)
            self._guard(given, lambda: stored.update(**{name: getattr(row, name) for name in columns}))
        return row

    def _changed(self, row: Any, values: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in values.items() if getattr(row, name) != value}

    def _remove(self, row: Any) -> None:
        said = _("“%(row)s” is here and not in the document. It was decided or reported here, and is not removed.")
        if not row.may_be_put_back or (isinstance(row, Commendation) and row.is_final):
            raise Refused(said % {"row": row})
        self._note(self.plan.removed, row)
        try:
            row.delete()
        except ProtectedError as error:
            raise Refused(said % {"row": row}) from error

    def _helpers(self, given: Given, row: Any) -> None:
        if not isinstance(row, Measure):
            return
        wanted = [self.rows[one].pk for one in given.helpers]
        here = MeasureHelper.objects.filter(measure=row)
        if set(here.values_list("department", flat=True)) != set(wanted):
            if here.exists() or not self.plan.is_new:
                self._note(self.plan.changed, row, {"helpers": None})
            here.delete()
            MeasureHelper.objects.bulk_create(MeasureHelper(measure=row, department_id=key) for key in wanted)

    def _in_order(self, model: Any, rows: list[Any]) -> None:
        """Numbers the rows anew where they stand in another order."""
        if _has(model, "order") and rows != sorted(rows, key=lambda row: (row.order, row.pk)):
            for number, row in enumerate(rows, start=1):
                model.objects.filter(pk=row.pk).update(order=number)
            if not self.plan.is_new:
                self.plan.changed.append(f"{model._meta.verbose_name_plural}：{_('in another order')}")

    # --- Rows ---

    def _linked(self, given: Given) -> dict[str, Any]:
        """The keys of the rows that a row names."""
        return {f"{name}_id": self._pk(given.links.get(name)) for name in given.shape.links}

    def _pk(self, named: str | None) -> Any:
        return self.rows[named].pk if named else None

    def _signed(self, model: Any, values: dict[str, Any]) -> dict[str, Any]:
        """Whoever took the steps whose moments are among the values: nobody of this installation."""
        acts = [name.removesuffix("_at") for name in values if name.endswith("_at") and _has(model, f"{name[:-3]}_by")]
        return {f"{act}_by_id": self.stranger.pk if values[f"{act}_at"] else None for act in acts}

    def _store(self, given: Given, row: Any) -> None:
        """Writes a new row as it is: the snapshot is the document's, and nothing is taken from the register."""
        if hasattr(row, "fill_keys"):
            row.fill_keys()
        self._guard(given, lambda: type(row).objects.bulk_create([row]))
        self.plan.made[str(row._meta.verbose_name)] += 1

    def _guard(self, given: Given, write: Any) -> None:
        """Says where in the document stands what the database does not take."""
        try:
            with transaction.atomic():
                write()
        except (IntegrityError, ValidationError) as error:
            broken = [one for one in given.shape.model._meta.constraints if one.name in str(error)]
            said = str(broken[0].violation_error_message) if broken else _("It contradicts what is stored.")
            raise Refused(f"{given.place}: {said}") from error

    def _note(self, where: list[str], row: Any, changed: dict[str, Any] | None = None) -> None:
        labels = [str(row._meta.get_field(name.removesuffix("_id")).verbose_name) for name in changed or ()]
        where.append(f"{row._meta.verbose_name}「{row}」{'：' if labels else ''}{'、'.join(labels)}")


def _has(model: Any, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _key(row: Any, given: list[Given]) -> tuple[Any, ...]:
    """What a row here is called by; without rows in the document no two need to be told apart."""
    return tuple(_named(row, name) for name in given[0].shape.key) if given else (row.pk,)


def _named(row: Any, name: str) -> Any:
    return getattr(row, f"{name}_id") if row._meta.get_field(name).is_relation else getattr(row, name)
