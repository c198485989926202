"""The winners of a paper: in groups as they are read out, and as the tables of its attachments."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from awards.models import AwardCategory, Commendation, Family
from awards.querysets import CommendationQuerySet
from conferences.models import Conference
from papers.content import Attachment, Column, Note, Table, spaced
from papers.layout import TABLE
from papers.words import chinese

PERSONS = (Column("序号", 14), Column("奖项", 34), Column("姓名", 40), Column("部门", 36), Column("职务", 32))
COLLECTIVES = (Column("序号", 14), Column("奖项", 60), Column("获奖集体", 82))


class Group(NamedTuple):
    """The winners of one award, in the order of the list."""

    category: AwardCategory
    winners: list[Commendation]

    @property
    def unit(self) -> str:
        """What they are counted by."""
        return "个" if self.category.is_collective else "名"


def groups_of(winners: CommendationQuerySet, order: str) -> list[Group]:
    """Family by family, collectives first, then the awards in the court's order. One query."""
    rows = winners.listed(order).select_related("category", "decision", "conference")
    groups = [Group(category, list(found)) for category, found in groupby(rows, key=lambda one: one.category)]
    families = Family.values
    return sorted(groups, key=lambda group: families.index(group.category.family))


def shown_name(winner: Commendation, category: AwardCategory) -> str:
    """As in a list: 张　三, and （追授） behind a posthumous award."""
    is_person = category.recipient_kind == AwardCategory.RecipientKind.PERSON
    name = spaced(winner.recipient) if is_person else winner.recipient
    return f"{name}（追授）" if winner.posthumous else name


def order_note(order: str) -> str:
    """排序：按姓氏笔画为序, as it stands under a list."""
    return f"排序：{chinese(Conference.Order(order).label)}"


def attachments_of(groups: Sequence[Group], order: str) -> tuple[Attachment, ...]:
    """A list for the collectives and one for the persons of each family: families never mix."""
    kinds = [(family, collective) for family in Family.values for collective in (True, False)]
    lists = []
    for family, collective in kinds:
        found = [g for g in groups if g.category.family == family and g.category.is_collective is collective]
        if found:
            lists.append((family, collective, found))
    several_families = len({family for family, _collective, _found in lists}) > 1
    return tuple(
        Attachment(
            f"附件{place}" if len(lists) > 1 else "附件",
            (chinese(Family(family).label) if several_families else "表彰")
            + ("集体名单" if collective else "个人名单"),
            (winners_table(found), Note(f"共{_sum(found)}{'个' if collective else '人次'}。{order_note(order)}。")),
        )
        for place, (family, collective, found) in enumerate(lists, 1)
    )


def winners_table(groups: Sequence[Group]) -> Table:
    """序号 | 奖项 | 姓名 | 部门 | 职务; collectives have no post. The numbers run through the table."""
    is_collective = groups[0].category.is_collective
    make = _of_collective if is_collective else _of_person
    pairs = [(winner, group.category) for group in groups for winner in group.winners]
    rows = tuple((str(number), *make(*pair)) for number, pair in enumerate(pairs, 1))
    return Table(COLLECTIVES if is_collective else PERSONS, rows, TABLE)


def _of_person(winner: Commendation, category: AwardCategory) -> tuple[str, ...]:
    department = winner.department_name if winner.name else ""
    return category.name, shown_name(winner, category), department, winner.post


def _of_collective(winner: Commendation, category: AwardCategory) -> tuple[str, ...]:
    return category.name, shown_name(winner, category)


def _sum(groups: Iterable[Group]) -> int:
    return sum(len(group.winners) for group in groups)


def names_of(winners: Iterable[Any]) -> str:
    """张三、李四 for a sentence."""
    return "、".join(winner.recipient for winner in winners)
