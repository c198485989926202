"""The page of a department: what it holds for whom, and that it betrays nothing that is not open."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.models import Commendation, Family
from conferences.models import Audience, Speech
from courts.models import Department
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court(slug="a", parent=make.court())


@pytest.fixture
def department(court):
    return make.department(court=court, name="执行局")


@pytest.fixture
def pledged(court, department):
    """A conference for everyone at which the department spoke."""
    conference = make.published(court=court)
    make.speech(conference=conference, department=department, name="", kind="pledge")
    return conference


def parts(client, department):
    """The parts of the page in order."""
    years = client.get(department.get_absolute_url()).context["years"]
    return [part for _year, of_it in years for part in of_it]


def sign_in(client, role, court):
    client.force_login(make.user(role, court=court))


def test_each_year_has_what_was_said_given_and_set_in_it(client, court, department, pledged):
    make.commendation(conference=pledged, announced=True, department=department, category=make.category(court=court))
    make.commendation(conference=pledged, announced=True, name="李某", department=department)
    make.honour(conference=pledged, department=department, title="全省先进")
    make.measure(task=make.task(conference=pledged), lead=department, text="集中执行")
    later = make.published(court=court, year_reviewed=2024)
    helped = make.measure(task=make.task(conference=later), text="配合联动")
    helped.helpers.add(department)

    newer, older = parts(client, department)

    assert (newer.year, [line.measure for line in newer.lines], newer.speeches) == (2024, [helped], [])
    assert (older.year, [line.measure.text for line in older.lines]) == (2023, ["集中执行"])
    assert ([one.kind for one in older.speeches], [one.title for one in older.honours]) == (["pledge"], ["全省先进"])
    assert [award.speaker for award in older.awards] == ["执行局", "李某"]


def test_names_stand_as_on_that_day(client, court, department, pledged):
    make.commendation(conference=pledged, announced=True, department=department)
    Department.objects.update(name="执行实施局")

    page = client.get(department.get_absolute_url()).content.decode()

    assert ("时称执行局" in page, '<h1 lang="zh-Hans">执行实施局</h1>' in page) == (True, True)


def test_families_of_awards_stand_apart_and_the_department_before_its_people(client, court, department, pledged):
    for family in (Family.PARTY, Family.IN_HOUSE):
        for name in ("张某", ""):
            category = make.category(court=court, family=family)
            make.commendation(conference=pledged, announced=True, name=name, department=department, category=category)

    (part,) = parts(client, department)

    order = [(award.category.family, award.speaker) for award in part.awards]
    families = [value for value, _label in Family.choices]
    assert order == sorted(order, key=lambda one: (families.index(one[0]), one[1] != "执行局"))
    assert len(order) == 4


NOT_SHOWN = {
    "not announced": {},
    "to be announced": {"announced": timezone.now() + datetime.timedelta(days=1)},
    "revoked": {"announced": True, "revoked_at": timezone.now(), "revocation_reason": "弄虚作假"},
    "left off": {"announced": True},
}


@pytest.mark.parametrize("what", NOT_SHOWN)
@pytest.mark.parametrize("role", [None, "staff", "clerk"])
def test_a_winner_whom_the_roll_does_not_name_is_not_on_the_page_either(client, department, pledged, what, role):
    court = pledged.court
    given = dict(NOT_SHOWN[what])
    if what == "revoked":
        given["revoked_by"] = make.user()
    if what == "left off":
        given["person"] = make.left_off(court=court)
    make.commendation(conference=pledged, name="隐某", department=department, **given)
    if role:
        sign_in(client, role, court)

    (part,) = parts(client, department)

    assert part.awards == []
    assert "隐某" not in client.get(department.get_absolute_url()).content.decode()


def test_who_is_left_off_speaks_as_the_department(client, court, department, pledged):
    person = make.left_off(court=court)
    make.speech(conference=pledged, person=person, name="隐某", department=department)
    make.honour(
        conference=pledged, person=person, recipient_kind="person", recipient_name="隐某", department=department
    )

    (part,) = parts(client, department)

    assert [speech.speaker for speech in part.speeches] == ["执行局", "执行局"]
    assert "隐某" not in client.get(department.get_absolute_url()).content.decode()


def test_a_department_that_only_an_unannounced_award_names_is_not_there(client, court, department):
    """And answers as one that never was."""
    conference = make.published(court=court)
    make.commendation(conference=conference, department=department)

    hidden = client.get(department.get_absolute_url())
    never = client.get("/a/departments/999999/")

    assert (hidden.status_code, hidden.content) == (404, never.content)
    Commendation.objects.update(announced_at=timezone.now(), announced_by=make.user())
    assert client.get(department.get_absolute_url()).status_code == 200


def test_the_page_of_another_court_has_no_such_department(client, department, pledged):
    other = make.published().court

    assert client.get(f"/{other.slug}/departments/{department.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("role", "is_shown", "says"),
    [(None, False, False), (None, True, True), ("staff", False, True), ("superior", False, False)],
)
def test_how_far_a_measure_is_stands_there_for_whom_it_is_shown(client, department, role, is_shown, says):
    court = department.court
    shown = {"states_shown_at": timezone.now(), "states_shown_by": make.user()} if is_shown else {}
    task = make.task(conference=make.published(court=court, **shown))
    make.progress(measure=make.measure(task=task, lead=department), percent=40)
    if role:
        sign_in(client, role, court if role == "staff" else court.parent)

    page = client.get(department.get_absolute_url()).content.decode()

    assert ('class="light' in page, "40%" in page) == (says, says)


def test_what_no_conference_told_and_what_is_for_staff_is_for_the_staff(client, court, department, pledged):
    make.honour(court=court, department=department, title="尚未公布的荣誉", year=2020)
    inside = make.published(court=court, year_reviewed=2022, audience=Audience.STAFF)
    make.speech(conference=inside, department=department, name="")
    seen = {}
    for role, of in ((None, None), ("superior", court.parent), ("staff", court)):
        if role:
            sign_in(client, role, of)
        seen[role] = [(part.year, len(part.honours)) for part in parts(client, department)]

    assert seen == {None: [(2023, 0)], "superior": [(2023, 0), (2022, 0)], "staff": [(2023, 0), (2022, 0), (2020, 1)]}


def test_the_staff_reach_the_register_and_the_measures_from_there(client, court, department, pledged):
    links = f"/tasks/departments/{department.pk}/", f"/honours/departments/{department.pk}/"
    visitor = client.get(department.get_absolute_url()).content.decode()
    sign_in(client, "staff", court)

    page = client.get(department.get_absolute_url()).content.decode()

    assert [link in visitor for link in links] == [False, False]
    assert [link in page for link in links] == [True, True]


@pytest.mark.parametrize("role", [None, "staff"])
def test_as_many_queries_for_thirty_years_as_for_one(client, court, department, role):
    def fill(years):
        for year in years:
            conference = make.published(court=court, year_reviewed=year)
            make.speech(conference=conference, department=department, name="")
            make.commendation(conference=conference, announced=True, department=department)
            make.honour(conference=conference, department=department)
            measure = make.measure(task=make.task(conference=conference), lead=department)
            measure.helpers.add(make.department(court=court))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(department.get_absolute_url()).status_code == 200
        return len(queries)

    if role:
        sign_in(client, role, court)
    fill([1990])
    first = asked()
    fill(range(1991, 2020))

    assert asked() == first
    assert Speech.objects.count() == 30
