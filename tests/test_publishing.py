"""The states of a conference: who takes it from one to the next, in which order, and two people at once."""

import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from awards.announcing import announce
from awards.models import Commendation
from conferences.models import Conference
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db
State = Conference.State


def as_stored(conference: Conference) -> Conference:
    return Conference.objects.get(pk=conference.pk)


def columns(conference: Conference) -> dict[str, Any]:
    return Conference.objects.filter(pk=conference.pk).values().get()


def in_state(state: State, **given: Any) -> Conference:
    """A conference that other people of its court brought to this state."""
    conference = make.conference(**given)
    clerk, approver = make.user(CLERK, court=conference.court), make.user(APPROVER, court=conference.court)
    if state != State.DRAFT:
        conference.submit(by=clerk)
    if state in {State.PUBLISHED, State.LOCKED}:
        conference.publish(by=approver)
    if state == State.LOCKED:
        conference.lock(by=approver)
    return as_stored(conference)


def withdraw(conference: Conference, *, by: Any) -> None:
    conference.withdraw(by=by, reason="数据有误")


def give_back(conference: Conference, *, by: Any) -> None:
    conference.give_back(by=by, reason="数据有误")


def correct(conference: Conference, *, by: Any) -> None:
    conference.correct(by=by, what="受理案件数", reason="抄写有误", public_note="更正受理案件数")


# From, act, who: what becomes of it, or the refusal.
STEPS: list[tuple[State, Callable[..., Any], str, Any]] = [
    (State.DRAFT, Conference.submit, CLERK, State.SUBMITTED),
    (State.DRAFT, Conference.submit, APPROVER, NotAllowed),
    (State.DRAFT, Conference.submit, LIAISON, NotAllowed),
    (State.DRAFT, Conference.submit, STAFF, NotAllowed),
    (State.DRAFT, Conference.submit, SUPERIOR, NotAllowed),
    (State.DRAFT, Conference.publish, CLERK, NotAllowed),
    (State.DRAFT, Conference.publish, APPROVER, Refused),
    (State.DRAFT, withdraw, CLERK, State.DRAFT),
    (State.SUBMITTED, Conference.submit, CLERK, State.SUBMITTED),
    (State.SUBMITTED, Conference.publish, CLERK, NotAllowed),
    (State.SUBMITTED, Conference.publish, APPROVER, State.PUBLISHED),
    (State.SUBMITTED, Conference.publish, STAFF, NotAllowed),
    (State.SUBMITTED, Conference.publish, SUPERIOR, NotAllowed),
    (State.SUBMITTED, withdraw, CLERK, State.DRAFT),
    (State.SUBMITTED, withdraw, APPROVER, NotAllowed),
    (State.SUBMITTED, withdraw, LIAISON, NotAllowed),
    (State.PUBLISHED, Conference.submit, CLERK, State.PUBLISHED),
    (State.PUBLISHED, Conference.publish, APPROVER, State.PUBLISHED),
    (State.PUBLISHED, withdraw, CLERK, NotAllowed),
    (State.PUBLISHED, withdraw, APPROVER, State.DRAFT),
    (State.LOCKED, Conference.submit, CLERK, State.LOCKED),
    (State.LOCKED, Conference.publish, APPROVER, State.LOCKED),
    (State.LOCKED, withdraw, CLERK, NotAllowed),
    (State.LOCKED, withdraw, APPROVER, Refused),
    (State.DRAFT, give_back, CLERK, NotAllowed),
    (State.DRAFT, give_back, APPROVER, State.DRAFT),
    (State.SUBMITTED, give_back, CLERK, NotAllowed),
    (State.SUBMITTED, give_back, APPROVER, State.DRAFT),
    (State.SUBMITTED, give_back, STAFF, NotAllowed),
    (State.PUBLISHED, give_back, APPROVER, Refused),
    (State.LOCKED, give_back, APPROVER, Refused),
    (State.DRAFT, Conference.lock, APPROVER, Refused),
    (State.SUBMITTED, Conference.lock, APPROVER, Refused),
    (State.PUBLISHED, Conference.lock, CLERK, NotAllowed),
    (State.PUBLISHED, Conference.lock, APPROVER, State.LOCKED),
    (State.LOCKED, Conference.lock, APPROVER, State.LOCKED),
    (State.DRAFT, correct, APPROVER, Refused),
    (State.SUBMITTED, correct, APPROVER, Refused),
    (State.PUBLISHED, correct, APPROVER, Refused),
    (State.LOCKED, correct, CLERK, NotAllowed),
    (State.LOCKED, correct, LIAISON, NotAllowed),
    (State.LOCKED, correct, SUPERIOR, NotAllowed),
    (State.LOCKED, correct, APPROVER, State.DRAFT),
]


