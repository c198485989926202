"""Which row of the record a row of a list is about.

Names decide, never numbers of the database. Two rows alike in a list are a mistake, unless the record has as many:
a list that left the system comes back as it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courts.register import key
from intake.kinds import Kind, Values


class Place(NamedTuple):
    """Where a row stands among those of its list that are called the same.

    `exact`, `alike`: which one it is of the rows that are spelt the same, and of those that differ only in spaces;
    `is_alone`: no other row has its identity; `first`: where the first of those alike stands.
    """

    exact: int = 1
    alike: int = 1
    is_alone: bool = True
    first: str = ""


def fold(value: Any) -> str:
    return key(value) if isinstance(value, str) else "" if value is None else str(value)


def identity(kind: Kind, values: Values) -> tuple[str, ...]:
    return tuple(fold(values.get(name)) for name in kind.identity if name in values)


def spelt(kind: Kind, values: Values) -> tuple[str, ...]:
    """All that tells rows apart, as it is written."""
    names = (*kind.identity, *kind.firm, *kind.loose)
    return tuple("" if values.get(name) is None else str(values[name]) for name in names if name in values)


def places(kind: Kind, rows: Sequence[tuple[str, Values]]) -> list[Place]:
    """The place of each of the rows of a whole list: pairs of where it stands and its values."""
    called = Counter(identity(kind, values) for _where, values in rows)
    exact: Counter[tuple[str, ...]] = Counter()
    alike: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], str] = {}
    found = []
    for where, values in rows:
        spelling = spelt(kind, values)
        folded = tuple(fold(part) for part in spelling)
        exact[spelling] += 1
        alike[folded] += 1
        first.setdefault(folded, where)
        found.append(Place(exact[spelling], alike[folded], called[identity(kind, values)] == 1, first[folded]))
    return found


class Stored:
    """The stored rows that a list may be about, with what their columns show. `present`: columns of the list."""

    def __init__(self, kind: Kind, rows: Iterable[Any], present: Sequence[str]) -> None:
        self.kind = kind
        self.present = present
        self.shown: dict[Any, Values] = {}
        self._exact: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        self._alike: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        self._called: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        columns = [kind.column(name) for name in present]
        for row in rows:
            shown = {
                one.name: one.cell.normal(one.shown(row)) if _is_text(one.shown(row)) else one.shown(row)
                for one in columns
            }
            self.shown[row.pk] = shown
            self._exact[spelt(kind, shown)].append(row)
            self._alike[tuple(fold(part) for part in spelt(kind, shown))].append(row)
            self._called[identity(kind, shown)].append(row)

    def find(self, values: Values, place: Place) -> Any:
        """The row meant, or None for a new one. Raises ValidationError for a doubled or an unclear one."""
        spelling = spelt(self.kind, values)
        if place.exact <= len(same := self._exact[spelling]):
            return same[place.exact - 1]
        if place.alike <= len(same := self._alike[tuple(fold(part) for part in spelling)]):
            return same[place.alike - 1]
        if place.alike > 1:
            raise ValidationError(_("The same as row %(first)s."), code="doubled", params={"first": place.first})
        return self._only(values) if place.is_alone else None

    def _only(self, values: Values) -> Any:
        """The one stored row of that name, if the columns that tell rows apart do not say otherwise."""
        firm = [name for name in self.kind.firm if values.get(name) not in {None, ""}]
        called = [
            row
            for row in self._called[identity(self.kind, values)]
            if all(self.kind.column(name).cell.same(values[name], self.shown[row.pk][name]) for name in firm)
        ]
        if len(called) > 1:
            raise ValidationError(
                _("%(count)d rows of the record are called so. Say which by: %(columns)s."),
                code="unclear",
                params={"count": len(called), "columns": self._apart()},
            )
        return called[0] if called else None

    def _apart(self) -> str:
        names = (*self.kind.firm, *self.kind.loose)
        return "、".join(str(self.kind.column(name).label) for name in names)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
