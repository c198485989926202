"""Public notice: the approved names of a selection are put up, objections are heard, and the notice is concluded."""

import datetime
from copy import copy
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Objection, PublicNotice, Selection
from awards.selections.shortlist import numbers, shortlist
from awards.wording import UPHELD, conclusion_text, notice_text, notice_title
from conferences.models import Audience
from courts.access import may
from courts.refusals import Refused
from courts.workdays import Workdays

# Of one notice in one day, whoever they come from: beyond that something is wrong, and paper is left.
MOST_IN_A_DAY = 100


class Terms(NamedTuple):
    """What the clerk sets: the first day, how many working days, for whom, where to object, and the title."""

    starts_on: datetime.date
    days: int
    audience: str = Audience.STAFF
    contact: str = ""
    title: str = ""


def drafted(selection: Selection, terms: Terms, *, today: datetime.date | None = None) -> PublicNotice:
    """The notice as it would be put up, not stored: its last day and its text.

    Refused before anything is approved, for a day that is past or no working day, and where a year is unknown.
    """
    listed = shortlist(selection.nominations.to_be_noticed())
    if not listed:
        raise Refused(_("No approved nomination waits for a public notice."))
    notice = PublicNotice(
        selection=selection,
        title=terms.title.strip() or notice_title(selection),
        audience=terms.audience,
        contact=terms.contact.strip(),
    )
    _set_days(notice, terms.starts_on, terms.days, today)
    notice.text = notice_text(notice, numbers(listed))
    return notice


def _set_days(notice: PublicNotice, starts_on: datetime.date, days: int, today: datetime.date | None) -> None:
    """Counts the last day. The day after it must be known too: that is when a decision is possible."""
    if starts_on < (today or timezone.localdate()):
        raise Refused(_("A public notice begins today or later: it cannot have been seen before."))
    workdays = Workdays()
    notice.starts_on, notice.days, notice.ends_on = starts_on, days, workdays.last_of(starts_on, days)
    workdays.first_after(notice.ends_on)


@transaction.atomic
def start_notice(selection: Selection, terms: Terms, *, by: Any, now: datetime.datetime | None = None) -> PublicNotice:
    """Puts up the approved nominations that are not yet. Of two at once the second is refused, as by `drafted`."""
    may(by, "awards.start_publicnotice", selection)
    now = now or timezone.now()
    held = Selection.objects.select_for_update(of=("self",)).select_related("court").get(pk=selection.pk)
    notice = drafted(held, terms, today=timezone.localdate(now))
    notice.started_at, notice.started_by = now, by
    notice.full_clean(exclude=["selection"])
    notice.save()
    held.nominations.to_be_noticed().update(notice=notice, noticed_at=now, noticed_by=by)
    return notice


def moved(
    notice: PublicNotice, *, starts_on: datetime.date, days: int, today: datetime.date | None = None
) -> PublicNotice:
    """The notice with other days and the text that says them, not stored.

    Refused after its end, an objection or the conclusion; once it has begun only its number of days changes.
    """
    today = today or timezone.localdate()
    other = copy(notice)
    if (notice.starts_on, notice.days) == (starts_on, days):
        return other
    if notice.concluded_at or notice.has_ended(today):
        raise Refused(_("The public notice has ended; its days stay as they were."))
    if notice.objections.exists():
        raise Refused(_("Somebody has objected already; the days stay as they were."))
    if notice.has_begun(today) and starts_on != notice.starts_on:
        raise Refused(_("The public notice has begun; only its number of days can be changed."))
    _set_days(other, starts_on, days, min(today, notice.starts_on))
    if other.has_ended(today):
        raise Refused(_("With so few days it would have ended before today."))
    other.text = notice_text(other, numbers(shortlist(notice.nominations.all())))
    return other


@transaction.atomic
def move_notice(
    notice: PublicNotice, *, by: Any, starts_on: datetime.date, days: int, now: datetime.datetime | None = None
) -> None:
    """Other days; refused as by `moved`. The same days again change nothing."""
    may(by, "awards.start_publicnotice", notice)
    held = _locked(notice)
    other = moved(held, starts_on=starts_on, days=days, today=timezone.localdate(now))
    if (other.starts_on, other.days) != (held.starts_on, held.days):
        other.save(update_fields=["starts_on", "ends_on", "days", "text"])
    notice.refresh_from_db()


@transaction.atomic
def object_to(notice: PublicNotice, *, now: datetime.datetime | None = None, **said: Any) -> Objection:
    """An objection from the page of the notice. Refused outside its days, and when a day has brought too many."""
    now = now or timezone.now()
    held = _locked(notice)
    if not held.takes_objections(timezone.localdate(now)):
        raise Refused(_("The public notice takes no objections any more."))
    if held.objections.filter(received_at__gt=now - datetime.timedelta(days=1)).count() >= MOST_IN_A_DAY:
        raise Refused(_("Too much has come in here today. Please hand in your objection in writing."))
    return _received(held, now, **said)


