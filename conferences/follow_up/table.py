"""The table of a conference's tasks as a workbook: one row for each measure, with what was done quarter by quarter.

The columns are those of the tables that courts send to their departments; merged cells are left out, so that the rows
can be sorted and read back.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.http import FileResponse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.pages import Line, lines_of
from conferences.follow_up.quarters import Quarter
from conferences.models import Conference, Measure, ProgressReport
from courts.workbooks import new_sheet, new_workbook, workbook_response, write_row

ABOUT = (
    *((_("No."), 6), (_("name of the task"), 22), (_("content of the task"), 40), (_("lead department"), 14)),
    *((_("helping departments"), 18), (_("responsible leader"), 10), (_("responsible person"), 10)),
    *((_("due date"), 11), (_("target"), 18)),
)
STATE = ((_("problems"), 24), (_("next step"), 24), (_("State"), 12))
WIDTH_OF_A_QUARTER = 30


def quarters_of(conference: Conference) -> list[Quarter]:
    return [Quarter(conference.year_planned, number) for number in (1, 2, 3, 4)]


def headings(conference: Conference) -> list[tuple[str, int]]:
    """Heading and width of each column."""
    told = [(f"{quarter} {gettext('state of the work')}", WIDTH_OF_A_QUARTER) for quarter in quarters_of(conference)]
    return [(str(label), width) for label, width in (*ABOUT, *told, *STATE)]


def rows(conference: Conference) -> Iterator[list[Any]]:
    """One for each measure, in the order of the conference. Three queries."""
    lines = lines_of(Measure.objects.of_conference(conference))
    reports: dict[int, dict[Quarter, ProgressReport]] = defaultdict(dict)
    for report in ProgressReport.objects.on([line.measure.pk for line in lines]).that_stand():
        reports[report.measure_id].setdefault(report.when, report)
    for number, line in enumerate(lines, start=1):
        told = reports[line.measure.pk]
        newest = next(iter(told.values()), None)  # the newest comes first
        yield [
            *(number, *_about(line)),
            *(_said(told.get(quarter)) for quarter in quarters_of(conference)),
            *((newest.problems, newest.next_step) if newest else ("", "")),
            str(line.light.label),
        ]


def _about(line: Line) -> tuple[Any, ...]:
    measure = line.measure
    lead = measure.lead.name if measure.lead else ""
    people = (measure.leader_name, measure.responsible_name)
    return (measure.task.heading, measure.text, lead, line.names, *people, measure.last_day, measure.target_as_said)


def _said(report: ProgressReport | None) -> str:
    return f"{report.text}（{report.percent}%）" if report else ""


def write_table(conference: Conference, file: Any) -> None:
    """Writes the workbook to a binary file, in constant memory."""
    label, columns = gettext("Table of the tasks"), headings(conference)
    with new_workbook(file) as workbook:
        bold = workbook.add_format({"bold": True, "valign": "vcenter", "bottom": 1, "text_wrap": True})
        sheet = new_sheet(workbook, label, [width for _heading, width in columns], f"{conference.title} {label}")
        sheet.write_row(0, 0, [heading for heading, _width in columns], bold)
        for place, row in enumerate(rows(conference), start=1):
            write_row(sheet, place, row)


def table_response(conference: Conference) -> FileResponse:
    """The table, in Chinese, as a download."""
    with translation.override(settings.LANGUAGE_CODE):
        name = f"{conference.court.short_name}_{conference.year_planned}_{gettext('Table of the tasks')}.xlsx"
        return workbook_response(partial(write_table, conference), name)
