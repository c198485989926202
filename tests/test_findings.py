"""Findings block, are shown where they are mended, and are waived by the approver, who gives a reason."""

from itertools import chain
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from awards.models import HonourRoll
from conferences.checks import assess
from conferences.checks.waiving import take_back, waive
from conferences.models import Conference, Figure, Waiver
from courts.anchors import anchor_of
from courts.history import ADDED, DELETED
from courts.models import User
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from courts.versions import changes
from tests import make
from tests.test_screens import with_rows

pytestmark = pytest.mark.django_db
State = Conference.State


@pytest.fixture
def doubled() -> Conference:
    """A conference with somebody twice in one award: what blocks."""
    winner = make.commendation(name="张伟")
    make.commendation(name="张伟", conference=winner.conference, category=winner.category, order=2)
    return winner.conference


def stored(conference: Conference) -> Conference:
    return Conference.objects.get(pk=conference.pk)


def blocking(conference: Conference) -> str:
    """The key of the one finding that blocks."""
    (finding,) = assess(stored(conference)).blocking
    return finding.key


def user(role: str, conference: Conference) -> Any:
    return make.user(role, court=conference.court)


def signed_in(role: str, conference: Conference) -> Client:
    client = Client()
    client.force_login(user(role, conference))
    return client


def page(name: str, conference: Conference, *more: Any) -> str:
    return reverse(f"admin:{name}", args=[conference.pk, *more])


# --- What blocks ---


def test_a_finding_that_blocks_stops_the_submission_and_changes_nothing(doubled):
    with pytest.raises(Refused) as refused:
        doubled.submit(by=user(CLERK, doubled))

    assert (doubled.state, stored(doubled).state, refused.value.code) == (State.DRAFT, State.DRAFT, "unready")


def test_a_finding_that_blocks_stops_the_publication(doubled):
    key = blocking(doubled)
    waive(doubled, key, reason="同名不同人", by=user(APPROVER, doubled))
    doubled.submit(by=user(CLERK, doubled))
    approver = user(APPROVER, doubled)
    take_back(doubled, key, by=approver)

    with pytest.raises(Refused):
        doubled.publish(by=approver)

    assert (doubled.state, stored(doubled).state) == (State.SUBMITTED, State.SUBMITTED)


def test_what_is_only_to_be_looked_at_stops_nothing():
    conference = make.conference()
    assessment = assess(conference)
    assert (len(assessment.blocking), len(assessment.to_look_at)) == (0, 4)

    conference.submit(by=user(CLERK, conference))
    conference.publish(by=user(APPROVER, conference))

    assert stored(conference).state == State.PUBLISHED


def test_the_step_refuses_on_its_page_and_says_why(doubled):
    client, address = signed_in(CLERK, doubled), page("conferences_conference_step", doubled, "submit")

    shown = client.get(address)
    client.post(address)

    assert [line.finding.key for line in shown.context["panel"].blocking] == [blocking(doubled)]
    assert 'type="submit" class="default"' not in shown.content.decode()
    assert stored(doubled).state == State.DRAFT


def test_going_back_to_a_draft_asks_for_no_findings(doubled):
    waive(doubled, blocking(doubled), reason="同名不同人", by=user(APPROVER, doubled))
    doubled.submit(by=user(CLERK, doubled))

    shown = signed_in(APPROVER, doubled).get(page("conferences_conference_step", doubled, "withdraw"))

    assert shown.context["panel"] is None


# --- Waivers ---


def test_a_waived_finding_is_shown_with_who_and_why_and_no_longer_blocks(doubled):
    approver, key = user(APPROVER, doubled), blocking(doubled)

    waive(doubled, key, reason=" 同名不同人 ", by=approver)
    waive(doubled, key, reason="另一个理由", by=user(APPROVER, doubled))

    assessment = assess(stored(doubled))
    assert [(finding.key, waiver.reason, waiver.waived_by) for finding, waiver in assessment.waived] == [
        (key, "同名不同人", approver)
    ]
    assert [waiver.text for _finding, waiver in assessment.waived] == [assessment.waived[0][0].text]
    assert assessment.blocking == []


def test_a_waiver_taken_back_blocks_again(doubled):
    approver, key = user(APPROVER, doubled), blocking(doubled)
    waive(doubled, key, reason="同名不同人", by=approver)

    take_back(doubled, key, by=approver)
    take_back(doubled, key, by=approver)

    assert (blocking(doubled), Waiver.objects.count()) == (key, 0)


def test_a_waiver_ends_when_a_value_changes():
    conference = make.conference(venue="三楼", summary="总结")
    make.figure(conference=conference, label="受理", value=100)
    closed = make.figure(conference=conference, label="结案", value=101, order=2)
    (finding,) = [one for one in assess(conference).found if one.code == "closed-above-received"]
    waive(conference, finding.key, reason="口径不同", by=user(APPROVER, conference))
    assert [one.code for one, _waiver in assess(conference).waived] == ["closed-above-received"]

    Figure.objects.filter(pk=closed.pk).update(value=102)

    assessment = assess(conference)
    assert assessment.waived == []
    assert "closed-above-received" in [one.code for one in assessment.to_look_at]


