"""What would become of each row of a list: new, changed, unchanged, or wrong and why. Nothing is written here.

A piece of a thousand rows takes a fixed number of queries: what the record has of these rows, and what their names
stand for, is read at once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, TextChoices, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from courts.constraints import broken_checks
from intake.files import Cell, Fault
from intake.kinds import Kind, Scope, Values
from intake.matching import Place, Stored


class State(TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    WRONG = "wrong", _("Wrong")


@dataclass
class Line:
    """One row of a list on its way. `cells` by column; `where`: sheet and number, as the clerk finds it."""

    where: str
    cells: dict[str, Cell]
    place: Place = field(default_factory=Place)
    values: Values = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)  # column -> old and new, as a person reads them
    row: Any = None  # the stored or new row, filled; None where it could not be found
    before: Values = field(default_factory=dict)  # columns of the database before the list

    @property
    def state(self) -> State:
        if self.errors:
            return State.WRONG
        if self.row._state.adding:
            return State.NEW
        return State.CHANGED if self.changes else State.UNCHANGED

    def say(self, error: ValidationError, at: str = "") -> None:
        """Notes a mistake at a column, or at those that the error names; an empty name is the whole row."""
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                for one in errors:
                    self.errors.setdefault(name, []).extend(str(message) for message in one.messages)
        else:
            self.errors.setdefault(at, []).extend(str(message) for message in error.messages)


def read(kind: Kind, line: Line) -> None:
    """Reads the cells of a line into values; an empty cell has none."""
    for name, cell in line.cells.items():
        if isinstance(cell, Fault):
            line.errors[name] = [cell.message]
            line.values[name] = ""
        elif not cell.strip():
            line.values[name] = ""
        else:
            try:
                line.values[name] = kind.column(name).cell.read(cell)
            except ValidationError as error:
                line.say(error, name)
                line.values[name] = cell


def check(kind: Kind, scope: Scope, lines: Sequence[Line], present: Sequence[str]) -> None:
    """Finds out what would become of each of these lines, which were `read`."""
    values = [line.values for line in lines]
    stored = Stored(kind, kind.stored(scope, values), present)
    page = kind.page(scope, values)
    for line in lines:
        _find(kind, scope, line, stored)
        if not line.errors:
            _fill(kind, scope, line, stored, page)
    _refuse_doubles(kind, lines)


def _find(kind: Kind, scope: Scope, line: Line, stored: Stored) -> None:
    for column in kind.required(scope):
        if line.values.get(column.name) == "":
            line.errors.setdefault(column.name, [str(_("This cannot be empty."))])
    if set(line.errors) & {"", *kind.identity, *kind.firm}:
        return
    try:
        line.row = stored.find(line.values, line.place)
    except ValidationError as error:
        line.say(error)


def _fill(kind: Kind, scope: Scope, line: Line, stored: Stored, page: Any) -> None:
    """Puts what differs into the row and checks it."""
    given = {name: value for name, value in line.values.items() if value != ""}
    is_new = line.row is None
    shown = {} if is_new else stored.shown[line.row.pk]
    cells = {name: kind.column(name).cell for name in given}
    changed = {name for name, value in given.items() if is_new or not cells[name].same(value, shown[name])}
    if not changed:
        return
    if is_new:
        line.row = kind.new(scope)
    # Of a new row everything is written but what the model gives it anyway.
    line.before = blank(kind) if is_new else columns_of(line.row)
    line.changes = {
        name: (cells[name].said(shown.get(name)) if shown else "", cells[name].said(value))
        for name, value in given.items()
        if name in changed
    }
    try:
        if not is_new:
            _refuse_closed(kind, line.row)
        kind.fill(line.row, given, changed, page)
        if is_new:
            _refuse_closed(kind, line.row)  # where it goes is known by now
        kind.prepare(line.row)
    except ValidationError as error:
        line.say(error)
    else:
        _check_row(kind, line)


def _refuse_closed(kind: Kind, row: Any) -> None:
    if reason := kind.closed(row):
        raise ValidationError(reason, code="closed")


def _check_row(kind: Kind, line: Line) -> None:
    """The rules of the model, without a query."""
    fields: dict[str, Any] = {}
    try:
        line.row.clean_fields(exclude=unchecked(kind))
    except ValidationError as error:
        fields = error.error_dict
    for name, errors in fields.items():
        line.say(ValidationError(errors), kind.reported_at.get(name, name))
    for broken in broken_checks(line.row):
        condition: Any = broken.condition
        if not condition.referenced_base_fields & set(fields):
            line.say(ValidationError(broken.get_violation_error_message()), kind.reported_at.get(broken.name, ""))


@cache
def unchecked(kind: Kind) -> set[str]:
    """Fields that hold no text of the list: Django would ask the database for each related row, which was found."""
    derived = {one.name for one in kind.model._meta.concrete_fields if not one.editable}
    return derived | {one.name for one in kind.model._meta.concrete_fields if one.is_relation}


@cache
def blank(kind: Kind) -> Values:
    """What the model gives a row that says nothing."""
    return columns_of(kind.model())


def columns_of(row: Model) -> Values:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def _refuse_doubles(kind: Kind, lines: Iterable[Line]) -> None:
    """Unique constraints: compared among the lines and, with one query each, with what else is stored."""
    touched = [line for line in lines if line.changes and not line.errors]
    for constraint in kind.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and touched:
            fields: list[Any] = [kind.model._meta.get_field(name) for name in constraint.fields]
            names = [field.attname for field in fields]
            places = {id(line): tuple(getattr(line.row, name) for name in names) for line in touched}
            count = Counter(places.values())
            taken = _taken(kind, names, places.values(), [line.row.pk for line in touched if line.row.pk])
            for line in touched:
                place = places[id(line)]
                if None not in place and (count[place] > 1 or place in taken):
                    at = kind.reported_at.get(constraint.name, "")
                    line.say(ValidationError(constraint.get_violation_error_message()), at)


def _taken(kind: Kind, names: list[str], places: Iterable[tuple], touched: list[int]) -> set[tuple]:
    """Those of these places that other stored rows have."""
    whole = [place for place in places if None not in place]
    if not whole:
        return set()
    # Each column by itself, which is one short condition; what comes back is compared whole.
    wide = Q(*((f"{name}__in", set(values)) for name, values in zip(names, zip(*whole, strict=True), strict=True)))
    return set(kind.model._base_manager.filter(wide).exclude(pk__in=touched).values_list(*names))
