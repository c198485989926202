"""A list comes in: it is read, kept on the server, and compared with the record piece by piece.

Each request does some of the work (courts/piecework.py), so that 50,000 rows hold no worker for long and a list that
was left behind is nothing but a few rows here.
"""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from courts.access import writes_for
from courts.models import Court
from courts.piecework import SECONDS, for_a_while
from courts.refusals import NotAllowed, Refused
from intake.checking import Line, State, check, columns_of, read
from intake.files import Cell, Fault, Row, Table
from intake.headings import recognised
from intake.kinds import KINDS, Kind, Scope
from intake.matching import Place, places
from intake.models import Import, Piece, as_json

PIECE = 1000  # rows that are compared at once
KEPT = datetime.timedelta(days=1)  # rows of a list that nobody confirmed
LONGEST_SOURCE: int = Import._meta.get_field("source").max_length or 0


def may_import(kind: Kind, scope: Scope, by: Any) -> None:
    """Raises NotAllowed for whoever may not add and change such rows, Refused where the conference takes none now."""
    if not (writes_for(by, scope.court.pk) and by.has_perms(kind.permissions())):
        raise NotAllowed
    if scope.conference and not scope.conference.is_editable:
        raise Refused(_("The conference is submitted or published; only a draft takes a list."), code="closed")


def is_allowed(kind: Kind, scope: Scope, by: Any) -> bool:
    """Whether `by` may bring such a list now."""
    try:
        may_import(kind, scope, by)
    except (NotAllowed, Refused):
        return False
    return True


def scope_of(one: Import) -> Scope:
    """Raises Refused where the conference of the list was deleted meanwhile."""
    if KINDS[one.kind].of_conference and one.conference is None and "conference" not in one.present:
        raise Refused(_("The conference was deleted."), code="gone")
    return Scope(one.court, one.conference, one.new_names)


def begin(  # noqa: PLR0913 - where the list comes from, each said by name
    kind: Kind, scope: Scope, table: Table, *, by: Any, source: str, size: int
) -> Import:
    """Keeps a list for the preview; nothing of the record changes. Raises NotAllowed and Refused."""
    may_import(kind, scope, by)
    headings = recognised(kind, scope, table.headings)
    rows = [_taken(row, list(headings.taken.values()), len(table.headings)) for row in table.rows]
    if not rows:
        raise Refused(_("The list has no rows."), code="empty")
    names = list(headings.taken)
    kept = [[where, *place, cells] for (where, cells), place in zip(rows, _places(kind, names, rows), strict=True)]
    with transaction.atomic():
        Piece.objects.left_behind(timezone.now() - KEPT).delete()
        one = Import.objects.create(
            by=by,
            court=scope.court,
            conference=scope.conference,
            kind=kind.name,
            source=source[-LONGEST_SOURCE:],
            size=size,
            form=table.form,
            new_names=scope.new_names,
            columns=",".join(names),
            notes="\n".join([*headings.notes, *table.notes]),
            rows=len(rows),
            revision=revision(scope.court),
        )
        for number, start in enumerate(range(0, len(kept), PIECE)):
            Piece.objects.create(of=one, number=number, cells=as_json(kept[start : start + PIECE]))
    return one


def revision(court: Court) -> int:
    """As it is stored now."""
    return Court.objects.values_list("revision", flat=True).get(pk=court.pk)


def _taken(row: Row, positions: list[int], width: int) -> tuple[str, list[Any]]:
    """Where a row stands, and its cells in the order of the columns that are taken."""
    where = f"{row.sheet} {row.line}".strip()
    cells: list[Any] = [_plain(row.cells[position]) for position in positions]
    if len(row.cells) > width:
        cells[0] = _plain(Fault(_("The row has more cells than there are headings.")))
    return where, cells


def _plain(cell: Cell) -> Any:
    return {"fault": cell.message} if isinstance(cell, Fault) else cell


def _cell(plain: Any) -> Cell:
    return plain if isinstance(plain, str) else Fault(plain["fault"])


def _places(kind: Kind, names: list[str], rows: list[tuple[str, list[Any]]]) -> list[Place]:
    """The places of all rows, by the few columns that tell rows apart."""
    telling = {name: names.index(name) for name in (*kind.identity, *kind.firm, *kind.loose) if name in names}
    lines = []
    for where, cells in rows:
        line = Line(where, {name: _cell(cells[position]) for name, position in telling.items()})
        read(kind, line)
        lines.append((where, line.values))
    return places(kind, lines)


def proceed(one: Import, *, seconds: float = SECONDS) -> None:
    """Compares more of the list with the record, for about so long. Where that changed meanwhile, it begins anew."""
    now = revision(one.court)
    if one.is_open and now != one.revision:
        _begin_anew(one, now)
    for_a_while(lambda: one.is_open and _compare_piece(one), seconds=seconds)
    one.refresh_from_db(fields=["new", "changed", "unchanged", "wrong"])


@transaction.atomic
def _begin_anew(one: Import, now: int) -> None:
    one.pieces.update(results="")
    one.revision, one.new, one.changed, one.unchanged, one.wrong = now, 0, 0, 0, 0
    one.save(update_fields=["revision", "new", "changed", "unchanged", "wrong"])


@transaction.atomic
def _compare_piece(one: Import) -> bool:
    """Compares the next piece; False where there is none."""
    piece = one.pieces.unchecked().select_for_update().first()
    if piece is None:
        return False
    kind, scope = KINDS[one.kind], scope_of(one)
    lines = list(_lines(piece, one.present))
    for line in lines:
        read(kind, line)
    check(kind, scope, lines, one.present)
    piece.results = as_json([_result(kind, scope, line) for line in lines])
    piece.save(update_fields=["results"])
    states = Counter(line.state for line in lines)
    counts = {state.value: F(state.value) + states[state] for state in State}
    Import.objects.filter(pk=one.pk).update(**counts)
    return True


def _lines(piece: Piece, present: list[str]) -> Iterator[Line]:
    for where, *place, cells in piece.lines():
        named = dict(zip(present, map(_cell, cells), strict=True))
        yield Line(where, named, Place(*place))


def _result(kind: Kind, scope: Scope, line: Line) -> dict[str, Any]:
    """What the preview shows of a row and, where it can be written, what is to be written."""
    shown = [line.cells.get(name) for name in kind.identity]
    result: dict[str, Any] = {
        "where": line.where,
        "state": line.state,
        "what": " · ".join(cell for cell in shown if isinstance(cell, str) and cell),
        "changes": [[name, *both] for name, both in line.changes.items()],
        "errors": list(line.errors.items()),
    }
    if line.state in {State.NEW, State.CHANGED}:
        now = columns_of(line.row)
        result["key"] = line.row.pk
        result["conference"] = scope.conference.pk if scope.conference else getattr(line.row, "conference_id", None)
        result["write"] = {name: value for name, value in now.items() if value != line.before[name]}
        if "order" in line.cells and line.values.get("order", "") != "":
            result["write"]["order"] = line.row.order
        result["aside"] = kind.aside(line.row)
    return result
