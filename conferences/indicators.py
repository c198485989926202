"""The indicators that courts speak of most, and what is known of the national sets; filled in, never written over.

The sets of the Supreme People's Court (审判质量管理指标体系) had 26 indicators from January 2024 and have 18 since
September 2024. Only those are named here that public reports of the two sets name, so both are incomplete: an
administrator who has the documents adds the rest. What the sources leave open stays empty: nobody can fill it in by
guessing.
"""

import datetime
from typing import Any, NamedTuple

from django.db import transaction

from conferences.models import Indicator, IndicatorSet

UP, DOWN, NEITHER = Indicator.Direction.UP, Indicator.Direction.DOWN, Indicator.Direction.NEITHER
SUM, FIRST, LAST, NEVER = Indicator.RollUp.SUM, Indicator.RollUp.FIRST, Indicator.RollUp.LAST, Indicator.RollUp.NEVER
FIRST_BEGINS, FIRST_ENDS = datetime.date(2024, 1, 1), datetime.date(2024, 8, 31)
SECOND_BEGINS = datetime.date(2024, 9, 1)

# Name, unit, direction, formula, the year from its periods. Cases received are no sum: each period carries some over.
_ALWAYS = [
    ("旧存", "件", NEITHER, "上期末未结案件", FIRST),
    ("新收", "件", NEITHER, "本期新立案件", SUM),
    ("受理", "件", NEITHER, "旧存 + 新收", NEVER),
    ("审执结", "件", UP, "审结 + 执结", SUM),
    ("未结", "件", DOWN, "受理 − 审执结", LAST),
    ("结案率", "%", UP, "审执结 ÷ 受理", NEVER),
    ("结收比", "%", UP, "审执结 ÷ 新收", NEVER),
    ("审限内结案率", "%", UP, "审限内结案 ÷ 结案；不以100%为目标", NEVER),
    ("法官人均结案", "件", UP, "审执结 ÷ 员额法官人数", NEVER),
    ("服判息诉率", "%", UP, "(一审结案 − 上诉) ÷ 一审结案", NEVER),
    ("改判发回率", "%", DOWN, "(二审改判 + 发回重审) ÷ 二审结案", NEVER),
    ("诉前化解", "件", UP, "起诉到法院、立案前化解的纠纷", SUM),
    ("诉前调解成功率", "%", UP, "诉前调解成功 ÷ 诉前调解结案", NEVER),
    ("执行完毕率", "%", UP, "执行完毕 ÷ 首次执行结案", NEVER),
    ("执行标的到位率", "%", UP, "已到位金额 ÷ 申请执行标的金额", NEVER),
    ("首执案件结案率", "%", UP, "首次执行结案 ÷ 首次执行受理", NEVER),
    ("首执案件终本率", "%", DOWN, "终结本次执行程序 ÷ 首次执行结案", NEVER),
    ("首执案件终结率", "%", DOWN, "", NEVER),
    ("平均结案天数", "天", DOWN, "各案结案天数之和 ÷ 结案", NEVER),
    ("超12个月未结", "件", DOWN, "立案满12个月仍未结的案件", LAST),
    ("案-件比", "", DOWN, "", NEVER),
    ("超12个月未结案件比", "%", DOWN, "", NEVER),
    ("执行到位率", "%", UP, "", NEVER),
]
# Those of the first set that the second one gave up or merged.
_UNTIL_2024_08 = [
    ("一审裁判被改判率", "%", DOWN, "", NEVER),
    ("一审裁判被发回重审率", "%", DOWN, "", NEVER),
    ("生效裁判被改判率", "%", DOWN, "", NEVER),
    ("生效裁判被发回重审率", "%", DOWN, "", NEVER),
    ("法官人均结案数", "件", NEITHER, "", NEVER),
    ("延长审限率", "%", DOWN, "", NEVER),
    ("裁定再审率", "%", NEITHER, "", NEVER),
    ("司法建议反馈率", "%", UP, "", NEVER),
]
_FROM_2024_09 = [
    ("二审改判发回重审比", "", NEITHER, "二审改判 ÷ 二审发回重审", NEVER),
    ("再审改判发回重审比", "", NEITHER, "再审改判 ÷ 再审发回重审", NEVER),
]
_IN_BOTH = ["案-件比", "审限内结案率", "超12个月未结案件比", "执行到位率"]
NOTE = "按公开报道整理，未列全；名称、口径以正式文件为准。"


class KnownSet(NamedTuple):
    """A national set, and the names of those of its indicators that are known."""

    name: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    size: int
    members: list[str]


def _rows(rows: list[tuple[str, ...]], **valid: datetime.date) -> list[dict[str, Any]]:
    names = ("name", "unit", "direction", "formula", "roll_up")
    return [{**dict(zip(names, row, strict=True)), **valid} for row in rows]


INDICATORS: list[dict[str, Any]] = [
    {**row, "order": order}
    for order, row in enumerate(
        [
            *_rows(_ALWAYS),
            *_rows(_UNTIL_2024_08, valid_from=FIRST_BEGINS, valid_to=FIRST_ENDS),
            *_rows(_FROM_2024_09, valid_from=SECOND_BEGINS),
        ],
        start=1,
    )
]
SETS = [
    KnownSet(
        "人民法院审判质量管理指标体系（2024年1月）",
        FIRST_BEGINS,
        FIRST_ENDS,
        26,
        [*_IN_BOTH, *(row[0] for row in _UNTIL_2024_08)],
    ),
    KnownSet(
        "人民法院审判质量管理指标体系（2024年9月）",
        SECOND_BEGINS,
        None,
        18,
        [*_IN_BOTH, *(row[0] for row in _FROM_2024_09)],
    ),
]


@transaction.atomic
def fill_indicators() -> int:
    """Adds the indicators and sets whose names are not there yet; what is there stays as it is. Returns how many."""
    here = set(Indicator.objects.values_list("name", flat=True))
    added = Indicator.objects.bulk_create(Indicator(**row) for row in INDICATORS if row["name"] not in here)
    known = {one.name: one for one in Indicator.objects.order_by("valid_from")}
    sets_here = set(IndicatorSet.objects.values_list("name", flat=True))
    for one in SETS:
        if one.name not in sets_here:
            validity = {"valid_from": one.valid_from, "valid_to": one.valid_to}
            made = IndicatorSet.objects.create(name=one.name, size=one.size, note=NOTE, **validity)
            made.indicators.set([known[name] for name in one.members])
    return len(added)
