"""The pages of public notices: who reads which and when, what comes in on them, what clerk and approver do there."""

import datetime
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.models import Commendation, Decision, Nomination, Objection, PublicNotice
from awards.notices.noticing import MOST_IN_A_DAY
from awards.notices.pages import MOST_FROM_ONE
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def court():
    return make.court(parent=make.court())


@pytest.fixture
def selection(court):
    return make.selection(court=court, title="2023年度评选")


@pytest.fixture
def approver(court):
    return make.user(APPROVER, court=court)


@pytest.fixture
def clerk(court):
    return make.user(CLERK, court=court)


@pytest.fixture
def readers(court, clerk, approver) -> dict[str, Any]:
    return {
        "visitor": None,
        "elsewhere": make.user(CLERK, APPROVER, SUPERIOR, court=make.court()),
        "above": make.user(SUPERIOR, court=court.parent),
        "staff": make.user(STAFF, court=court),
        "liaison": make.user(LIAISON, court=court),
        "clerk": clerk,
        "approver": approver,
    }


OUTSIDE, STAFF_OF_IT, HANDLING = {"visitor", "elsewhere", "above"}, {"staff", "liaison"}, {"clerk", "approver"}
EVERYONE = OUTSIDE | STAFF_OF_IT | HANDLING
# For whom, first day and last day as days from today, and who opens it.
OPENS = {
    "for staff, tomorrow": ("staff", 1, 5, HANDLING),
    "for staff, first day": ("staff", 0, 4, STAFF_OF_IT | HANDLING),
    "for staff, last day": ("staff", -4, 0, STAFF_OF_IT | HANDLING),
    "for staff, yesterday": ("staff", -5, -1, STAFF_OF_IT | HANDLING),
    "for everyone, tomorrow": ("public", 1, 5, HANDLING),
    "for everyone, first day": ("public", 0, 4, EVERYONE),
    "for everyone, last day": ("public", -4, 0, EVERYONE),
    "for everyone, yesterday": ("public", -5, -1, STAFF_OF_IT | HANDLING),
}


@pytest.mark.parametrize("case", OPENS.values(), ids=OPENS.keys())
def test_who_reads_a_notice_and_when(client, selection, readers, case):
    audience, first, last, opens_for = case
    today = timezone.localdate()
    notice = make.notice(
        selection=selection, audience=audience, starts_on=today + first * DAY, ends_on=today + last * DAY
    )
    opened, listed = set(), set()

    for name, user in readers.items():
        client.logout()
        if user:
            client.force_login(user)
        if client.get(notice.get_absolute_url()).status_code == 200:
            opened.add(name)
        if notice.get_absolute_url() in client.get("/notices/").content.decode():
            listed.add(name)

    assert (opened, listed) == (opens_for, opens_for)


