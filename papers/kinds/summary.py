"""推荐汇总表: who was nominated in a selection, by award, for the meeting that decides. Never leaves the court."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from awards.models import AwardCategory, Nomination, Quota, Selection
from conferences.checks.findings import Finding, Place
from papers.content import Block, Column, Note, Paper, Table, Text
from papers.kinds.notice import nominated, nominee
from papers.made import Count, Made, about_fonts
from papers.words import numeral

SIZE = 11.0
Quotas = dict[AwardCategory, Quota]
Groups = list[tuple[AwardCategory, list[Nomination]]]
COLUMNS = (
    *(Column("序号", 11), Column("推荐对象", 36), Column("部门", 34), Column("职务", 32)),
    *(Column("推荐部门", 34), Column("排序", 12), Column("主要事迹", 66, "left")),
)
LONGEST_DEEDS = 120  # characters in the table; the whole text is on the board


def summary_paper(selection: Selection) -> Made:
    quotas = {quota.category: quota for quota in selection.quotas.planned()}
    rows = nominated(selection.nominations.standing())
    groups = [(category, list(found)) for category, found in groupby(rows, key=lambda one: one.category)]
    paper = Paper(
        title=f"{selection.title}推荐汇总表",
        blocks=tuple(block for place, group in enumerate(groups, 1) for block in _blocks(place, *group, quotas)),
        wide=True,
    )
    counts = [Count(one.name, len(found), len(found), _limit(quotas.get(one))) for one, found in groups]
    day = selection.closes_on or selection.last_day
    missing = list(_missing(selection, groups, quotas, paper))
    return Made(paper, selection.court, paper.title, day, None, missing, counts)


def _blocks(place: int, category: AwardCategory, found: list[Nomination], quotas: Quotas) -> Iterator[Block]:
    limit = _limit(quotas.get(category))
    said = f"（名额{limit}，推荐{len(found)}）" if limit else f"（推荐{len(found)}）"
    yield Text("", lead=f"{numeral(place)}、{category}{said}", level=1, indented=False)
    yield Table(COLUMNS, tuple((str(number), *_row(one)) for number, one in enumerate(found, 1)), SIZE)
    yield Note(
        "按推荐顺序排列，排序由政治部门提出，供会议研究。" if any(one.rank for one in found) else "按推荐顺序排列。"
    )


def _row(one: Nomination) -> tuple[str, ...]:
    deeds = " ".join(one.deeds.split())
    shown = deeds if len(deeds) <= LONGEST_DEEDS else f"{deeds[:LONGEST_DEEDS]}……"
    department = one.department_name if one.name else ""
    by = one.by_department.name if one.by_department else ""
    return nominee(one), department, one.post, by, str(one.rank or ""), shown


def _limit(quota: Quota | None) -> str:
    return "" if quota is None or quota.limit is None else str(quota.limit)


def _missing(selection: Selection, groups: Groups, quotas: Quotas, paper: Paper) -> Iterator[Finding]:
    at = Place("awards_selection", "title", selection.pk)
    nominated = {category for category, _found in groups}
    for category in quotas:
        if category not in nominated:
            text = _("Nobody is nominated for “%(award)s”.") % {"award": category}
            yield Finding("nobody", text, at, (category.pk,))
    for category, found in groups:
        limit = quotas[category].limit if category in quotas else None
        if limit is not None and len(found) > limit:
            text = _("“%(award)s”: %(count)d nominated, the quota is %(limit)d.")
            text %= {"award": category, "count": len(found), "limit": limit}
            yield Finding("over-quota", text, at, (category.pk, len(found), limit))
        without = [one for one in found if not one.deeds.strip()]
        if without:
            text = _("“%(award)s”: %(count)d without deeds.") % {"award": category, "count": len(without)}
            yield Finding("no-deeds", text, at, (category.pk, len(without)))
    yield from about_fonts(paper)
