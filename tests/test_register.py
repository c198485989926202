"""The register of honours: who was honoured over the years, for the staff of the own court alone."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.models import AwardCategory, Commendation, Family, Honour, HonourFile
from awards.register.charts import Group, charts
from conferences.models import Audience
from courts.models import User
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court(slug="qing", parent=make.court())


@pytest.fixture
def conference(court):
    return make.published(court=court, audience=Audience.STAFF)


def client_of(*roles: str, **given: Any) -> Client:
    client = Client()
    client.force_login(make.user(*roles, **given))
    return client


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    """Who stands in the list, in its order."""
    return [
        re.sub(r"<[^>]*>", "", cell).split()[0] for cell in re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)
    ]


def winner(conference: Any, name: str, family: str = Family.IN_HOUSE, **given: Any) -> Commendation:
    category = make.category(court=conference.court, family=family)
    return make.commendation(
        **{"conference": conference, "category": category, "name": name, "announced": True} | given
    )


# --- Which honours ---


def test_families_never_stand_in_one_list(court, conference):
    winner(conference, "院内某")
    winner(conference, "党内某", Family.PARTY)
    make.honour(conference=conference, recipient_name="上级某")
    client = client_of(STAFF, court=court)

    shown = {family: names(read(client, f"/honours/?family={family}")) for family in ("in-house", "party", "above")}

    assert shown == {"in-house": ["院内某"], "party": ["党内某"], "above": ["上级某"]}


@pytest.mark.parametrize("role", [STAFF, LIAISON, CLERK, APPROVER])
def test_nobody_finds_unannounced_winners_there(court, conference, role):
    person = make.person(court=court)
    winner(conference, "未公布某", announced=False, person=person)
    client = client_of(role, court=court, person=person)

    shown = [read(client, address) for address in ("/honours/", "/honours/mine/", f"/honours/people/{person.pk}/")]

    assert ["未公布某" in page for page in shown] == [False, False, False]


@pytest.mark.parametrize(("role", "expected"), [(STAFF, False), (CLERK, True)])
def test_what_only_a_draft_tells_is_for_clerks(court, role, expected):
    draft = make.conference(court=court)
    make.honour(conference=draft, recipient_name="草稿某")

    assert ("草稿某" in read(client_of(role, court=court), "/honours/?family=above")) == expected


def test_revoked_honours_are_listed_as_such_and_not_counted(court, conference):
    revoked = winner(conference, "撤销某")
    revoked.revoke(by=make.user(APPROVER, court=court), reason="弄虚作假")

    shown = read(client_of(STAFF, court=court), "/honours/")

    assert (names(shown), "撤销</span>" in shown, "<small>0</small>" in shown) == (["撤销某"], True, True)
    assert "弄虚作假" not in shown


def test_another_courts_honours_are_not_there(court, conference):
    winner(make.published(), "他院某")
    winner(conference, "本院某")

    assert names(read(client_of(STAFF, court=court), "/honours/")) == ["本院某"]


def test_deeds_and_citations_stay_internal(court, conference):
    person = make.person(court=court)
    winner(conference, "某", deeds="内部事迹", citation="内部颁奖词", person=person)
    client = client_of(STAFF, court=court, person=person)

    shown = read(client, "/honours/") + read(client, "/honours/mine/")

    assert [word for word in ("内部事迹", "内部颁奖词") if word in shown] == []


def test_whoever_is_left_off_public_pages_stands_in_the_register(court, conference):
    person = make.left_off(court=court, name="不列名某")
    make.commendation(conference=conference, person=person, announced=True)
    client = client_of(STAFF, court=court)

    assert names(read(client, "/honours/")) == ["不列名某"]
    assert "不列名某" in read(client, f"/honours/people/{person.pk}/")


# --- Narrowed ---


@pytest.fixture
def several(court):
    bureau = make.department(court=court, name="执行局", order=2)
    office = make.department(court=court, name="立案庭", order=1)
    star = make.category(court=court, name="办案标兵")
    for year, name, department in ((2022, "甲某", bureau), (2023, "乙某", office), (2023, "丙某", bureau)):
        conference = court.conferences.reviewing(year).first() or make.published(court=court, year_reviewed=year)
        make.commendation(
            conference=conference, category=star, name=name, department=department, announced=True, order=1
        )
    make.commendation(conference=conference, department=bureau, announced=True, order=2)
    return {"bureau": bureau, "office": office}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["乙某", "丙某", "执行局", "甲某"]),
        ("year=2022", ["甲某"]),
        ("department={bureau}", ["丙某", "执行局", "甲某"]),
        ("category=办案标兵&year=2023", ["乙某", "丙某"]),
        ("year=1999", ["乙某", "丙某", "执行局", "甲某"]),
        ("year=x&department=y&page=z&family=w", ["乙某", "丙某", "执行局", "甲某"]),
    ],
    ids=["all", "a year", "a department", "a category of a year", "a year without honours", "nonsense"],
)
def test_the_list_is_narrowed(court, several, asked, expected):
    said = asked.format(bureau=several["bureau"].pk)

    assert names(read(client_of(STAFF, court=court), f"/honours/?{said}")) == expected


def test_a_department_has_its_own_and_its_peoples_honours(court, several):
    page = read(client_of(STAFF, court=court), f"/honours/departments/{several['bureau'].pk}/")

    assert names(page) == ["丙某", "执行局", "甲某"]


def test_of_honours_from_above_a_person_brings_the_department(court, conference):
    bureau = make.department(court=court, name="执行局")
    person = make.person(court=court, department=bureau, name="甲某")
    make.honour(conference=conference, recipient_kind="person", recipient_name="甲某", person=person)

    assert names(read(client_of(STAFF, court=court), f"/honours/departments/{bureau.pk}/")) == ["甲某"]


def test_long_lists_are_paged(court, conference):
    category = make.category(court=court)
    for number in range(51):
        make.commendation(conference=conference, category=category, name=f"第{number}名", order=number, announced=True)
    client = client_of(STAFF, court=court)

    pages = [names(read(client, f"/honours/?page={page}")) for page in (1, 2)]

    assert ([len(page) for page in pages], pages[1]) == ([50, 1], ["第50名"])


# --- One person ---


def test_a_person_has_every_honour_of_the_years_given_here_and_from_above(court, conference):
    person = make.person(court=court, name="甲某")
    earlier = make.published(court=court, year_reviewed=2019)
    winner(conference, "甲某", person=person, category=make.category(court=court, name="办案标兵"))
    winner(earlier, "甲某", person=person, category=make.category(court=court, name="优秀党员", family=Family.PARTY))
    make.honour(court=court, title="全国模范法官", recipient_kind="person", recipient_name="甲某", person=person)

    page = read(client_of(STAFF, court=court), f"/honours/people/{person.pk}/")

    found = [page.index(word) for word in ("院内表彰", "办案标兵", "党内表彰", "优秀党员", "上级荣誉", "全国模范法官")]
    assert found == sorted(found)


def test_my_own_page_says_that_the_account_is_nobodys(court):
    assert "尚未对应到本院人员名册" in read(client_of(STAFF, court=court), "/honours/mine/")


def test_an_account_is_linked_within_its_court(court):
    root = client_of(is_superuser=True, is_staff=True)
    own, foreign = make.person(court=court), make.person()
    user = make.user(STAFF, court=court)
    form = {"username": user.username, "court": court.pk, "is_active": "on"}

    refused = root.post(f"/admin/courts/user/{user.pk}/change/", form | {"person": foreign.pk}).content.decode()
    root.post(f"/admin/courts/user/{user.pk}/change/", form | {"person": own.pk})

    assert ("该人员属于其他法院" in refused, User.objects.get(pk=user.pk).person) == (True, own)


# --- Counts ---


def group(department: int | None, category: str, year: int, number: int = 1) -> Group:
    return Group("in-house", 0, category, year, department, False, number)


class Named:
    def __init__(self, pk: int, name: str) -> None:
        self.pk, self.name = pk, name


def test_counts_stand_in_the_courts_order_with_those_without_a_department_last():
    groups = [group(2, "标兵", 2023, 9), group(1, "标兵", 2022), group(None, "能手", 2023)]

    by_department, by_category = charts(groups, [Named(1, "立案庭"), Named(2, "执行局")], by="按奖项")

    assert [(str(line.label), line.numbers, line.total) for line in by_department.lines] == [
        ("立案庭", [1, 0], 1),
        ("执行局", [0, 9], 9),
        ("未归入部门", [0, 1], 1),
    ]
    assert [(line.label, line.numbers) for line in by_category.lines] == [("标兵", [1, 9]), ("能手", [0, 1])]


def test_only_the_last_years_are_drawn():
    (chart,) = charts([group(None, "标兵", 2010), group(None, "标兵", 2023)], [], by="按奖项")

    assert (chart.years, chart.lines[0].total) == ([2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023], 1)


def test_the_highest_bar_fills_the_drawing_and_nothing_is_drawn_for_nothing():
    (chart,) = charts([group(None, "标兵", 2022, 2), group(None, "标兵", 2024, 8)], [], by="按奖项")

    assert chart.lines[0].bars == [(0, 18, 6), (24, 0, 24)]


def test_nobody_is_ranked(court, several):
    """Persons are counted nowhere: the rows of the counts are departments and categories."""
    page = read(client_of(STAFF, court=court), "/honours/")
    counted = re.findall(r'<th scope="row" lang="zh-Hans">(.*?)</th>', page)

    assert counted == ["立案庭", "执行局", *sorted(AwardCategory.objects.values_list("name", flat=True))]


# --- Queries ---


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        read(client, address)
    return len(found)


@pytest.mark.parametrize("number", [1, 30])
def test_as_many_queries_for_thirty_rows_as_for_one(court, conference, number):
    bureau = make.department(court=court)
    person = make.person(court=court, department=bureau)
    for at in range(number):
        given = {"person": person, "department": bureau}
        winner(conference, f"第{at}名", **given)
        honour = make.honour(conference=conference, recipient_kind="person", recipient_name="某", **given)
        make.honour_file(honour=honour)
    client = client_of(STAFF, court=court, person=person)
    places = ("/honours/", "/honours/?family=above", f"/honours/departments/{bureau.pk}/", "/honours/mine/")

    assert [queries(client, place) for place in places] == [10, 11, 11, 11]


# --- Links ---


def test_the_desk_and_the_page_of_the_conference_lead_there(court, conference):
    person, department = make.person(court=court), make.department(court=court)
    client = client_of(CLERK, court=court)

    shown = {
        f"/honours/people/{person.pk}/": f"/admin/courts/person/{person.pk}/change/",
        f"/honours/departments/{department.pk}/": f"/admin/courts/department/{department.pk}/change/",
        "/honours/?year=2023": conference.get_absolute_url(),
        "/honours/": "/",
    }

    assert [target for target, page in shown.items() if f'href="{target}"' not in read(client, page)] == []


@pytest.mark.parametrize("who", ["visitor", SUPERIOR])
def test_the_page_of_a_conference_leads_nobody_else_there(court, who):
    conference = make.published(court=court)
    client = client_of(SUPERIOR, court=court.parent) if who == SUPERIOR else Client()

    assert "/honours/?year" not in read(client, conference.get_absolute_url())


# --- The document of an honour from above ---


def test_a_clerk_brings_the_document_of_an_honour(court):
    honour = make.honour(court=court)
    client = client_of(CLERK, court=court)
    form = {
        "year": 2023,
        "title": "全国先进",
        "recipient_kind": "court",
        "order": 0,
        "files-TOTAL_FORMS": 1,
        "files-INITIAL_FORMS": 0,
        "files-0-honour": honour.pk,
        "files-0-file": SimpleUploadedFile("通报.pdf", b"%PDF-1.7"),
        "files-0-audience": "staff",
    }

    client.post(f"/admin/awards/honour/{honour.pk}/change/", form)
    stored = HonourFile.objects.get()

    assert (stored.filename, "通报" in stored.file.name, len(stored.key)) == ("通报.pdf", False, 32)
    page = read(client, f"/admin/awards/honour/{honour.pk}/change/")
    assert "通报.pdf" in page
    assert stored.get_absolute_url() in read(client, "/honours/?family=above")


def test_a_file_that_is_not_what_its_name_says_is_refused(court):
    honour = make.honour(court=court)
    form = {
        "year": 2023,
        "title": "全国先进",
        "recipient_kind": "court",
        "order": 0,
        "files-TOTAL_FORMS": 1,
        "files-INITIAL_FORMS": 0,
        "files-0-file": SimpleUploadedFile("通报.pdf", b"MZ\x90"),
        "files-0-audience": "staff",
    }

    client_of(CLERK, court=court).post(f"/admin/awards/honour/{honour.pk}/change/", form)

    assert (HonourFile.objects.count(), Honour.objects.get().title) == (0, honour.title)


@pytest.mark.parametrize(
    ("audience", "who", "expected"),
    [("public", None, True), ("staff", None, False), ("staff", STAFF, True), ("staff", SUPERIOR, True)],
)
def test_the_page_of_the_conference_offers_the_file_to_whoever_may_read_it(court, audience, who, expected):
    conference = make.published(court=court)
    honours = [make.honour(conference=conference, title=title) for title in ("甲", "乙")]
    file = make.honour_file(honour=honours[0], audience=audience)
    make.honour_file(honour=honours[0], audience=Audience.PUBLIC)
    client = client_of(who, court=court.parent if who == SUPERIOR else court) if who else Client()

    page = read(client, conference.get_absolute_url())

    assert (file.get_absolute_url() in page, page.count("<strong>甲</strong>")) == (expected, 1)


def test_the_file_leaves_as_a_download(court):
    honour = make.honour(court=court)
    file = make.honour_file(honour=honour, file=SimpleUploadedFile("x.pdf", b"%PDF-1.7"))

    response = client_of(STAFF, court=court).get(file.get_absolute_url())

    assert (response["Content-Type"], response["Content-Disposition"].startswith("attachment")) == (
        "application/pdf",
        True,
    )
