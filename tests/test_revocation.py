"""After the announcement: revoked with its document, corrected, presented; what was decided is not deleted."""

import datetime

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from awards.models import Commendation, Decision
from awards.presenting import present
from conferences.models import Conference
from courts.bin import discard
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2024, 6, 3, 9, tzinfo=datetime.UTC)
BACK = datetime.date(2024, 6, 5)


def stored(row: Commendation) -> dict:
    return Commendation.objects.filter(pk=row.pk).values().get()


@pytest.fixture
def winner() -> Commendation:
    return make.commendation(conference=make.published(), name="张伟", department_name="执行局", announced=True)


@pytest.fixture
def approver(winner):
    return make.user(APPROVER, court=winner.conference.court)


@pytest.fixture
def clerk(winner):
    return make.user(CLERK, court=winner.conference.court)


def test_a_revocation_keeps_its_decision_and_when_the_certificate_came_back(winner, approver):
    decision = Decision(
        conference=winner.conference, title="关于撤销荣誉称号的决定", prefix="青法", year=2024, serial=9
    )

    winner.revoke(by=approver, reason="弄虚作假", decision=decision, returned_on=BACK, now=NOW)

    kept = Commendation.objects.get(pk=winner.pk)
    assert kept.revoked_by_decision.document_number == "青法〔2024〕9号"
    assert (kept.certificate_returned_on, kept.revoked_at, kept.is_settled) == (BACK, NOW, True)


def test_revoked_twice_keeps_what_was_said_first(winner, approver):
    winner.revoke(by=approver, reason="弄虚作假", now=NOW)
    before = stored(winner)
    again = Commendation.objects.get(pk=winner.pk)

    again.revoke(
        by=approver, reason="别的", decision=Decision(conference=winner.conference, title="又"), returned_on=BACK
    )

    assert (stored(winner), Decision.objects.count()) == (before, 0)


def test_what_was_not_known_is_added_later_and_what_is_known_stays(winner, approver):
    winner.revoke(by=approver, reason="弄虚作假")
    decision, other = (make.decision(conference=winner.conference) for _each in range(2))

    winner.settle(by=approver, returned_on=BACK)
    winner.settle(by=approver, decision=decision)
    winner.settle(by=approver, decision=other, returned_on=timezone.localdate())

    kept = Commendation.objects.get(pk=winner.pk)
    assert (kept.revoked_by_decision, kept.certificate_returned_on) == (decision, BACK)


def test_nothing_is_completed_that_was_not_revoked(winner, approver):
    before = stored(winner)

    with pytest.raises(Refused):
        winner.settle(by=approver, returned_on=BACK)

    assert stored(winner) == before


def test_the_decision_of_another_court_revokes_nothing(winner, approver):
    before = stored(winner)

    with pytest.raises(Refused):
        winner.revoke(by=approver, reason="弄虚作假", decision=make.decision())

    assert stored(winner) == before


ACTS = {
    "revoke": lambda winner, by: winner.revoke(by=by, reason="弄虚作假"),
    "settle": lambda winner, by: winner.settle(by=by, returned_on=BACK),
    "correct": lambda winner, by: winner.correct(by=by, reason="笔误", name="张玮"),
}
NOT_THEIRS = [("revoke", CLERK), ("settle", CLERK), ("correct", APPROVER)]
NOT_THEIRS += [(act, role) for act in ACTS for role in (STAFF, LIAISON)]


@pytest.mark.parametrize(("act", "role"), NOT_THEIRS)
def test_whoever_has_not_the_role_changes_nothing(winner, act, role):
    before = stored(winner)

    with pytest.raises(NotAllowed):
        ACTS[act](winner, make.user(role, court=winner.conference.court))

    assert stored(winner) == before


@pytest.mark.parametrize("act", ACTS)
def test_nobody_of_another_court_changes_anything(winner, act):
    before = stored(winner)

    with pytest.raises(NotAllowed):
        ACTS[act](winner, make.user(CLERK, APPROVER, court=make.court()))

    assert stored(winner) == before


def reopened(winner: Commendation) -> Commendation:
    Conference.objects.filter(pk=winner.conference_id).update(
        submitted_at=None, submitted_by=None, published_at=None, published_by=None
    )
    return Commendation.objects.get(pk=winner.pk)


