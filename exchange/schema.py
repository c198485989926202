"""The JSON Schema (draft 2020-12) of the format, made from its table in exchange/shape.py.

The copy in docs/ is what other installations were promised: a test compares the two, so that a change of a model does
not change the format unseen. `python manage.py export_conference --schema` writes it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation

from exchange.reading import DEEPEST_COURT
from exchange.shape import CONFERENCE, COURT, FORMAT, HELPERS, IDS, REGISTERS, SCHEMA, VERSION, Shape

COMPLETE_ONLY = "Only in complete documents."


def schema() -> dict[str, Any]:
    """With the Chinese names of all fields, whatever the language of the moment."""
    with translation.override(settings.LANGUAGE_CODE):
        return _schema()


def _schema() -> dict[str, Any]:
    registers = {
        name: {"type": "array", "items": _ref(shape)} | _note(is_internal=shape.is_internal)
        for name, shape in REGISTERS.items()
    }
    properties = {
        "$schema": {"const": SCHEMA},
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "complete": {"type": "boolean", "description": "Whether nothing was left out because of who asked for it."},
        "court": _ref(COURT),
        **registers,
        "conference": _ref(CONFERENCE),
    }
    court = _object(COURT)
    court["properties"]["superior"] = _ref(COURT) | {"description": f"At most {DEEPEST_COURT} courts in all."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}:{VERSION}",
        "title": str(CONFERENCE.model._meta.verbose_name),
        "description": "A conference of a court, as docs/exchange.md describes it. What is empty is left out.",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "version", "complete", "court", "conference"],
        "properties": properties,
        "$defs": {_name(COURT): court}
        | {_name(shape): _object(shape, list_name) for list_name, shape in _shapes(REGISTERS)}
        | {_name(CONFERENCE): _object(CONFERENCE)}
        | {_name(shape): _object(shape, list_name) for list_name, shape in _shapes(CONFERENCE.parts)},
    }


def _shapes(parts: dict[str, Shape]) -> list[tuple[str, Shape]]:
    found = []
    for name, shape in parts.items():
        found += [(name, shape), *_shapes(shape.parts)]
    return found


def _name(shape: Shape) -> str:
    return shape.model._meta.model_name


def _ref(shape: Shape) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{_name(shape)}"}


def _note(*, is_internal: bool) -> dict[str, str]:
    return {"description": COMPLETE_ONLY} if is_internal else {}


def _object(shape: Shape, list_name: str = "") -> dict[str, Any]:
    meta = shape.model._meta
    properties: dict[str, Any] = {"id": {"type": "string", "minLength": 1}} if list_name in IDS else {}
    required = list(properties)
    for name in shape.fields:
        column = meta.get_field(name)
        is_internal = name in shape.internal and not shape.is_internal
        properties[name] = {"title": str(column.verbose_name), **_type(column), **_note(is_internal=is_internal)}
        if not (is_internal or column.null or column.blank or column.has_default()):
            required.append(name)
    for name, where in shape.links.items():
        column = meta.get_field(name)
        is_internal = name not in shape.shown_links and not shape.is_internal
        text = f"An id of the list “{where}”. {COMPLETE_ONLY if is_internal else ''}".strip()
        properties[name] = {"title": str(column.verbose_name), "type": "string", "description": text}
        required += [] if column.null else [name]
    if HELPERS in {field.name for field in meta.many_to_many}:
        label = str(meta.get_field(HELPERS).verbose_name)
        properties[HELPERS] = {"title": label, "type": "array", "items": {"type": "string"}, "uniqueItems": True}
    for name, part in shape.parts.items():
        properties[name] = {"type": "array", "items": _ref(part)} | _note(is_internal=part.is_internal)
    title = str(meta.verbose_name)
    return {"title": title, "type": "object", "additionalProperties": False, "required": required} | {
        "properties": properties
    }


def _type(column: Any) -> dict[str, Any]:
    if column.choices:
        return {"enum": [value for value, _label in column.flatchoices]}
    kind, said = next(one for one in TYPES if isinstance(column, one[0]))
    if kind is models.Field and column.max_length:
        return {**said, "maxLength": column.max_length}
    return said


# The first that fits.
TYPES: tuple[tuple[type[models.Field], dict[str, Any]], ...] = (
    (models.BooleanField, {"type": "boolean"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"}),
    (models.DecimalField, {"type": "string", "pattern": r"^-?\d{1,14}(\.\d{1,4})?$"}),
    (models.IntegerField, {"type": "integer", "minimum": 0}),
    (models.Field, {"type": "string"}),
)
