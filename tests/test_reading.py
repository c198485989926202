"""How often pages are read: what counts, that it is written down once, and who sees it."""

import datetime
import logging
import threading

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences import reading
from conferences.models import Audience, Conference, PageCount, PageOfDay
from conferences.models.readings import PageCountQuerySet
from conferences.reading import READINGS, Readings
from courts.models import Court
from courts.roles import APPROVER, CLERK, STAFF, SUPERIOR
from tests import make

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.fixture
def conference():
    return make.published(court=make.court(parent=make.court()))


def read(page, *, method="get", client=None, browser=BROWSER, question="", **headers):
    headers = {"User-Agent": browser} | {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(client or Client(), method)(page.get_absolute_url() + question, headers=headers)


def noted():
    return {(page.conference, page.speech): number for page, number in READINGS.counted.items()}


def test_each_page_counts_for_itself_from_the_cache_too(conference):
    speech = make.speech(conference=conference)

    for page in (conference, conference, speech):
        read(page)

    assert noted() == {(conference.pk, None): 2, (conference.pk, speech.pk): 1}
    assert {page.day for page in READINGS.counted} == {timezone.localdate()}


def test_a_page_that_the_browser_has_still_was_read(conference):
    etag = read(conference)["ETag"]

    assert read(conference, If_None_Match=etag).status_code == 304
    assert noted() == {(conference.pk, None): 2}


@pytest.mark.parametrize(
    "how",
    [
        {"method": "head"},
        {"browser": ""},
        {"browser": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"},
        {"browser": "Googlebot/2.1"},
        {"browser": "curl/7.88.1"},
        {"browser": "python-requests/2.31"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
    ],
    ids=str,
)
def test_what_is_no_reader_does_not_count(conference, how):
    read(conference, **how)

    assert noted() == {}


@pytest.mark.parametrize(
    ("role", "counts"),
    [(STAFF, 1), (SUPERIOR, 1), (CLERK, 0), (APPROVER, 0)],
    ids=["staff", "above", "clerk", "approver"],
)
def test_those_who_make_the_record_do_not_count(conference, role, counts):
    client = Client()
    client.force_login(make.user(role, court=conference.court.parent if role == SUPERIOR else conference.court))

    read(conference, client=client)

    assert sum(noted().values()) == counts


def test_a_clerk_beside_is_a_reader_as_anybody(conference):
    client = Client()
    client.force_login(make.user(CLERK, court=make.court()))

    read(conference, client=client)

    assert sum(noted().values()) == 1


def test_drafts_and_pages_that_are_not_there_do_not_count(conference):
    draft = make.conference(court=conference.court, year_reviewed=2020)
    admin = Client()
    admin.force_login(make.user(is_superuser=True, is_staff=True))

    read(draft, client=admin)
    read(draft)
    read(conference, question="nothing/")

    assert noted() == {}


def test_a_question_in_the_address_changes_nothing_about_that(conference):
    read(conference, question="?x=1")

    assert noted() == {(conference.pk, None): 1}


def test_a_page_from_the_cache_is_counted_without_the_database(conference):
    read(conference)

    with CaptureQueriesContext(connection) as queries:
        read(conference)

    assert (len(queries), sum(noted().values())) == (1, 2)  # the one for the revision


# --- Writing it down ---


def key(conference, speech=None, day="2024-02-02"):
    return PageOfDay(conference.pk, speech.pk if speech else None, day)


def stored():
    return {(row.conference_id, row.speech_id, f"{row.day}"): row.count for row in PageCount.objects.all()}


def test_what_was_counted_is_added_to_what_stands_there(conference):
    speech, day = make.speech(conference=conference), "2024-02-02"
    for _time in range(2):
        READINGS.note(key(conference))
        READINGS.note(key(conference))
        READINGS.note(key(conference, speech))
        READINGS.write()
    READINGS.note(key(conference, day="2024-02-03"))
    READINGS.write()

    assert stored() == {
        (conference.pk, None, day): 4,
        (conference.pk, speech.pk, day): 2,
        (conference.pk, None, "2024-02-03"): 1,
    }
    assert noted() == {}


def test_readings_of_a_page_that_is_gone_are_dropped_and_keep_no_other_back(conference):
    speech, gone = make.speech(conference=conference), make.conference()
    READINGS.note(key(conference))
    READINGS.note(key(conference, speech))
    READINGS.note(key(gone))
    speech.delete()
    gone.delete()

    READINGS.write()

    assert (stored(), noted()) == ({(conference.pk, None, "2024-02-02"): 1}, {})


def test_they_are_written_after_an_answer_and_not_before_their_time(conference, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(reading.time, "monotonic", lambda: now[0])
    read(conference)
    now[0] += reading.SECONDS - 1
    read(conference)
    before = stored()
    now[0] += 1

    read(conference)

    assert before == {}
    assert list(stored().values()) == [3]


def test_what_cannot_be_written_is_kept_said_and_tried_again(conference, monkeypatch, caplog):
    def refuse(*_given):
        raise OperationalError("database is locked")

    READINGS.note(key(conference))
    with monkeypatch.context() as broken, caplog.at_level(logging.WARNING):
        broken.setattr(PageCountQuerySet, "add", refuse)
        READINGS.write()
    READINGS.note(key(conference))
    kept = noted()
    READINGS.write()

    assert ("could not be written" in caplog.text, kept) == (True, {(conference.pk, None): 2})
    assert list(stored().values()) == [2]


def test_memory_has_an_end_and_says_so(monkeypatch, caplog):
    monkeypatch.setattr(reading, "MOST_PAGES", 1)
    readings = Readings()

    for conference in (1, 2, 1):
        readings.note(PageOfDay(conference, None, timezone.localdate()))

    assert list(readings.counted.values()) == [2]
    assert "not counted" in caplog.text


def test_no_reading_is_lost_between_threads():
    readings, page = Readings(), PageOfDay(1, None, timezone.localdate())

    threads = [threading.Thread(target=lambda: [readings.note(page) for _ in range(500)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert readings.counted[page] == 4000


def test_counting_is_no_change_of_the_record(conference):
    before = Court.objects.revision_of(conference.court.slug)
    READINGS.note(key(conference))

    READINGS.write()

    assert Court.objects.revision_of(conference.court.slug) == before


# --- Who sees it ---


def signed_in(role, court):
    client = Client()
    client.force_login(make.user(role, court=court))
    return client


def test_the_desk_of_a_clerk_says_how_often_the_last_conferences_of_the_own_court_were_read(conference):
    today, court = timezone.localdate(), conference.court
    speech = make.speech(conference=conference)
    make.page_count(conference=conference, count=5)
    make.page_count(speech=speech, count=2, day=today - reading_days(29))
    make.page_count(conference=conference, count=3, day=today - reading_days(30))
    make.page_count(conference=make.published(), count=9)
    make.conference(court=court, year_reviewed=2020)
    unread = make.published(court=court, year_reviewed=2022, audience=Audience.STAFF)

    readings = signed_in(CLERK, court).get("/admin/").context["readings"]

    assert [tuple(one) for one in readings] == [(conference, 7, 10), (unread, 0, 0)]


def reading_days(number):
    return datetime.timedelta(days=number)


def test_nobody_but_clerks_sees_it(conference):
    make.page_count(conference=conference)
    address = reverse("admin:conferences_conference_readings", args=[conference.pk])

    seen = {}
    for who, client in {
        "clerk": signed_in(CLERK, conference.court),
        "approver": signed_in(APPROVER, conference.court),
        "clerk beside": signed_in(CLERK, make.court()),
    }.items():
        seen[who] = (client.get(address).status_code == 200, bool(client.get("/admin/").context["readings"]))

    assert seen == {"clerk": (True, True), "approver": (False, False), "clerk beside": (False, False)}


def test_page_by_page_in_their_order(conference):
    first, second = (make.speech(conference=conference, order=order) for order in (1, 2))
    make.page_count(speech=second, count=4)
    make.page_count(conference=conference, count=1)
    address = reverse("admin:conferences_conference_readings", args=[conference.pk])

    pages = signed_in(CLERK, conference.court).get(address).context["pages"]

    assert [tuple(one) for one in pages] == [(conference, 1, 1), (first, 0, 0), (second, 4, 4)]


def test_as_many_queries_for_thirty_pages_as_for_one(conference):
    client = signed_in(CLERK, conference.court)
    places = (reverse("admin:conferences_conference_readings", args=[conference.pk]), "/admin/")

    def asked():
        found = []
        for place in places:
            with CaptureQueriesContext(connection) as queries:
                client.get(place)
            found.append(len(queries))
        return found

    make.page_count(speech=make.speech(conference=conference))
    asked()
    first = asked()
    for number in range(30):
        make.page_count(speech=make.speech(conference=conference, order=number))
        make.page_count(conference=conference, day=timezone.localdate() - reading_days(number))

    assert asked() == first
    assert Conference.objects.count() == 1