def test_a_correction_says_who_and_why_and_history_keeps_what_stood_there(winner, clerk):
    winner = reopened(winner)

    winner.correct(by=clerk, reason="姓名有误", name="丁伟", returned_on=BACK, now=NOW)

    kept = Commendation.objects.get(pk=winner.pk)
    assert (kept.name, kept.department_name, kept.correction_reason) == ("丁伟", "执行局", "姓名有误")
    assert (kept.corrected_at, kept.corrected_by, kept.certificate_returned_on) == (NOW, clerk, BACK)
    assert kept.stroke_key < make.commendation(name="王伟").stroke_key
    assert [version.name for version in kept.history.all()] == ["丁伟", "张伟"]


CANNOT_BE_CORRECTED = {
    "nothing changes": ({}, {"name": "张伟"}),
    "no reason": ({}, {"name": "张玮", "reason": " "}),
    "not announced": ({"announced_at": None, "announced_by": None}, {}),
    "announced tomorrow": ({"announced_at": timezone.now() + datetime.timedelta(days=1)}, {}),
    "revoked": ({"revoked_at": NOW, "revocation_reason": "弄虚作假"}, {}),
}


@pytest.mark.parametrize(("state", "said"), CANNOT_BE_CORRECTED.values(), ids=CANNOT_BE_CORRECTED.keys())
def test_a_correction_that_is_not_due_changes_nothing(winner, clerk, state, said):
    winner = reopened(winner)
    if "revoked_at" in state:
        state = state | {"revoked_by": clerk}
    Commendation.objects.filter(pk=winner.pk).update(**state)
    winner = Commendation.objects.get(pk=winner.pk)
    before = stored(winner)

    with pytest.raises(Refused):
        winner.correct(by=clerk, **{"reason": "笔误", "name": "张玮"} | said)

    assert stored(winner) == before


def test_a_closed_conference_is_opened_before_its_winners_are_corrected(winner, clerk):
    before = stored(winner)

    with pytest.raises(Refused):
        winner.correct(by=clerk, reason="笔误", name="张玮")

    assert stored(winner) == before


def test_every_known_winner_is_noted_as_presented_once(winner, clerk):
    conference = winner.conference
    later = make.commendation(conference=conference, announced=timezone.now() + datetime.timedelta(days=1))
    secret = make.commendation(conference=conference)
    revoked = make.commendation(conference=conference, announced=True)
    revoked.revoke(by=make.user(APPROVER, court=conference.court), reason="弄虚作假")

    assert [present(conference, by=clerk, now=timezone.now()) for _each in range(2)] == [1, 0]

    rows = [winner, later, secret, revoked]
    assert [stored(row)["presented_by_id"] for row in rows] == [clerk.pk, None, None, None]


def test_nothing_is_presented_before_the_announcement(clerk):
    conference = make.published(court=clerk.court, year_reviewed=2022)
    row = make.commendation(conference=conference)

    with pytest.raises(Refused):
        present(conference, by=clerk)

    assert stored(row)["presented_at"] is None


def test_an_approver_revokes_with_a_new_decision_on_one_page(client, winner, approver):
    client.force_login(approver)
    said = {
        "reason": "弄虚作假",
        "title": "关于撤销荣誉称号的决定",
        "document_number": "青法[2024] 9 号",
        "signed_on": "2024-06-03",
    }

    response = client.post(f"/admin/awards/commendation/{winner.pk}/revoke/", said)

    decision = Decision.objects.get()
    kept = Commendation.objects.get(pk=winner.pk)
    assert response.status_code == 302
    assert (decision.document_number, decision.conference, decision.court) == (
        "青法〔2024〕9号",
        winner.conference,
        winner.conference.court,
    )
    assert (kept.revoked_by_decision, kept.revocation_reason, kept.is_settled) == (decision, "弄虚作假", False)


WRONG = {
    "a number that is none": {"title": "决定", "document_number": "九号"},
    "a number without a title": {"document_number": "青法〔2024〕9号"},
    "both a decision and a new one": {"decision": "there", "title": "决定"},
    "a number that is taken": {"title": "决定", "document_number": "青法〔2024〕3号"},
    "a decision of another court": {"decision": "elsewhere"},
    "a certificate that comes back tomorrow": {"returned_on": "2099-01-01"},
    "no reason": {"reason": ""},
}


