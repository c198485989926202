"""How sample data is written down: plain rows, in which names stand for other rows.

A row is a dict of model fields. Where a field points to another row, the data gives its name instead: `person` and
`responsible` the name of a person, `department`, `lead` and `helpers` the name of a department, `category` and
`indicator` theirs, `speech` and `decision` the key under which they stand in the same conference.
"""

from dataclasses import dataclass, field
from typing import Any

from conferences.models import Conference

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class ConferenceData:
    """One conference. The order of a list is the order of the record."""

    fields: Row
    state: Conference.State = Conference.State.PUBLISHED
    ranks_open: bool = False
    speeches: dict[str, Row] = field(default_factory=dict)
    decisions: dict[str, Row] = field(default_factory=dict)
    participants: list[Row] = field(default_factory=list)
    keynotes: list[Row] = field(default_factory=list)
    agenda: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    tasks: list[Row] = field(default_factory=list)  # each with its `measures`, each of those with its `helpers`
    honours: list[Row] = field(default_factory=list)
    awards_given: list[Row] = field(default_factory=list)  # where nobody is named
    commendations: list[Row] = field(default_factory=list)
    attachments: list[Row] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class SelectionData:
    """One selection with its quotas, and names that departments have handed in."""

    fields: Row
    quotas: list[Row] = field(default_factory=list)
    nominations: list[Row] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class CourtData:
    """One court with its register and its conferences; `superior` is the full name of the court above."""

    fields: Row
    superior: str = ""
    departments: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    categories: list[Row] = field(default_factory=list)
    conferences: list[ConferenceData] = field(default_factory=list)
    selections: list[SelectionData] = field(default_factory=list)


def keynotes(speech: str | None, *rows: tuple[str, str, str]) -> list[Row]:
    """Rows of keynotes (kind, wording, note), all from one speech, or from none."""
    said = {"speech": speech} if speech else {}
    return [{"kind": kind, "text": text, "note": note, **said} for kind, text, note in rows]


def measures(*rows: str | tuple[str, str]) -> list[Row]:
    """Rows of measures: each a text, or a text and its target."""
    pairs = [(row, "") if isinstance(row, str) else row for row in rows]
    return [{"text": text, "target": target} for text, target in pairs]