def test_what_is_not_there_yet_answers_as_what_never_was(client, selection):
    notice = make.notice(selection=selection, audience="public", starts_on=timezone.localdate() + DAY)

    answers = [client.get(address) for address in (notice.get_absolute_url(), "/notices/0123456789abcdef/")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_an_objection_to_what_is_not_there_is_none(client, selection):
    notice = make.notice(selection=selection, audience="staff")

    assert client.post(notice.get_absolute_url(), {"text": "不实"}).status_code == 404
    assert Objection.objects.count() == 0


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def put_up(selection: Any, by: Any, **given: Any) -> PublicNotice:
    category = make.quota(selection=selection, category=make.category(court=selection.court, name="办案标兵")).category
    rows = [
        make.nomination(
            selection=selection,
            category=category,
            name=name,
            department_name="执行局",
            post="审判员",
            rank=rank,
            deeds="密" * 20,
            approved=by,
        )
        for rank, name in ((1, "欧阳林"), (2, "丁一"))
    ]
    return make.notice(selection=selection, nominations=rows, by=by, **given)


def test_the_page_tells_names_and_departments_in_the_order_of_strokes_and_nothing_else(client, selection, approver):
    notice = put_up(selection, approver, audience="public")
    make.objection(notice=notice, name="举报人", text="此事不实", contact="13900000000")

    said = words(client.get(notice.get_absolute_url()))

    assert said.index("丁一") < said.index("欧阳林")
    assert "执行局" in said
    assert [word for word in ("审判员", "密密", "举报人", "此事不实", "13900000000") if word in said] == []


def test_who_was_rejected_since_is_not_told_by_the_page(client, court, selection, approver):
    notice = put_up(selection, approver, starts_on=timezone.localdate() - 5 * DAY, ends_on=timezone.localdate() - DAY)
    client.force_login(make.user(STAFF, court=court))
    before = words(client.get(notice.get_absolute_url()))
    Nomination.objects.filter(name="丁一").update(
        rejected_at=timezone.now(), rejected_by=approver, rejection_reason="异议成立"
    )

    assert words(client.get(notice.get_absolute_url())) == before


def test_whoever_is_left_off_public_pages_is_counted_and_not_named(client, court, selection, approver, clerk):
    notice = put_up(selection, approver, audience="public")
    person = make.person(court=court, name="丁一", left_off_since=timezone.localdate(), left_off_reason="本人申请")
    Nomination.objects.filter(name="丁一").update(person=person)

    readers = [client.get(notice.get_absolute_url()).content.decode()]
    client.force_login(clerk)
    readers.append(client.get(notice.get_absolute_url()).content.decode())

    assert ["丁一" in page for page in readers] == [False, True]
    assert "欧阳林" in readers[0]


def test_a_visitor_objects_without_a_name_and_nothing_is_revealed(client, selection, approver):
    notice = put_up(selection, approver, audience="public")
    row = notice.nominations.get(name="丁一")
    page = client.get(notice.get_absolute_url())

    response = client.post(
        notice.get_absolute_url(), fields_of(page) | {"text": "材料不实", "nomination": row.pk}, follow=True
    )

    kept = Objection.objects.get()
    assert (kept.notice, kept.nomination, kept.name, kept.contact, kept.text) == (notice, row, "", "", "材料不实")
    assert response.redirect_chain == [(f"{notice.get_absolute_url()}?received=1#objection", 302)]
    assert "材料不实" not in response.content.decode()


def test_a_mistake_on_the_form_keeps_what_was_typed(client, selection, approver):
    notice = put_up(selection, approver, audience="public")
    other = make.nomination(selection=selection, approved=approver, name="别人")

    empty = client.post(notice.get_absolute_url(), {"text": " ", "name": "某某"})
    foreign = client.post(notice.get_absolute_url(), {"text": "不实", "nomination": other.pk})

    assert (Objection.objects.count(), fields_of(empty)["name"]) == (0, "某某")
    assert list(foreign.context["form"].errors) == ["nomination"]
    assert "别人" not in foreign.content.decode()


def test_what_no_reader_sets_is_not_taken_from_the_form(client, selection, approver):
    notice = put_up(selection, approver, audience="public")
    said = {
        "text": "不实",
        "channel": "letter",
        "outcome": "dismissed",
        "handling": "查否",
        "received_at": "2020-01-01",
    }

    client.post(notice.get_absolute_url(), said)

    kept = Objection.objects.get()
    assert (kept.channel, kept.outcome, kept.handling, kept.received_at.date() >= timezone.localdate() - DAY) == (
        "page",
        "",
        "",
        True,
    )


def test_one_address_sends_so_many_in_an_hour(client, selection, approver):
    notice = put_up(selection, approver, audience="public")

    for _each in range(MOST_FROM_ONE + 3):
        client.post(notice.get_absolute_url(), {"text": "不实"}, REMOTE_ADDR="10.0.0.1")
    assert Objection.objects.count() == MOST_FROM_ONE

    client.post(notice.get_absolute_url(), {"text": "不实"}, REMOTE_ADDR="10.0.0.2")
    assert Objection.objects.count() == MOST_FROM_ONE + 1
    cache.clear()
    client.post(notice.get_absolute_url(), {"text": "不实"}, REMOTE_ADDR="10.0.0.1")
    assert Objection.objects.count() == MOST_FROM_ONE + 2


def test_a_flood_from_everywhere_is_refused_on_the_form(client, selection, approver):
    notice = put_up(selection, approver, audience="public")
    Objection.objects.bulk_create(Objection(notice=notice, text="x") for _each in range(MOST_IN_A_DAY))

    response = client.post(notice.get_absolute_url(), {"text": "不实"})

    assert (Objection.objects.count(), len(response.context["form"].non_field_errors())) == (MOST_IN_A_DAY, 1)


def test_after_its_end_the_page_says_so_and_takes_nothing(client, court, selection, approver):
    today = timezone.localdate()
    notice = put_up(selection, approver, starts_on=today - 5 * DAY, ends_on=today - DAY)
    client.force_login(make.user(STAFF, court=court))

    page = client.post(notice.get_absolute_url(), {"text": "不实"})

    assert (page.context["has_ended"], page.context["form"], Objection.objects.count()) == (True, None, 0)


# --- What clerk and approver do ---


def opened(client: Any, user: Any, address: str) -> Any:
    client.force_login(user)
    return client.get(address)


def test_a_clerk_reads_the_text_and_starts_the_notice(client, selection, clerk, approver):
    make.known_years()
    make.nomination(selection=selection, approved=approver, name="丁一")
    address = f"/admin/awards/publicnotice/start/{selection.pk}/"
    page = opened(client, clerk, address)
    shown = page.context["shown"]
    assert "丁一" in page.content.decode()

    response = client.post(address, fields_of(page))

    notice = PublicNotice.objects.get()
    assert response.status_code == 302
    assert (notice.started_by, notice.text, notice.days) == (clerk, shown[1].text, 5)
    assert Nomination.objects.get().notice == notice


def test_what_was_typed_anew_is_shown_before_it_is_put_up(client, selection, clerk, approver):
    make.known_years()
    make.nomination(selection=selection, approved=approver)
    address = f"/admin/awards/publicnotice/start/{selection.pk}/"
    typed = fields_of(opened(client, clerk, address)) | {"days": "7", "contact": "政治部"}

    page = client.post(address, typed)
    assert (PublicNotice.objects.count(), page.context["is_news"]) == (0, True)
    assert "共7个工作日" in page.content.decode()
    client.post(address, fields_of(page))

    assert PublicNotice.objects.get().days == 7


def test_names_approved_meanwhile_are_shown_before_they_are_put_up(client, selection, clerk, approver):
    make.known_years()
    make.nomination(selection=selection, approved=approver)
    address = f"/admin/awards/publicnotice/start/{selection.pk}/"
    seen = fields_of(opened(client, clerk, address))
    make.nomination(selection=selection, approved=approver)

    client.post(address, seen)

    assert PublicNotice.objects.count() == 0


def test_a_year_that_the_table_lacks_is_said_on_the_page(client, selection, clerk, approver):
    make.nomination(selection=selection, approved=approver)
    address = f"/admin/awards/publicnotice/start/{selection.pk}/"

    page = opened(client, clerk, address)
    assert str(timezone.localdate().year) in page.context["refusal"]
    client.post(address, fields_of(page))

    assert PublicNotice.objects.count() == 0


def ended(selection: Any, by: Any) -> PublicNotice:
    return put_up(selection, by, starts_on=datetime.date(2024, 3, 4), ends_on=datetime.date(2024, 3, 8))


def test_from_an_objection_to_the_decision(client, selection, clerk, approver):
    make.known_years(2024)
    notice = ended(selection, approver)
    home = f"/admin/awards/publicnotice/{notice.pk}"

    typed = fields_of(opened(client, clerk, f"{home}/steps/enter/"))
    client.post(f"{home}/steps/enter/", typed | {"text": "丁一材料不实", "name": "某某"})
    objection = Objection.objects.get()
    assert (objection.channel, objection.name) == ("letter", "某某")

    page = client.get(f"{home}/steps/conclude/")
    assert page.context["refusal"] != ""
    client.post(f"{home}/steps/conclude/", fields_of(page))
    notice.refresh_from_db()
    assert notice.concluded_at is None

    address = f"/admin/awards/objection/{objection.pk}/steps/handle/"
    handled = {"nomination": notice.nominations.get(name="丁一").pk, "handling": "属实", "outcome": "upheld"}
    response = client.post(address, fields_of(client.get(address)) | handled)
    assert response["Location"] == f"{home}/change/"

    page = client.get(f"{home}/steps/conclude/")
    assert [[row.recipient for group in one.listed for row in group.nominations] for one in page.context["shown"]] == [
        [],
        ["欧阳林"],
        ["丁一"],
    ]
    client.post(f"{home}/steps/conclude/", fields_of(page))
    assert {row.name: str(row.stage) for row in notice.nominations.all()} == {"欧阳林": "confirmed", "丁一": "rejected"}

    address = f"/admin/awards/publicnotice/decide/{selection.pk}/"
    page = opened(client, approver, address)
    client.post(address, fields_of(page) | {"document_number": "青法〔2024〕 3 号"})
    assert (Decision.objects.get().document_number, Commendation.objects.get().name) == ("青法〔2024〕3号", "欧阳林")


def test_the_number_of_the_next_decision_is_offered(client, court, selection, approver):
    court.document_prefix = "青法"
    court.save()
    year = timezone.localdate().year
    for serial in (3, 7):
        make.decision(
            conference=make.conference(court=court, year_reviewed=2000 + serial),
            prefix="青法",
            year=year,
            serial=serial,
        )

    page = opened(client, approver, f"/admin/awards/publicnotice/decide/{selection.pk}/")

    assert fields_of(page)["document_number"] == f"青法〔{year}〕8号"


def test_a_number_that_is_taken_is_said_and_nothing_is_decided(client, court, selection, clerk, approver):
    make.known_years(2024)
    notice = ended(selection, approver)
    Nomination.objects.update(confirmed_at=timezone.now(), confirmed_by=clerk)
    make.decision(conference=make.conference(court=court, year_reviewed=2000), prefix="青法", year=2024, serial=3)
    address = f"/admin/awards/publicnotice/decide/{notice.selection_id}/"
    typed = fields_of(opened(client, approver, address)) | {"document_number": "青法〔2024〕3号"}

    page = client.post(address, typed)

    assert (page.status_code, page.context["refusal"] != "", Commendation.objects.count()) == (200, True, 0)
    assert fields_of(page)["document_number"] == "青法〔2024〕3号"


DENIED = {
    "start": lambda notice: f"/admin/awards/publicnotice/start/{notice.selection_id}/",
    "decide": lambda notice: f"/admin/awards/publicnotice/decide/{notice.selection_id}/",
    "move": lambda notice: f"/admin/awards/publicnotice/{notice.pk}/steps/move/",
    "notice": lambda notice: f"/admin/awards/publicnotice/{notice.pk}/change/",
    "objection": lambda notice: f"/admin/awards/objection/{notice.objections.get().pk}/change/",
    "handle": lambda notice: f"/admin/awards/objection/{notice.objections.get().pk}/steps/handle/",
}


@pytest.mark.parametrize("address", DENIED.values(), ids=DENIED.keys())
def test_nobody_of_another_court_finds_any_of_it(client, selection, approver, readers, address):
    notice = put_up(selection, approver, audience="public")
    make.objection(notice=notice, text="此事不实")
    client.force_login(readers["elsewhere"])

    response = client.get(address(notice), follow=True)

    assert "此事不实" not in response.content.decode()
    assert "丁一" not in response.content.decode()
    assert "2023年度评选" not in response.content.decode()


# --- The desk, and the number of queries ---


def test_the_desk_says_which_objections_wait_and_what_ends(client, court, selection, clerk, approver):
    today = timezone.localdate()
    waiting = put_up(selection, approver)
    make.objection(notice=waiting)
    make.objection(notice=waiting)
    ends = make.notice(selection=make.selection(court=court), title="今天结束", ends_on=today)
    over = make.notice(
        selection=make.selection(court=court), title="已经结束", starts_on=today - 9 * DAY, ends_on=today - DAY
    )
    make.notice(title="别的法院的")

    lines = list(opened(client, clerk, "/admin/").context["notices"])

    assert [(line, line.waiting, line.ends_today, line.has_ended()) for line in lines] == [
        (over, 0, False, True),
        (ends, 0, True, False),
        (waiting, 2, False, False),
    ]


def fill(selection: Any, by: Any, count: int) -> PublicNotice:
    """A notice of so many names, with as many objections."""
    category = make.quota(selection=selection).category
    rows = [
        make.nomination(
            selection=selection,
            category=category,
            approved=by,
            person=make.person(court=selection.court),
            department=make.department(court=selection.court),
        )
        for _each in range(count)
    ]
    notice = make.notice(selection=selection, nominations=rows, by=by, audience="public")
    for row in rows:
        make.objection(notice=notice, nomination=row)
    return notice


PAGES = {
    "page": (None, lambda notice: notice.get_absolute_url()),
    "list": (None, lambda _notice: "/notices/"),
    "record": (CLERK, lambda notice: f"/admin/awards/publicnotice/{notice.pk}/change/"),
    "notices": (CLERK, lambda _notice: "/admin/awards/publicnotice/"),
    "objections": (CLERK, lambda _notice: "/admin/awards/objection/"),
    "enter": (CLERK, lambda notice: f"/admin/awards/publicnotice/{notice.pk}/steps/enter/"),
    "desk": (CLERK, lambda _notice: "/admin/"),
}


@pytest.mark.parametrize(("role", "address"), PAGES.values(), ids=PAGES.keys())
def test_a_page_asks_as_often_for_thirty_names_as_for_one(client, role, address):
    def queries(count: int) -> int:
        selection = make.selection()
        notice = fill(selection, make.user(court=selection.court), count)
        for _each in range(count - 1):
            fill(make.selection(court=selection.court), make.user(court=selection.court), 1)
        if role:
            client.force_login(make.user(role, court=selection.court))
        client.get(address(notice))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(notice)).status_code == 200
        return len(captured)

    assert queries(1) == queries(30)
