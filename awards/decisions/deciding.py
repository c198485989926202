"""The decision: the confirmed names of a selection become commendations of a document, all of them or none."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation, Decision, Nomination, Selection
from awards.selections.shortlist import Listed, shortlist
from conferences.models import Conference
from courts.access import may
from courts.refusals import Refused
from courts.workdays import Workdays

Period = Selection.Period
# Which conference of its kind hands over the awards of a period, and how it is called where there is none yet.
CONFERENCES: dict[str, tuple[str, int, str]] = {
    Period.YEAR: (Conference.Kind.ANNUAL, 1, "{year}年度工作总结暨表彰大会"),
    Period.FIRST_HALF: (Conference.Kind.HALF_YEAR, 1, "{year}年上半年工作总结会"),
    Period.SECOND_HALF: (Conference.Kind.HALF_YEAR, 2, "{year}年下半年工作总结会"),
    Period.Q1: (Conference.Kind.QUARTERLY, 1, "{year}年第一季度工作讲评会"),
    Period.Q2: (Conference.Kind.QUARTERLY, 2, "{year}年第二季度工作讲评会"),
    Period.Q3: (Conference.Kind.QUARTERLY, 3, "{year}年第三季度工作讲评会"),
    Period.Q4: (Conference.Kind.QUARTERLY, 4, "{year}年第四季度工作讲评会"),
}
# After these comes another year.
LAST_OF_THE_YEAR = {Period.YEAR, Period.SECOND_HALF, Period.Q4}


@transaction.atomic
def decide(selection: Selection, *, by: Any, now: datetime.datetime | None = None, **said: Any) -> Decision:
    """Decides on all names of the selection that are confirmed and not decided yet. All or nothing.

    `said`: title, text, prefix, year, serial, signed_on and signed_by of the decision. Refused while nothing is
    confirmed, for whoever nominated one of them, before the working day after their public notice, for a conference
    that is closed, for a number that is taken, and where someone already has the award.
    """
    may(by, "awards.take_decision", selection)
    now = now or timezone.now()
    held = Selection.objects.select_for_update(of=("self",)).select_related("court").get(pk=selection.pk)
    listed = proposed(held, by=by, signed_on=said.get("signed_on"), today=timezone.localdate(now))
    nominations = [row for group in listed for row in group.nominations]
    conference = conference_for(held, by=by)
    decision = Decision(conference=conference, court=held.court, **said)
    try:
        decision.full_clean()
        with transaction.atomic():  # what another transaction took meanwhile shows only now
            decision.save()
            _commend(nominations, decision)
    except IntegrityError as error:
        raise Refused(_("Another decision has this number, or someone on the list already has the award.")) from error
    except ValidationError as error:
        raise Refused(error.messages) from error
    held.nominations.filter(pk__in=[row.pk for row in nominations]).update(decided_at=now, decided_by=by)
    if held.conference_id is None:
        held.conference = conference
        held.save(update_fields=["conference"])
    return decision


def proposed(
    selection: Selection, *, by: Any, signed_on: datetime.date | None = None, today: datetime.date | None = None
) -> list[Listed]:
    """The names on which `by` may decide today by a document of this day. Raises Refused where nobody may."""
    listed = shortlist(selection.nominations.to_be_decided().select_related("notice"))
    nominations = [row for group in listed for row in group.nominations]
    if not nominations:
        raise Refused(_("No confirmed nomination waits for a decision."))
    if any(row.nominated_by_id == by.pk for row in nominations):
        raise Refused(_("Whoever nominated does not decide."))
    today, earliest = today or timezone.localdate(), first_day(nominations)
    if min(today, signed_on or today) < earliest:
        text = _("The decision comes no earlier than %(day)s, the working day after the public notice.")
        raise Refused(text, params={"day": earliest})
    _refuse_closed(_conference_there(selection))
    return listed


def first_day(nominations: list[Nomination]) -> datetime.date:
    """The day from which a decision on these is possible: the working day after the last of their notices.

    Refused where one of them was in none.
    """
    notices = [row.notice for row in nominations]
    if not all(notices):
        raise Refused(_("Not all of them have been in public notice."))
    return Workdays().first_after(max(notice.ends_on for notice in notices if notice))


def conference_title(selection: Selection) -> str:
    """How the conference is called where the awards will be given, whether it is there already or not."""
    there = _conference_there(selection)
    return there.title if there else CONFERENCES[selection.period][2].format(year=selection.year)


def _conference_there(selection: Selection) -> Conference | None:
    """The selection's own conference, or that of its period; None where it is still to be opened."""
    if selection.conference:
        return selection.conference
    kind, number, _title = CONFERENCES[selection.period]
    of_period = {"court": selection.court, "year_reviewed": selection.year, "kind": kind, "number": number}
    return Conference.objects.filter(**of_period).first()


def _refuse_closed(conference: Conference | None) -> None:
    if conference and not conference.is_editable:
        raise Refused(_("The conference is closed. Withdraw it, or open its correction, before awards are decided."))


def conference_for(selection: Selection, *, by: Any) -> Conference:
    """Where the awards are given, locked; that of a period is opened as a draft. Refused where it is closed."""
    found = _conference_there(selection)
    if found is None:
        kind, number, title = CONFERENCES[selection.period]
        found, _made = Conference.objects.get_or_create(
            court=selection.court,
            year_reviewed=selection.year,
            kind=kind,
            number=number,
            defaults={
                "title": title.format(year=selection.year),
                "year_planned": selection.year + (selection.period in LAST_OF_THE_YEAR),
                "changed_by": by,
            },
        )
    locked = Conference.objects.hold(found.pk)
    _refuse_closed(locked)
    return locked


def _commend(nominations: list[Nomination], decision: Decision) -> None:
    """A commendation for each, after those that the conference has. Raises ValidationError and IntegrityError."""
    conference = decision.conference
    last = Commendation.objects.of(conference).aggregate(last=Max("order"))["last"] or 0
    _refuse_doubled(nominations, conference)
    rows = [_commendation(row, decision, order) for order, row in enumerate(nominations, last + 1)]
    for nomination, row in zip(nominations, Commendation.objects.bulk_create(rows), strict=True):
        nomination.commendation = row
    Nomination.objects.bulk_update(nominations, ["commendation"])


def _refuse_doubled(nominations: list[Nomination], conference: Conference) -> None:
    """Nobody gets an award twice at one conference, whether they are in the register or not."""
    given = Commendation.objects.of(conference).valid()
    there = set(given.values_list("category_id", "person_id", "name", "department_name"))
    people = {(category, person) for category, person, _name, _department in there if person}
    for row in nominations:
        place = (row.category_id, row.person_id)
        if place in people or (*place, row.name, row.department_name) in there:
            raise Refused(_("%(who)s already has this award."), params={"who": f"{row.category}：{row.recipient}"})


def _commendation(row: Nomination, decision: Decision, order: int) -> Commendation:
    made = Commendation(
        conference=decision.conference,
        category=row.category,
        decision=decision,
        order=order,
        person=row.person,
        department=row.department,
        name=row.name,
        department_name=row.department_name,
        post=row.post,
        deeds=row.deeds,
    )
    made.prepare()
    return made