def test_a_waiver_holds_in_every_language(doubled):
    with override("en"):
        waive(doubled, blocking(doubled), reason="Namesakes", by=user(APPROVER, doubled))

    with override("zh-hans"):
        assert assess(stored(doubled)).blocking == []


@pytest.mark.parametrize("role", [CLERK, LIAISON, STAFF, SUPERIOR])
def test_only_an_approver_waives(role, doubled):
    key = blocking(doubled)

    for act in (lambda by: waive(doubled, key, reason="x", by=by), lambda by: take_back(doubled, key, by=by)):
        with pytest.raises(NotAllowed):
            act(user(role, doubled))

    assert Waiver.objects.count() == 0


def test_nobody_waives_for_another_court(doubled):
    with pytest.raises(NotAllowed):
        waive(doubled, blocking(doubled), reason="x", by=make.user(APPROVER, court=make.court()))

    assert Waiver.objects.count() == 0


@pytest.mark.parametrize("reason", ["", " \n", "字" * 301])
def test_a_waiver_needs_a_reason(reason, doubled):
    with pytest.raises(Refused):
        waive(doubled, blocking(doubled), reason=reason, by=user(APPROVER, doubled))

    assert Waiver.objects.count() == 0


@pytest.mark.parametrize("key", ["", "winner-doubled:0"])
def test_what_is_no_finding_cannot_be_waived(key, doubled):
    with pytest.raises(Refused):
        waive(doubled, key, reason="同名不同人", by=user(APPROVER, doubled))

    assert Waiver.objects.count() == 0


def test_a_finding_of_one_conference_is_not_waived_by_another(doubled):
    other = make.conference(court=doubled.court, year_reviewed=2020)

    with pytest.raises(Refused):
        waive(other, blocking(doubled), reason="同名不同人", by=user(APPROVER, doubled))

    assert Waiver.objects.count() == 0


def test_the_approver_waives_on_the_page_and_takes_it_back(doubled):
    client, address = signed_in(APPROVER, doubled), page("conferences_conference_findings", doubled)
    key = blocking(doubled)

    client.post(address, {"key": key, "reason": "同名不同人"})
    panel = client.get(address).context["panel"]
    assert ([line.finding.key for line in panel.waived], panel.blocking) == ([key], [])

    client.post(address, {"key": key, "take_back": "yes"})
    panel = client.get(address).context["panel"]
    assert ([line.finding.key for line in panel.blocking], panel.waived) == ([key], [])


@pytest.mark.parametrize(("role", "forms"), [(CLERK, 0), (APPROVER, 5)])
def test_the_page_offers_waiving_to_the_approver_alone(role, forms, doubled):
    shown = signed_in(role, doubled).get(page("conferences_conference_findings", doubled))

    assert len(assess(doubled).found) == 5
    assert shown.content.decode().count('class="waive"') == forms


@pytest.mark.parametrize("role", [CLERK, STAFF])
def test_a_form_sent_by_somebody_else_waives_nothing(role, doubled):
    signed_in(role, doubled).post(
        page("conferences_conference_findings", doubled), {"key": blocking(doubled), "reason": "同名不同人"}
    )

    assert Waiver.objects.count() == 0


def test_the_log_names_no_winner(doubled):
    client = signed_in(APPROVER, doubled)
    client.post(page("conferences_conference_findings", doubled), {"key": blocking(doubled), "reason": "同名"})
    assert "张伟" in Waiver.objects.get().text

    assert "张伟" not in LogEntry.objects.get().get_change_message()


def test_the_history_keeps_the_waiver_and_that_it_was_taken_back(doubled):
    client, key = signed_in(APPROVER, doubled), blocking(doubled)
    client.post(page("conferences_conference_findings", doubled), {"key": key, "reason": "同名不同人"})
    client.post(page("conferences_conference_findings", doubled), {"key": key, "take_back": "yes"})

    kept = [
        (change.kind, field.old or field.new, change.by)
        for change in changes(doubled)
        for field in change.fields
        if change.model == "conferences.waiver" and field.label == Waiver._meta.get_field("reason").verbose_name
    ]

    approver = User.objects.get(groups__name=APPROVER)
    assert kept == [(DELETED, "同名不同人", approver), (ADDED, "同名不同人", approver)]


def test_a_clerk_cannot_put_back_a_waiver_that_was_taken_back(doubled):
    approver, key = user(APPROVER, doubled), blocking(doubled)
    waive(doubled, key, reason="同名不同人", by=approver)
    take_back(doubled, key, by=approver)
    version = Waiver.history.get(history_type="-")

    response = signed_in(CLERK, doubled).post(
        page("conferences_conference_history", doubled),
        {"model": "conferences.waiver", "version": version.history_id},
    )

    assert (response.status_code, Waiver.objects.count()) == (404, 0)


# --- The panel ---


