"""Pages for everyone: built once for each revision, and never one reader's page for another."""

import datetime
import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache as store
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.announcing import announce
from awards.models import AwardCategory, Commendation, Decision, Honour
from conferences import caching, views
from conferences.models import (
    AgendaItem,
    Attachment,
    Audience,
    Conference,
    Figure,
    Indicator,
    Keynote,
    Measure,
    MeasureHelper,
    Participant,
    PriorityTask,
    Speech,
)
from courts.models import Court, Department, Person
from courts.roles import APPROVER, CLERK, STAFF
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 20, 1, 0, tzinfo=datetime.UTC)  # nine o'clock in Shanghai


@pytest.fixture
def at(monkeypatch):
    """Sets the clock."""

    def turn(moment: datetime.datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    turn(NOW)
    return turn


@pytest.fixture
def record() -> Conference:
    """A published conference with one row of every kind."""
    conference = make.published(title="年度大会")
    speech = make.speech(conference=conference, text="讲话")
    make.participant(conference=conference)
    make.keynote(conference=conference)
    make.agenda_item(conference=conference)
    make.figure(conference=conference, indicator=Indicator.objects.create(name="结案率"))
    task = make.task(conference=conference, speech=speech)
    department = make.department(court=conference.court)
    measure = make.measure(task=task, lead=department)
    MeasureHelper.objects.create(measure=measure, department=department)
    make.attachment(conference=conference, audience=Audience.PUBLIC)
    decision = make.decision(conference=conference)
    make.commendation(conference=conference, decision=decision, announced=True)
    make.honour(conference=conference)
    make.person(court=conference.court)
    return conference


def etag(record: Conference, client: Client | None = None) -> str:
    return (client or Client()).get(record.get_absolute_url())["ETag"]


TEXTS = {
    Court: "short_name",
    Department: "name",
    Person: "post",
    Indicator: "unit",
    Conference: "title",
    Participant: "post",
    Keynote: "text",
    AgendaItem: "title",
    Speech: "text",
    Figure: "label",
    PriorityTask: "heading",
    Measure: "text",
    Attachment: "title",
    AwardCategory: "name",
    Decision: "title",
    Commendation: "name",
    Honour: "title",
}


def save(row: Any, name: str) -> None:
    setattr(row, name, "改")
    row.save()


def update(row: Any, name: str) -> None:
    type(row).objects.filter(pk=row.pk).update(**{name: "改"})


def change_many(row: Any, name: str) -> None:
    setattr(row, name, "改")
    type(row).objects.bulk_update([row], [name])


@pytest.mark.parametrize("way", [save, update, change_many], ids=lambda way: way.__name__)
@pytest.mark.parametrize("model", TEXTS, ids=lambda model: model.__name__)
def test_a_change_of_any_row_is_another_page(record, model, way):
    row = model.objects.filter(pk=record.court_id).first() if model is Court else model.objects.first()
    before = etag(record)

    way(row, TEXTS[model])

    assert etag(record) != before


def take_away(model: type) -> Callable[[Conference], Any]:
    return lambda _: model.objects.all()[0].delete()


ROWS: dict[str, Callable[[Conference], Any]] = {
    "a new winner": lambda record: make.commendation(conference=record, announced=True),
    "a new task": lambda record: make.task(conference=record),
    "many new figures": lambda record: Figure.objects.bulk_create(
        [Figure(conference=record, label="结案", value=n) for n in range(3)]
    ),
    "another helper": lambda record: Measure.objects.get().helpers.set([make.department(court=record.court)]),
    "no helper": lambda _: Measure.objects.get().helpers.clear(),
    **{
        f"{model.__name__} deleted": take_away(model)
        for model in (Participant, Keynote, AgendaItem, Figure, Measure, PriorityTask, Speech, Attachment, Commendation)
    },
    "all participants deleted": lambda record: record.participants.all().delete(),
    "revoked": lambda record: Commendation.objects.get().revoke(
        by=make.user(APPROVER, court=record.court), reason="弄虚作假"
    ),
    "rank opened": lambda record: make.figure(
        conference=record, rank=2, rank_kind="exact", rank_scope="全市"
    ).open_rank(by=make.user(APPROVER, court=record.court)),
    "announced": lambda record: (
        make.commendation(conference=record),
        announce(record, by=make.user(CLERK, court=record.court)),
    ),
}


@pytest.mark.parametrize("act", ROWS.values(), ids=ROWS.keys())
def test_every_act_is_another_page(record, act):
    before = etag(record)

    act(record)

    assert etag(record) != before


def test_a_page_that_was_withdrawn_is_gone_and_comes_back_changed(record, client):
    approver, clerk = make.user(APPROVER, court=record.court), make.user(CLERK, court=record.court)
    address = record.get_absolute_url()
    before = etag(record)

    record.withdraw(by=approver, reason="数据有误")
    gone = client.get(address, headers={"If-None-Match": before})
    Conference.objects.filter(pk=record.pk).update(title="改过的大会")
    record.submit(by=clerk)
    record.publish(by=approver)
    back = client.get(address, headers={"If-None-Match": before})

    assert (gone.status_code, back.status_code, "改过的大会" in back.content.decode()) == (404, 200, True)


def test_a_change_of_one_court_leaves_the_pages_of_another(record):
    other = make.department()
    before = etag(record)

    other.delete()

    assert etag(record) == before


@pytest.mark.parametrize("headers", [{}, {"Accept-Encoding": "gzip"}])
def test_what_was_not_changed_is_not_sent_again(record, client, headers):
    address = record.get_absolute_url()
    first = client.get(address, headers=headers)

    second = client.get(address, headers=headers | {"If-None-Match": first["ETag"]})

    kept = [second[name] == first[name] for name in ("ETag", "Cache-Control", "Vary")]
    assert (second.status_code, second.content, kept) == (304, b"", [True, True, True])


def test_head_says_what_get_says(record, client):
    address = record.get_absolute_url()

    get, head = client.get(address), client.head(address)

    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(get.headers))


