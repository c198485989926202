"""A file that says it is the JSON of a conference, read and checked before anything is looked up or written.

What is wrong is a list of values: where in the document, and what. Nothing here asks the database.
"""

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.shape import CONFERENCE, COURT, DEPARTMENTS, FORMAT, HELPERS, IDS, REGISTERS, SCHEMA, VERSION, Shape

HEAD = ("$schema", "format", "version", "complete")
DEEPEST_COURT = 4  # the supreme court stands above three others
DECIMAL, DATE = re.compile(r"-?\d{1,14}(\.\d{1,4})?\Z", re.ASCII), re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z\Z", re.ASCII)
TIME = re.compile(r"\d\d:\d\d:\d\d\Z", re.ASCII)


class Problem(NamedTuple):
    """`place`: as in JSON, rows counted from 0: conference.figures[2].value; empty for the file as a whole."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class Unreadable(Exception):
    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@dataclass
class Given:
    """One row as the document has it: its values, and the ids of the rows that it names, not looked up yet."""

    place: str
    shape: Shape
    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    helpers: list[str] = field(default_factory=list)
    parts: dict[str, list["Given"]] = field(default_factory=dict)


class Document(NamedTuple):
    """`courts`: the court and those above it, the highest first; `registers`: by their names in the document."""

    is_complete: bool
    courts: list[Given]
    registers: dict[str, list[Given]]
    conference: Given


class Doubled(dict):
    """A JSON object in which a key stands more than once."""

    key = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            made = Doubled(made)
            made.key = key
        made[key] = value
    return made


def _no_number(said: str) -> Any:
    raise ValueError(said)


def read(content: bytes, *, now: datetime.datetime | None = None) -> Document:
    """The document in a file. Raises Unreadable with everything that is wrong in it."""
    if len(content) > settings.IMPORT_MAX_MB * 1024 * 1024:
        raise Unreadable([Problem("", _("The file is larger than %(max)s MB.") % {"max": settings.IMPORT_MAX_MB})])
    reading = _Reading(now or timezone.now())
    document = reading.document(_parsed(content))
    if document is None or reading.problems:
        raise Unreadable(reading.problems)
    return document


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError:
        message = _("The file is not text in UTF-8.")
    except json.JSONDecodeError as error:
        message = _("The file is not whole JSON: line %(line)d, column %(column)d.")
        message %= {"line": error.lineno, "column": error.colno}
    except (ValueError, RecursionError):
        message = _("The file holds what JSON of a conference never holds.")
    raise Unreadable([Problem("", message)])


class _Reading:
    def __init__(self, now: datetime.datetime) -> None:
        self.now = now
        self.problems: list[Problem] = []
        self.ids: dict[str, set[str]] = {name: set() for name in IDS}
        self.named: list[tuple[str, str, str]] = []  # place, list, id

    def document(self, data: Any) -> Document | None:
        if not self._is_ours(data):
            return None
        self._no_others(data, "", {*HEAD, "court", "conference", *REGISTERS})
        courts = list(self._courts(data.get("court"), "court"))
        registers = {name: self._rows(data.get(name, []), name, shape) for name, shape in REGISTERS.items()}
        conference = self._row(data.get("conference"), "conference", CONFERENCE)
        for place, where, one in self.named:
            if one not in self.ids[where]:
                self._wrong(place, _("“%(id)s” does not stand in the list “%(list)s”.") % {"id": one, "list": where})
        return Document(data["complete"], courts[::-1], registers, conference)

    def _is_ours(self, data: Any) -> bool:
        if not isinstance(data, dict) or data.get("format") != FORMAT or isinstance(data, Doubled):
            self._wrong(
                "", _("This is not the JSON of a conference: “format” is not “%(format)s”.") % {"format": FORMAT}
            )
        elif data.get("version") != VERSION or isinstance(data["version"], bool):
            message = _("This system reads version %(ours)d of the format; the file says “%(theirs)s”.")
            self._wrong("version", message % {"ours": VERSION, "theirs": str(data.get("version"))[:20]})
        elif data.get("$schema", SCHEMA) != SCHEMA:
            self._wrong("$schema", _("This is not the schema of the format."))
        elif not isinstance(data.get("complete"), bool):
            self._wrong("complete", _("Expected: %(type)s.") % {"type": "true / false"})
        return not self.problems

    def _wrong(self, place: str, message: Any) -> None:
        self.problems.append(Problem(place, str(message)))

    def _no_others(self, data: dict[str, Any], place: str, known: set[str]) -> None:
        if isinstance(data, Doubled):
            self._wrong(f"{place}.{data.key}".lstrip("."), _("This key stands here more than once."))
        for name in data:
            if name not in known:
                self._wrong(f"{place}.{name}".lstrip(".")[:100], _("The format knows no such key."))

    def _courts(self, data: Any, place: str) -> Iterator[Given]:
        """The court and those above it, one after the other."""
        for _depth in range(DEEPEST_COURT):
            if not isinstance(data, dict):
                break
            yield self._row({name: value for name, value in data.items() if name != "superior"}, place, COURT)
            if "superior" not in data:
                return
            data, place = data["superior"], f"{place}.superior"
        self._wrong(place, _("Expected: %(type)s.") % {"type": _("an object")})

    def _rows(self, data: Any, place: str, shape: Shape) -> list[Given]:
        rows = [self._row(one, f"{place}[{number}]", shape) for number, one in enumerate(self._list(data, place))]
        name = place.rpartition(".")[2]
        for row in rows if name in IDS else ():
            if not row.id or row.id in self.ids[name]:
                self._wrong(f"{row.place}.id", _("Every row of this list has an id of its own."))
            self.ids[name].add(row.id)
        return rows

    def _row(self, data: Any, place: str, shape: Shape) -> Given:
        given = Given(place, shape)
        if not isinstance(data, dict):
            self._wrong(place, _("Expected: %(type)s.") % {"type": _("an object")})
            return given
        has_id = re.sub(r".*\.|\[\d+\]$", "", place) in IDS
        helps = HELPERS in {one.name for one in shape.model._meta.many_to_many}
        known = {*shape.fields, *shape.links, *shape.parts} | ({"id"} if has_id else set())
        self._no_others(data, place, known | ({HELPERS} if helps else set()))
        given.id = self._id(data.get("id"), f"{place}.id") if has_id else ""
        given.values = {name: self._value(data.get(name), f"{place}.{name}", shape, name) for name in shape.fields}
        given.links = self._links(data, place, shape)
        if helps:
            named = self._list(data.get(HELPERS, []), f"{place}.{HELPERS}")
            given.helpers = [
                self._link(one, f"{place}.{HELPERS}[{number}]", DEPARTMENTS) for number, one in enumerate(named)
            ]
            if len(set(given.helpers)) < len(given.helpers):
                self._wrong(f"{place}.{HELPERS}", _("A department helps once."))
        for name, part in shape.parts.items():
            given.parts[name] = self._rows(data.get(name, []), f"{place}.{name}", part)
        return given

    def _links(self, data: dict[str, Any], place: str, shape: Shape) -> dict[str, str]:
        links = {}
        for name, where in shape.links.items():
            column = shape.model._meta.get_field(name)
            if name in data:
                links[name] = self._link(data[name], f"{place}.{name}", where)
            elif not column.null:
                self._wrong(f"{place}.{name}", f"{column.verbose_name}：{_('Missing.')}")
        return links

    def _list(self, data: Any, place: str) -> list[Any]:
        if isinstance(data, list):
            return data
        self._wrong(place, _("Expected: %(type)s.") % {"type": _("a list")})
        return []

    def _id(self, said: Any, place: str) -> str:
        if isinstance(said, str):
            return said
        self._wrong(place, _("Expected: %(type)s.") % {"type": _("a text")})
        return ""

    def _link(self, said: Any, place: str, where: str) -> str:
        one = self._id(said, place)
        if one:
            self.named.append((place, where, one))
        return one

    def _value(self, said: Any, place: str, shape: Shape, name: str) -> Any:
        """The value of a field; what is wrong with it is noted under its Chinese name."""
        column: Any = shape.model._meta.get_field(name)
        if said is None and (column.null or column.blank or column.has_default()):
            return column.get_default()
        try:
            value = column.clean(as_python(column, said), None)
        except ValidationError as error:
            self._wrong(place, f"{column.verbose_name}：{' '.join(error.messages)}")
            return None
        if isinstance(value, datetime.datetime) and value > self.now:
            self._wrong(place, f"{column.verbose_name}：{_('This moment is still to come.')}")
        return value


def as_python(column: Any, said: Any) -> Any:
    """What JSON says, as a field takes it. Raises ValidationError."""
    if said is None:
        raise ValidationError(_("Missing."))
    _kind, expected, fits, build = next(one for one in KINDS if isinstance(column, one[0]))
    if not fits(said):
        raise ValidationError(_("Expected: %(type)s.") % {"type": expected()})
    try:
        return build(said)
    except ValueError as error:
        raise ValidationError(_("Expected: %(type)s.") % {"type": expected()}) from error


def _is_text(said: Any) -> bool:
    """Without what no database takes: NUL, and halves of characters."""
    return isinstance(said, str) and "\0" not in said and not re.search("[\ud800-\udfff]", said)


def _looks(like: re.Pattern[str]) -> Any:
    return lambda said: isinstance(said, str) and like.match(said)


# Kind of field: what is expected, whether JSON has it, what becomes of it. The first that fits.
KINDS: tuple[tuple[type[models.Field], Any, Any, Any], ...] = (
    (models.BooleanField, lambda: "true / false", lambda said: isinstance(said, bool), bool),
    (
        models.DateTimeField,
        lambda: _("a moment such as 2024-02-02T01:00:00Z"),
        _looks(MOMENT),
        datetime.datetime.fromisoformat,
    ),
    (models.DateField, lambda: _("a day such as 2024-02-02"), _looks(DATE), datetime.date.fromisoformat),
    (models.TimeField, lambda: _("a time such as 09:00:00"), _looks(TIME), datetime.time.fromisoformat),
    (models.DecimalField, lambda: _('a number in quotation marks such as "98.5"'), _looks(DECIMAL), Decimal),
    (
        models.IntegerField,
        lambda: _("a whole number"),
        lambda said: isinstance(said, int) and not isinstance(said, bool) and abs(said) < 10**9,
        int,
    ),
    (models.Field, lambda: _("a text"), _is_text, str),
)
