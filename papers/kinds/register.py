"""年度荣誉登记表: what a court gave in one year and what it received from above, families apart."""

import datetime
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.checks import ROLL
from awards.models import Commendation, Family, Honour
from awards.wording import date
from conferences.checks.findings import Finding, at_part, at_row
from conferences.models import Conference
from courts.models import Court
from papers.content import Block, Column, Note, Paper, Table, Text
from papers.made import Count, Made, about_fonts, about_revoked, some
from papers.winners import Group, groups_of, order_note, shown_name
from papers.words import chinese, numeral

SIZE = 11.0
GIVEN = (
    *(Column("序号", 11), Column("奖项", 28), Column("获得者", 31), Column("部门", 33), Column("职务", 30)),
    *(Column("决定文号", 38), Column("决定日期", 37), Column("备注", 17)),
)
RECEIVED = (
    *(Column("序号", 11), Column("荣誉名称", 50), Column("获得者", 38), Column("级别", 15), Column("授予机关", 40)),
    *(Column("文件", 34), Column("日期", 37)),
)


def register_paper(court: Court, year: int) -> Made:
    conferences = list(court.conferences.reviewing(year).order_by("starts_on", "id"))
    parts = [(one, groups_of(one.commendations.all(), one.roll_order)) for one in conferences]
    honours = list(court.honours.filter(year=year))
    paper = Paper(title=f"{court.name}{year}年度荣誉登记表", blocks=tuple(_blocks(parts, honours)), wide=True)
    return Made(
        paper,
        court,
        f"{year}年度荣誉登记表",
        datetime.date(year, 12, 31),
        conferences[0] if conferences else None,
        list(_missing(parts, honours, paper)),
        list(_counts(parts, honours)),
    )


Parts = Sequence[tuple[Conference, list[Group]]]


def _blocks(parts: Parts, honours: list[Honour]) -> Iterator[Block]:
    number = 0
    for family in Family:
        held = [(one, [g for g in groups if g.category.family == family]) for one, groups in parts]
        held = [(one, groups) for one, groups in held if groups]
        if held:
            number += 1
            total = sum(len(group.winners) for _one, groups in held for group in groups)
            yield Text("", lead=f"{numeral(number)}、{chinese(family.label)}（{total}项）", level=1, indented=False)
        for one, groups in held:
            if len(parts) > 1:
                yield Text("", lead=str(one), level=2, indented=False)
            yield _given(groups)
            yield Note(f"{order_note(one.roll_order)}。")
    if honours:
        yield Text("", lead=f"{numeral(number + 1)}、上级荣誉（{len(honours)}项）", level=1, indented=False)
        yield _received(honours)


def _given(groups: list[Group]) -> Table:
    pairs = [(winner, group) for group in groups for winner in group.winners]
    return Table(GIVEN, tuple((str(place), *_row(*pair)) for place, pair in enumerate(pairs, 1)), SIZE)


def _row(winner: Commendation, group: Group) -> tuple[str, ...]:
    decision = winner.decision
    return (
        group.category.name,
        shown_name(winner, group.category),
        winner.department_name if winner.name else "",
        winner.post,
        decision.document_number if decision else "",
        date(decision.signed_on) if decision and decision.signed_on else "",
        _note(winner),
    )


def _note(winner: Commendation) -> str:
    if winner.revoked_at:
        return f"{date(timezone.localdate(winner.revoked_at))}撤销"
    return "" if winner.is_known else "未公布"


def _received(honours: list[Honour]) -> Table:
    rows = tuple(
        (
            str(place),
            honour.title,
            honour.recipient_name or honour.court.name,
            chinese(Honour.Level(honour.level).label) if honour.level else "",
            honour.bodies,
            honour.document,
            date(honour.received_on) if honour.received_on else "",
        )
        for place, honour in enumerate(honours, 1)
    )
    return Table(RECEIVED, rows, SIZE)


def _counts(parts: Parts, honours: list[Honour]) -> Iterator[Count]:
    groups = [group for _one, found in parts for group in found]
    for name, same in groupby(groups, key=lambda group: group.category.name):
        found = list(same)
        total = sum(len(group.winners) for group in found)
        yield Count(name, total, total)
    if honours:
        yield Count(chinese(Honour._meta.verbose_name_plural or ""), len(honours), len(honours))


def _missing(parts: Parts, honours: list[Honour], paper: Paper) -> Iterator[Finding]:
    winners = [winner for _one, groups in parts for group in groups for winner in group.winners]
    at = at_part("commendations", ROLL)
    if not (winners or honours):
        yield Finding("empty", _("No award and no honour is entered for this year."), at)
    loose = [winner for winner in winners if winner.decision is None]
    if loose:
        text = _("%(count)d winners belong to no decision: %(names)s.") % {"count": len(loose), "names": some(loose)}
        yield Finding("no-decision", text, at, (len(loose),))
    unknown = [winner for winner in winners if not (winner.is_known or winner.revoked_at)]
    if unknown:
        text = _("Not announced yet, so keep the paper closed: %(names)s.") % {"names": some(unknown)}
        yield Finding("unannounced", text, at, (len(unknown),))
    yield from about_revoked(winners, _("Revoked; the register keeps them and says so: %(names)s."))
    for honour in honours:
        if not honour.document and honour.conference_id:
            text = _("“%(title)s” has no document.") % {"title": honour.title}
            yield Finding("no-document", text, at_row(honour, ROLL), (honour.pk,))
    yield from about_fonts(paper)
