"""Every version of a row is kept: who wrote it, when, and what it said.

django-simple-history keeps one version for each row that is saved or deleted. Writes of many rows at once pass it by:
`keep` is called where they are made (courts/revisions.py and courts/rows.py), so that nothing changes quietly.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

ADDED, CHANGED, DELETED = "+", "~", "-"


def versions(table: str) -> HistoricalRecords:
    """The versions of a model, in a table of this name."""
    return HistoricalRecords(table_name=table, history_id_field=models.BigAutoField(), user_related_name="+")


def are_kept(model: type[models.Model]) -> bool:
    return hasattr(model, "history")


def keep(rows: Sequence[Any], kind: str) -> None:
    """Keeps these rows of one model, as they are now, as a version of this kind (ADDED or CHANGED). One statement."""
    if rows and are_kept(type(rows[0])):
        type(rows[0]).history.bulk_history_create(rows, update=kind == CHANGED)
