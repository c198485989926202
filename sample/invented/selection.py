"""The selection for the coming conference of an invented court: departments are nominating."""

import datetime

from awards.models import Quota
from sample.invented.awards import DEEDS, JUDGES, STAFF_SEATS
from sample.invented.people import SEATS, InventedCourt
from sample.records import Row, SelectionData

KIND, ROUNDING = Quota.Kind, Quota.Rounding
WINDOW = (datetime.timedelta(days=-7), datetime.timedelta(days=21))

QUOTAS: list[Row] = [
    {"category": "先进集体", "kind": KIND.NUMBER, "number": 4, "conditions": "全年无违纪违法，主要指标完成。"},
    {
        "category": "先进个人",
        "kind": KIND.SHARE,
        "share": 15,
        "base": 76,
        "rounding": ROUNDING.DOWN,
        "conditions": "年度考核称职以上，群众评议靠前。",
    },
    {"category": "办案标兵", "kind": KIND.DEPARTMENTS, "number": 1, "conditions": "员额法官，无发回改判的错案。"},
]


def selection(court: InventedCourt, today: datetime.date) -> SelectionData:
    """Three awards, and a name for one of them from each of three departments."""
    return SelectionData(
        fields={
            "title": f"{today.year}年度先进集体和先进个人评选",
            "year": today.year,
            "basis": f"{court.short_name}评选表彰办法（样例）",
            "opens_on": today + WINDOW[0],
            "closes_on": today + WINDOW[1],
        },
        quotas=QUOTAS,
        nominations=[*_named(court, "先进个人", STAFF_SEATS[1:3]), *_named(court, "办案标兵", JUDGES[2:3])],
    )


def _named(court: InventedCourt, category: str, seats: range | list[int]) -> list[Row]:
    return [
        {
            "category": category,
            "person": court.roster[seat],
            "by_department": SEATS[seat][0],
            "deeds": DEEDS[seat % len(DEEDS)],
        }
        for seat in seats
    ]
