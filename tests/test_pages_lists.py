"""The first page and the page of a court: what they list, and that no question breaks them."""

import datetime
import re

import pytest
from django.utils import timezone

from conferences.models import Audience, Conference
from courts.models import Court
from tests import make

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    """The conferences on the page, in order."""
    return re.findall(r'<h3 lang="zh-Hans">\s*<a [^>]*>(.*?)</a>', response.content.decode())


@pytest.fixture
def three():
    """A basic court's annual conferences of two years, and an intermediate court's half-year review."""
    basic = make.court(slug="basic", short_name="甲法院")
    middle = make.court(slug="middle", short_name="乙中院", level=Court.Level.INTERMEDIATE)
    make.published(court=basic, year_reviewed=2022, title="甲2022")
    make.published(court=basic, year_reviewed=2023, title="甲2023")
    make.published(
        court=middle,
        year_reviewed=2023,
        kind=Conference.Kind.HALF_YEAR,
        title="乙",
        starts_on=datetime.date(2023, 7, 1),
    )


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["甲2023", "乙", "甲2022"]),
        ("year=2022", ["甲2022"]),
        ("court=basic", ["甲2023", "甲2022"]),
        ("level=intermediate", ["乙"]),
        ("kind=half-year", ["乙"]),
        ("year=2023&level=basic", ["甲2023"]),
        ("year=2022&level=intermediate", []),
        # Nonsense narrows nothing; what is right beside it still counts.
        ("year=2022%27--&court=basic", ["甲2023", "甲2022"]),
        ("year=99999999999999999999", ["甲2023", "乙", "甲2022"]),
        ("year=1990&court=nowhere&level=&kind=%F0%9F%98%80", ["甲2023", "乙", "甲2022"]),
        ("court=basic&court=middle", ["乙"]),
        ("page=-1", ["甲2023", "乙", "甲2022"]),
        ("page=abc", ["甲2023", "乙", "甲2022"]),
        ("page=99", ["甲2023", "乙", "甲2022"]),
        ("utm_source=x&year__gte=2023", ["甲2023", "乙", "甲2022"]),
    ],
)
def test_what_the_first_page_lists(client, three, question, found):
    response = client.get(f"/?{question}")

    assert (response.status_code, titles(response)) == (200, found)


def test_a_choice_that_does_not_exist_is_said_at_its_field(client, three):
    form = client.get("/?year=1990&court=basic&level=%3Cscript%3E").context["form"]

    assert set(form.errors) == {"year", "level"}


def test_what_was_asked_is_never_printed_as_it_came(client, three):
    page = client.get("/?level=%3Cscript%3Ealert(1)").content.decode()

    assert re.findall("(?:<|&lt;)script(?:>|&gt;)", page) == []


def test_the_choices_offer_only_what_there_is_to_read(client):
    hidden = make.conference(court=make.court(short_name="秘密法院"), year_reviewed=2019)
    make.published(court=make.court(short_name="甲法院", slug="a"), year_reviewed=2023)

    form = client.get("/").context["form"]

    assert [value for value, _label in form.fields["year"].choices] == ["", 2023]
    assert [value for value, _label in form.fields["court"].choices] == ["", "a"]
    assert hidden.pk


@pytest.mark.parametrize("address", ["/", "/search/"])
def test_every_label_names_a_field_of_the_page(client, three, address):
    page = client.get(address).content.decode()

    labelled = re.findall(r'<label\s[^>]*for="(\w+)"', page)

    assert "id_court" in labelled
    assert set(labelled) <= set(re.findall(r'\bid="(\w+)"', page))


def test_thirty_stand_on_a_page_and_the_rest_on_the_next(client):
    court = make.court()
    for year in range(1990, 2021):
        make.published(court=court, year_reviewed=year)

    first, second = client.get("/?court="), client.get("/?court=&page=2")

    assert (len(titles(first)), len(titles(second))) == (30, 1)


def test_counts_are_of_what_everyone_knows(client):
    conference = make.published()
    make.commendation(conference=conference, announced=True)
    make.commendation(conference=conference)
    revoked = make.commendation(conference=conference, announced=True)
    type(revoked).objects.filter(pk=revoked.pk).update(
        revoked_at=timezone.now(), revoked_by=make.user(), revocation_reason="弄虚作假"
    )
    make.task(conference=conference)
    make.figure(conference=conference)
    make.figure(conference=conference)

    (entry,) = client.get("/").context["entries"]

    assert (entry.awards, entry.tasks, entry.figures) == (1, 1, 2)


