"""任务分解表: a conference's tasks with their measures, departments and what was done, quarter by quarter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards.wording import date
from conferences.checks.findings import Finding, at_part, at_row
from conferences.follow_up.table import ABOUT, rows
from conferences.models import Conference, PriorityTask
from papers.content import Column, Note, Paper, Table
from papers.layout import WIDE_WIDTH
from papers.made import Made, about_fonts
from papers.words import LANGUAGE, due

SIZE = 9.0
# As in the workbook, but the quarters, the problems and the next step in one cell: a page is not that wide.
COLUMNS = (
    *(Column("序号", 9), Column("任务名称", 25, "left"), Column("任务内容", 34, "left"), Column("牵头部门", 17)),
    *(Column("配合部门", 19, "left"), Column("责任领导", 15), Column("责任人", 15), Column("完成时限", 16)),
    *(Column("目标", 20, "left"), Column("落实情况", 41, "left"), Column("状态", 14)),
)
NAME, CONTENT, DONE = 1, 2, 9  # places of columns
MAY_BE_LEFT_OUT = (5, 6, 8)  # leader, responsible person, target, where nobody has any
QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def task_table(conference: Conference) -> Made:
    with translation.override(LANGUAGE):
        cells = [_row(row) for row in rows(conference)]
    tasks = list(conference.tasks.prefetch_related("measures"))
    today = timezone.localdate()
    about = f"{conference.year_planned}年度重点工作任务分解表"
    note = Note(f"共{len(tasks)}项任务、{len(cells)}项举措。落实情况截至{date(today)}。")
    paper = Paper(title=f"{conference.court.name}{about}", blocks=(_table(cells), note), wide=True)
    return Made(
        paper,
        conference.court,
        about,
        today,
        conference,
        list(_missing(tasks, paper)),
        measures=len(cells),
    )


def _row(row: Sequence[Any]) -> tuple[str, ...]:
    """A row of the workbook as text: what was said of each quarter under each other."""
    number, *about, day, target = row[: len(ABOUT)]
    *quarters, problems, next_step, state = row[len(ABOUT) :]
    told = zip((*QUARTERS, "存在问题", "下步措施"), (*quarters, problems, next_step), strict=True)
    done = "\n".join(f"{label}：{' '.join(text.split())}" for label, text in told if text)
    return (str(number), *about, due(day), target, done, state)


def _table(cells: Sequence[tuple[str, ...]]) -> Table:
    """The room of what is left out goes to the content and to what was done."""
    left_out = {place for place in MAY_BE_LEFT_OUT if not any(row[place] for row in cells)}
    kept = [place for place in range(len(COLUMNS)) if place not in left_out]
    room = (WIDE_WIDTH - sum(COLUMNS[place].width for place in kept)) / 2
    columns = [
        replace(column, width=column.width + room) if place in {CONTENT, DONE} else column
        for place, column in enumerate(COLUMNS)
    ]
    return Table(
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in cells),
        SIZE,
        merged=NAME,
    )


def _missing(tasks: Sequence[PriorityTask], paper: Paper) -> Iterator[Finding]:
    if not tasks:
        yield Finding("no-tasks", _("The conference has set no task."), at_part("tasks"))
    for task in tasks:
        measures = task.measures.all()
        if not measures:
            yield Finding("task-without-measure", _("“%(task)s” has no measure.") % {"task": task}, at_row(task))
    yield from about_fonts(paper)
