"""Two people act on one selection at the same moment, each on a connection of their own."""

import pytest

from awards.decisions.deciding import decide
from awards.models import Commendation, Decision, Nomination, PublicNotice
from awards.notices.noticing import conclude_notice, object_to, start_notice
from conferences.models import Conference
from courts.roles import APPROVER, CLERK
from tests import make
from tests.test_deciding import AFTER, DOCUMENT, confirmed
from tests.test_noticing import BEFORE, FIRST, TERMS
from tests.test_publishing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def approvers(court, count=2):
    return [make.user(APPROVER, court=court) for _each in range(count)]


def test_of_four_decisions_at_once_one_is_taken():
    make.holidays(2024)
    selection = make.selection(conference=make.conference())
    confirmed(selection, "丁一", "王二")
    acts = [
        lambda by=by, serial=serial: decide(selection, by=by, now=AFTER, **DOCUMENT | {"serial": serial})
        for serial, by in enumerate(approvers(selection.court, 4), 1)
    ]

    assert at_once(*acts) == ["done", "refused", "refused", "refused"]

    assert (Decision.objects.count(), Commendation.objects.count()) == (1, 2)


def test_of_two_decisions_with_one_number_one_is_taken():
    make.holidays(2024)
    court = make.court()
    selections = [make.selection(conference=make.conference(court=court, year_reviewed=year)) for year in (2022, 2023)]
    for selection in selections:
        confirmed(selection, "丁一")
    acts = [
        lambda by=by, one=one: decide(one, by=by, now=AFTER, **DOCUMENT)
        for one, by in zip(selections, approvers(court), strict=True)
    ]

    assert at_once(*acts) == ["done", "refused"]

    assert (Decision.objects.count(), Commendation.objects.count()) == (1, 1)
    assert Nomination.objects.decided().count() == 1


def test_two_selections_of_one_quarter_open_one_conference():
    make.holidays(2024)
    court = make.court()
    selections = [make.selection(court=court, period="q1") for _each in range(2)]
    for selection in selections:
        confirmed(selection, "丁一")
    acts = [
        lambda by=by, one=one, serial=serial: decide(one, by=by, now=AFTER, **DOCUMENT | {"serial": serial})
        for serial, (one, by) in enumerate(zip(selections, approvers(court), strict=True), 1)
    ]

    assert at_once(*acts) == ["done", "done"]

    assert Conference.objects.count() == 1
    assert sorted(Commendation.objects.values_list("order", flat=True)) == [1, 2]


def test_two_selections_give_one_award_to_one_person_once():
    make.holidays(2024)
    conference = make.conference()
    category, person = make.category(court=conference.court), make.person(court=conference.court)
    selections = [make.selection(conference=conference) for _each in range(2)]
    for selection in selections:
        confirmed(selection, "", person=person, category=category)
    acts = [
        lambda by=by, one=one, serial=serial: decide(one, by=by, now=AFTER, **DOCUMENT | {"serial": serial})
        for serial, (one, by) in enumerate(zip(selections, approvers(conference.court), strict=True), 1)
    ]

    assert at_once(*acts) == ["done", "refused"]

    assert (Decision.objects.count(), Commendation.objects.count()) == (1, 1)


def test_of_two_clerks_one_puts_the_names_up():
    make.holidays(2024)
    selection = make.selection()
    make.nomination(selection=selection, approved=make.user(APPROVER, court=selection.court))
    clerks = [make.user(CLERK, court=selection.court) for _each in range(2)]

    assert at_once(*(lambda by=by: start_notice(selection, TERMS, by=by, now=BEFORE) for by in clerks)) == [
        "done",
        "refused",
    ]

    assert PublicNotice.objects.count() == 1


def test_nothing_is_concluded_past_an_objection_that_comes_in_at_the_same_moment():
    make.holidays(2024)
    by = make.user(CLERK)
    selection = make.selection(court=make.court())
    by.court = selection.court
    by.save()
    row = make.nomination(selection=selection, approved=make.user(APPROVER, court=selection.court))
    notice = start_notice(selection, TERMS, by=by, now=BEFORE)

    outcomes = at_once(
        lambda: object_to(notice, text="材料不实", nomination=row, now=FIRST),
        lambda: conclude_notice(notice, by=by, now=AFTER),
    )

    notice.refresh_from_db()
    assert outcomes == ["done", "refused"]
    assert (notice.objections.count() == 1) == (notice.concluded_at is None)
