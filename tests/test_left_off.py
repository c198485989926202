"""Whoever is left off public pages: named nowhere for readers, kept where the court works (docs/decisions/0013)."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from awards.exports import export_response
from awards.models import Commendation
from conferences.checks import assess
from conferences.models import Audience, Conference
from courts import merging
from courts.models import Person
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db
NAME = "欧阳隐名"


@pytest.fixture
def court():
    return make.court(slug="qing", parent=make.court())


@pytest.fixture
def person(court):
    return make.left_off(court=court, name=NAME)


@pytest.fixture
def conference(court):
    return make.published(court=court)


def signed_in(role: str | None, court: Any) -> Client:
    client = Client()
    if role:
        client.force_login(make.user(role, court=court.parent if role == SUPERIOR else court))
    return client


def page(conference: Conference, client: Client | None = None, more: str = "") -> str:
    return (client or Client()).get(conference.get_absolute_url() + more).content.decode()


READERS = [None, STAFF, LIAISON, CLERK, APPROVER, SUPERIOR]


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("audience", Audience)
def test_the_page_of_a_conference_leaves_the_name_out_for_everybody(court, person, audience, role):
    conference = make.published(court=court, audience=audience)
    given = {"conference": conference, "person": person}
    speech = make.speech(**given, name=NAME, department_name="执行局", post="局长")
    make.task(conference=conference, speech=speech)
    make.participant(**given, name=NAME, post="院长")
    make.agenda_item(**given, name=NAME)
    make.commendation(**given, announced=True)
    make.honour(conference=conference, recipient_kind="person", person=person, recipient_name=NAME)

    client = signed_in(role, court)
    shown = [page(conference, client), page(conference, client, f"speeches/{speech.pk}/")]

    assert [NAME in one for one in shown] == [False, False]


def test_department_and_post_stand_where_the_name_of_a_speaker_stood(conference, person):
    speech = make.speech(conference=conference, person=person, department_name="执行局", post="局长")

    shown = page(conference, more=f"speeches/{speech.pk}/")

    assert '<span lang="zh-Hans">执行局 局长</span>' in shown


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"department_name": "执行局", "post": "局长"}, ("执行局", "局长")),
        ({"post": "区委书记"}, ("区委书记", "")),
        ({}, ("未列出姓名", "")),
    ],
    ids=["department", "post alone", "neither"],
)
def test_something_always_stands_in_place_of_the_name(conference, person, said, expected):
    speech = make.speech(conference=conference, person=person, **said)

    speech.leave_off()

    assert (speech.speaker, speech.post) == expected


def test_winners_who_are_left_off_are_counted_and_not_listed(conference, person):
    category = make.category(court=conference.court, name="先进个人")
    make.commendation(conference=conference, category=category, name="李一", announced=True)
    for one in (person, make.left_off(court=conference.court)):
        make.commendation(
            conference=conference, category=category, person=one, department_name="执行局", announced=True
        )

    shown = page(conference)

    assert ("3 名" in shown, "另有2名未列出姓名" in shown, "执行局" in shown) == (True, True, False)


def test_pages_that_were_built_before_are_built_anew(conference, court):
    known = make.person(court=court, name=NAME)
    make.participant(conference=conference, person=known, name=NAME)
    before = page(conference)

    known.left_off_since, known.left_off_reason = timezone.localdate(), "本人要求"
    known.save()

    assert (NAME in before, NAME in page(conference)) == (True, False)


# --- Editions ---


def kept(conference: Conference) -> tuple[Any, Person]:
    """An edition that names someone who is left off only afterwards."""
    someone = make.person(court=conference.court, name=NAME)
    given = {"conference": conference, "person": someone, "name": NAME}
    speech = make.speech(**given, department_name="执行局")
    make.task(conference=conference, speech=speech)
    make.commendation(**given, announced=True, post="审判员")
    make.decision(conference=conference, signed_by=NAME)
    edition = make.edition(conference)
    someone.left_off_since, someone.left_off_reason = timezone.localdate(), "本人要求"
    someone.save()
    return edition, someone


@pytest.mark.parametrize("role", [STAFF, LIAISON, SUPERIOR])
def test_older_editions_leave_the_name_out_for_other_readers(conference, court, role):
    edition, _someone = kept(conference)

    shown = signed_in(role, court).get(edition.get_absolute_url()).content.decode()

    assert [word in shown for word in (NAME, "审判员", "执行局 工作报告", "未列出姓名")] == [False, False, True, True]


@pytest.mark.parametrize("role", [CLERK, APPROVER])
def test_clerks_and_approvers_read_it_in_editions(conference, court, role):
    edition, _someone = kept(conference)

    assert NAME in signed_in(role, court).get(edition.get_absolute_url()).content.decode()


def test_an_edition_leaves_out_what_the_person_was_called_then(conference, court):
    edition, someone = kept(conference)
    Commendation.objects.all().delete()  # the row is gone, and so is its link
    someone.name = "欧阳新名"
    someone.save()

    assert NAME not in signed_in(STAFF, court).get(edition.get_absolute_url()).content.decode()


def test_an_edition_leaves_out_a_name_that_was_written_otherwise(conference, court, person):
    make.participant(conference=conference, person=person, name="欧阳异名")
    edition = make.edition(conference)

    assert "欧阳异名" not in signed_in(STAFF, court).get(edition.get_absolute_url()).content.decode()


# --- Award lists ---


def table(role: str, court: Any, *, order: str = "entered") -> list[tuple[Any, ...]]:
    user = make.user(role, court=court.parent if role == SUPERIOR else court)
    response = export_response(Commendation.objects.all(), user=user, file_format="xlsx", order=order)
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (CLERK, (NAME, "执行局", "局长")),
        (APPROVER, (NAME, "执行局", "局长")),
        (SUPERIOR, ("（未列出姓名）", None, None)),
    ],
)
def test_only_the_court_itself_takes_the_name_away_in_a_list(conference, court, person, role, expected):
    make.commendation(conference=conference, person=person, department_name="执行局", post="局长", announced=True)

    headings, row, *_rest = table(role, court)

    said = dict(zip(headings, row, strict=True))
    assert (said["获奖者"], said["部门"], said["职务"]) == expected


def test_a_list_by_strokes_does_not_tell_the_characters_of_the_name(conference, court):
    rare = make.left_off(court=court, name="\U00020000某")
    make.commendation(conference=conference, person=rare, announced=True)

    said = str([table(role, court, order="strokes") for role in (CLERK, SUPERIOR)])

    assert said.count("\U00020000某") == 1
    assert "\U00020000" not in str(table(SUPERIOR, court, order="strokes"))


# --- The register ---


def test_what_texts_still_say_is_told_to_the_clerk(court, person):
    conference = make.conference(court=court, summary=f"{NAME}同志受到表彰。")
    unlinked = make.participant(conference=conference, name=NAME)
    make.participant(conference=conference, person=person, name=NAME)

    told = [one for one in assess(conference).found if one.code == "left-off-named"]

    assert [(one.place.anchor, one.values, one.blocks) for one in told] == [
        ("id_summary", ("summary", NAME), False),
        (told[1].place.anchor, ("name", NAME), False),
    ]
    assert str(unlinked.pk) in told[1].place.anchor


def test_an_entry_that_is_left_off_is_not_deleted(court, person):
    client = signed_in(CLERK, court)

    shown = client.get(f"/admin/courts/person/{person.pk}/delete/").content.decode()
    client.post(f"/admin/courts/person/{person.pk}/delete/", {"post": "yes"})
    client.post("/admin/courts/person/", {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"})

    assert ("姓名会重新显示" in shown, Person.objects.filter(pk=person.pk).exists()) == (True, True)


def test_a_day_to_come_is_refused(court):
    client = signed_in(CLERK, court)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    form = {"name": "王某", "is_active": "on", "left_off_since": tomorrow, "left_off_reason": "本人要求"}

    shown = client.post("/admin/courts/person/add/", form).content.decode()

    assert ("尚未到来" in shown, Person.objects.count()) == (True, 0)


def test_a_clerk_finds_those_who_are_left_off(court, person):
    make.person(court=court, name="李在列")

    shown = signed_in(CLERK, court).get("/admin/courts/person/?left_off=yes").content.decode()

    assert (NAME in shown, "李在列" in shown) == (True, False)


def test_two_entries_that_become_one_keep_the_wish_and_give_it_back(court, person):
    keep = make.person(court=court, name=NAME)
    clerk = make.user(CLERK, court=court)

    merged = merging.merge(keep, person, by=clerk)
    after = Person.objects.get(pk=keep.pk)
    merging.undo(merged, by=clerk)

    assert (after.left_off_since, after.left_off_reason) == (person.left_off_since, person.left_off_reason)
    assert [one.is_left_off for one in Person.objects.filter(name=NAME).order_by("pk")] == [True, False]


def test_undoing_keeps_the_wish_where_its_reason_was_written_anew(court, person):
    keep = make.person(court=court, name=NAME)
    clerk = make.user(CLERK, court=court)
    merged = merging.merge(keep, person, by=clerk)
    Person.objects.filter(pk=keep.pk).update(left_off_reason="本人再次要求")

    merging.undo(merged, by=clerk)

    assert Person.objects.get(pk=keep.pk).left_off_reason == "本人再次要求"
