"""The parts of a conference's record as its clerks read them, in the order of its page; in Chinese."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from archive.blocks import Facts, Heading, Part, columns, none, spoken
from archive.record_tasks import tasks_part
from awards.models import Honour
from awards.wording import date, period
from conferences.checks.record import Record
from conferences.models import Attachment, Audience, Conference, Figure, Keynote, Participant
from papers.content import Note, Table, Text, texts_of
from papers.winners import attachments_of, groups_of

NAMES = 12.0  # points, of a list of winners
AGENDA = columns(("序号", 10), ("时间", 14), ("议程", 52, "left"), ("人员", 28), ("部门、职务", 34, "left"))
FIGURES = columns(("序号", 10), ("数据", 42, "left"), ("数值", 30), ("变化", 34), ("名次（内部）", 34))
PEOPLE = columns(("序号", 10), ("身份", 22), ("姓名", 30), ("部门", 44, "left"), ("职务", 44, "left"))
GIVEN = columns(("序号", 10), ("奖项", 80, "left"), ("数量", 40))
REVOKED = columns(("序号", 10), ("获得者", 34), ("奖项", 34), ("撤销日期", 30), ("原因", 44, "left"))
ABOVE = columns(
    *(("序号", 9), ("荣誉名称", 42, "left"), ("获得者", 30), ("级别", 16), ("授予机关", 34, "left"), ("文件", 28)),
    ("日期", 24),
)
FILES = columns(("序号", 10), ("标题", 60, "left"), ("类别", 20), ("文件名", 50, "left"), ("阅读范围", 22))
EDITIONS = columns(("版次", 10), ("发布时间", 34), ("发布人", 26), ("至", 34), ("更正说明", 48, "left"))


def parts_of(conference: Conference) -> list[Part]:
    """Every part, those with nothing in them too: that they are empty is part of the record."""
    record = Record(conference)
    return [
        Part("一、会议概况", list(_overview(record))),
        Part("二、会议议程", list(_agenda(record))),
        Part("三、数据", list(_figures(record))),
        Part("四、表彰", list(_awards(record))),
        Part("五、讲话", list(_speeches(record))),
        tasks_part("六、重点工作", record),
        Part("七、上级荣誉", list(_honours(record))),
        Part("八、附件", list(_attachments(record))),
        Part("九、发布与更正", list(_editions(conference))),
    ]


def moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def held_on(conference: Conference) -> str:
    """2024年2月2日 上午; empty where no day is known."""
    if conference.starts_on is None:
        return ""
    return (
        f"{period(conference.starts_on, conference.ends_on or conference.starts_on)} {conference.time_of_day}".strip()
    )


def _overview(record: Record) -> Iterator[Any]:
    one: Conference = record.conference
    said = (
        ("法院", one.court.name),
        ("会议名称", one.title),
        ("会议类型", one.get_kind_display()),
        ("年度", f"总结{one.year_reviewed}年度，部署{one.year_planned}年度"),
        ("时间", held_on(one)),
        ("地点", one.venue),
        ("参加人员", one.attendance),
        ("主题", one.theme),
        ("摘要", one.summary),
        ("阅读范围", str(Audience(one.audience).label)),
        ("状态", str(one.state.label)),
    )
    yield Facts(tuple(pair for pair in said if pair[1]))
    if record.participants:
        roles = dict(Participant.Role.choices)
        yield Heading("与会人员")
        yield PEOPLE.table((roles[row.role], row.name, row.department_name, row.post) for row in record.participants)
    if record.keynotes:
        kinds = dict(Keynote.Kind.choices)
        yield Heading("年度提法")
        notes = ((row, f"（{row.note}）" if row.note else "") for row in record.keynotes)
        yield Facts(tuple((str(kinds[row.kind]), f"{row.text}{note}") for row, note in notes))


def _agenda(record: Record) -> Iterator[Any]:
    if not record.agenda:
        yield none()
        return
    yield AGENDA.table(
        (
            f"{row.starts_at:%H:%M}" if row.starts_at else f"{row.minutes}分钟" if row.minutes else "",
            row.title,
            row.name,
            "、".join(filter(None, (row.department_name, row.post))),
        )
        for row in record.agenda
    )
    notes = [(row.title, row.private_note) for row in record.agenda if row.private_note]
    if notes:
        yield Heading("主持备注（内部）")
        yield Facts(tuple(notes))


def _figures(record: Record) -> Iterator[Any]:
    if not record.figures:
        yield none()
        return
    yield FIGURES.table(
        (
            f"{row.group}　{row.label}" if row.group else row.label,
            f"{row.value_as_said}{row.unit}" if row.value_as_said else "",
            row.change_as_said,
            _rank(row),
        )
        for row in record.figures
    )
    quotes = [(row.label, row.quote) for row in record.figures if row.quote]
    if quotes:
        yield Heading("原文")
        yield Facts(tuple(quotes))


def _rank(figure: Figure) -> str:
    return f"{figure.rank_as_said}（已公开）" if figure.rank_opened_at else figure.rank_as_said


def _awards(record: Record) -> Iterator[Any]:
    conference = record.conference
    for decision in record.decisions:
        number = f"（{decision.document_number}）" if decision.document_number else ""
        yield Heading(f"{decision.title}{number}")
        signed = (("成文日期", date(decision.signed_on) if decision.signed_on else ""), ("签发", decision.signed_by))
        yield Facts(tuple(pair for pair in signed if pair[1]))
        yield from texts_of(decision.text)
    winners = conference.commendations
    for attachment in attachments_of(groups_of(winners.valid(), conference.roll_order), conference.roll_order):
        yield Heading(attachment.title)
        yield from (replace(one, size=NAMES) if isinstance(one, Table) else one for one in attachment.blocks)
    unknown = [row for row in record.winners if not row.is_known and not row.revoked_at]
    if unknown:
        yield Note(f"尚未公布{len(unknown)}项。")
    revoked = [row for row in record.winners if row.revoked_at]
    if revoked:
        yield Heading("已撤销")
        days = ((row, date(timezone.localdate(row.revoked_at))) for row in revoked)
        yield REVOKED.table((row.recipient, row.category, day, row.revocation_reason) for row, day in days)
    if record.awards_given:
        yield Heading("所设奖项")
        yield GIVEN.table((row.category, row.quantity) for row in record.awards_given)
    if not (record.decisions or record.winners or record.awards_given):
        yield none()


def _speeches(record: Record) -> Iterator[Any]:
    if not record.speeches:
        yield none()
    for speech in record.speeches:
        yield Heading("　".join(filter(None, (str(speech.get_kind_display()), speech.speaker, speech.title))))
        whose = "、".join(filter(None, (speech.department_name if speech.name else "", speech.post)))
        said = (("讲话人", f"{speech.speaker}{f'（{whose}）' if whose else ''}"), ("摘要", speech.summary))
        yield Facts(tuple(pair for pair in said if pair[1]))
        yield from spoken(speech.text) or [Note("（缺讲话正文）")]


def _honours(record: Record) -> Iterator[Any]:
    if not record.honours:
        yield none()
        return
    yield ABOVE.table(
        (
            f"{row.title}{f'（{row.quantity}）' if row.quantity else ''}",
            row.recipient_name or record.conference.court.name,
            Honour.Level(row.level).label if row.level else "",
            row.bodies,
            row.document,
            date(row.received_on) if row.received_on else "",
        )
        for row in record.honours
    )


def _attachments(record: Record) -> Iterator[Any]:
    if not record.attachments:
        yield none()
        return
    yield FILES.table(
        (row.title, Attachment.Kind(row.kind).label, row.filename, Audience(row.audience).label)
        for row in record.attachments
    )


def _editions(conference: Any) -> Iterator[Any]:
    editions = list(conference.editions.listed().select_related("published_by"))
    if not editions:
        yield Text("本次会议尚未发布。")
        return
    yield EDITIONS.table(
        (moment(row.published_at), row.published_by, moment(row.closed_at), row.note) for row in editions
    )
    for row in conference.corrections.all():
        yield Facts((("更正内容", row.what), ("更正原因", row.reason), ("公开说明", row.public_note)))