@pytest.mark.parametrize(("state", "act", "role", "outcome"), STEPS)
def test_each_step_from_each_state(state, act, role, outcome):
    conference = in_state(state)
    user = make.user(role, court=conference.court)
    before = columns(conference)

    if isinstance(outcome, State):
        act(conference, by=user)
        assert (conference.state, as_stored(conference).state) == (outcome, outcome)
    else:
        with pytest.raises(outcome):
            act(conference, by=user)
        assert columns(conference) == before


@pytest.mark.parametrize("act", [Conference.submit, Conference.publish, Conference.lock, withdraw, give_back, correct])
@pytest.mark.parametrize("role", [CLERK, APPROVER])
def test_nobody_takes_a_step_for_another_court(act, role):
    conference = in_state(State.SUBMITTED)
    stranger = make.user(role, court=make.court(parent=conference.court))
    above = make.user(role, SUPERIOR, court=make.court())
    conference.court.parent = above.court
    conference.court.save()

    for user in (stranger, above, make.user(role, court=None)):
        with pytest.raises(NotAllowed):
            act(conference, by=user)

    assert as_stored(conference).state == State.SUBMITTED


@pytest.mark.parametrize("administrator", [False, True])
def test_whoever_submitted_cannot_publish(administrator):
    conference = make.conference()
    both = make.user(CLERK, APPROVER, court=conference.court, is_superuser=administrator)
    conference.submit(by=both)

    with pytest.raises(Refused):
        conference.publish(by=both)
    conference.publish(by=make.user(APPROVER, court=conference.court))

    assert conference.state == State.PUBLISHED


def test_an_account_that_was_closed_takes_no_step():
    conference = in_state(State.SUBMITTED)
    user = make.user(APPROVER, court=conference.court, is_active=False)

    with pytest.raises(NotAllowed):
        conference.publish(by=user)


def test_a_step_done_twice_keeps_who_and_when_of_the_first_time():
    conference = in_state(State.PUBLISHED)
    before = columns(conference)

    conference.submit(by=make.user(CLERK, court=conference.court))
    conference.publish(by=make.user(APPROVER, court=conference.court))

    assert columns(conference) == before


STALE: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "withdrawn as submitted, but published meanwhile": (withdraw, Conference.publish),
    "published, but returned meanwhile": (Conference.publish, give_back),
    "returned, but published meanwhile": (give_back, Conference.publish),
}


@pytest.mark.parametrize(("act", "meanwhile"), STALE.values(), ids=STALE.keys())
def test_a_step_from_a_state_that_is_gone_is_refused(act, meanwhile):
    conference = in_state(State.SUBMITTED)
    as_seen, clerk = as_stored(conference), make.user(CLERK, court=conference.court)
    approver = make.user(APPROVER, court=conference.court)
    meanwhile(conference, by=approver)
    before = columns(conference)

    with pytest.raises(Refused):
        act(as_seen, by=clerk if act is withdraw else approver)

    assert columns(conference) == before


def test_what_was_submitted_anew_is_not_published_as_what_was_seen_before():
    conference = make.conference()
    clerk = make.user(CLERK, court=conference.court)
    conference.submit(by=clerk)
    as_seen = as_stored(conference)
    conference.withdraw(by=clerk)
    conference.submit(by=clerk)

    with pytest.raises(Refused):
        as_seen.publish(by=make.user(APPROVER, court=conference.court))

    assert as_stored(conference).state == State.SUBMITTED


