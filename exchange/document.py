"""The JSON of a conference, as one reader sees it: complete for the court's own clerks and approvers.

Nothing in it depends on the installation: rows are named by numbers within the document, in an order of their words.
So what was imported and exported again is the same, byte for byte.
"""

import datetime
import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from conferences.models import Conference, MeasureHelper
from courts.models import Court, Person
from exchange.shape import (
    CATEGORIES,
    CONFERENCE,
    COURT,
    DEPARTMENTS,
    FORMAT,
    HELPERS,
    IDS,
    INDICATORS,
    PEOPLE,
    REGISTERS,
    SCHEMA,
    VERSION,
    Shape,
)
from exchange.visible import Reader, as_shown, rows_of

EVERYTHING = Reader(private=True, staff=True)
# In which order the rows of a register stand, before their words decide.
SORTED_BY = {DEPARTMENTS: ("order",), PEOPLE: ("stroke_key",), INDICATORS: ("order",), CATEGORIES: ("order",)}

Row = dict[str, Any]


def as_bytes(document: Row) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def document(conference: Conference, reader: Reader = EVERYTHING) -> Row:
    """What `reader` sees of the conference. A fixed number of queries, however many rows."""
    return _Document(conference, reader).written()


def paths(shape: Shape = CONFERENCE, before: str = "") -> Iterator[tuple[str, Shape]]:
    """Every part with the way to it: tasks, tasks__measures, ..."""
    for name, part in shape.parts.items():
        yield f"{before}{name}", part
        yield from paths(part, f"{before}{name}__")


class _Document:
    def __init__(self, conference: Conference, reader: Reader) -> None:
        self.conference, self.reader = conference, reader
        self.helpers: dict[int, list[int]] = defaultdict(list)
        # Part: key of the row above: rows.
        self.rows: dict[str, dict[int, list[Any]]] = {path: defaultdict(list) for path, _shape in paths()}
        self.ids: dict[tuple[str, int], str] = {}

    def written(self) -> Row:
        self._load()
        registers = self._registers()
        court = Court.objects.select_related("parent__parent__parent").get(pk=self.conference.court_id)
        head = {"$schema": SCHEMA, "format": FORMAT, "version": VERSION, "complete": self.reader.private}
        return {**head, "court": self._court(court), **registers, "conference": self._row(self.conference, CONFERENCE)}

    def _load(self) -> None:
        shown = {path: shape for path, shape in paths() if self.reader.private or not shape.is_internal}
        found = {path: list(rows_of(self.conference, path, self.reader)) for path in shown}
        left_off = set() if self.reader.private else self._left_off(found)
        for path, rows in found.items():
            above = _owner(self.conference, path)
            for row in rows:
                if self.reader.private or as_shown(row, left_off):
                    self.rows[path][getattr(row, above)].append(row)
            if path in IDS:
                kept = self.rows[path][self.conference.pk]
                self.ids |= {(path, row.pk): f"{IDS[path]}-{number}" for number, row in enumerate(kept, start=1)}
        helping = MeasureHelper.objects.filter(measure__task__conference=self.conference).order_by("id")
        for measure, department in helping.values_list("measure", "department"):
            self.helpers[measure].append(department)

    def _left_off(self, found: dict[str, list[Any]]) -> set[int]:
        people = {row.person_id for rows in found.values() for row in rows if getattr(row, "person_id", None)}
        return set(Person.objects.left_off().filter(pk__in=people).values_list("pk", flat=True))

    def _links(self, shape: Shape) -> dict[str, str]:
        return {name: where for name, where in shape.links.items() if self.reader.private or name in shape.shown_links}

    def _registers(self) -> Row:
        """The rows that others name, without those that nobody names."""
        named: dict[str, set[int]] = defaultdict(set)
        for path, shape in paths():
            self._name(named, shape, [row for rows in self.rows[path].values() for row in rows])
        named[DEPARTMENTS] |= {department for helping in self.helpers.values() for department in helping}
        people = list(Person.objects.filter(pk__in=named[PEOPLE]))
        self._name(named, REGISTERS[PEOPLE], people)
        written = {}
        for name, shape in REGISTERS.items():
            rows = people if name == PEOPLE else list(shape.model.objects.filter(pk__in=named[name]))
            if rows:
                written[name] = self._numbered(name, shape, rows)
        return written

    def _name(self, named: dict[str, set[int]], shape: Shape, rows: list[Any]) -> None:
        for name, where in self._links(shape).items():
            named[where] |= {key for row in rows if (key := getattr(row, f"{name}_id"))}

    def _numbered(self, name: str, shape: Shape, rows: list[Any]) -> list[Row]:
        """The rows in an order of their words, so that it is the same wherever they are kept."""
        words = {row.pk: self._row(row, shape) for row in rows}
        before = SORTED_BY[name]
        rows.sort(key=lambda row: (*(getattr(row, one) for one in before), json.dumps(words[row.pk]), row.pk))
        self.ids |= {(name, row.pk): f"{IDS[name]}-{number}" for number, row in enumerate(rows, start=1)}
        return [{"id": self.ids[name, row.pk], **words[row.pk]} for row in rows]

    def _row(self, row: Any, shape: Shape, path: str = "") -> Row:
        written: Row = {"id": self.ids[path, row.pk]} if path in IDS else {}
        fields = shape.fields if self.reader.private else shape.shown
        written |= {name: value for name in fields if (value := plain(row, name)) is not None}
        for name, where in self._links(shape).items():
            if named := self.ids.get((where, getattr(row, f"{name}_id"))):
                written[name] = named
        if self.helpers[row.pk] and path == "tasks__measures":
            helping = sorted(self.ids[DEPARTMENTS, key] for key in self.helpers[row.pk])
            written[HELPERS] = sorted(helping, key=lambda one: int(one.rpartition("-")[2]))
        for name, part in shape.parts.items():
            below = f"{path}__{name}" if path else name
            if rows := self.rows[below].get(row.pk):
                written[name] = [self._row(one, part, below) for one in rows]
        return written

    def _court(self, court: Court) -> Row:
        above = {"superior": self._court(court.parent)} if court.parent else {}
        return self._row(court, COURT) | above


def _owner(conference: Conference, path: str) -> str:
    """The column that leads from a row of this part to the row to which it belongs."""
    model: Any = type(conference)
    for step in path.split("__"):
        relation: Any = model._meta.get_field(step)
        model = relation.related_model
    return relation.field.attname


def plain(row: Any, name: str) -> Any:
    """The value of a field as JSON has it; None for what is empty, and for a flag that stands as in every new row."""
    value, field = getattr(row, name), row._meta.get_field(name)
    if value in (None, "") or (isinstance(field, models.BooleanField) and value == field.get_default()):
        return None
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if isinstance(value, bool | int) else str(value)