def test_the_packed_page_is_the_plain_page(record, client):
    address = record.get_absolute_url()

    packed, plain = client.get(address, headers={"Accept-Encoding": "gzip"}), client.get(address)

    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert {"Accept-Encoding", "Cookie"} <= {name.strip() for name in packed["Vary"].split(",")}


def test_a_kept_page_is_found_with_one_query(record, client):
    address = record.get_absolute_url()
    client.get(address)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)

    assert len(queries) == 1


# --- What decides is in the key ---


def test_each_language_has_its_own_page(record):
    chinese, english = Client(), Client()
    english.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    tags = {etag(record, chinese), etag(record, english)}
    languages = [one.get(record.get_absolute_url())["Content-Language"] for one in (chinese, english)]

    assert (len(tags), languages) == (2, ["zh-hans", "en"])


def test_each_host_has_its_own_page(record, client, settings):
    settings.ALLOWED_HOSTS = ["hui.example.cn", "10.1.1.1"]

    bodies = {
        host: client.get(record.get_absolute_url(), headers={"Host": host}).content.decode()
        for host in settings.ALLOWED_HOSTS
    }

    assert [
        other in bodies[host] for host, other in (("hui.example.cn", "10.1.1.1"), ("10.1.1.1", "hui.example.cn"))
    ] == [
        False,
        False,
    ]
    assert [host in body for host, body in bodies.items()] == [True, True]


def test_each_day_has_its_own_page(record, at):
    today = etag(record)

    at(NOW + datetime.timedelta(hours=14, minutes=59))
    still = etag(record)
    at(NOW + datetime.timedelta(hours=15))

    assert (still == today, etag(record) == today) == (True, False)


@pytest.mark.parametrize("address", ["", "?x=1", "?winner=1&x=2"])
def test_a_made_up_question_is_never_kept(record, client, monkeypatch, address):
    kept = []
    monkeypatch.setattr(caching, "_keep", lambda *given: kept.append(given) or 1 / 0)

    if not address:
        with pytest.raises(ZeroDivisionError):
            client.get(record.get_absolute_url())
    else:
        response = client.get(record.get_absolute_url() + address)
        assert (response.status_code, response["Cache-Control"], "ETag" in response) == (200, "public, no-cache", False)

    assert len(kept) == (0 if address else 1)


# --- Never one reader's page for another ---


@pytest.mark.parametrize("order", ["clerk first", "visitor first"])
def test_what_a_clerk_sees_is_kept_for_nobody(record, client, order):
    make.agenda_item(conference=record, private_note="机密备注")
    make.commendation(conference=record, name="未公布者")
    clerk = Client()
    clerk.force_login(make.user(CLERK, court=record.court))
    address = record.get_absolute_url()
    readers = {"clerk": clerk, "visitor": client}
    who = (
        ["clerk", "visitor", "clerk", "visitor"] if order == "clerk first" else ["visitor", "clerk", "visitor", "clerk"]
    )

    answers = [(one, readers[one].get(address)) for one in who]

    seen = {
        (one, "机密备注" in answer.content.decode(), "未公布者" in answer.content.decode()) for one, answer in answers
    }
    told = {(one, answer["Cache-Control"]) for one, answer in answers}
    assert seen == {("clerk", True, True), ("visitor", False, False)}
    assert told == {("clerk", "private, no-store"), ("visitor", "public, no-cache")}


def test_the_mark_of_a_public_page_opens_nothing_to_whoever_signed_in(record):
    public = etag(record)
    clerk = Client()
    clerk.force_login(make.user(CLERK, court=record.court))

    response = clerk.get(record.get_absolute_url(), headers={"If-None-Match": public})

    assert (response.status_code, "ETag" in response) == (200, False)


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_a_reader_who_may_be_someone_gets_no_page_from_the_store(record, client, monkeypatch, cookie):
    etag(record)
    client.cookies[cookie] = "anything"
    monkeypatch.setattr(store, "get", lambda *_: pytest.fail("asked the store"))

    assert client.get(record.get_absolute_url())["Cache-Control"] == "private, no-store"