# --- The announcement ---


@pytest.mark.parametrize("state", [State.SUBMITTED, State.PUBLISHED])
@pytest.mark.parametrize("role", [CLERK, APPROVER])
def test_the_announcement_names_who_and_when_for_each_winner(state, role):
    conference = in_state(state)
    winners = [make.commendation(conference=conference) for _ in range(3)]
    other = make.commendation()
    user, now = make.user(role, court=conference.court), timezone.now()

    count = announce(conference, by=user, now=now)

    told = Commendation.objects.values_list("pk", "announced_at", "announced_by")
    assert (count, set(told)) == (3, {*((one.pk, now, user.pk) for one in winners), (other.pk, None, None)})


def test_announced_once_more_changes_only_what_was_not_announced():
    conference = in_state(State.PUBLISHED)
    first = make.commendation(conference=conference)
    user = make.user(CLERK, court=conference.court)
    announce(conference, by=user)
    first.refresh_from_db()
    make.commendation(conference=conference)

    count = announce(conference, by=make.user(APPROVER, court=conference.court))

    again = Commendation.objects.get(pk=first.pk)
    assert (count, again.announced_at, again.announced_by) == (1, first.announced_at, user)


def test_the_winners_of_a_draft_are_not_announced():
    winner = make.commendation()

    with pytest.raises(Refused):
        announce(winner.conference, by=make.user(CLERK, court=winner.conference.court))

    assert list(Commendation.objects.announced()) == []


@pytest.mark.parametrize("role", [LIAISON, STAFF, SUPERIOR])
def test_only_clerks_and_approvers_announce(role):
    conference = in_state(State.PUBLISHED)
    make.commendation(conference=conference)

    with pytest.raises(NotAllowed):
        announce(conference, by=make.user(role, court=conference.court))

    assert list(Commendation.objects.announced()) == []


def test_nobody_announces_for_another_court():
    conference = in_state(State.PUBLISHED)
    make.commendation(conference=conference)

    with pytest.raises(NotAllowed):
        announce(conference, by=make.user(CLERK, court=make.court()))

    assert list(Commendation.objects.announced()) == []


def test_an_announcement_set_for_later_holds_until_then():
    conference = in_state(State.PUBLISHED)
    winner = make.commendation(conference=conference)
    now = timezone.now()
    later = now + datetime.timedelta(hours=1)
    announce(conference, by=make.user(CLERK, court=conference.court), now=later)

    known = [list(Commendation.objects.announced(at)) for at in (now, later, later + datetime.timedelta(hours=1))]

    assert known == [[], [winner], [winner]]


# --- Revocation ---


def test_a_revocation_keeps_the_row_with_who_when_and_why():
    winner = make.commendation(announced=True)
    user, now = make.user(APPROVER, court=winner.conference.court), timezone.now()

    winner.revoke(by=user, reason=" 弄虚作假 ", now=now)
    winner.revoke(by=user, reason="另一个理由")

    stored = Commendation.objects.get(pk=winner.pk)
    assert (stored.revoked_at, stored.revoked_by, stored.revocation_reason) == (now, user, "弄虚作假")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_revocation_needs_a_reason(reason):
    winner = make.commendation(announced=True)

    with pytest.raises(Refused):
        winner.revoke(by=make.user(APPROVER, court=winner.conference.court), reason=reason)

    assert list(Commendation.objects.revoked()) == []


@pytest.mark.parametrize("role", [CLERK, LIAISON, STAFF, SUPERIOR])
def test_only_an_approver_revokes(role):
    winner = make.commendation(announced=True)

    with pytest.raises(NotAllowed):
        winner.revoke(by=make.user(role, court=winner.conference.court), reason="弄虚作假")

    assert list(Commendation.objects.revoked()) == []


