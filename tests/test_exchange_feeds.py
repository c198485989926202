"""Calendars, feeds, the sitemap and robots.txt, read by well-kept parsers, and sent as the pages are."""

import datetime
import xml.etree.ElementTree as ET

import feedparser
import icalendar
import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import Audience, Conference
from courts.roles import APPROVER, CLERK, STAFF
from exchange.ics import folded, time_of
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
LISTS = ("/feed.atom", "/sitemap.xml", "/own/feed.atom", "/own/calendar.ics", "/own/conferences.json")
FIXED = ("/robots.txt", "/schemas/conference-1.json", "/schemas/conferences-1.json")
OF_ONE = ("/own/2023/conference.json", "/own/2023/feed.atom", "/own/2023/calendar.ics")


@pytest.fixture
def own():
    return make.court(slug="own", name="青溪区人民法院", short_name="青溪法院")


def events(address: str, client: Client | None = None) -> list[icalendar.Event]:
    response = (client or Client()).get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    read = icalendar.Calendar.from_ical(response.content)
    assert read.errors == []
    return read.walk("VEVENT")


def feed(address: str, client: Client | None = None) -> feedparser.FeedParserDict:
    response = (client or Client()).get(address)
    read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert (read.version, read.bozo) == ("atom10", False)
    return read


# --- Calendars ---


