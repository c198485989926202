"""What the page of a conference's package shows. Two queries, however much is in it."""

from itertools import groupby
from typing import Any

from archive.gaps import Gap
from archive.models import ArchivePackage
from conferences.models import Conference

MOST = 10  # earlier packages on the page


def page_of(conference: Conference) -> dict[str, Any]:
    made = list(ArchivePackage.objects.of_conference(conference)[:MOST])
    kept = next((one for one in made if one.finished_at and one.file), None)
    entries = [_named(entry) for entry in kept.entries] if kept else []
    folders = groupby(entries, key=lambda entry: entry["folder"])
    return {
        "conference": conference,
        "under_way": next((one for one in made if one.is_open), None),
        "kept": kept,
        "folders": [(name, list(found)) for name, found in folders],
        "gaps": [Gap(*gap) for gap in kept.gaps] if kept else [],
        "made": made,
    }


def _named(entry: dict[str, Any]) -> dict[str, Any]:
    folder, _slash, name = entry["path"].partition("/")
    return {**entry, "folder": folder, "name": name}