@pytest.mark.parametrize("screen", ["conferences_conference_change", "awards_honourroll_change"])
@pytest.mark.parametrize("role", [CLERK, APPROVER])
def test_both_screens_show_the_same_panel(screen, role, doubled):
    shown = signed_in(role, doubled).get(page(screen, doubled)).context["panel"]

    assert [line.finding.key for line in chain(shown.blocking, shown.to_look_at)] == [
        finding.key for finding in [*assess(doubled).blocking, *assess(doubled).to_look_at]
    ]


def test_a_new_conference_has_no_panel():
    client = signed_in(CLERK, make.conference())

    assert client.get(reverse("admin:conferences_conference_add")).context["panel"] is None


def test_over_a_form_with_mistakes_there_is_no_panel(doubled):
    shown = signed_in(CLERK, doubled).post(page("conferences_conference_change", doubled), {"title": ""})

    assert (shown.status_code, shown.context["panel"]) == (200, None)


def everything_wrong() -> Conference:
    """A conference with findings in as many places as possible."""
    conference = make.conference(venue="", summary="受理1件", title="2020年度总结大会", starts_on=None)
    speech = make.speech(conference=conference, text="受理3件" + "字" * 6000, name="王䶮")
    make.speech(conference=conference, order=2)
    make.agenda_item(conference=conference, kind="report", minutes=90)
    make.participant(conference=conference, name="何㛃")
    make.figure(conference=conference, label="受理", value=2, quote="受理4件")
    make.figure(conference=conference, label="结案", value=5, order=2, speech=speech)
    make.keynote(conference=conference, text="受理6件")
    make.task(conference=conference)
    task = make.task(conference=conference, order=2)
    make.measure(task=task, lead=make.department(court=conference.court))
    make.measure(task=task)
    category = make.category(court=conference.court, name="先进个人")
    for name in ("张伟", "张伟", "方𬴂"):
        make.commendation(conference=conference, category=category, name=name)
    make.award_given(conference=conference, category=category, quantity="30名")
    make.award_given(conference=conference, category=make.category(court=conference.court))
    make.decision(conference=conference, text="表彰先进个人30名")
    return conference


def test_every_finding_leads_to_an_element_of_its_screen():
    conference = everything_wrong()
    client = signed_in(CLERK, conference)
    found = assess(conference).found
    assert len({one.code for one in found}) == 15

    places = {one: one.place.address(conference).partition("#") for one in found}
    shown = {screen: client.get(screen).content.decode() for screen, _hash, _anchor in places.values()}

    assert [one for one, (screen, _hash, anchor) in places.items() if f'id="{anchor}"' not in shown[screen]] == []
    assert len(shown) == 2


def test_the_rows_of_a_screen_are_told_apart():
    screens = [admin.site.get_model_admin(model) for model in (Conference, HonourRoll)]
    models = {inline.model for screen in screens for inline in screen.inlines}
    anchors = {anchor_of(model(pk=1)) for model in models}

    assert len(anchors) == len(models)


# --- How much it asks ---


@pytest.mark.parametrize("number", [1, 60])
def test_findings_take_as_many_queries_whatever_the_record_holds(number):
    court = make.court()
    conference = with_rows(court, number)
    categories = [make.category(court=court) for _ in range(min(number, 5))]
    for at in range(number):
        make.commendation(conference=conference, category=categories[at % len(categories)])
        make.honour(conference=conference)
    make.award_given(conference=conference, category=categories[0])
    make.decision(conference=conference)
    before = make.conference(court=court, year_reviewed=conference.year_reviewed - 1)
    make.figure(conference=before)
    conference = stored(conference)

    with CaptureQueriesContext(connection) as queries:
        assess(conference)

    assert len(queries) == 15


def test_checks_change_nothing():
    conference = everything_wrong()
    before = [list(manager.values()) for manager in (conference.figures, conference.speeches, conference.commendations)]
    revision = type(conference.court).objects.get(pk=conference.court_id).revision

    assess(stored(conference))

    assert [
        list(manager.values()) for manager in (conference.figures, conference.speeches, conference.commendations)
    ] == before
    assert type(conference.court).objects.get(pk=conference.court_id).revision == revision


# --- The sample conferences ---


def test_nothing_blocks_a_sample_conference(sample):
    blocked = {conference.title: assess(conference).blocking for conference in Conference.objects.all()}

    assert {title: found for title, found in blocked.items() if found} == {}
    assert len(blocked) == 21


def test_of_the_invented_conferences_only_rare_names_and_missing_speeches_are_said(sample):
    codes = {
        finding.code
        for conference in Conference.objects.filter(court__is_invented=True)
        for finding in assess(conference).found
    }

    assert codes == {"rare-character", "no-speeches"}


def test_of_the_real_conferences_what_the_reports_leave_out_is_said(sample):
    codes = {
        conference.court.slug: [finding.code for finding in assess(conference).found]
        for conference in Conference.objects.filter(court__slug__in=["hubin", "nantong-kaifaqu"])
    }

    assert codes == {
        "hubin": ["no-venue", "speech-without-text", "tasks-without-lead", "award-without-winners"],
        "nantong-kaifaqu": ["no-venue", "speeches-without-text", "tasks-without-lead", "award-without-winners"],
    }
