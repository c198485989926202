"""Queries that are turned into SQL once.

A page of a conference asks for little, and often: Django takes longer to build the SQL of its queries than the database
takes to answer them. A plan is that SQL, kept for each kind of reader; only its values are filled in anew.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from django.db import connection, models
from django.db.models import QuerySet

# Stand for the values while the SQL is built; nothing in a record looks like them.
STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda place: -7_000_000_000_000 - place,
    str: lambda place: f"\ue000{place}",
    datetime.datetime: lambda place: datetime.datetime(9000, 1, 1 + place, tzinfo=datetime.UTC),
}


class Plan(NamedTuple):
    """`values`: for each parameter of the SQL the number of the value that goes there, or the parameter itself."""

    sql: str
    values: list[tuple[int | None, Any]]
    compiler: Any
    converters: dict[int, Any]


class Compiled:
    """The rows of `build(*values, **kind)`, a queryset of `values_list`. Values change; for each kind there is a plan.

    `build` must take every value that changes as one of `values`: a moment that it took from the clock would stay.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self.build = build
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def __call__(self, *values: Any, **kind: Any) -> Iterator[tuple[Any, ...]]:
        key = (connection.vendor, len(values), *kind.items())
        if key not in self._plans:
            self._plans[key] = self._plan(values, kind)
        plan = self._plans[key]
        given = [_adapted(value) for value in values]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, [fixed if place is None else given[place] for place, fixed in plan.values])
            rows = cursor.fetchall()
        return iter(plan.compiler.apply_converters(rows, plan.converters) if plan.converters else rows)

    def _plan(self, values: tuple[Any, ...], kind: dict[str, Any]) -> Plan:
        stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
        query = self.build(*stand_ins, **kind).query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = {_adapted(stand_in): place for place, stand_in in enumerate(stand_ins)}
        filled = [(places.get(parameter), parameter) for parameter in parameters]
        if {place for place, _parameter in filled} - {None} != set(places.values()):
            raise ValueError("A value does not reach the SQL as it is.")
        converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
        return Plan(sql, filled, compiler, converters)


def _stand_in(value: Any, place: int) -> Any:
    return next(make(place) for kind, make in STAND_INS.items() if isinstance(value, kind))


def _adapted(value: Any) -> Any:
    """As the database takes it."""
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return str(value) if isinstance(value, str) else value  # a choice is written as its value


def columns(model: type[models.Model], prefix: str = "") -> list[str]:
    """The names of all columns, for `values_list`."""
    return [prefix + field.attname for field in model._meta.concrete_fields]


def instance(model: type[models.Model], row: Sequence[Any], **more: Any) -> Any:
    """The row of `columns(model)` as an object; `more`: what it is related to, and is known already."""
    made = model.from_db(connection.alias, [field.attname for field in model._meta.concrete_fields], row)
    for name, value in more.items():
        setattr(made, name, value)
    return made
