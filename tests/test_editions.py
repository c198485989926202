"""Editions: the record as it was published, what changed since, and who reads which part of an old one."""

import datetime
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from awards.announcing import announce
from conferences.changes import Kind, since_last_publication
from conferences.models import Conference, MeasureHelper
from conferences.record import PARTS, record_of
from courts.models import User
from courts.roles import APPROVER, CLERK, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db
# What belongs to a conference and not to its record: what was published, and that it was corrected.
NO_PART = {"editions", "corrections", "waivers", "selections", "page_counts"}


@pytest.fixture
def court():
    return make.court(parent=make.court())


@pytest.fixture
def clerk(court) -> User:
    return make.user(CLERK, court=court)


@pytest.fixture
def approver(court) -> User:
    return make.user(APPROVER, court=court)


def publish(conference: Conference, clerk: User, approver: User) -> None:
    conference.submit(by=clerk)
    conference.publish(by=approver)


def full(court: Any, number: int = 1, **given: Any) -> Conference:
    """A draft with so many rows of each part."""
    conference = make.conference(court=court, **given)
    department, category = make.department(court=court), make.category(court=court)
    for n in range(number):
        speech = make.speech(conference=conference, order=n, text="第一段\n第二段")
        make.participant(conference=conference, order=n)
        make.keynote(conference=conference, order=n, speech=speech)
        make.agenda_item(conference=conference, order=n, private_note="内部")
        make.figure(conference=conference, order=n, speech=speech)
        measure = make.measure(task=make.task(conference=conference, order=n, speech=speech), lead=department)
        MeasureHelper.objects.create(measure=measure, department=department)
        decision = make.decision(conference=conference)
        make.commendation(conference=conference, order=n, category=category, decision=decision, name=f"王{n}")
        make.award_given(conference=conference)
        make.honour(conference=conference)
        make.attachment(conference=conference)
    return conference


# --- What is kept ---


def test_every_part_of_a_conference_is_kept_or_said_to_be_none():
    parts = {relation.name for relation in Conference._meta.related_objects if not relation.related_model._meta.proxy}

    assert parts == {part for part in PARTS if "__" not in part} | NO_PART


def test_an_edition_holds_each_row_with_the_texts_of_its_fields(court, clerk, approver):
    conference = make.conference(court=court, title="年度大会", starts_on=datetime.date(2024, 2, 2))
    department = make.department(court=court, name="刑庭")
    measure = make.measure(task=make.task(conference=conference, heading="把牢方向"), text="每月学习", lead=department)
    MeasureHelper.objects.create(measure=measure, department=make.department(court=court, name="民庭"))
    figure = make.figure(conference=conference, label="结案率", value="97.50", unit="%", change=1, change_unit="points")
    winner = make.commendation(conference=conference, category=make.category(court=court, name="标兵"), name="王某")
    publish(conference, clerk, approver)

    parts = conference.editions.get().parts
    values = {name: {row["id"]: row["values"] for row in rows} for name, rows in parts.items()}
    assert parts["commendations"] == [
        {"id": winner.pk, "title": "王某 标兵", "values": {"name": "王某", "category": "标兵"}}
    ]
    assert values["tasks__measures"][measure.pk] == {
        "task": "把牢方向",
        "text": "每月学习",
        "lead": "刑庭",
        "helpers": "民庭",
    }
    assert {name: values["figures"][figure.pk][name] for name in ("value", "change")} == {
        "value": "97.5",
        "change": "1",
    }
    assert (values["conference"][conference.pk]["title"], values["conference"][conference.pk]["starts_on"]) == (
        *("年度大会", "2024-02-02"),
    )


def test_an_edition_is_the_same_whatever_language_the_approver_reads(court):
    conference = full(court)
    with translation.override("en"):
        english = record_of(conference)

    assert english == record_of(conference)


def test_editions_are_numbered_and_only_the_last_is_open(court, clerk, approver):
    conference = make.conference(court=court)
    publish(conference, clerk, approver)
    now = timezone.now()
    conference.withdraw(by=approver, reason="有误", now=now)
    publish(conference, clerk, approver)

    kept = list(conference.editions.values_list("number", "published_by", "closed_at", "closed_by"))
    assert kept == [(1, approver.pk, now, approver.pk), (2, approver.pk, None, None)]


