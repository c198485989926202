"""A list that was previewed is written: all of it or nothing, and only on the record that was compared."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Conference
from courts.models import Court
from courts.refusals import Refused
from courts.revisions import raise_revisions
from courts.rows import Batch
from intake.checking import State
from intake.importing import may_import, scope_of
from intake.kinds import KINDS, Kind, Scope
from intake.models import Import, Piece

LAST_ORDER = 32_767  # as far as the column counts; rows of one order stand as they were entered
WRITTEN = {State.NEW, State.CHANGED}


def confirm(one: Import, *, by: Any) -> None:
    """Writes a list. Twice changes nothing. Raises NotAllowed and Refused; then nothing is written."""
    kind = KINDS[one.kind]
    try:
        with transaction.atomic():
            one = Import.objects.select_for_update(of=("self",)).select_related("court", "conference").get(pk=one.pk)
            scope = scope_of(one)
            may_import(kind, scope, by)
            if one.confirmed_at:
                return
            _refuse(one)
            _lock(kind, one, by)
            _write(kind, scope, one)
            raise_revisions([one.court_id], Import.objects.db)
            one.confirmed_at, one.confirmed_by = timezone.now(), by
            one.save(update_fields=["confirmed_at", "confirmed_by"])
    except IntegrityError as error:
        # Rows far from each other in the list; those of one piece were compared.
        raise Refused(
            _("Two rows of the list are the same person or thing under two names."), code="doubled"
        ) from error


def _refuse(one: Import) -> None:
    if one.cancelled_at:
        raise Refused(_("This list was cancelled."), code="cancelled")
    if not one.is_checked:
        raise Refused(_("Not all rows are compared with the record yet."), code="unchecked")
    if one.wrong:
        raise Refused(_("Rows of the list are wrong. Correct them in the file and choose it again."), code="wrong")


def _lock(kind: Kind, one: Import, by: Any) -> None:
    """Locks what the list writes to, conferences before the court as the screens do, and marks who changed it.

    Raises Refused where the record is not the one that was compared.
    """
    pieces = one.pieces.all().iterator(chunk_size=1) if kind.of_conference else ()
    conferences = {
        result["conference"] for piece in pieces for result in piece.results_of() if result["state"] in WRITTEN
    }
    held = list(
        Conference.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=conferences).order_by("pk")
    )
    court = Court.objects.select_for_update(of=("self",)).get(pk=one.court_id)
    if court.revision != one.revision:
        raise Refused(_("The record changed since the list was compared with it. Compare again."), code="stale")
    if any(not conference.is_editable for conference in held):
        raise Refused(_("The conference is submitted or published; only a draft takes a list."), code="closed")
    # Whoever has one of them open is then told that it changed.
    for conference in held:
        conference.changed_by = by
        conference.save(update_fields=["changed_by", "changed_at"])


def _write(kind: Kind, scope: Scope, one: Import) -> None:
    """Piece by piece, so that a long list does not stand in memory.

    Through the base managers, as the screens (`courts.rows.Batch`): the court's revision is raised once.
    """
    last = _last_orders(kind, scope)
    for piece in one.pieces.all().iterator(chunk_size=1):
        added, changed, columns = [], [], set()
        for row, names, aside in _planned(kind, piece):
            if row.pk:
                changed.append((row, aside))
                columns |= names
            else:
                if kind.counted_in and "order" not in names:
                    of = getattr(row, kind.counted_in)
                    row.order = last[of] = min(last[of] + 1, LAST_ORDER)
                added.append((row, aside))
        Batch(kind.model, [], [row for row, _aside in changed], [row for row, _aside in added], columns).write()
        if asides := [(row, aside) for row, aside in [*added, *changed] if aside]:
            kind.write_aside(asides)


def _planned(kind: Kind, piece: Piece) -> Iterator[tuple[Any, set[str], dict[str, Any]]]:
    """Each row that is to be written, filled, with the names of the fields that the list writes."""
    results = [result for result in piece.results_of() if result["state"] in WRITTEN]
    stored = kind.model._base_manager.in_bulk([result["key"] for result in results if result["key"]])
    fields = {one.attname: one for one in kind.model._meta.concrete_fields}
    for result in results:
        values = {name: fields[name].to_python(value) for name, value in result["write"].items()}
        row = stored[result["key"]] if result["key"] else kind.model(**values)
        for name, value in values.items() if row.pk else ():
            setattr(row, name, value)
        yield row, {fields[name].name for name in values}, result["aside"]


def _last_orders(kind: Kind, scope: Scope) -> defaultdict[int, int]:
    """The last order in use, by what counts it: rows without one of their own come behind."""
    last: defaultdict[int, int] = defaultdict(int)
    if kind.counted_in:
        rows = kind.rows(scope).order_by().values_list(kind.counted_in)
        last.update(rows.annotate(last=Max("order")).values_list(kind.counted_in, "last"))
    return last