def test_coming_conferences_stand_above_the_list_soonest_first(client):
    today = timezone.localdate()
    for days in (20, 0, 10, 30, -1):
        make.published(starts_on=today + datetime.timedelta(days=days), title=f"{days}天后")
    make.conference(starts_on=today, title="草稿")

    assert [one.title for one in client.get("/").context["coming"]] == ["0天后", "10天后", "20天后"]
    assert client.get("/?year=2023").context["coming"] == []


@pytest.mark.parametrize("address", ["/", "/a/"])
def test_as_many_queries_for_thirty_conferences_as_for_one(client, django_assert_num_queries, address):
    def fill(years):
        for year in years:
            shown = {"states_shown_at": timezone.now(), "states_shown_by": make.user()}
            conference = make.published(court=court, year_reviewed=year, **shown)
            make.commendation(conference=conference, announced=True)
            make.keynote(conference=conference, kind="campaign")
            make.measure(task=make.task(conference=conference))
            make.speech(conference=conference, name="", department=make.department(court=court))
            make.honour(conference=conference, level="national")

    court = make.court(slug="a", parent=make.court(slug="above"))
    fill([2000])
    queries = 10 if address == "/" else 12

    with django_assert_num_queries(queries):
        client.get(address)
    fill(range(2001, 2030))
    with django_assert_num_queries(queries):
        client.get(address)


def test_a_court_through_the_years_shows_each_reader_what_is_open_to_them(client):
    court = make.court(slug="a")
    make.published(court=court, year_reviewed=2021, title="公开")
    make.published(court=court, year_reviewed=2022, title="内部", audience=Audience.STAFF)
    make.conference(court=court, year_reviewed=2023, title="草稿")
    make.published(year_reviewed=2021, title="别院")
    seen = {"": titles(client.get("/a/"))}
    for role in ("staff", "clerk"):
        client.force_login(make.user(role, court=court))
        seen[role] = titles(client.get("/a/"))

    assert seen == {"": ["公开"], "staff": ["内部", "公开"], "clerk": ["草稿", "内部", "公开"]}


def test_a_court_without_conferences_has_a_page(client):
    make.court(slug="a", name="甲区人民法院")

    response = client.get("/a/")

    assert (response.status_code, titles(response)) == (200, [])


def test_campaigns_name_the_years_of_a_court(client):
    conference = make.published(court=make.court(slug="a"))
    make.keynote(conference=conference, kind="campaign", text="能力素质提升年")
    make.keynote(conference=conference, kind="slogan", text="不在此列")

    (stop,) = client.get("/a/").context["timeline"]

    assert stop.campaigns == ["能力素质提升年"]


def stop_of(client, address="/a/"):
    (stop,) = client.get(address).context["timeline"]
    return stop


def test_the_timeline_names_honours_from_far_above_alone(client):
    conference = make.published(court=make.court(slug="a"))
    for level in ("province", "city", "", "national"):
        make.honour(conference=conference, level=level, title=f"{level}级")

    assert [honour.title for honour in stop_of(client).honours] == ["province级", "national级"]


@pytest.mark.parametrize(
    ("role", "is_shown", "said"),
    [
        (None, False, (0, 0)),
        (None, True, (2, 1)),
        ("staff", False, (2, 1)),
        ("superior", False, (0, 0)),
    ],
)
def test_the_timeline_says_what_became_of_the_promises_where_the_court_shows_it(client, role, is_shown, said):
    court = make.court(slug="a", parent=make.court())
    shown = {"states_shown_at": timezone.now(), "states_shown_by": make.user()} if is_shown else {}
    task = make.task(conference=make.published(court=court, **shown))
    make.measure(task=task)
    make.measure(task=task, closed_at=timezone.now(), closed_by=make.user())
    gone = {"cancelled_at": timezone.now(), "cancelled_by": make.user(), "cancellation_reason": "并入他项"}
    make.measure(task=task, **gone)
    if role:
        client.force_login(make.user(role, court=court if role == "staff" else court.parent))

    stop = stop_of(client)

    assert (stop.promised, stop.done) == said


def test_the_departments_of_a_court_are_those_of_which_a_reader_may_see_something(client):
    court = make.court(slug="a")
    names = {}
    for name, conference in {
        "公开庭": make.published(court=court),
        "内部庭": make.published(court=court, year_reviewed=2022, audience=Audience.STAFF),
        "草稿庭": make.conference(court=court, year_reviewed=2021),
    }.items():
        make.speech(conference=conference, name="", department=make.department(court=court, name=name))
    make.department(court=court, name="新设庭")
    for role in (None, "staff"):
        if role:
            client.force_login(make.user(role, court=court))
        names[role] = [one.name for one in client.get("/a/").context["departments"]]

    assert names == {None: ["公开庭"], "staff": ["公开庭", "内部庭", "草稿庭", "新设庭"]}
