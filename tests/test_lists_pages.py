"""The pages of lists that come in and leave."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from awards.models import ExportLog
from courts.models import Department
from intake.files import read_table
from intake.importing import begin
from intake.kinds import KINDS, Scope
from intake.models import Import
from tests import make
from tests.lists import as_csv

pytestmark = pytest.mark.django_db
DEPARTMENTS = as_csv(("名称", "类型"), ("立案庭", "立案"), ("执行局", ""))


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院")


@pytest.fixture
def clerk(client, court):
    clerk = make.user("clerk", court=court)
    client.force_login(clerk)
    return clerk


def bring(client, content, kind="departments", at="/admin/lists/"):
    return client.post(at, {"kind": kind, "file": SimpleUploadedFile("部门.csv", content), "new_names": "stop"})


def test_a_list_is_brought_looked_at_and_confirmed(client, court, clerk):
    response = bring(client, as_csv(("名称", "序号"), ("立案庭", "2"), ("执行局", "1")))
    one = Import.objects.get()
    assert response["Location"] == f"/admin/lists/check/{one.pk}/"
    assert (one.by, one.court, one.source, one.form, one.rows) == (clerk, court, "部门.csv", "CSV, UTF-8", 2)
    page = client.get(response["Location"])
    assert [(row.where, row.state, row.what) for row in page.context["preview"].rows] == [
        ("2", "new", "立案庭"),
        ("3", "new", "执行局"),
    ]
    assert Department.objects.count() == 0
    client.post(response["Location"], {"act": "confirm"})
    assert list(court.departments.values_list("name", "order")) == [("执行局", 1), ("立案庭", 2)]
    one.refresh_from_db()
    assert one.confirmed_by == clerk


def test_mistakes_come_first_and_nothing_can_be_written(client, court, clerk):
    response = bring(client, as_csv(("名称", "类型"), ("立案庭", ""), ("执行局", "部委")))
    page = client.get(response["Location"])
    assert [row.state for row in page.context["preview"].rows] == ["wrong", "new"]
    assert 'value="confirm"' not in page.content.decode()
    client.post(response["Location"], {"act": "confirm"})
    assert Department.objects.count() == 0
    only = client.get(response["Location"], {"show": "wrong"})
    assert [row.state for row in only.context["preview"].rows] == ["wrong"]


def test_a_page_shows_five_hundred_rows_and_counts_the_rest(client, court, clerk):
    rows = [(f"第{number}庭",) for number in range(1, 1502)]
    response = bring(client, as_csv(("名称",), *rows))
    page = client.get(response["Location"])
    assert (len(page.context["preview"].rows), page.context["preview"].more) == (500, 1001)


def test_a_refused_file_says_why_at_its_field(client, court, clerk):
    page = bring(client, b"%PDF-1.7\0")
    assert list(page.context["form"].errors) == ["file"]
    assert Import.objects.count() == 0


@pytest.mark.parametrize("button", ["download", "template"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_list_and_its_template_are_taken_by_post(client, court, clerk, button, file_format):
    make.department(court=court, name="立案庭")
    response = client.post("/admin/lists/out/", {"kind": "departments", "file_format": file_format, button: "1"})
    assert response.status_code == 200
    assert ("立案庭".encode() in b"".join(response.streaming_content)) is (
        button == "download" and file_format == "csv"
    )
    assert ExportLog.objects.count() == (1 if button == "download" else 0)


def test_a_list_of_another_court_is_not_there(client, court, clerk):
    foreign = make.conference()
    assert client.get(f"/admin/lists/{foreign.pk}/").status_code == 404
    client.force_login(make.user("clerk", court=foreign.court))
    bring(client, DEPARTMENTS)
    one = Import.objects.get()
    client.force_login(clerk)
    assert client.get(f"/admin/lists/check/{one.pk}/").status_code == 404
    assert client.post(f"/admin/lists/check/{one.pk}/", {"act": "confirm"}).status_code == 404
    assert client.get(f"/admin/intake/import/{one.pk}/change/").status_code == 302
    assert Department.objects.count() == 0


def test_the_approver_reads_what_was_brought_and_brings_nothing(client, court, clerk):
    bring(client, DEPARTMENTS)
    one = Import.objects.get()
    client.force_login(make.user("approver", court=court))
    assert client.get(f"/admin/lists/check/{one.pk}/").status_code == 200
    assert client.post(f"/admin/lists/check/{one.pk}/", {"act": "confirm"}).status_code == 403
    assert bring(client, DEPARTMENTS).context["form"].kinds == []
    assert Import.objects.count() == 1


def test_a_published_conference_takes_no_list(client, court, clerk):
    conference = make.published(court=court)
    at = f"/admin/lists/{conference.pk}/"
    page = bring(client, as_csv(("标题",), ("表彰",)), kind="agenda", at=at)
    assert page.context["form"].kinds == []
    assert Import.objects.count() == 0


@pytest.mark.parametrize("meanwhile", ["deleted", "submitted"])
def test_a_list_whose_conference_takes_it_no_more_says_why_and_waits_to_be_put_away(client, court, clerk, meanwhile):
    """The page asks for no more by itself: it would ask for ever."""
    conference = make.conference(court=court)
    table = read_table(io.BytesIO(as_csv(("标题",), ("奏唱国歌",), ("宣读决定",))), 99)
    one = begin(KINDS["agenda"], Scope(court, conference), table, by=clerk, source="议程.csv", size=99)
    conference.submit(by=clerk) if meanwhile == "submitted" else conference.delete()

    page = client.post(f"/admin/lists/check/{one.pk}/", {"act": "continue"}, follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert "data-continue" not in page.content.decode()
    client.post(f"/admin/lists/check/{one.pk}/", {"act": "cancel"})
    one.refresh_from_db()
    assert (one.cancelled_by, one.checked) == (clerk, 0)