@pytest.mark.parametrize("act", ["submit", "publish"])
def test_the_record_is_kept_and_compared_with_as_many_queries_for_eighty_winners_as_for_one(
    court, clerk, approver, client, act
):
    ContentType.objects.get_for_model(Conference)  # looked up once in the life of a program
    full(court, 1, year_reviewed=2020)  # each of the others has a year before
    counts = []
    for year, number in ((2021, 1), (2022, 80)):
        conference = full(court, number, year_reviewed=year)
        publish(conference, clerk, approver)
        conference.withdraw(by=approver, reason="有误")
        conference.speeches.update(text="第一段\n改了")
        if act == "publish":
            conference.submit(by=clerk)
        client.force_login(clerk if act == "submit" else approver)
        place = f"/admin/conferences/conference/{conference.pk}/steps/{act}/"
        with CaptureQueriesContext(connection) as opened:
            page = client.get(place)
        with CaptureQueriesContext(connection) as taken:
            client.post(place)
        counts.append((len(opened), len(taken)))
        assert [len(part.rows) for part in page.context["since"].parts] == [number]

    assert counts[0] == counts[1]


# --- What changed since ---


def changed(conference: Conference) -> list[Any]:
    """(label of the part, [(kind, title, [(old, new)])])."""
    return [
        (part.label, [(row.kind, row.title, [field[1:] for field in row.fields]) for row in part.rows])
        for part in since_last_publication(conference).parts
    ]


@pytest.fixture
def withdrawn(court, clerk, approver) -> Conference:
    conference = make.conference(court=court, theme="旧主题")
    make.figure(conference=conference, label="受理", value=12478, order=1)
    make.figure(conference=conference, label="结案", value=9, order=2)
    make.speech(conference=conference, name="杜某", text="第一段\n第二段\n第三段")
    publish(conference, clerk, approver)
    conference.withdraw(by=approver, reason="有误")
    return conference


def test_nothing_changed_is_no_change(withdrawn):
    assert changed(withdrawn) == []


def test_a_changed_field_says_old_and_new(withdrawn):
    withdrawn.figures.filter(label="受理").update(value=12487)
    Conference.objects.filter(pk=withdrawn.pk).update(theme="", venue="礼堂")
    withdrawn.refresh_from_db()

    assert [rows for _part, rows in changed(withdrawn)] == [
        [(Kind.CHANGED, str(withdrawn), [("旧主题", ""), ("", "礼堂")])],
        [(Kind.CHANGED, "受理", [("12478", "12487")])],
    ]


def test_of_a_long_text_only_the_paragraphs_that_differ_are_shown(withdrawn):
    withdrawn.speeches.update(text="第一段\n改过的第二段\n第三段")

    assert [row[2] for _part, rows in changed(withdrawn) for row in rows] == [[("第二段", "改过的第二段")]]


def test_rows_that_came_and_went_are_told(withdrawn):
    withdrawn.figures.get(label="结案").delete()
    make.commendation(conference=withdrawn, name="王某", category=make.category(court=withdrawn.court, name="标兵"))

    assert [(kind, title) for _part, rows in changed(withdrawn) for kind, title, _fields in rows] == [
        (Kind.REMOVED, "结案"),
        (Kind.ADDED, "王某 标兵"),
    ]


def test_another_order_is_told_once(withdrawn):
    withdrawn.figures.filter(label="受理").update(order=3)

    assert [rows for _part, rows in changed(withdrawn)] == [[(Kind.MOVED, "", [])]]


def test_what_was_published_before_editions_were_kept_has_nothing_to_compare_with(court, clerk, approver, client):
    conference = make.published(court=court)
    conference.withdraw(by=approver, reason="有误")
    conference.submit(by=clerk)
    client.force_login(approver)

    page = client.get(f"/admin/conferences/conference/{conference.pk}/steps/publish/")

    assert (page.status_code, page.context["since"]) == (200, (None, []))


# --- Who reads it ---


def texts(response: Any) -> set[str]:
    """Everything that an edition's page says of the rows."""
    return {
        text
        for section in response.context["sections"]
        for title, fields in section.rows
        for text in (title, *(value for _label, value in fields))
    }


def readers(court: Any) -> dict[str, User]:
    return {
        "staff": make.user(STAFF, court=court),
        "clerk": make.user(CLERK, court=court),
        "above": make.user(SUPERIOR, CLERK, APPROVER, court=court.parent),
    }


