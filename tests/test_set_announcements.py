"""An announcement at a set time: hidden until then, changed or cancelled before, and shown everywhere from then on."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from awards.announcing import announce, hold_back, time_set
from awards.exports.counts import counted
from awards.models import Commendation
from conferences.models import Conference
from courts.models import User
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, STAFF
from tests import make
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def clerk(court) -> User:
    return make.user(CLERK, court=court)


@pytest.fixture
def winner(court) -> Commendation:
    return make.commendation(conference=make.published(court=court), name="王某某")


def stored(winner: Commendation) -> tuple[Any, Any]:
    return Commendation.objects.values_list("announced_at", "announced_by").get(pk=winner.pk)


def test_a_time_can_be_set_changed_and_cancelled_before_it_comes(winner, clerk):
    now = timezone.now()
    approver = make.user(APPROVER, court=clerk.court)
    held = []
    for act, by, given in (
        (announce, clerk, {"at": now + HOUR}),
        (announce, approver, {"at": now + 2 * HOUR}),
        (hold_back, clerk, {}),
        (hold_back, clerk, {}),
    ):
        held.append((act(winner.conference, by=by, now=now, **given), *stored(winner)))

    assert held == [
        (1, now + HOUR, clerk.pk),
        (1, now + 2 * HOUR, approver.pk),
        (1, None, None),
        (0, None, None),
    ]


def test_the_same_time_set_twice_keeps_who_set_it_first(winner, clerk):
    at = timezone.now() + HOUR
    announce(winner.conference, by=clerk, at=at)

    count = announce(winner.conference, by=make.user(APPROVER, court=clerk.court), at=at)

    assert (count, *stored(winner)) == (0, at, clerk.pk)


def test_what_was_set_can_be_announced_at_once(winner, clerk):
    now = timezone.now()
    announce(winner.conference, by=clerk, at=now + HOUR)
    announce(winner.conference, by=clerk, now=now)

    assert list(Commendation.objects.announced()) == [winner]


def test_once_the_time_has_come_nothing_takes_it_back(winner, clerk):
    now = timezone.now()
    announce(winner.conference, by=clerk, at=now - HOUR, now=now - 2 * HOUR)

    counts = hold_back(winner.conference, by=clerk), announce(winner.conference, by=clerk, at=now + HOUR)

    assert (counts, stored(winner)[0]) == ((0, 0), now - HOUR)


@pytest.mark.parametrize("late", [datetime.timedelta(0), HOUR])
def test_a_time_that_is_past_is_refused(winner, clerk, late):
    now = timezone.now()

    with pytest.raises(Refused):
        announce(winner.conference, by=clerk, at=now - late, now=now)

    assert stored(winner) == (None, None)


def test_only_clerks_and_approvers_of_the_court_cancel(winner, clerk):
    announce(winner.conference, by=clerk, at=timezone.now() + HOUR)

    for user in (make.user(STAFF, court=clerk.court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            hold_back(winner.conference, by=user)

    assert stored(winner)[1] == clerk.pk


@pytest.mark.parametrize("act", ["give_back", "withdraw"])
def test_what_goes_back_to_draft_is_not_announced_at_the_set_time(court, clerk, act):
    approver = make.user(APPROVER, court=court)
    winner = make.commendation(conference=make.conference(court=court))
    known = make.commendation(conference=winner.conference, announced=True)
    winner.conference.submit(by=clerk)
    if act == "withdraw":
        winner.conference.publish(by=approver)
    announce(winner.conference, by=clerk, at=timezone.now() + HOUR)

    getattr(winner.conference, act)(by=approver, reason="名单有误")

    assert stored(winner) == (None, None)
    assert stored(known) == (known.announced_at, known.announced_by_id)


# --- Nobody counts it as announced before ---


def test_before_its_time_a_winner_is_not_announced_anywhere(winner, clerk, client):
    announce(winner.conference, by=clerk, at=timezone.now() + HOUR)
    winner.refresh_from_db()
    conferences = Conference.objects.all()

    assert (winner.is_known, winner.is_final) == (False, False)
    assert [one.is_announced for one in counted(Commendation.objects.all(), conferences)] == [False]
    assert list(Commendation.objects.unannounced()) == list(Commendation.objects.set_for_later()) == [winner]
    client.force_login(clerk)
    listed = {said: client.get(f"/admin/awards/commendation/?announced={said}") for said in ("yes", "no")}
    assert {said: page.context["cl"].result_count for said, page in listed.items()} == {"yes": 0, "no": 1}


def test_the_desk_says_for_when_it_is_set(winner, clerk, client):
    at = datetime.datetime(2099, 2, 2, 1, 30, tzinfo=datetime.UTC)  # half past nine in China
    announce(winner.conference, by=clerk, at=at)
    client.force_login(clerk)
    winner.refresh_from_db()

    roll = client.get(f"/admin/awards/honourroll/{winner.conference.pk}/change/")

    assert "2099-02-02 09:30" in str(winner.status)
    assert ["2099-02-02 09:30" in note for note in roll.context["notes"]] == [True]


def test_a_winner_whose_time_has_not_come_can_still_be_deleted_from_a_draft(court, clerk, client):
    winner = make.commendation(conference=make.conference(court=court), announced=timezone.now() + HOUR)
    client.force_login(clerk)
    address = f"/admin/awards/honourroll/{winner.conference.pk}/change/"
    typed = fields_of(client.get(address))
    names = [name for name in typed if name.startswith("commendations-0-")]

    client.post(address, typed | {"commendations-0-DELETE": "on"})

    assert (bool(names), Commendation.objects.count()) == (True, 0)


def test_the_page_shows_the_names_when_the_time_comes_though_nothing_is_written(winner, clerk, client, monkeypatch):
    conference = winner.conference
    at = timezone.now() + HOUR
    announce(conference, by=clerk, at=at)
    place = conference.get_absolute_url()
    pages = [client.get(place), client.get("/")]
    monkeypatch.setattr(timezone, "now", lambda: at)
    later = client.get(place), client.get("/")

    assert ["王某某" in page.content.decode() for page in (pages[0], later[0])] == [False, True]
    assert [page.content == again.content for page, again in zip(pages, later, strict=True)] == [False, False]


# --- The form ---


def step(winner: Commendation, name: str = "announce") -> str:
    return f"/admin/awards/honourroll/{winner.conference.pk}/steps/{name}/"


def test_day_and_hour_are_those_of_the_courts_clock(winner, clerk, client):
    client.force_login(clerk)

    client.post(step(winner), {"day": "2099-02-02", "hour": "09:30"})

    assert stored(winner)[0] == datetime.datetime(2099, 2, 2, 1, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "said",
    [{"day": "2099-02-02"}, {"hour": "09:30"}, {"day": "2020-02-02", "hour": "09:30"}, {"day": "x", "hour": "25:00"}],
)
def test_half_a_time_or_a_past_one_announces_nothing(winner, clerk, client, said):
    client.force_login(clerk)

    answer = client.post(step(winner), said)

    assert (answer.status_code, bool(answer.context["form"].errors), stored(winner)) == (200, True, (None, None))


def test_the_one_button_announces_at_once(winner, clerk, client):
    client.force_login(clerk)

    client.post(step(winner), fields_of(client.get(step(winner))))

    assert list(Commendation.objects.announced()) == [winner]


def test_cancelling_is_offered_only_where_a_time_is_set(winner, clerk, client):
    client.force_login(clerk)
    before = client.get(step(winner, "hold-back")).context["is_due"]
    announce(winner.conference, by=clerk, at=timezone.now() + HOUR)
    set_for = time_set(winner.conference)
    after = client.get(step(winner, "hold-back")).context["is_due"]
    client.post(step(winner, "hold-back"))

    assert (before, set_for is not None, after, stored(winner)) == (False, True, True, (None, None))
