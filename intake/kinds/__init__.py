"""The kinds of list that come in and leave."""

from intake.kinds.base import Column, Kind, Scope, Values
from intake.kinds.commendations import Commendations
from intake.kinds.conference import Agenda, Figures, Measures
from intake.kinds.register import Departments, People

__all__ = ["KINDS", "Column", "Kind", "Scope", "Values"]

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (Departments(), People(), Agenda(), Figures(), Measures(), Commendations())
}
