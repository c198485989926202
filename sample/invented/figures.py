"""The year's figures of an invented court, computed so that they agree with each other and from year to year.

受理 = 旧存 + 新收, 未结 = 受理 - 审执结, and the 未结 of one year is the 旧存 of the next. Changes are computed from
what the year before says. Nothing is random: the same court and year always give the same figures.
"""

from dataclasses import dataclass
from decimal import Decimal

from conferences.models import Figure
from sample.invented.people import COURTS, InventedCourt
from sample.records import Row

FIRST = 2022  # only compared with; the first conference reviews the year after it

# For each court: new cases of 2022 to 2025, cases open at the end of 2021 to 2025, judges on the quota.
_CASES: dict[str, tuple[tuple[int, ...], tuple[int, ...], int]] = {
    "lanjiang": ((6240, 6688, 7015, 7302), (702, 668, 641, 602, 588), 46),
    "qingyu": ((8120, 8934, 9415, 9872), (742, 689, 631, 577, 540), 31),
    "luting": ((5310, 5795, 6120, 6333), (533, 521, 498, 471, 452), 22),
    "shuangxi": ((4105, 4486, 4702, 4911), (398, 402, 377, 351, 340), 18),
    "yunxiu": ((2980, 3247, 3390, 3518), (301, 288, 270, 262, 249), 14),
}
# 审限内结案率, 服判息诉率, 改判发回率, 平均结案天数, 诉前化解 of 1,000 new cases: of 2022 to 2025.
_QUALITY = (
    ("97.12", "98.03", "98.45", "98.71"),
    ("87.90", "88.64", "89.31", "90.02"),
    ("2.08", "1.92", "1.75", "1.61"),
    ("58", "54", "51", "49"),
    ("196", "214", "238", "255"),
)
UP, DOWN, LEVEL = Figure.Direction.UP, Figure.Direction.DOWN, Figure.Direction.LEVEL
PERCENT, POINTS, DAYS = Figure.ChangeUnit.PERCENT, Figure.ChangeUnit.POINTS, Figure.ChangeUnit.DAYS
IN_WORDS = {UP: "上升", DOWN: "下降"}
UNIT_IN_WORDS = {PERCENT: "%", POINTS: "个百分点", DAYS: "天"}


@dataclass(frozen=True)
class Line:
    """One figure of one year: where it stands, its indicator and label, value, unit and how it changes."""

    group: str
    indicator: str
    label: str
    value: Decimal
    unit: str
    change_unit: str


def lines(court: InventedCourt, year: int) -> list[Line]:
    """The twelve figures of one year, without their changes."""
    new_cases, open_cases, judges = _CASES[court.slug]
    at = year - FIRST
    carried, new, left = open_cases[at], new_cases[at], open_cases[at + 1]
    received = carried + new
    closed = received - left
    on_time, accepted, reversed_, days, settled = (Decimal(values[at]) for values in _QUALITY)
    lag = place(court, year) - 1
    return [
        Line("办案", "旧存", "旧存案件", Decimal(carried), "件", PERCENT),
        Line("办案", "新收", "新收案件", Decimal(new), "件", PERCENT),
        Line("办案", "受理", "受理各类案件", Decimal(received), "件", PERCENT),
        Line("办案", "审执结", "审执结", Decimal(closed), "件", PERCENT),
        Line("办案", "未结", "年末未结", Decimal(left), "件", PERCENT),
        Line("办案", "结案率", "结案率", rounded(Decimal(100 * closed) / received, "0.01"), "%", POINTS),
        Line("办案", "法官人均结案", "法官人均结案", rounded(Decimal(closed) / judges, "1"), "件", PERCENT),
        Line("质效", "审限内结案率", "审限内结案率", on_time - Decimal("0.07") * lag, "%", POINTS),
        Line("质效", "服判息诉率", "服判息诉率", accepted - Decimal("0.13") * lag, "%", POINTS),
        Line("质效", "改判发回率", "改判发回率", reversed_ + Decimal("0.03") * lag, "%", POINTS),
        Line("质效", "平均结案天数", "平均结案天数", days + lag, "天", DAYS),
        Line("诉前", "诉前化解", "诉前化解纠纷", rounded(settled * new / 1000, "1"), "件", PERCENT),
    ]


def figures(court: InventedCourt, year: int) -> list[Row]:
    """The rows of the year, with the change against the year before and the rank that was quoted."""
    rows = [_row(now, before) for now, before in zip(lines(court, year), lines(court, year - 1), strict=True)]
    rank = {
        "rank_scope": "全省" if court.is_intermediate else "全市",
        "rank_kind": Figure.RankKind.EXACT,
        "rank": place(court, year),
    }
    return [row | rank if row["indicator"] == "审限内结案率" else row for row in rows]


def said(row: Row) -> str:
    """The figure as a clause: 结案率93.45%，同比上升1.02个百分点."""
    if row["change_direction"] == LEVEL:
        change = "与上年持平"
    else:
        change = f"同比{IN_WORDS[row['change_direction']]}{row['change']}{UNIT_IN_WORDS[row['change_unit']]}"
    return f"{row['label']}{row['value']}{row['unit']}，{change}"


def place(court: InventedCourt, year: int) -> int:
    """Which of the four places a court takes this year; no two basic courts share one."""
    return (COURTS.index(court) + year) % 4 + 1


def rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step))


def _row(now: Line, before: Line) -> Row:
    difference = now.value - before.value
    change = abs(difference)
    if now.change_unit == PERCENT:
        change = rounded(change * 100 / before.value, "0.1")
    row: Row = {
        "group": now.group,
        "indicator": now.indicator,
        "label": now.label,
        "value": now.value,
        "unit": now.unit,
        "change_direction": UP if difference > 0 else DOWN if difference < 0 else LEVEL,
        "change": change,
        "change_unit": now.change_unit,
        "speech": "report",
    }
    return row | {"quote": said(row)}
