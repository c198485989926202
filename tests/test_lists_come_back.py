"""Every file that the system makes comes in again, and every row of it is unchanged."""

import datetime
import io

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections

from awards.exports import COLUMNS, export_response
from awards.models import Commendation, ExportLog
from intake.files import read_table
from intake.kinds import KINDS, Scope
from intake.leaving import download, template
from tests import make
from tests.lists import brought, results

pytestmark = pytest.mark.django_db
FORMATS = ["csv", "xlsx"]


@pytest.fixture(autouse=True)
def _open_connection():
    """Closing a response ends the request, and with it the connection that the test still needs."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def content(response):
    return b"".join(response.streaming_content)


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院")


@pytest.fixture
def scope(court):
    """A conference with rows of every kind, some of them the same but for their order."""
    conference = make.conference(court=court)
    place = make.department(court=court, name="执行局（综合处）", kind="enforcement", order=3)
    other = make.department(court=court, name="立案庭")
    person = make.person(court=court, name="张 伟", department=place, post="=庭长", staff_category="judge")
    make.person(court=court, name="张伟", department=other)
    make.person(court=court, name="杜某", organisation="市委", is_active=False)
    make.agenda_item(conference=conference, title="奏唱国歌", starts_at=datetime.time(9, 5), minutes=3, kind="anthem")
    make.agenda_item(conference=conference, title="表彰", order=1, person=person)
    make.agenda_item(conference=conference, title="表彰", order=2, department=place)
    make.figure(conference=conference, value="12487.5000", change="37.5", change_unit="percent", change_direction="up")
    make.figure(conference=conference, value="12487.5000")
    make.figure(conference=conference, value="12345678901234.5678", group="民事", quote="他说\n“清零”")
    task = make.task(conference=conference)
    make.measure(task=task, lead=place, due_on=datetime.date(2024, 3, 31), target="-1")
    helped = make.measure(task=task, text="第二项", all_help=True, responsible_name="张伟")
    helped.helpers.set([place, other])
    return Scope(court, conference)


def winners(conference):
    """In house and of the civil service, announced, revoked, secret; a person and departments."""
    court = conference.court
    category = make.category(court=court, name="先进个人")
    civil = make.category(court=court, name="先进个人", family="civil")
    whole = make.category(court=court, name="先进集体", recipient_kind="department")
    place = make.department(court=court, name="执行局")
    person = make.person(court=court, name="李一鸣", department=place)
    make.decision(conference=conference, prefix="青法", year=2024, serial=3)
    numbered = make.decision(conference=conference, prefix="青法", year=2024, serial=4, signed_on="2024-01-31")
    make.commendation(conference=conference, category=category, announced=True, person=person, posthumous=True)
    make.commendation(conference=conference, category=civil, decision=numbered, name="李一鸣", post="'=1")
    make.commendation(conference=conference, category=whole, department=place, certificate_number="0042")
    revoked = make.commendation(conference=conference, category=whole, department_name="某队", announced=True)
    revoked.revoke(by=make.user("approver", court=court), reason="材料不实")


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", [name for name in KINDS if name != "commendations"])
def test_our_own_lists_come_back_unchanged(scope, kind, file_format):
    clerk = make.user("clerk", court=scope.court)
    response = download(KINDS[kind], scope, file_format, by=clerk)
    one = brought(kind, scope, content(response), by=clerk)
    assert results(one) != []
    assert [result for result in results(one) if result["state"] != "unchanged"] == []
    assert one.notes == ""
    log = ExportLog.objects.get()
    assert (log.by, log.court, log.file_format, log.rows) == (clerk, scope.court, file_format, one.rows)


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("columns", [tuple(COLUMNS), None])
def test_the_award_list_comes_back_unchanged(court, file_format, columns):
    clerk = make.user("clerk", court=court)
    winners(make.published(court=court, year_reviewed=2022, title="同名大会"))
    winners(make.published(year_reviewed=2022, title="同名大会"))
    for year in (2023, 2024):
        conference = make.conference(court=court, year_reviewed=year, title="同名大会")
        for family in ("in-house", "civil"):
            category = make.category(court=court, name=f"标兵{year}", family=family)
            make.commendation(conference=conference, category=category, announced=True, name="=王")
    for family in ["civil", "in-house"] if file_format == "csv" else [None]:
        rows = Commendation.objects.narrowed(family=[family]) if family else Commendation.objects.all()
        chosen = {"columns": columns} if columns else {}
        response = export_response(rows, user=clerk, file_format=file_format, unannounced=True, **chosen)
        one = brought("commendations", Scope(court), content(response), by=clerk)
        assert [result for result in results(one) if result["state"] != "unchanged"] == []
        assert one.rows == rows.filter(conference__court=court).count()


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_the_headings_of_the_list_and_no_row(scope, kind, file_format):
    file = io.BytesIO(content(template(KINDS[kind], scope, file_format)))
    table = read_table(file, len(file.getvalue()))
    assert table.headings == [column.heading for column in KINDS[kind].columns]
    assert list(table.rows) == []
    assert ExportLog.objects.count() == 0
