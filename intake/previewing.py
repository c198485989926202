"""What a person sees of a list before it is confirmed: mistakes first, then what would change."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from intake.checking import State
from intake.importing import is_allowed, revision
from intake.kinds import KINDS, Kind, Scope
from intake.models import Import

MOST = 500  # rows on one page
ORDER = (State.WRONG, State.CHANGED, State.NEW, State.UNCHANGED)
SHOWN: dict[str, tuple[Any, tuple[State, ...]]] = {
    "all": (_("All rows"), ORDER),
    "wrong": (_("Only mistakes"), (State.WRONG,)),
    "changes": (_("Only mistakes and changes"), (State.WRONG, State.CHANGED)),
}


class Shown(NamedTuple):
    """One row on the page. `errors`: where and why; `changes`: label, old and new text."""

    where: str
    state: State
    what: str
    errors: list[tuple[Any, list[str]]]
    changes: list[tuple[Any, str, str]]


class Preview:
    """The rows of an import as a page shows them to a user.

    `is_open`: whether the user may confirm it or put it away; `is_stale`: whether the record changed since;
    `is_correctable`: whether its rows can be corrected as a pasted table.
    """

    def __init__(self, one: Import, show: str, *, user: Any) -> None:
        self.one = one
        self.show = show if show in SHOWN else "all"
        self.kind = KINDS[one.kind]
        self.choices = [(name, label, name == self.show) for name, (label, _states) in SHOWN.items()]
        self.counts = [(State(name).label, getattr(one, name)) for name in ORDER]
        self.is_open = one.is_open and is_allowed(self.kind, Scope(one.court, one.conference), user)
        self.is_stale = one.is_open and one.is_checked and revision(one.court) != one.revision
        self.is_correctable = self.is_open and one.conference_id is not None and one.rows <= MOST
        states = SHOWN[self.show][1]
        self.rows = self._rows(states)
        self.more = sum(getattr(one, state) for state in states) - len(self.rows)

    def _rows(self, states: tuple[State, ...]) -> list[Shown]:
        """As many as the page holds, state by state; read piece by piece, for a list may be long."""
        found: dict[str, list[Shown]] = {state.value: [] for state in states}
        for piece in self.one.pieces.iterator(chunk_size=1):
            for result in piece.results_of():
                of_state = found.get(result["state"])
                if of_state is not None and len(of_state) < MOST:
                    of_state.append(_shown(self.kind, result))
        return [row for state in states for row in found[state.value]][:MOST]


def _shown(kind: Kind, result: dict[str, Any]) -> Shown:
    labels = {column.name: column.label for column in kind.columns}
    return Shown(
        where=result["where"],
        state=State(result["state"]),
        what=result["what"],
        errors=[(labels.get(name, ""), messages) for name, messages in result["errors"]],
        changes=[(labels[name], old, new) for name, old, new in result["changes"]],
    )
