"""Tasks, measures and speeches of an invented court's year, put together from the building blocks."""

import calendar
import datetime

from conferences.models import Speech
from sample.invented.figures import FIRST, figures, said
from sample.invented.guests import (
    ADDRESS_CLOSINGS,
    ADDRESS_OPENINGS,
    ADDRESS_POINTS,
    TYPICAL_CLOSINGS,
    TYPICAL_OPENINGS,
    TYPICAL_STORIES,
)
from sample.invented.people import COURTS, SEATS, InventedCourt
from sample.invented.prose import AIMS, CLOSINGS, DEEDS, OPENINGS, PROBLEMS, REVIEWS
from sample.invented.themes import THEMES, Step
from sample.records import Row

NUMERALS = "一二三四五六七八九十"


def turn(court: InventedCourt, year: int) -> int:
    """A number of its own for each court and year, to take another variant of each block."""
    return 4 * COURTS.index(court) + year - FIRST - 1


def steps(court: InventedCourt, year: int, theme: int) -> list[Step]:
    """The two to four measures that the court takes of a theme."""
    pool = THEMES[theme].steps
    count = 2 + (turn(court, year) + theme) % 3
    return [pool[(turn(court, year) + theme + number) % len(pool)] for number in range(count)]


def heading(year: int, theme: int) -> str:
    """The heading of the task set by the conference that reviews `year`."""
    headings = THEMES[theme].headings
    return headings[(year - FIRST - 1) % len(headings)]


def tasks(court: InventedCourt, year: int) -> list[Row]:
    """The six tasks for the year after, under the work report."""
    return [
        {
            "speech": "report",
            "heading": heading(year, number),
            "text": theme.opening.format(**facts(court, year)),
            "measures": [_measure(step, court, year + 1) for step in steps(court, year, number)],
        }
        for number, theme in enumerate(THEMES)
    ]


def _measure(step: Step, court: InventedCourt, year: int) -> Row:
    row: Row = {
        "text": step.text,
        "target": step.target,
        "lead": step.lead,
        "helpers": step.helpers,
        "all_help": step.all_help,
        "due_on": datetime.date(year, step.month, calendar.monthrange(year, step.month)[1]),
    }
    seats = [department for department, _post, _category in SEATS]
    if step.lead in seats:  # its head has the first seat
        name = court.roster[seats.index(step.lead)]
        row |= {"responsible": name, "responsible_name": name}
    return row


def facts(court: InventedCourt, year: int) -> dict[str, object]:
    """What the building blocks leave open."""
    numbers = {row["indicator"]: row["value"] for row in figures(court, year)}
    return {
        "court": court.short_name,
        "place": court.place,
        "year": year,
        "next": year + 1,
        "received": numbers["受理"],
        "closed": numbers["审执结"],
        "disputes": numbers["诉前化解"],
    }


def speeches(court: InventedCourt, year: int, honoured: str) -> dict[str, Row]:
    """The speech of one of the honoured, the president's report, the visiting leader's address."""
    guest = court.guests[0][0]
    return {
        "typical": {
            "kind": Speech.Kind.TYPICAL,
            "title": "先进代表发言",
            "person": honoured,
            "summary": "从送达、对账、看现场的几件小事，讲办案要下笨功夫。",
            "text": _typical(court, year),
        },
        "report": {
            "kind": Speech.Kind.REPORT,
            "title": f"{year}年工作报告",
            "person": court.president,
            "summary": f"回顾{year}年的审判执行和队伍建设，指出四个方面的不足，部署{year + 1}年六项重点工作。",
            "text": _report(court, year),
        },
        "address": {
            "kind": Speech.Kind.ADDRESS,
            "title": f"在{year}年度总结表彰大会上的讲话",
            "person": guest,
            "summary": "肯定法院一年的工作，提出五点希望。",
            "text": _address(court, year),
        },
    }


def _report(court: InventedCourt, year: int) -> str:
    known, at = facts(court, year), turn(court, year)
    paragraphs = [
        OPENINGS[at % 3].format(**known),
        f"一、{year}年工作回顾",
        f"全年主要数据是：{'；'.join(said(row) for row in figures(court, year))}。",
    ]
    for number, reviews in enumerate(REVIEWS):
        counts = {
            "a": 8 + (at + 2 * number) % 9,
            "b": 14 + (5 * at + number) % 11,
            "c": 46 + (17 * at + 29 * number) % 90,
        }
        paragraphs += [
            f"（{NUMERALS[number]}）{heading(year - 1, number)}",
            reviews[at % 3].format(**known, **counts),
        ]
    paragraphs += ["二、存在的问题", PROBLEMS[at % 3].format(**known), f"三、{year + 1}年重点工作"]
    paragraphs.append(AIMS[at % 3].format(**known))
    for number, theme in enumerate(THEMES):
        paragraphs += [f"（{NUMERALS[number]}）{heading(year, number)}", theme.opening.format(**known)]
        paragraphs += [
            f"{NUMERALS[order]}是{step.text}。{step.said}" for order, step in enumerate(steps(court, year, number))
        ]
    return "\n".join([*paragraphs, "四、狠抓落实", DEEDS[at % 3], CLOSINGS[at % 3].format(**known)])


def _address(court: InventedCourt, year: int) -> str:
    known, at = facts(court, year), turn(court, year)
    paragraphs = [ADDRESS_OPENINGS[at % 3].format(**known)]
    for order in range(5):
        title, text = ADDRESS_POINTS[(at + order) % len(ADDRESS_POINTS)]
        paragraphs += [f"{NUMERALS[order]}、{title}", text.format(**known)]
    return "\n".join([*paragraphs, ADDRESS_CLOSINGS[at % 2].format(**known)])


def _typical(court: InventedCourt, year: int) -> str:
    known, at = facts(court, year), turn(court, year)
    stories = [TYPICAL_STORIES[(at + order) % len(TYPICAL_STORIES)] for order in range(4)]
    return "\n".join([TYPICAL_OPENINGS[at % 2], *stories, TYPICAL_CLOSINGS[at % 2].format(**known)])