@pytest.mark.parametrize("said", WRONG.values(), ids=WRONG.keys())
def test_a_mistake_on_the_page_revokes_nothing(client, winner, approver, said):
    there = make.decision(conference=winner.conference, prefix="青法", year=2024, serial=3)
    keys = {"there": there.pk, "elsewhere": make.decision().pk}
    before, count = stored(winner), Decision.objects.count()
    client.force_login(approver)
    said = {"reason": "弄虚作假"} | said
    said = {name: str(keys.get(value, value)) for name, value in said.items()}

    response = client.post(f"/admin/awards/commendation/{winner.pk}/revoke/", said)

    assert response.status_code == 200
    assert response.context["form"].errors != {}
    assert (stored(winner), Decision.objects.count()) == (before, count)


def test_the_page_of_a_revoked_award_asks_only_for_what_is_missing(client, winner, approver):
    winner.revoke(by=approver, reason="弄虚作假", decision=make.decision(conference=winner.conference))
    client.force_login(approver)
    address = f"/admin/awards/commendation/{winner.pk}/revoke/"

    asked = list(client.get(address).context["form"].fields)
    client.post(address, {"returned_on": "2024-06-05"})

    assert asked == ["returned_on"]
    assert Commendation.objects.get(pk=winner.pk).certificate_returned_on == BACK


def test_a_clerk_corrects_on_one_page(client, winner, clerk):
    reopened(winner)
    client.force_login(clerk)
    address = f"/admin/awards/commendation/{winner.pk}/correct/"
    form = client.get(address).context["form"]
    said = {name: form[name].value() or "" for name in ("name", "department_name", "post", "citation")}

    client.post(address, said | {"name": "张玮", "reason": "姓名有误"})

    kept = Commendation.objects.get(pk=winner.pk)
    assert (kept.name, kept.department_name, kept.corrected_by) == ("张玮", "执行局", clerk)


def test_a_refused_correction_is_said_on_the_page_and_keeps_what_was_typed(client, winner, clerk):
    client.force_login(clerk)

    response = client.post(
        f"/admin/awards/commendation/{winner.pk}/correct/",
        {"name": "张玮", "department_name": "执行局", "reason": "姓名有误"},
    )

    assert response.context["form"]["reason"].value() == "姓名有误"
    assert Commendation.objects.get(pk=winner.pk).name == "张伟"


KEPT = {
    "signed": lambda conference: make.decision(conference=conference, signed_on=BACK),
    "with a winner": lambda conference: with_winner(make.decision(conference=conference)),
    "with a revoked winner": lambda conference: with_revoked(make.decision(conference=conference)),
}


def with_winner(decision: Decision) -> Decision:
    make.commendation(conference=decision.conference, decision=decision)
    return decision


def with_revoked(decision: Decision) -> Decision:
    winner = make.commendation(conference=decision.conference, announced=True)
    winner.revoke(by=make.user(APPROVER, court=decision.court), reason="弄虚作假", decision=decision)
    return decision


def delete_on_the_roll(client, decision: Decision) -> None:
    client.force_login(make.user(CLERK, court=decision.court))
    address = f"/admin/awards/honourroll/{decision.conference_id}/change/"
    said = fields_of(client.get(address))
    client.post(address, said | {"decisions-0-DELETE": "on"})


@pytest.mark.parametrize("build", KEPT.values(), ids=KEPT.keys())
def test_what_was_decided_is_not_deleted_on_the_roll(client, build):
    decision = build(make.conference())

    delete_on_the_roll(client, decision)

    assert Decision.objects.filter(pk=decision.pk).exists()


def test_a_decision_of_nothing_that_nobody_signed_is_deleted(client):
    decision = make.decision()

    delete_on_the_roll(client, decision)

    assert not Decision.objects.exists()


@pytest.mark.parametrize("hold", [with_winner, with_revoked])
def test_what_holds_a_decision_keeps_it_out_of_the_bin(hold):
    decision = hold(make.decision())

    with pytest.raises(ProtectedError):
        discard(decision, by=make.user(CLERK, court=decision.court))

    assert Decision.objects.filter(pk=decision.pk).exists()
