"""The conferences of a court as JSON: which there are, and where the record of each is read."""

from collections.abc import Callable
from typing import Any

from courts.models import Court
from exchange.entries import identity, updated

FORMAT, VERSION = "court-conferences", 1
SCHEMA = f"/schemas/conferences-{VERSION}.json"
_TEXT, _DAY, _ADDRESS = {"type": "string"}, {"type": "string", "format": "date"}, {"type": "string", "format": "uri"}


def court_list(court: Court, rows: list[Any], absolute: Callable[[str], str]) -> dict[str, Any]:
    """`rows`: as exchange/entries.py lists them. What is empty is left out."""
    return {
        "$schema": SCHEMA,
        "format": FORMAT,
        "version": VERSION,
        "court": {"name": court.name, "slug": court.slug},
        "conferences": [_entry(row, absolute(row.get_absolute_url())) for row in rows],
    }


def _entry(row: Any, page: str) -> dict[str, Any]:
    days = {name: day.isoformat() for name in ("starts_on", "ends_on") if (day := getattr(row, name))}
    return {
        "id": identity(row).urn,
        "title": row.title,
        "kind": row.kind,
        "year_reviewed": row.year_reviewed,
        **days,
        "updated": updated(row).isoformat(),
        "page": page,
        "record": f"{page}conference.json",
    }


def list_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the list."""
    entry = {
        "id": _TEXT,
        "title": _TEXT,
        "kind": _TEXT,
        "year_reviewed": {"type": "integer"},
        "starts_on": _DAY,
        "ends_on": _DAY,
        "updated": {"type": "string", "format": "date-time"},
        "page": _ADDRESS,
        "record": _ADDRESS,
    }
    properties = {
        "$schema": {"const": SCHEMA},
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "court": _object({"name": _TEXT, "slug": _TEXT}),
        "conferences": {"type": "array", "items": _object(entry, optional=("starts_on", "ends_on"))},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}:{VERSION}",
        "title": "The conferences of a court, the last published first",
        **_object(properties),
    }


def _object(properties: dict[str, Any], *, optional: tuple[str, ...] = ()) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
