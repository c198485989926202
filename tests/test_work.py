"""My work: what waits for whom, the news of the desk, and which courts below have published."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.checks import assess, assess_all
from conferences.checks.waiving import waive
from conferences.defaults import year_to_review
from conferences.models import Conference
from conferences.news import news
from courts.models import User
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def clerk(court) -> User:
    return make.user(CLERK, court=court)


@pytest.fixture
def approver(court) -> User:
    return make.user(APPROVER, court=court)


def waiting(court: Any, clerk: User, *, days: int, year: int) -> Conference:
    conference = make.conference(court=court, year_reviewed=year)
    conference.submit(by=clerk, now=timezone.now() - datetime.timedelta(days=days))
    return conference


# --- What waits ---


def test_the_clerk_sees_what_was_returned_before_the_other_drafts(court, clerk, approver, client):
    first = waiting(court, clerk, days=1, year=2020)
    first.give_back(by=approver, reason="第三项数据不对")
    make.conference(court=court, year_reviewed=2021)
    make.conference(year_reviewed=2022)
    client.force_login(clerk)

    desk = client.get("/admin/")

    drafts = desk.context["lists"][0].conferences
    assert [(one.year_reviewed, one.return_reason) for one in drafts] == [(2020, "第三项数据不对"), (2021, "")]
    assert "第三项数据不对" in desk.content.decode()


def test_the_approver_sees_first_what_has_waited_longest(court, clerk, approver, client):
    for year, days in ((2020, 1), (2021, 5), (2022, 0)):
        waiting(court, clerk, days=days, year=year)
    waiting(make.court(), make.user(is_superuser=True), days=9, year=2019)
    client.force_login(approver)

    found = client.get("/admin/").context["lists"][0].conferences

    assert [(one.year_reviewed, one.days_waiting) for one in found] == [(2021, 5), (2020, 1), (2022, 0)]


def test_the_desk_says_how_much_was_found_about_drafts_and_what_waits(court, clerk, client):
    draft = make.conference(court=court, year_reviewed=2020, starts_on=None, summary="", venue="")
    sent = waiting(court, clerk, days=1, year=2022)
    client.force_login(clerk)

    desk = client.get("/admin/")

    found = {one: assessment for work in desk.context["lists"] for one, assessment in work.lines if assessment}
    assert found == {one: assess(one) for one in (draft, sent)}
    assert (len(found[draft].blocking), len(found[sent].blocking)) == (1, 0)
    assert f"检查结果</a>: {found[draft].words}" in desk.content.decode()
    assert found[draft].words.startswith("1 项须处理 · ")


def test_several_are_assessed_as_each_alone(court, clerk):
    """With its own figures of the year before, its own years and its own waivers."""
    for year in (2018, 2020, 2021):
        one = make.conference(court=court, year_reviewed=year, title="2001年总结")
        figure = {"label": "受理", "unit": "件", "change": 50, "change_unit": "percent", "change_direction": "up"}
        make.figure(conference=one, **figure, value=year * year)
        make.commendation(conference=one, person=make.person(court=court))
    make.conference(year_reviewed=2021)
    title = next(finding for finding in assess(one).found if finding.code == "title-other-year")
    waive(one, title.key, reason="原题如此", by=make.user(APPROVER, court=court))
    everything = list(Conference.objects.select_related("court"))

    assert assess_all(everything) == {one.pk: assess(one) for one in Conference.objects.all()}
    assert len(assess_all([one])[one.pk].waived) == 1
    assert (len(everything), assess_all([])) == (4, {})


def test_the_desk_takes_as_many_queries_for_eight_as_for_one(court, clerk, approver, client):
    counts = []
    for number in (1, 8):
        for n in range(number):
            made = waiting(court, clerk, days=n, year=1990 + number * 10 + n)
            draft = make.conference(court=court, year_reviewed=1950 + number * 2 + n)
            for one in (made, draft):
                make.figure(conference=one)
                make.measure(task=make.task(conference=one))
                make.commendation(conference=one, person=make.person(court=court))
            if n % 2 or number == 1:
                made.give_back(by=approver, reason="x")
        client.force_login(clerk)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- News ---


def told(user: User) -> list[tuple[int, str]]:
    """Year and act of what is news to this user."""
    acts = {"submitted": "submitted_at", "returned": "returned_at", "published": "published_at"}
    return [
        (one.conference.year_reviewed, next(act for act, at in acts.items() if getattr(one.conference, at) == one.at))
        for one in news(User.objects.get(pk=user.pk))
    ]


def test_each_is_told_what_the_other_did_and_nobody_what_he_did_himself(court, clerk, approver):
    conference = make.conference(court=court, year_reviewed=2020)
    conference.submit(by=clerk)
    seen = [(told(clerk), told(approver))]
    conference.give_back(by=approver, reason="不对")
    seen.append((told(clerk), told(approver)))
    conference.submit(by=clerk)
    conference.publish(by=approver)
    seen.append((told(clerk), told(approver)))

    assert seen == [([], [(2020, "submitted")]), ([(2020, "returned")], []), ([(2020, "published")], [])]


def test_the_opening_of_a_correction_is_news_to_the_clerk(court, clerk, approver):
    conference = make.locked(court=court, year_reviewed=2020)
    clerk.mark_news_seen(timezone.now())
    conference.correct(by=approver, what="受理案件数", reason="抄写有误", public_note="更正")

    assert [(one.reason, one.by) for one in news(clerk)] == [("受理案件数", approver)]


@pytest.mark.parametrize("role", [STAFF, LIAISON, SUPERIOR])
def test_nobody_else_is_told(court, clerk, role):
    waiting(court, clerk, days=0, year=2020)

    assert told(make.user(role, court=court)) == []


def test_nothing_of_another_court_is_news(court, clerk):
    waiting(court, clerk, days=0, year=2020)

    assert [told(make.user(APPROVER, CLERK, court=other)) for other in (make.court(parent=court), None)] == [[], []]


def test_what_happened_before_an_account_was_opened_is_no_news(court, clerk):
    waiting(court, clerk, days=1, year=2020)

    assert told(make.user(APPROVER, court=court)) == []


def test_marked_as_read_it_is_gone_but_not_what_came_after_the_page_was_shown(court, clerk, approver, client):
    make.conference(court=court, year_reviewed=2020).submit(by=clerk)
    client.force_login(approver)
    shown = client.get("/admin/").context["news"][0].at.isoformat()
    make.conference(court=court, year_reviewed=2021).submit(by=clerk)

    before = court.__class__.objects.get(pk=court.pk).revision
    client.post("/admin/news/seen/", {"until": shown})

    assert told(approver) == [(2021, "submitted")]
    assert court.__class__.objects.get(pk=court.pk).revision == before


@pytest.mark.parametrize("said", ["", "x", "2999-01-01T00:00:00+00:00"])
def test_whatever_is_sent_marks_nothing_that_is_still_to_come(court, clerk, approver, client, said):
    client.force_login(approver)
    client.post("/admin/news/seen/", {"until": said})
    make.conference(court=court, year_reviewed=2021).submit(by=clerk)

    assert told(approver) == [(2021, "submitted")]


# --- Courts below ---


@pytest.fixture
def above():
    return make.court(code="豫12")


def lines(client: Any, year: int) -> list[tuple[str, Any]]:
    page = client.get(f"/courts-below/?year={year}")
    return [(line.court.code, line.conference) for line in page.context["lines"]]


def test_the_courts_below_stand_in_their_own_order_with_what_they_published(above, client):
    second, first, third = (make.court(parent=above, code=f"豫120{n}") for n in (2, 1, 3))
    early = make.published(court=second, year_reviewed=2023, audience="staff")
    make.conference(court=first, year_reviewed=2023)
    make.published(court=first, year_reviewed=2022)
    make.published(court=third, year_reviewed=2023, kind="quarterly")
    make.published(court=make.court(), year_reviewed=2023)
    client.force_login(make.user(SUPERIOR, court=above))

    assert lines(client, 2023) == [("豫1201", None), ("豫1202", early), ("豫1203", None)]


def test_what_is_being_corrected_is_not_published(above, client):
    lower = make.court(parent=above, code="豫1201")
    conference = make.locked(court=lower, year_reviewed=2023)
    approver = make.user(APPROVER, court=lower)
    client.force_login(make.user(SUPERIOR, court=above))
    before = lines(client, 2023)
    conference.correct(by=approver, what="x", reason="y", public_note="z")

    assert (before, lines(client, 2023)) == ([("豫1201", conference)], [("豫1201", None)])


@pytest.mark.parametrize("asked", ["", "x", "99999", "1000", "²"])
def test_a_year_that_is_none_shows_the_one_of_the_season(above, client, asked):
    client.force_login(make.user(SUPERIOR, court=above))

    page = client.get("/courts-below/", {"year": asked})

    assert page.context["year"] == year_to_review(timezone.localdate())


def test_as_many_queries_for_thirty_courts_as_for_one(above, client):
    client.force_login(make.user(SUPERIOR, court=above))
    counts = []
    for number in (1, 29):
        for _ in range(number):
            make.published(court=make.court(parent=above), year_reviewed=2023)
        with CaptureQueriesContext(connection) as queries:
            client.get("/courts-below/?year=2023")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("roles", "linked"), [((SUPERIOR,), True), ((CLERK, SUPERIOR), True), ((CLERK,), False)])
def test_the_header_leads_there_for_whoever_may(above, client, roles, linked):
    client.force_login(make.user(*roles, court=above))

    assert ("/courts-below/" in client.get("/").content.decode()) is linked
