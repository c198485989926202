"""The register of honours as a file: families apart, honours from above on a sheet of their own, each one logged."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from awards.models import ExportLog, Family
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court(name="青州市人民法院", slug="qing")


@pytest.fixture
def person(court):
    """Honoured here in two families, and from above; a colleague too."""
    bureau = make.department(court=court, name="执行局")
    person = make.person(court=court, name="甲某", department=bureau)
    conference = make.published(court=court)
    for name, family in (("办案标兵", Family.IN_HOUSE), ("优秀党员", Family.PARTY)):
        category = make.category(court=court, name=name, family=family)
        make.commendation(conference=conference, category=category, person=person, announced=True)
        make.commendation(conference=conference, category=category, name="乙某", announced=True)
    make.honour(
        conference=conference, title="全国模范法官", recipient_kind="person", recipient_name="甲某", person=person
    )
    make.honour(conference=conference, title="全国优秀法院", year=2022, bodies="=省高院")
    return person


def taken(role: str, court: Any, asked: str, file_format: str = "xlsx") -> Any:
    client = Client()
    client.force_login(make.user(role, court=court))
    return client.post(f"/honours/export/?{asked}", {"file_format": file_format})


def sheets(response: Any) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def column(rows: list[tuple[Any, ...]], name: str) -> list[Any]:
    """The cells under a heading, up to the first empty row."""
    at = rows[0].index(name)
    return [row[at] for row in rows[1:] if row[at]]


def test_a_workbook_of_a_person_has_a_sheet_for_each_family_and_one_for_what_is_from_above(court, person):
    response = taken(CLERK, court, f"person={person.pk}")

    found = sheets(response)

    assert {name: column(rows, "获奖者") for name, rows in found.items()} == {
        "院内表彰": ["甲某"],
        "党内表彰": ["甲某"],
        "上级荣誉": ["甲某"],
    }
    log = ExportLog.objects.get()
    assert (log.rows, log.file_format, "甲某_荣誉台账" in log.what) == (3, "xlsx", True)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("year=2022", {"上级荣誉": 1}),
        ("year=2023", {"院内表彰": 2, "党内表彰": 2, "上级荣誉": 1}),
        ("", {"院内表彰": 2, "党内表彰": 2, "上级荣誉": 2}),
    ],
)
def test_the_file_holds_what_the_address_narrows_it_to(court, person, asked, expected):
    found = sheets(taken(APPROVER, court, asked))

    assert {name: len(column(rows, "获奖者")) for name, rows in found.items()} == expected


def test_a_csv_holds_one_family(court, person):
    text = b"".join(taken(CLERK, court, "family=above", "csv").streaming_content).decode("utf-8-sig")

    assert [line.split(",")[:3] for line in text.splitlines()] == [
        ["年度", "荣誉名称", "授予机关"],
        ["2023", "全国模范法官", ""],
        ["2022", "全国优秀法院", "'=省高院"],
    ]


def test_several_families_are_refused_as_csv_and_nothing_is_logged(court, person):
    response = taken(CLERK, court, f"person={person.pk}", "csv")

    assert (response.status_code, ExportLog.objects.count()) == (302, 0)


def test_an_empty_choice_is_refused(court, person):
    assert taken(CLERK, court, "year=1999").status_code == 302


@pytest.mark.parametrize("role", [STAFF, LIAISON])
def test_whoever_may_not_export_gets_no_file(court, person, role):
    assert taken(role, court, f"person={person.pk}").status_code == 403


@pytest.mark.parametrize("asked", ["person=0", "person=x", "department=99999999999999999999", "year=x"])
def test_what_is_not_there_is_not_there(court, person, asked):
    assert taken(CLERK, court, asked).status_code == 404


def test_another_courts_people_are_not_there(court, person):
    assert taken(CLERK, make.court(), f"person={person.pk}").status_code == 404


def test_a_format_that_is_none_is_not_there(court, person):
    assert taken(CLERK, court, "", "exe").status_code == 404


def test_the_name_of_the_file_says_whose_it_is(court, person):
    response = taken(CLERK, court, f"person={person.pk}")

    assert response["Content-Disposition"].endswith(
        "%E9%9D%92%E5%B7%9E%E5%B8%82%E4%BA%BA%E6%B0%91%E6%B3%95%E9%99%A2_2023%E5%B9%B4%E5%BA%A6_"
        "%E7%94%B2%E6%9F%90_%E8%8D%A3%E8%AA%89%E5%8F%B0%E8%B4%A6.xlsx"
    )
