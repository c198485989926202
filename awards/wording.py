"""The Chinese texts of a selection's papers: plain text, one paragraph a line, without layout.

They are made from the record in Chinese, whatever language the clerk reads.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from awards.models import AwardCategory, Objection, PublicNotice

Kind = AwardCategory.RecipientKind
NAMES_IN_NOTICE = "拟表彰对象名单"
UPHELD = "公示期间收到异议，经核实异议成立"
HOW_TO_OBJECT = "提倡实名反映，反映的情况应当客观真实。对反映人的身份和反映的内容严格保密。"
EXHORTATION = (
    "希望受到表彰的集体和个人珍惜荣誉，再接再厉。全院干警要以先进为榜样，忠诚履职，公正司法，"
    "为推动法院工作高质量发展作出新的贡献。"
)
# What is counted by which word.
COUNTED_BY = {Kind.PERSON: "名", Kind.FAMILY: "户"}


def date(day: datetime.date) -> str:
    """As in official papers: no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def period(first: datetime.date, last: datetime.date) -> str:
    """2024年2月5日至2月9日; the second year only where it is another one."""
    if first == last:
        return date(first)
    end = f"{last.month}月{last.day}日" if first.year == last.year else date(last)
    return f"{date(first)}至{end}"


def counted(numbers: Iterable[tuple[Any, int]]) -> str:
    """先进集体3个、先进个人12名, from pairs of category and number."""
    return "、".join(
        f"{category.name}{number}{COUNTED_BY.get(category.recipient_kind, '个')}" for category, number in numbers
    )


def notice_title(selection: Any) -> str:
    return f"关于{selection.title}拟表彰对象的公示"


def notice_text(notice: Any, numbers: Sequence[tuple[Any, int]]) -> str:
    """The paragraphs of the notice; its list of names, the issuer and the date follow.

    `numbers`: pairs of category and number.
    """
    selection = notice.selection
    basis = f"根据{_quoted(selection.basis)}，" if selection.basis else ""
    reach = f"向{notice.contact}反映" if notice.contact else "向本院反映"
    return "\n".join(
        [
            f"{basis}经推荐、资格审查和研究，拟对{counted(numbers)}予以表彰。为接受监督，现将拟表彰对象名单予以公示。",
            f"公示时间：{period(notice.starts_on, notice.ends_on)}，共{notice.days}个工作日。",
            f"公示期间，对拟表彰对象有异议的，可以通过书面、电话、当面或者网上填写的方式{reach}。" + HOW_TO_OBJECT,
        ]
    )


def _quoted(document: str) -> str:
    return document if "《" in document else f"《{document}》"


def conclusion_text(notice: Any, objections: Sequence[Objection]) -> str:
    """The record that is kept: that nobody objected, or how many did and what came of it. Names nobody."""
    during = f"{_titled(notice.title)}自{period(notice.starts_on, notice.ends_on)}（共{notice.days}个工作日）进行公示。"
    if not objections:
        return f"{during}公示期间未收到异议。"
    upheld = sum(one.outcome == Objection.Outcome.UPHELD for one in objections)
    named = sum(bool(one.name) for one in objections)
    return (
        f"{during}公示期间共收到异议{len(objections)}件，其中实名{named}件、匿名{len(objections) - named}件，均已办理："
        f"异议成立{upheld}件，不成立{len(objections) - upheld}件。"
    )


def _titled(title: str) -> str:
    return f"《{title}》"


def decision_title(selection: Any) -> str:
    return f"关于{selection.title}的表彰决定"


def decision_text(selection: Any, numbers: Sequence[tuple[Any, int]], notices: Iterable[PublicNotice]) -> str:
    """The paragraphs of the decision; its attachments (`list_title`), the issuer and the date follow."""
    basis = f"根据{_quoted(selection.basis)}，" if selection.basis else ""
    periods = "、".join(dict.fromkeys(period(notice.starts_on, notice.ends_on) for notice in notices))
    shown = f"并经{periods}公示，" if periods else ""
    return "\n".join(
        [
            f"{basis}经推荐、资格审查和研究，{shown}决定对{counted(numbers)}予以表彰。",
            EXHORTATION,
        ]
    )


def list_title(category: Any) -> str:
    """The title of an attachment: the winners of one award."""
    return f"{category.name}名单"
