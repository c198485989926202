"""The JSON of a conference: complete for whoever may see everything, and for readers what the page shows them."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import Audience
from courts.models import Court
from courts.roles import CLERK, STAFF
from exchange.document import document
from exchange.visible import Reader
from sample import hubin, nantong
from sample.loading import load
from tests import make
from tests.exchange_records import elsewhere, exported, full_record, taken_in, valid

pytestmark = pytest.mark.django_db
VISITOR = Reader(private=False, staff=False)


def test_what_was_taken_in_is_exported_as_the_same_bytes():
    with elsewhere():
        first = exported(full_record())

    taken_in(first)

    (made,) = Court.objects.get(slug="origin").conferences.all()
    assert exported(made) == first
    assert {
        name for name in ("reports", "supervisions", "helpers", "files", "people") if f'"{name}"' not in first.decode()
    } == set()


def test_the_two_real_conferences_come_back_as_the_same_bytes():
    with elsewhere():
        load([hubin.SUPERIOR, hubin.COURT, nantong.SUPERIOR, nantong.COURT])
        files = {
            slug: exported(Court.objects.get(slug=slug).conferences.get()) for slug in ("hubin", "nantong-kaifaqu")
        }

    for content in files.values():
        taken_in(content)

    assert {slug: exported(Court.objects.get(slug=slug).conferences.get()) for slug in files} == files


def test_it_is_taken_in_as_a_draft_without_accounts_and_files():
    with elsewhere():
        first = exported(make.publish(full_record(audience=Audience.PUBLIC)))

    made = taken_in(first).conference

    assert (made.state, made.changed_by, made.attachments.get().file.name) == ("draft", None, "")
    assert [one.announced_by.is_active for one in made.commendations.all()] == [False, False, False]


@pytest.fixture
def public() -> Any:
    return make.published(court=make.court(slug="own"))


def as_seen(conference: Any, client: Client | None = None) -> dict[str, Any]:
    response = (client or Client()).get(f"{conference.get_absolute_url()}conference.json")
    valid(response.json())
    return response.json()["conference"] | {"document": response.json()}


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row.get("name", "") for row in rows]


def test_readers_get_what_the_page_shows(public):
    left_off = make.left_off(court=public.court)
    make.commendation(conference=public, name="甲", announced=True, deeds="x", citation="x")
    make.commendation(conference=public, name="乙", decision=make.decision(conference=public))
    make.commendation(conference=public, name="丙", announced=timezone.now() + timezone.timedelta(days=1))
    make.commendation(conference=public, person=left_off, announced=True)
    make.speech(conference=public, person=left_off, post="庭长")
    make.agenda_item(conference=public, private_note="x", minutes=5)
    make.figure(conference=public, rank=1, rank_kind="exact", rank_scope="全市", quote="x")
    make.figure(conference=public, label="排名", value=None, rank=1, rank_kind="exact", rank_scope="全市")
    make.measure(
        task=make.task(conference=public),
        responsible_name="丁",
        lead=make.department(court=public.court, name="立案庭"),
    )

    seen = as_seen(public)

    assert names(seen["commendations"]) == ["甲"]
    assert seen["commendations"][0] == {"name": "甲", "category": "category-1"}
    assert "decisions" not in seen
    assert len(seen["document"]["award_categories"]) == 1
    assert seen["speeches"] == [{"id": "speech-1", "kind": "report", "department_name": "庭长"}]
    assert seen["agenda"] == [{"kind": "other", "title": "奏唱国歌"}]
    assert seen["figures"] == [{"label": "受理案件", "precision": "exact", "value": "100", "unit": "件"}]
    assert seen["tasks"][0]["measures"] == [{"text": "每月学习一次", "lead": "department-1"}]
    assert seen["document"]["departments"] == [{"id": "department-1", "name": "立案庭"}]
    assert "people" not in seen["document"]
    assert seen["document"]["complete"] is False


def test_the_clerk_gets_everything_and_staff_the_files_for_staff(public):
    make.commendation(conference=public, name="乙", deeds="事迹")
    make.attachment(conference=public, audience=Audience.STAFF)
    make.attachment(conference=public, audience=Audience.PUBLIC, title="公开")
    make.attachment(conference=public, audience=Audience.PUBLIC, title="文件不在", file="")
    clients = {role: Client() for role in (CLERK, STAFF)}
    for role, client in clients.items():
        client.force_login(make.user(role, court=public.court))

    clerk, staff, visitor = as_seen(public, clients[CLERK]), as_seen(public, clients[STAFF]), as_seen(public)

    assert clerk["commendations"][0]["deeds"] == "事迹"
    assert "commendations" not in staff
    titles = [[one["title"] for one in seen["attachments"]] for seen in (clerk, staff, visitor)]
    assert titles == [["通知", "公开", "文件不在"], ["通知", "公开"], ["公开"]]
    assert [seen["document"]["complete"] for seen in (clerk, staff, visitor)] == [True, False, False]


@pytest.mark.parametrize("reader", [Reader(private=True, staff=True), VISITOR], ids=["complete", "public"])
def test_the_document_takes_the_same_queries_for_1_row_and_for_30(reader):
    conference = full_record()

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            document(conference, reader)
        return len(asked)

    few = queries()
    for _ in range(30):
        make.commendation(conference=conference, person=make.person(court=conference.court), announced=True)
        make.measure(task=make.task(conference=conference), lead=make.department(court=conference.court))
        make.honour_file(honour=make.honour(conference=conference))

    assert queries() == few
    assert few <= 27


def test_its_page_and_its_head_lead_to_it(public):
    page = Client().get(public.get_absolute_url()).content.decode()

    files = ("conference.json", "feed.atom", "calendar.ics")
    assert {file: page.count(f'href="/own/2023/{file}"') for file in files} == dict.fromkeys(files, 2)


def test_a_document_says_nothing_of_the_installation(public):
    make.attachment(conference=public, audience=Audience.PUBLIC)
    text = json.dumps(as_seen(public))

    assert [one for one in (public.attachments.get().key, "testserver", "published_at") if one in text] == []
