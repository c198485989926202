"""Review and correction: returned with a reason, locked, opened once more, published anew."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from conferences.models import Conference, Correction
from courts.models import User
from courts.refusals import Refused
from courts.roles import APPROVER, CLERK
from tests import make

pytestmark = pytest.mark.django_db
SAID = {"what": "受理案件数", "reason": "抄写有误", "public_note": "更正受理案件数"}


def as_stored(conference: Conference) -> Conference:
    return Conference.objects.get(pk=conference.pk)


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def clerk(court) -> User:
    return make.user(CLERK, court=court)


@pytest.fixture
def approver(court) -> User:
    return make.user(APPROVER, court=court)


@pytest.fixture
def submitted(court, clerk) -> Conference:
    conference = make.conference(court=court)
    conference.submit(by=clerk)
    return conference


# --- Returned with a reason ---


def test_what_is_returned_says_who_when_and_why_until_it_is_submitted_anew(submitted, clerk, approver):
    now = timezone.now()
    submitted.give_back(by=approver, reason=" 数据与报告不一致 ", now=now)
    submitted.give_back(by=make.user(APPROVER, court=submitted.court), reason="另一个理由")
    returned = as_stored(submitted)
    submitted.submit(by=clerk)
    again = as_stored(submitted)

    assert (returned.returned_at, returned.returned_by, returned.return_reason) == (now, approver, "数据与报告不一致")
    assert (again.returned_at, again.returned_by, again.return_reason) == (None, None, "")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_nothing_is_returned_or_withdrawn_by_an_approver_without_a_reason(submitted, approver, reason):
    with pytest.raises(Refused):
        submitted.give_back(by=approver, reason=reason)
    submitted.publish(by=approver)
    with pytest.raises(Refused):
        submitted.withdraw(by=approver, reason=reason)

    assert as_stored(submitted).state == Conference.State.PUBLISHED


def test_the_clerk_takes_back_without_a_reason(submitted, clerk):
    submitted.withdraw(by=clerk)

    assert (as_stored(submitted).state, as_stored(submitted).returned_at) == (Conference.State.DRAFT, None)


def test_what_is_withdrawn_says_why(submitted, approver):
    submitted.publish(by=approver)
    submitted.withdraw(by=approver, reason="名单有误")

    assert (as_stored(submitted).returned_by, as_stored(submitted).return_reason) == (approver, "名单有误")


def test_the_database_keeps_no_return_without_a_reason(submitted, approver):
    returned = {"returned_at": timezone.now(), "returned_by": approver}

    with pytest.raises(IntegrityError), transaction.atomic():
        Conference.objects.filter(pk=submitted.pk).update(**returned)
    for name, value in returned.items():
        setattr(submitted, name, value)
    with pytest.raises(ValidationError):
        submitted.full_clean()


# --- A correction ---


@pytest.fixture
def locked(submitted, approver) -> Conference:
    submitted.publish(by=approver)
    submitted.lock(by=approver)
    return submitted


def test_a_correction_closes_the_pages_and_asks_for_two_people_again(locked, clerk, approver):
    now = timezone.now()
    locked.correct(by=approver, **SAID, now=now)
    opened = as_stored(locked)
    with pytest.raises(Refused):
        opened.publish(by=approver)
    opened.submit(by=clerk)
    clerk.groups.add(*approver.groups.all())
    with pytest.raises(Refused):
        opened.publish(by=User.objects.get(pk=clerk.pk))

    correction = Correction.objects.get()
    assert (correction.opened_at, correction.opened_by, correction.published_at) == (now, approver, None)
    assert (correction.what, correction.reason, correction.public_note) == tuple(SAID.values())
    assert as_stored(locked).state == Conference.State.SUBMITTED


def test_publishing_closes_the_correction_and_locks_again(locked, clerk, approver):
    locked.correct(by=approver, **SAID)
    locked.submit(by=clerk)
    now = timezone.now()
    locked.publish(by=approver, now=now)
    locked.publish(by=approver)

    stored, correction = as_stored(locked), Correction.objects.get()
    assert (stored.state, stored.locked_at, stored.locked_by) == (Conference.State.LOCKED, now, approver)
    assert (correction.published_at, correction.published_by) == (now, approver)
    assert list(stored.editions.values_list("number", "note")) == [(1, ""), (2, SAID["public_note"])]


def test_a_correction_can_be_returned_and_stays_open(locked, clerk, approver):
    locked.correct(by=approver, **SAID)
    locked.submit(by=clerk)
    locked.give_back(by=approver, reason="还差一处")

    assert (as_stored(locked).return_reason, locked.open_correction) == ("还差一处", Correction.objects.get())


def test_a_second_correction_follows_a_published_one(locked, clerk, approver):
    for note in ("更正一", "更正二"):
        locked.correct(by=approver, **SAID | {"public_note": note})
        locked.correct(by=approver, **SAID | {"public_note": "第二次点击"})
        locked.submit(by=clerk)
        locked.publish(by=approver)

    assert list(locked.corrections.values_list("public_note", flat=True)) == ["更正一", "更正二"]


@pytest.mark.parametrize("left_out", SAID)
def test_a_correction_says_what_why_and_what_the_page_says(locked, approver, left_out):
    with pytest.raises(Refused):
        locked.correct(by=approver, **SAID | {left_out: " "})

    assert (as_stored(locked).state, Correction.objects.count()) == (Conference.State.LOCKED, 0)


def test_the_database_keeps_one_open_correction_of_a_conference(locked, approver):
    given = SAID | {"conference": locked, "opened_at": timezone.now(), "opened_by": approver}
    Correction.objects.create(**given)

    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.create(**given)
    with pytest.raises(ValidationError):
        Correction(**given).full_clean()


def test_what_was_published_once_cannot_be_deleted(locked, approver):
    locked.correct(by=approver, **SAID)

    with pytest.raises(ProtectedError):
        locked.delete()


def test_the_page_says_when_it_was_corrected_and_nothing_of_the_reasons(locked, clerk, approver, client):
    Conference.objects.filter(pk=locked.pk).update(audience="public")
    client.get(locked.get_absolute_url())
    locked.correct(by=approver, **SAID)
    closed = client.get(locked.get_absolute_url())
    locked.submit(by=clerk)
    day = datetime.datetime(2026, 3, 5, 9, tzinfo=datetime.UTC)
    locked.publish(by=approver, now=day)
    response = client.get(locked.get_absolute_url())

    page = response.content.decode()
    assert (closed.status_code, response.status_code) == (404, 200)
    assert (page.count(SAID["public_note"]), SAID["reason"] in page, "2026年3月5日" in page) == (1, False, True)


# --- The steps on the desk ---


def step(conference: Conference, name: str) -> str:
    return f"/admin/conferences/conference/{conference.pk}/steps/{name}/"


def test_the_clerk_reads_on_the_record_why_it_came_back(submitted, clerk, approver, client):
    client.force_login(approver)
    client.post(step(submitted, "return"), {"reason": "第三项数据不对"})
    client.force_login(clerk)

    screen = client.get(f"/admin/conferences/conference/{submitted.pk}/change/")

    assert [note.endswith("第三项数据不对") for note in screen.context["notes"]] == [True]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_step_without_its_reason_comes_back_with_the_field_and_changes_nothing(submitted, approver, client, reason):
    client.force_login(approver)

    answer = client.post(step(submitted, "return"), {"reason": reason})

    assert list(answer.context["form"].errors) == ["reason"]
    assert as_stored(submitted).state == Conference.State.SUBMITTED


def test_a_correction_is_opened_on_its_page_and_said_on_the_record_ever_after(locked, clerk, approver, client):
    client.force_login(approver)
    client.post(step(locked, "correct"), SAID)
    change = f"/admin/conferences/conference/{locked.pk}/change/"
    opened = client.get(change).context["notes"]
    Conference.objects.get().submit(by=clerk)
    Conference.objects.get().publish(by=approver)
    closed = client.get(change).context["notes"]

    assert [SAID["what"] in note for note in (*opened, *closed)] == [True, True]
    assert as_stored(locked).state == Conference.State.LOCKED