def seen_by(client: Any, readers: dict[str, User], conference: Conference, number: int) -> dict[str, set[str]]:
    found = {}
    for who, user in readers.items():
        client.force_login(user)
        found[who] = texts(client.get(conference.editions.get(number=number).get_absolute_url()))
    return found


def test_a_winner_stands_in_an_edition_for_staff_once_announced(court, clerk, approver, client):
    conference = full(court)
    publish(conference, clerk, approver)
    people = readers(court)
    before = seen_by(client, people, conference, 1)
    announce(conference, by=clerk)
    after = seen_by(client, people, conference, 1)

    assert {who: "王0" in said for who, said in before.items()} == {"staff": False, "clerk": True, "above": False}
    assert {who: "王0" in said for who, said in after.items()} == {"staff": True, "clerk": True, "above": True}
    assert {who: "内部" in said for who, said in after.items()} == {"staff": False, "clerk": True, "above": False}


def test_whoever_was_replaced_before_the_announcement_stays_hidden_in_the_old_edition(court, clerk, approver, client):
    conference = full(court)
    publish(conference, clerk, approver)
    conference.withdraw(by=approver, reason="换人")
    winner = conference.commendations.get()
    winner.name = "李某"
    winner.save()
    publish(conference, clerk, approver)
    announce(conference, by=clerk)
    people = readers(court)

    first, second = (seen_by(client, people, conference, number) for number in (1, 2))

    assert {who: "王0" in said for who, said in first.items()} == {"staff": False, "clerk": True, "above": False}
    assert {who: "李某" in said for who, said in second.items()} == {"staff": True, "clerk": True, "above": True}


def test_a_revoked_winner_stands_in_no_edition_for_staff(court, clerk, approver, client):
    conference = full(court)
    publish(conference, clerk, approver)
    announce(conference, by=clerk)
    conference.commendations.get().revoke(by=approver, reason="弄虚作假")

    said = seen_by(client, readers(court), conference, 1)

    assert {who: "王0" in texts for who, texts in said.items()} == {"staff": False, "clerk": True, "above": False}


def test_a_rank_is_in_an_edition_for_staff_while_it_is_open(court, clerk, approver, client):
    conference = make.conference(court=court)
    figure = make.figure(conference=conference, rank=2, rank_kind="exact", rank_scope="全市", quote="排全市第2名")
    publish(conference, clerk, approver)
    people = {"staff": readers(court)["staff"]}
    said = [seen_by(client, people, conference, 1)["staff"]]
    figure.open_rank(by=approver)
    said.append(seen_by(client, people, conference, 1)["staff"])
    figure.close_rank(by=approver)
    said.append(seen_by(client, people, conference, 1)["staff"])

    assert [("全市" in one, "排全市第2名" in one) for one in said] == [(False, False), (True, False), (False, False)]


def test_an_edition_that_is_not_there_answers_as_one_that_is_not_open(court, clerk, approver, client):
    conference = full(court, audience="public")
    publish(conference, clerk, approver)
    place = conference.editions.get().get_absolute_url()
    beside = make.user(STAFF, court=make.court())
    client.force_login(beside)

    hidden, missing = (client.get(one) for one in (place, place.replace("/1/", "/7/")))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content.replace(b"/1/", b"/7/") == missing.content


def test_the_page_lists_its_editions_for_staff_alone(court, clerk, approver, client):
    conference = full(court, audience="public")
    publish(conference, clerk, approver)
    people = {"visitor": None, "beside": make.user(STAFF, court=make.court()), **readers(court)}
    listed = {}
    for who, user in people.items():
        client.logout()
        if user:
            client.force_login(user)
        listed[who] = len(client.get(conference.get_absolute_url()).context["editions"])

    assert listed == {"visitor": 0, "beside": 0, "staff": 1, "clerk": 1, "above": 1}


def test_an_edition_takes_as_many_queries_for_eighty_rows_as_for_one(court, clerk, approver, client):
    counts = []
    client.force_login(make.user(STAFF, court=court))
    for year, number in ((2021, 1), (2022, 80)):
        conference = full(court, number, year_reviewed=year)
        publish(conference, clerk, approver)
        place = conference.editions.get().get_absolute_url()
        with CaptureQueriesContext(connection) as queries:
            client.get(place)
        counts.append(len(queries))

    assert counts[0] == counts[1]