@transaction.atomic
def enter_objection(notice: PublicNotice, *, by: Any, now: datetime.datetime | None = None, **said: Any) -> Objection:
    """An objection by letter, telephone or in person, entered by the clerk until the notice is concluded."""
    may(by, "awards.handle_objection", notice)
    now = now or timezone.now()
    held = _locked(notice)
    _refuse_concluded(held)
    if not held.has_begun(timezone.localdate(now)):
        raise Refused(_("The public notice has not begun yet."))
    return _received(held, now, **said)


def _received(notice: PublicNotice, now: datetime.datetime, **said: Any) -> Objection:
    _refuse_foreign(notice, said.get("nomination"))
    objection = Objection(notice=notice, received_at=now, **said)
    objection.full_clean(exclude=["notice", "nomination"])
    objection.save()
    return objection


@transaction.atomic
def handle_objection(objection: Objection, *, by: Any, now: datetime.datetime | None = None, **said: Any) -> None:
    """Records what was found out. The same again changes nothing.

    `said`: `handling` in words, the `outcome`, and perhaps the `nomination` that it is about; refused where an
    objection is upheld against nobody. Until the notice is concluded this may be corrected; history keeps what was
    recorded before.
    """
    may(by, "awards.handle_objection", objection)
    held = _locked(objection.notice)
    _refuse_concluded(held)
    row = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    handling, outcome = said["handling"].strip(), said["outcome"]
    about = said.get("nomination") or row.nomination
    _refuse_foreign(held, about)
    if not handling or outcome not in Objection.Outcome.values:
        raise Refused(_("Say how the objection was handled and what came of it."))
    if outcome == Objection.Outcome.UPHELD and about is None:
        raise Refused(_("An objection is upheld against one of the names. Choose which one."))
    recorded = {"handling": handling, "outcome": outcome, "nomination": about}
    if row.handled_at and all(getattr(row, name) == value for name, value in recorded.items()):
        return
    for name, value in (recorded | {"handled_at": now or timezone.now(), "handled_by": by}).items():
        setattr(row, name, value)
    row.save(update_fields=[*recorded, "handled_at", "handled_by"])
    objection.refresh_from_db()


class Conclusion(NamedTuple):
    """What comes of a notice: against whom an objection was upheld, the outcome, and the record in words."""

    against: set[int]
    outcome: str
    text: str


def conclusion_of(notice: PublicNotice, today: datetime.date | None = None) -> Conclusion:
    """Refused before the last day is over and while an objection waits."""
    if not notice.has_ended(today):
        raise Refused(_("The public notice lasts until %(day)s."), params={"day": notice.ends_on})
    objections = list(notice.objections.all())
    waiting = sum(one.handled_at is None for one in objections)
    if waiting:
        raise Refused(_("Objections that wait to be handled: %(count)d."), params={"count": waiting})
    against = {one.nomination_id for one in objections if one.outcome == Objection.Outcome.UPHELD and one.nomination_id}
    outcome = PublicNotice.Outcome.HANDLED if objections else PublicNotice.Outcome.NO_OBJECTION
    return Conclusion(against, outcome, conclusion_text(notice, objections))


@transaction.atomic
def conclude_notice(notice: PublicNotice, *, by: Any, now: datetime.datetime | None = None) -> None:
    """Confirms the names, but for those against whom an objection was upheld: these are rejected.

    Refused as by `conclusion_of`. Twice changes nothing.
    """
    may(by, "awards.conclude_publicnotice", notice)
    now = now or timezone.now()
    held = _locked(notice)
    if held.concluded_at is None:
        conclusion = conclusion_of(held, timezone.localdate(now))
        live = held.nominations.live()
        live.filter(pk__in=conclusion.against).update(rejected_at=now, rejected_by=by, rejection_reason=UPHELD)
        live.exclude(pk__in=conclusion.against).update(confirmed_at=now, confirmed_by=by)
        held.concluded_at, held.concluded_by = now, by
        held.outcome, held.conclusion = conclusion.outcome, conclusion.text
        held.save(update_fields=["concluded_at", "concluded_by", "outcome", "conclusion"])
    notice.refresh_from_db()


def _locked(notice: PublicNotice) -> PublicNotice:
    """Objections, moves and the conclusion of one notice come one after another."""
    locked = PublicNotice.objects.select_for_update(of=("self",)).select_related("selection__court")
    return locked.get(pk=notice.pk)


def _refuse_concluded(notice: PublicNotice) -> None:
    if notice.concluded_at:
        raise Refused(_("The public notice is concluded; nothing is added to it any more."))


def _refuse_foreign(notice: PublicNotice, nomination: Nomination | None) -> None:
    if nomination and not notice.nominations.filter(pk=nomination.pk).exists():
        raise Refused(_("This name does not stand in the public notice."))