def test_a_conference_is_an_event_in_the_time_of_shanghai(own):
    theme = "务实；争先, 一个很长的主题\\" * 8
    make.published(court=own, time_of_day="下午2:30", venue="审判楼\n三层", theme=theme)

    (event,) = events("/own/2023/calendar.ics")

    begins = event["DTSTART"].dt
    assert (begins.isoformat(), begins.tzinfo.key) == ("2024-02-02T14:30:00+08:00", "Asia/Shanghai")
    said = [str(event[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS")]
    assert said == [
        "青溪法院 2023年度工作总结暨表彰大会",
        "审判楼\n三层",
        theme,
        "http://testserver/own/2023/",
        "CONFIRMED",
    ]


def test_whole_days_where_no_hour_is_known(own):
    make.published(court=own, ends_on=datetime.date(2024, 2, 3), time_of_day="上午9:00")

    (event,) = events("/own/2023/calendar.ics")

    assert [event[name].dt for name in ("DTSTART", "DTEND")] == [datetime.date(2024, 2, 2), datetime.date(2024, 2, 4)]


TIMES = {
    "09:00": "09:00",
    "上午9：05": "09:05",
    "下午3时": "15:00",
    "下午14:30": "14:30",
    "晚上12点": "12:00",
    "上午": None,
    "": None,
    "29:00": None,
    "9:75": None,
}


@pytest.mark.parametrize("said", TIMES)
def test_the_hour_is_read_as_clerks_write_it(said):
    found = time_of(said)

    assert (found and f"{found:%H:%M}") == TIMES[said]


@pytest.mark.parametrize("line", ["x" * 75, "x" * 76, "法" * 200, "a𬴂" * 60, ""])
def test_lines_are_folded_at_75_octets_between_characters(line):
    pieces = folded(line).split("\r\n ")

    assert "".join(pieces) == line
    assert max(len((" " * bool(number) + piece).encode()) for number, piece in enumerate(pieces)) <= 75


def test_the_event_stays_the_same_one_and_each_change_has_a_higher_number(own):
    conference = make.published(court=own)
    (before,) = events("/own/calendar.ics")

    conference.withdraw(by=make.user(APPROVER, court=own), reason="改期")
    gone = events("/own/calendar.ics")
    Conference.objects.filter(pk=conference.pk).update(starts_on="2024-03-01")
    make.publish(conference)
    (after,) = events("/own/calendar.ics")

    assert gone == []
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    assert after["DTSTART"].dt == datetime.date(2024, 3, 1)


def test_the_identity_does_not_come_from_the_installation(own):
    make.published(court=own)
    (first,) = events("/own/calendar.ics")
    Conference.objects.all().delete()

    make.published(court=own, title="别的名称")
    (second,) = events("/own/calendar.ics")

    assert second["UID"] == first["UID"] == feed("/own/feed.atom").entries[0].id.removeprefix("urn:uuid:")


def test_a_draft_is_tentative_for_its_clerk_and_nothing_for_others(own):
    make.conference(court=own, audience=Audience.PUBLIC)
    client = Client()
    client.force_login(make.user(CLERK, court=own))

    assert [str(event["STATUS"]) for event in events("/own/calendar.ics", client)] == ["TENTATIVE"]
    assert events("/own/calendar.ics") == []


def test_a_conference_without_a_day_is_in_no_calendar(own):
    make.published(court=own, starts_on=None)

    assert events("/own/calendar.ics") == []
    assert Client().get("/own/2023/calendar.ics").status_code == 404
    assert "calendar.ics" not in Client().get("/own/2023/").content.decode()


# --- Feeds ---


def test_a_feed_says_what_is_new_and_when(own):
    conference = make.published(court=own, theme="<b>务实</b> & 争先", title="大会\x0b2023")
    make.published(court=own, year_reviewed=2022, title="更早的大会")
    now = timezone.now()
    make.commendation(conference=conference, announced=now)
    make.commendation(conference=conference, announced=now + DAY)

    read = feed("/own/feed.atom")

    assert [entry.title for entry in read.entries] == ["大会 2023", "更早的大会"]
    assert read.entries[0].summary == "&lt;b&gt;务实&lt;/b&gt; &amp; 争先"
    assert read.entries[0].updated == read.feed.updated
    assert read.entries[0].link == "http://testserver/own/2023/"
    assert {one.rel: one.href for one in read.feed.links} == {
        "alternate": "http://testserver/own/",
        "self": "http://testserver/own/feed.atom",
    }


def test_winners_that_become_known_are_news(own):
    conference = make.published(court=own)
    published = timezone.now() - 3 * DAY
    Conference.objects.update(published_at=published)
    before = feed("/own/feed.atom").entries[0].updated

    make.commendation(conference=conference, announced=timezone.now() - DAY)

    assert feed("/own/feed.atom").entries[0].updated > before


def test_the_feed_of_a_conference_tells_its_corrections(own):
    conference = make.locked(court=own, title="大会")
    by, at = conference.published_by, timezone.now()
    said = {"what": "数据", "reason": "内部原因", "public_note": "更正收案数"}
    conference.corrections.create(**said, opened_at=at, opened_by=by, published_at=at, published_by=by)

    read = feed("/own/2023/feed.atom")

    assert [(entry.title, entry.summary) for entry in read.entries] == [("更正：大会", "更正收案数"), ("大会", "")]
    assert len({entry.id for entry in read.entries} | {read.feed.id}) == 3


def test_a_feed_without_entries_is_whole_and_stays_the_same(own):
    first, second = feed("/own/feed.atom"), feed("/own/feed.atom")

    assert (first.entries, first.feed.updated) == ([], second.feed.updated)


def test_what_is_for_staff_is_in_the_feeds_of_staff_alone(own):
    make.published(court=own, audience=Audience.STAFF, title="内部会议")
    client = Client()
    client.force_login(make.user(STAFF, court=own))

    for address in ("/feed.atom", "/own/feed.atom"):
        assert len(feed(address, client).entries) == 1
        assert feed(address).entries == []


# --- The conferences of a court ---


def test_the_list_of_a_court_says_where_each_record_is_read(own):
    make.published(court=own, title="大会")
    make.published(court=own, year_reviewed=2022, audience=Audience.STAFF)
    make.conference(court=own, year_reviewed=2021, starts_on=None, ends_on=None, audience=Audience.PUBLIC)
    clerk = Client()
    clerk.force_login(make.user(CLERK, court=own))
    schema = Client().get("/schemas/conferences-1.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)

    read, of_clerk = (client.get("/own/conferences.json").json() for client in (Client(), clerk))

    for one in (read, of_clerk):
        jsonschema.validate(one, schema)
    assert [one["year_reviewed"] for one in of_clerk["conferences"]] == [2022, 2023, 2021]
    (entry,) = read["conferences"]
    assert (entry["title"], entry["starts_on"]) == ("大会", "2024-02-02")
    assert Client().get(entry["record"]).json()["conference"]["title"] == "大会"
    assert entry["id"] == feed("/own/feed.atom").entries[0].id


# --- Sitemap, robots ---


def test_the_sitemap_holds_what_everyone_may_open(own):
    make.published(court=own)
    make.published(court=own, year_reviewed=2022, audience=Audience.STAFF)
    make.conference(court=own, year_reviewed=2021, audience=Audience.PUBLIC)
    clerk = Client()
    clerk.force_login(make.user(CLERK, court=own))

    for client in (Client(), clerk):
        root = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own answer
        assert [one.text for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")] == [
            "http://testserver/own/2023/",
            "http://testserver/own/",
        ]


def test_robots_are_told_where_the_sitemap_is_and_what_is_not_for_them():
    assert Client().get("/robots.txt").content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /login/",
        "Disallow: /search/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


@pytest.mark.parametrize("said", ["?p=x", "?p=99", "?section=x"])
def test_nonsense_asked_of_the_sitemap_is_no_error(own, said):
    assert Client().get(f"/sitemap.xml{said}").status_code in {200, 404}


# --- Sent as the pages are ---


@pytest.mark.parametrize("address", [*LISTS, *OF_ONE, *FIXED])
def test_what_was_not_changed_is_not_sent_again(own, address):
    make.published(court=own)
    client = Client()
    first = client.get(address)

    second = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, second.status_code, second.content) == (200, 304, b"")


@pytest.mark.parametrize("address", [*LISTS, *OF_ONE])
def test_a_change_is_sent_and_what_was_withdrawn_is_gone(own, address):
    conference = make.published(court=own)
    mark = Client().get(address)["ETag"]

    Conference.objects.filter(pk=conference.pk).update(venue="新址")
    changed = Client().get(address, headers={"If-None-Match": mark})
    conference.withdraw(by=make.user(APPROVER, court=own), reason="x")
    gone = Client().get(address, headers={"If-None-Match": changed["ETag"]})

    assert changed.status_code == 200
    assert gone.status_code == (404 if address in OF_ONE else 200)
    assert b"/own/2023/" not in gone.content


@pytest.mark.parametrize("address", [*LISTS, *OF_ONE])
def test_what_a_reader_signed_in_gets_is_kept_nowhere(own, address):
    make.published(court=own)
    client = Client()
    client.force_login(make.user(CLERK, court=own))

    assert client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", LISTS)
def test_a_list_takes_the_same_queries_for_1_conference_and_for_30(own, address):
    client = Client()
    client.force_login(make.user(STAFF, court=own))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    make.published(court=own)
    few = queries()
    for year in range(1990, 2020):
        make.published(court=own, year_reviewed=year)

    assert queries() == few
