"""The table of a conference's tasks as a workbook."""

import datetime
import io

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from conferences.follow_up.table import write_table
from courts.roles import CLERK
from tests import make

pytestmark = pytest.mark.django_db


def read(conference):
    file = io.BytesIO()
    write_table(conference, file)
    return [list(row) for row in openpyxl.load_workbook(file).active.iter_rows(values_only=True)]


@pytest.fixture
def measure():
    conference = make.published(year_reviewed=2023)
    lead, helper = make.department(court=conference.court, name="立案庭"), make.department(court=conference.court)
    task = make.task(conference=conference, heading="提升质效")
    made = make.measure(
        task=task,
        text="每月通报",
        lead=lead,
        leader_name="赵某",
        responsible_name="钱某",
        due_on=datetime.date(2024, 6, 30),
        target="结案率95%",
        all_help=True,
    )
    made.helpers.add(helper)
    return made


def test_a_row_holds_what_a_court_s_own_table_holds(measure):
    make.progress(measure=measure, year=2024, quarter=1, text="已通报三次", percent=25, problems="人手不足")
    make.progress(measure=measure, year=2024, quarter=2, text="已通报六次", percent=50, next_step="继续")

    _headings, row = read(measure.task.conference)

    assert row[:4] == [1, "提升质效", "每月通报", "立案庭"]
    assert row[4].split("、")[1] == measure.helpers.get().name
    assert [*row[5:7], row[7].date(), row[8]] == ["赵某", "钱某", datetime.date(2024, 6, 30), "结案率95%"]
    assert row[9:13] == ["已通报三次（25%）", "已通报六次（50%）", None, None]
    assert row[13:15] == [None, "继续"]


def test_every_row_has_a_cell_for_every_heading(measure):
    make.measure(task=measure.task)

    assert {len(row) for row in read(measure.task.conference)} == {16}


def test_what_was_returned_is_not_in_the_table(measure):
    report = make.progress(measure=measure, year=2024, quarter=1, text="太简")
    report.give_back(by=make.user(CLERK, court=measure.task.conference.court), reason="太简")

    assert read(measure.task.conference)[1][9] is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "@x", "-1", "<r>x</r>", "http://a.b"])
def test_no_cell_is_more_than_its_text(measure, text):
    make.progress(measure=measure, year=2024, quarter=1, text="x", problems=text)

    file = io.BytesIO()
    write_table(measure.task.conference, file)
    cell = openpyxl.load_workbook(file).active.cell(2, 14)

    assert (cell.data_type, cell.value.strip(), cell.hyperlink) == ("s", text, None)


def test_a_clerk_takes_it_away_and_the_log_says_so(client, measure):
    conference = measure.task.conference
    client.force_login(make.user(CLERK, court=conference.court))

    response = client.post(reverse("admin:conferences_conference_tasks", args=[conference.pk]), {"act": "table"})

    assert next(iter(openpyxl.load_workbook(io.BytesIO(response.getvalue())).active.iter_rows())) is not None
    assert ("no-store" in response["Cache-Control"], LogEntry.objects.count()) == (True, 1)
