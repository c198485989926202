"""目标责任书: what each department leads and helps with in the year planned, for both sides to sign."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from conferences.checks.findings import Finding, at_part
from conferences.models import Conference, Measure
from courts.models import Department
from papers.content import Attachment, Block, Column, Paper, Sides, Table, Text
from papers.made import Made, about_fonts, about_measures, day_of
from papers.words import due, numeral

SIZE = 11.0
LED = (
    *(Column("序号", 11), Column("重点工作", 27, "left"), Column("举措", 39, "left"), Column("责任领导", 18.5)),
    *(Column("责任人", 18.5), Column("完成时限", 20), Column("目标", 22, "left")),
)
HELPED = (
    *(Column("序号", 11), Column("重点工作", 36, "left"), Column("举措", 61, "left"), Column("牵头部门", 26)),
    Column("完成时限", 22),
)
# What the follow-up asks of a department, whoever it is.
DUTIES = (
    "每项举措每季度报告一次进展，如实说明落实情况、存在问题和下步措施，附相应佐证。",
    "完成后由未参与报告的人员核验，核验属实的予以销号。",
    "需要延期或者取消的，书面说明理由，经同意后办理。",
)


class Letter(NamedTuple):
    """What one department answers for; measures that were cancelled are in none."""

    department: Department
    led: list[Measure]
    helped: list[Measure]

    @property
    def number(self) -> int:
        return len(self.led) + len(self.helped)


def letters_paper(conference: Conference, department: int | None = None) -> Made | None:
    """The letters of all departments, each on pages of its own, or of one; None where it has no measure."""
    measures = list(Measure.objects.of_conference(conference).listed())
    letters = list(_letters(conference, [one for one in measures if not one.cancelled_at]))
    chosen = [one for one in letters if department in {None, one.department.pk}]
    if department is not None and not chosen:
        return None
    title = f"{conference.court.name}{conference.year_planned}年度重点工作目标责任书"
    first, *others = [tuple(_blocks(conference, one)) for one in chosen] or [()]
    paper = Paper(title=title, blocks=first, attachments=tuple(Attachment("", title, blocks) for blocks in others))
    about = f"{conference.year_planned}年度重点工作目标责任书"
    return Made(
        paper,
        conference.court,
        f"{about}_{chosen[0].department}" if department else about,
        day_of(conference),
        conference,
        list(_missing(conference, measures, chosen, paper)),
        measures=sum(one.number for one in chosen),
        departments=[one.department for one in letters],
        department=department,
    )


def _letters(conference: Conference, measures: Sequence[Measure]) -> Iterator[Letter]:
    """In the order of the court. 各部门 as helper means every one of them."""
    for department in conference.court.departments.all():
        led = [one for one in measures if one.lead_id == department.pk]
        helped = [one for one in measures if one not in led and (one.all_help or department in one.helpers.all())]
        if led or helped:
            yield Letter(department, led, helped)


def _blocks(conference: Conference, letter: Letter) -> Iterator[Block]:
    court, year = conference.court.name, conference.year_planned
    yield Text(
        f"为落实{conference.title}部署的{year}年度重点工作，明确责任，{court}与{letter.department}签订本责任书。"
    )
    parts = [
        (title, columns, rows)
        for title, columns, rows in (
            ("牵头的工作", LED, [_led(one) for one in letter.led]),
            ("配合的工作", HELPED, [_helped(one) for one in letter.helped]),
        )
        if rows
    ]
    for place, (title, columns, rows) in enumerate(parts, 1):
        yield Text("", lead=f"{numeral(place)}、{title}（{len(rows)}项）", level=1)
        yield Table(columns, tuple((str(number), *row) for number, row in enumerate(rows, 1)), SIZE, merged=1)
    yield Text("", lead=f"{numeral(len(parts) + 1)}、责任要求", level=1)
    for place, duty in enumerate(DUTIES, 1):
        yield Text(f"{place}. {duty}", level=3)
    day = "签订日期：　　年　　月　　日"
    yield Sides(
        (court, "院领导（签字）：", day),
        (letter.department.name, "部门负责人（签字）：", day),
    )


def _led(one: Measure) -> tuple[str, ...]:
    people = (one.leader_name, one.responsible_name)
    return (one.task.heading, one.text, *people, due(one.last_day), one.target_as_said)


def _helped(one: Measure) -> tuple[str, ...]:
    return one.task.heading, one.text, one.lead.name if one.lead else "", due(one.last_day)


def _missing(
    conference: Conference, measures: Sequence[Measure], chosen: Sequence[Letter], paper: Paper
) -> Iterator[Finding]:
    if not conference.is_published:
        text = _("The conference is not published: what it sets may still change.")
        yield Finding("not-published", text, at_part("tasks"))
    if not chosen:
        yield Finding("no-letters", _("No department leads or helps with a measure."), at_part("tasks"))
    shown = {one.pk: one for letter in chosen for one in (*letter.led, *letter.helped)}.values()
    led = [one for letter in chosen for one in letter.led]
    yield from about_measures("no-lead", [one for one in shown if not one.lead], _("No department leads: %(names)s."))
    for code, name, text in (
        ("no-leader", "leader_name", _("No responsible leader is named; the place is left free: %(names)s.")),
        ("no-responsible", "responsible_name", _("No responsible person is named; the place is left free: %(names)s.")),
        ("no-target", "target_as_said", _("No target is set; the place is left free: %(names)s.")),
    ):
        yield from about_measures(code, [one for one in led if not getattr(one, name)], text)
    undated = [one for one in shown if not (one.due_on or one.deferred_to)]
    yield from about_measures(
        "no-due-date", undated, _("No due date is set; the end of the year stands in its place: %(names)s.")
    )
    cancelled = [one for one in measures if one.cancelled_at]
    yield from about_measures("cancelled", cancelled, _("Cancelled, and so in no letter: %(names)s."))
    yield from about_fonts(paper)
