"""The priority tasks of a conference: what was set, by whom it is done, and what was reported on it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from archive.blocks import Heading, Part, columns, none
from awards.wording import date
from conferences.checks.record import Record
from conferences.follow_up.pages import Line, lines_of
from conferences.models import Measure, ProgressReport
from papers.content import Note, texts_of

MEASURES = columns(
    *(("序号", 9), ("举措", 50, "left"), ("牵头部门", 22), ("配合部门", 26), ("责任人", 20), ("时限", 24)),
    *(("目标", 26, "left"), ("进度", 18)),
)
REPORTS = columns(
    *(("序号", 9), ("季度", 22), ("举措", 40, "left"), ("完成情况", 56, "left"), ("完成", 12)),
    ("问题及下步打算", 40, "left"),
)
SMALL = 9.0  # points: eight columns on a page


def tasks_part(title: str, record: Record) -> Part:
    return Part(title, list(_tasks(record)))


def _tasks(record: Record) -> Iterator[Any]:
    if not record.tasks:
        yield none()
        return
    lines = lines_of(Measure.objects.of_conference(record.conference))
    for task in record.tasks:
        yield Heading(task.heading)
        yield from texts_of(task.text)
        own = [line for line in lines if line.measure.task_id == task.pk]
        if own:
            yield MEASURES.table(map(_measure, own), size=SMALL)
    if lines:
        yield Note(f"进度截至{date(timezone.localdate())}。")
    reports = list(ProgressReport.objects.on([line.measure.pk for line in lines]))
    if reports:
        yield Heading("季度进展")
        yield REPORTS.table(map(_report, reports), size=SMALL)


def _measure(line: Line) -> tuple[Any, ...]:
    measure = line.measure
    people = "、".join(filter(None, (measure.leader_name, measure.responsible_name)))
    light = str(line.light.label)
    return measure.text, measure.lead, line.names, people, date(measure.last_day), measure.target_as_said, light


def _report(report: ProgressReport) -> tuple[Any, ...]:
    more = "；".join(filter(None, (report.problems, report.next_step)))
    said = f"{report.text}（已退回：{report.return_reason}）" if report.returned_at else report.text
    return report.when, report.measure.text, said, f"{report.percent}%", more