# --- Two at once, on connections of their own ---


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Runs the acts at the same moment, each on its own connection; what became of each."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        try:
            barrier.wait(timeout=10)
            act()
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_of_eight_approvers_at_once_one_publishes():
    conference = in_state(State.SUBMITTED)
    approvers = [make.user(APPROVER, court=conference.court) for _ in range(8)]
    seen = [as_stored(conference) for _ in approvers]

    outcomes = at_once(
        *(lambda own=own, by=by: own.publish(by=by) for own, by in zip(seen, approvers, strict=True)),
    )

    assert outcomes == ["done"] + 7 * ["refused"]


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_taking_back_at_once_one_happens():
    conference = in_state(State.SUBMITTED)
    clerk, approver = make.user(CLERK, court=conference.court), make.user(APPROVER, court=conference.court)
    first, second = as_stored(conference), as_stored(conference)

    outcomes = at_once(lambda: first.publish(by=approver), lambda: second.withdraw(by=clerk))

    assert outcomes == ["done", "refused"]


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_returning_at_once_one_happens_and_leaves_an_edition_or_none():
    for _ in range(5):
        conference = in_state(State.SUBMITTED)
        one, other = (make.user(APPROVER, court=conference.court) for _ in range(2))
        first, second = as_stored(conference), as_stored(conference)

        outcomes = at_once(lambda by=one, it=first: it.publish(by=by), lambda by=other, it=second: give_back(it, by=by))

        now = as_stored(conference)
        left = {State.PUBLISHED: (1, ""), State.DRAFT: (0, "数据有误")}
        assert outcomes == ["done", "refused"]
        assert (now.editions.count(), now.return_reason) == left[now.state]


@pytest.mark.django_db(transaction=True)
def test_of_setting_a_time_and_returning_at_once_no_time_stays_on_the_draft():
    for _ in range(5):
        winner = make.commendation(conference=in_state(State.SUBMITTED))
        clerk, approver = (make.user(role, court=winner.conference.court) for role in (CLERK, APPROVER))
        first, second = as_stored(winner.conference), as_stored(winner.conference)
        later = timezone.now() + datetime.timedelta(hours=1)

        at_once(
            lambda it=first, by=clerk, at=later: announce(it, by=by, at=at),
            lambda it=second, by=approver: give_back(it, by=by),
        )

        assert (as_stored(winner.conference).state, list(Commendation.objects.set_for_later())) == (State.DRAFT, [])


@pytest.mark.django_db(transaction=True)
def test_of_eight_corrections_at_once_one_opens():
    conference = in_state(State.LOCKED)
    approvers = [make.user(APPROVER, court=conference.court) for _ in range(8)]
    seen = [as_stored(conference) for _ in approvers]

    at_once(*(lambda own=own, by=by: correct(own, by=by) for own, by in zip(seen, approvers, strict=True)))

    assert (as_stored(conference).state, conference.corrections.count()) == (State.DRAFT, 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_announcements_at_once_each_winner_has_one():
    conference = in_state(State.PUBLISHED)
    for _ in range(5):
        make.commendation(conference=conference)
    clerks = [make.user(CLERK, court=conference.court) for _ in range(8)]
    counts: list[int] = []

    at_once(*(lambda by=by: counts.append(announce(conference, by=by)) for by in clerks))

    tellers = set(Commendation.objects.values_list("announced_by", flat=True))
    assert (sorted(counts), len(tellers)) == ([0] * 7 + [5], 1)


@pytest.mark.django_db(transaction=True)
def test_of_eight_conferences_of_one_kind_and_year_one_is_stored():
    court = make.court()
    given = {"court": court, "title": "年度大会", "year_reviewed": 2023, "year_planned": 2024}

    def enter() -> None:
        try:
            Conference.objects.create(**given)
        except IntegrityError as error:
            raise Refused("doubled") from error

    outcomes = at_once(*8 * [enter])

    assert (outcomes, Conference.objects.count()) == (["done"] + 7 * ["refused"], 1)


@pytest.mark.django_db(transaction=True)
def test_every_change_at_once_raises_the_revision():
    department = make.department()
    before = type(department.court).objects.get(pk=department.court_id).revision

    at_once(*(lambda: type(department).objects.filter(pk=department.pk).update(order=1) for _ in range(8)))

    assert type(department.court).objects.get(pk=department.court_id).revision == before + 8
