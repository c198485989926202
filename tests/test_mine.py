"""What a signed-in reader finds about themselves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import Audience
from courts.roles import CLERK, LIAISON, STAFF
from tests import make

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def department(court):
    return make.department(court=court)


@pytest.fixture
def person(court, department):
    return make.person(court=court, department=department)


def mine(client, *roles, **given):
    client.force_login(make.user(*roles, **given))
    return client.get("/mine/")


def test_own_honours_are_those_of_the_register_and_the_latest_alone(client, court, person):
    for year in range(2010, 2018):
        conference = make.published(court=court, year_reviewed=year)
        make.commendation(conference=conference, person=person, announced=True, category=make.category(court=court))
    make.commendation(conference=conference, person=person, name="未公布")
    make.commendation(conference=conference, announced=True, category=make.category(court=court, name="别人的"))

    page = mine(client, STAFF, court=court, person=person)

    ((_label, number, entries),) = page.context["families"]
    assert (number, [entry.year for entry in entries]) == (8, [2017, 2016, 2015, 2014, 2013])
    assert [word in page.content.decode() for word in ("未公布", "别人的")] == [False, False]


def test_measures_that_one_answers_for_stand_there_once_they_are_published(client, court, person):
    task = make.task(conference=make.published(court=court, audience=Audience.STAFF))
    answered = [make.measure(task=task, responsible=person), make.measure(task=task, leader=person)]
    make.measure(task=task)
    make.measure(task=make.task(conference=make.conference(court=court, year_reviewed=2020)), responsible=person)

    page = mine(client, STAFF, court=court, person=person)

    assert [line.measure for line in page.context["measures"]] == answered


def test_a_clerk_too_answers_for_nothing_in_a_draft(client, court, person):
    make.measure(task=make.task(conference=make.conference(court=court)), responsible=person)

    assert mine(client, CLERK, court=court, person=person).context["measures"] == []


def test_a_liaison_finds_what_waits_and_what_came_back(client, court, department):
    conference = make.published(court=court, year_reviewed=YEAR - 2)
    waits = make.measure(task=make.task(conference=conference), lead=department)
    selection = make.selection(court=court)
    back = {"returned_at": timezone.now(), "returned_by": make.user(), "return_reason": "太短"}
    older = make.nomination(selection=selection, by_department=department, **back)
    newer = make.nomination(selection=selection, by_department=department)
    make.nomination(selection=selection, by_department=make.department(court=court))

    context = mine(client, LIAISON, court=court, department=department).context

    assert ([line.measure for line in context["reports"]["lines"]], context["reports"]["number"]) == ([waits], 1)
    assert (context["nominations"]["rows"], context["nominations"]["open"]) == ([older, newer], 1)


@pytest.mark.parametrize("role", [STAFF, CLERK])
def test_whoever_is_no_liaison_has_no_such_lists(client, court, department, role):
    make.followed(court=court, lead=department)

    context = mine(client, role, court=court).context

    assert (context["reports"], context["nominations"]) == ({}, {})


def test_the_conferences_are_those_of_the_own_court_that_one_may_read(client, court):
    for year in range(2010, 2018):
        make.published(court=court, year_reviewed=year, audience=Audience.STAFF, title=f"{year}年大会")
    make.conference(court=court, year_reviewed=2020, title="草稿")
    make.published(year_reviewed=2021, title="外院")

    entries = mine(client, STAFF, court=court).context["entries"]

    assert [entry.conference.year_reviewed for entry in entries] == [2017, 2016, 2015, 2014, 2013]


def test_an_account_that_is_linked_to_nobody_is_told_so(client, court):
    page = mine(client, STAFF, court=court).content.decode()

    assert "您的账号尚未对应到本院人员名册" in page


def test_the_administrator_who_works_for_no_court_has_a_page_too(client):
    context = mine(client, is_superuser=True, is_staff=True).context

    assert (context["families"], context["measures"], context["entries"]) == ([], [], [])


def test_the_password_is_changed_from_there(client, court):
    assert 'href="/password/"' in mine(client, STAFF, court=court).content.decode()


def test_as_many_queries_for_thirty_rows_as_for_one(client, court, department, person):
    def fill(years):
        for year in years:
            conference = make.published(court=court, year_reviewed=year)
            make.commendation(conference=conference, person=person, announced=True, category=make.category(court=court))
            make.honour(conference=conference, person=person)
            measure = make.measure(task=make.task(conference=conference), lead=department, responsible=person)
            measure.helpers.add(make.department(court=court))
            make.nomination(selection=make.selection(court=court), by_department=department)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/mine/").status_code == 200
        return len(queries)

    client.force_login(make.user(LIAISON, court=court, department=department, person=person))
    fill([1990])
    asked()
    first = asked()
    fill(range(1991, 2020))

    assert asked() == first