ADDRESSES: dict[str, Callable[[Conference], str]] = {
    "home": lambda _: "/",
    "court": lambda record: record.court.get_absolute_url(),
    "conference": lambda record: record.get_absolute_url(),
    "speech": lambda record: record.speeches.get().get_absolute_url(),
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_no_kept_page_holds_a_token_or_sets_a_cookie(record, client, address):
    response = client.get(address(record))

    assert (response.cookies.output(), "csrf" in response.content.decode()) == ("", False)
    assert (response["Cache-Control"], "ETag" in response) == ("public, no-cache", True)


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_reader_who_brings_a_form_token_never_fills_the_store(record, client, address):
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32

    response = client.get(address(record))

    assert (response["Cache-Control"], "ETag" in response) == ("private, no-store", False)


def test_a_view_that_would_set_a_cookie_fills_the_store_for_nobody(record, client, monkeypatch):
    def with_cookie(request, template, context):
        response = render(request, template, context)
        response.set_cookie("who", "x")
        return response

    render = views.render
    monkeypatch.setattr(views, "render", with_cookie)
    first = client.get(record.get_absolute_url())
    monkeypatch.setattr(views, "render", render)

    second = Client().get(record.get_absolute_url())

    assert (first["Cache-Control"], "ETag" in first, second.cookies.output()) == ("private, no-store", False, "")


def test_a_page_that_is_not_there_is_not_kept(client):
    court = make.court()
    conference = make.conference(court=court, audience=Audience.PUBLIC)
    address = conference.get_absolute_url()
    hidden = client.get(address).status_code

    # Past the revision, as a hand at the database would do it.
    people = {"submitted_by": make.user(), "published_by": make.user()}
    when = {"submitted_at": timezone.now(), "published_at": timezone.now()}
    Conference._base_manager.filter(pk=conference.pk).update(**people, **when)

    assert (hidden, client.get(address).status_code) == (404, 200)


# --- Embargo ---


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_kept_page_ends_when_the_winners_become_known(record, client, at, address):
    Commendation.objects.all().delete()
    make.commendation(conference=record, name="某获奖者")
    later = NOW + datetime.timedelta(hours=2)
    announce(record, by=make.user(CLERK, court=record.court), now=later)
    place = address(record)

    before = [client.get(place) for _ in range(2)]
    at(later - datetime.timedelta(seconds=1))
    just_before = client.get(place)
    at(later)
    after = client.get(place, headers={"If-None-Match": before[0]["ETag"]})

    assert {one.content for one in before} == {just_before.content}
    if place == record.speeches.get().get_absolute_url():  # no winner stands there
        assert after.status_code == 304
        return
    assert (after.status_code, after.content == just_before.content) == (200, False)
    assert ["某获奖者" in one.content.decode() for one in (just_before, after)] == [
        False,
        place == record.get_absolute_url(),
    ]


def test_the_second_of_two_announcements_set_for_later_counts_too(record, client, at):
    later = [NOW + datetime.timedelta(hours=hours) for hours in (1, 2)]
    for name, moment in zip(("首位", "次位"), later, strict=True):
        make.commendation(conference=record, name=name)
        announce(record, by=make.user(CLERK, court=record.court), now=moment)
    shown = []

    for moment in (NOW, *later):
        at(moment)
        body = client.get(record.get_absolute_url()).content.decode()
        shown.append(("首位" in body, "次位" in body))

    assert shown == [(False, False), (True, False), (True, True)]


# --- Courts that go ---


def test_a_court_that_takes_a_deleted_ones_address_takes_none_of_its_pages(client):
    first = make.court(slug="jia", name="原甲区人民法院")
    client.get("/jia/")
    number = Court.objects.get().revision
    first.delete()
    second = make.court(slug="jia", name="新甲区人民法院")
    Court._base_manager.filter(pk=second.pk).update(revision=number)

    assert "新甲区人民法院" in client.get("/jia/").content.decode()


def test_the_first_page_is_another_one_after_a_court_was_deleted():
    court, other = make.court(), make.court()
    Court._base_manager.filter(pk=court.pk).update(revision=7)
    Court._base_manager.filter(pk=other.pk).update(revision=1)
    before = Court.objects.total_revision()
    other.delete()  # raises the others by one, and takes its own number away

    assert Court.objects.total_revision() != before


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/nothing/", "/login/", "/password/", "/awards/export/", "/nothing/"]
)
@pytest.mark.parametrize("role", [None, STAFF, CLERK])
def test_every_other_answer_is_kept_by_nobody(client, role, address):
    if role:
        client.force_login(make.user(role, court=make.court()))

    told = client.get(address)["Cache-Control"]

    assert ("private" in told, "no-store" in told) == (True, True)
