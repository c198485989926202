"""Numbers in texts against the figures. A mention that is passed over costs less than a false alarm."""

import time

import pytest

from conferences.checks import assess, citations
from conferences.checks.record import Record
from conferences.models import Conference, Figure
from courts.anchors import anchor_of
from tests import make

pytestmark = pytest.mark.django_db

# What the record holds of 2023: label, value, unit.
FIGURES = [
    ("受理各类案件", 12478, "件"),
    ("审执结", 11802, "件"),
    ("新收", 11800, "件"),
    ("旧存案件", 678, "件"),
    ("受理民事案件", 6000, "件"),
    ("执结", 4100, "件"),
    ("结案率", "94.58", "%"),
    ("审限内结案率", "97.85", "%"),
    ("平均结案天数", 54, "天"),
    ("集体荣誉", 17, "项"),
]
CHANGED = {
    "受理各类案件": {"change": "37.5", "change_unit": "percent", "change_direction": "up"},
    "结案率": {"change": "1.02", "change_unit": "points", "change_direction": "down"},
}


def told(text: str) -> list[str]:
    """The words of a speech that contradict a figure."""
    conference = make.conference(court=make.court(name="青屿区人民法院", short_name="青屿法院"))
    for order, (label, value, unit) in enumerate(FIGURES):
        change = CHANGED.get(label, {})
        make.figure(conference=conference, order=order, label=label, value=value, unit=unit, **change)
    speech = make.speech(conference=conference, text=text)
    place = anchor_of(speech)
    found = list(citations.contradictions(Record(Conference.objects.get(pk=conference.pk))))
    assert {one.place.anchor for one in found} <= {place}
    return [one.values[0] for one in found]


AGREE = {
    "the number itself": "全年受理各类案件12478件。",
    "thousands set apart": "受理案件12,478件，审执结11，802件。",
    "wide digits": "全年共受理各类案件１２４７８件，结案率９４.５８％。",
    "rounded to ten thousands": "我院受理案件1.25万件。",
    "cut off at ten thousands": "我院受理案件1.2万件。",
    "the number first": "受理12478件，其中11802件审执结。",
    "the other name": "收案11800件，结案11802件。",
    "rate": "结案率为94.58%，审限内结案率97.85%。",
    "rate with one digit": "结案率达到94.6%。",
    "days": "平均结案天数54天。",
    "lists of pairs": "旧存678件、新收11800件、受理12478件。",
    "about": "受理12000余件，审执结近12000件。",
    "more than": "受理12000多件，结案率90%以上。",
    "another year": "2022年，我院受理案件9075件。",
    "the year planned": "2024年，结案率达到96%。",
    "under the heading of the year planned": "一、2024年重点工作\n结案率达到96%。",
    "last year": "去年受理案件9075件。",
    "half a year": "上半年受理案件6000件，其中1月份受理1000件。",
    "five years": "五年来，受理案件50000件。",
    "growth": "受理案件同比增长37.5%，结案率上升1.2个百分点。",
    "growth in cases": "比2022年多受理3403件。",
    "one division": "民庭受理3000件，执行局结案2000件。",
    "all courts of the city": "全市法院受理98765件，结案率90.1%。",
    "some cases": "受理涉企案件300件，受理刑事案件500件。",
    "civil cases": "受理民事案件6000件。",
    "another rate": "执行案件结案率90%，首执案件结案率88%。",
    "a target": "结案率不低于95%。",
    "a list of names before one number": "受理、审结案件30000件。",
    "each of several": "受理和结案分别为12478件和11802件。",
    "another unit": "受理12478人次，集体荣誉17个。",
    "one division in the clause before": "民庭受理3000件，结案率90.1%。",
    "no number": "受理案件持续增长，结案率保持高位。",
    "enforcement": "执结4100件。",
    "honours": "获集体荣誉17项。",
}
CONTRADICT = {
    "digits changed places": ("全年受理各类案件12487件。", ["受理各类案件12487件"]),
    "thousands set apart": ("受理案件12,487件。", ["受理案件12,487件"]),
    "wide digits": ("共受理１２４８７件。", ["共受理１２４８７件"]),
    "ten thousands": ("我院受理案件1.35万件。", ["受理案件1.35万件"]),
    "the number first": ("受理12478件，其中11820件审执结。", ["11820件审执结"]),
    "the other name": ("收案11080件，结案11802件。", ["收案11080件"]),
    "rate": ("结案率达95.48%。", ["结案率达95.48%"]),
    "the longer name": ("审限内结案率98.75%。", ["审限内结案率98.75%"]),
    "days": ("平均结案天数45天。", ["平均结案天数45天"]),
    "civil cases": ("受理民事案件6060件。", ["受理民事案件6060件"]),
    "enforcement": ("审执结11802件，执结4010件。", ["执结4010件"]),
    "with the year": ("2023年，青屿法院共受理案件12487件。", ["共受理案件12487件"]),
    "after another year": ("2022年受理9075件，2023年受理12487件。", ["受理12487件"]),
    "under the heading of the year reviewed": ("一、2023年工作回顾\n全年受理12487件。", ["受理12487件"]),
    "two in one text": ("受理12487件，结案率为95.48%。", ["受理12487件", "结案率为95.48%"]),
    "said twice the same way": ("受理12487件。\n受理12487件。", ["受理12487件", "受理12487件"]),
    "in a list": ("旧存678件、新收11008件、受理12478件。", ["新收11008件"]),
    "honours": ("集体荣誉71项。", ["集体荣誉71项"]),
    "the court itself after all courts": ("全市法院受理98765件，我院受理12487件。", ["受理12487件"]),
    "after a division": ("民庭受理3000件；全院结案率95.48%。", ["结案率95.48%"]),
}


@pytest.mark.parametrize("text", AGREE.values(), ids=AGREE)
def test_what_agrees_or_speaks_of_something_else_is_no_finding(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "expected"), CONTRADICT.values(), ids=CONTRADICT)
def test_a_number_that_contradicts_its_figure_is_found(text, expected):
    assert told(text) == expected


# Of a figure that went up by 37.5%, and of a rate that went down by 1.02 points.
CHANGES = {
    "as the figure says": ("受理12478件，同比上升37.5%；结案率94.58%，同比下降1.02个百分点。", []),
    "against last year in other words": ("受理12478件，比上年增长37.5%。", []),
    "rounded": ("受理12478件，同比增长38%。", []),
    "vague": ("受理12478件，同比增长35%以上。", []),
    "in words": ("受理12478件，大幅增长。", []),
    "of something else": ("受理12478件，人均结案增长10%。", []),
    "in another unit": ("结案率94.58%，同比下降2%。", []),
    "of a figure that says no change": ("审执结11802件，同比上升10%。", []),
    "another amount": ("受理12478件，同比上升35.7%。", ["受理12478件，同比上升35.7%"]),
    "the other way": ("受理12478件，较上年下降37.5%。", ["受理12478件，较上年下降37.5%"]),
    "of a rate": ("结案率94.58%，同比下降1.2个百分点。", ["结案率94.58%，同比下降1.2个百分点"]),
}


@pytest.mark.parametrize(("text", "expected"), CHANGES.values(), ids=CHANGES)
def test_the_change_that_follows_a_number_is_compared_too(text, expected):
    assert told(text) == expected


def test_summary_agenda_wordings_and_keynotes_are_read_too():
    conference = make.conference(summary="受理1件。")
    figure = make.figure(conference=conference, label="受理", value=2, quote="受理3件。")
    speech = make.speech(conference=conference, summary="受理4件。")
    item = make.agenda_item(conference=conference, title="通报受理5件")
    keynote = make.keynote(conference=conference, text="受理6件")
    decision = make.decision(conference=conference, text="受理7件")

    found = list(citations.contradictions(Record(conference)))

    assert [(one.place.anchor, one.values) for one in found] == [
        ("id_summary", ("受理1件", figure.pk, 2)),
        (anchor_of(speech), ("受理4件", figure.pk, 2)),
        (anchor_of(figure), ("受理3件", figure.pk, 2)),
        (anchor_of(decision), ("受理7件", figure.pk, 2)),
        (anchor_of(keynote), ("受理6件", figure.pk, 2)),
    ]
    assert item.title not in str(found)  # 通报 is no word that begins such a clause


def test_figures_in_words_contradict_nothing():
    conference = make.conference(summary="受理12478件，结案率94%。")
    make.figure(conference=conference, label="受理", value=12000, value_text="12000余")
    make.figure(conference=conference, label="结案率", value=95, unit="%", precision=Figure.Precision.ABOUT)

    assert list(citations.contradictions(Record(conference))) == []


# Texts in which a careless pattern would look at every pair of places.
LONG = {
    "labels": "受理" * 50_000,
    "digits": "受理" + "1" * 100_000 + "件",
    "commas": "受理1" + ",000" * 50_000 + "件",
    "spaces": "受理1" + " " * 100_000 + "件",
    "neutral words": "各类案件" * 40 + "某受理1件",
    "open places": "X" * 100_000,
    "mentions": "受理1件" * 20_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_is_read_at_once(text):
    conference = make.conference(summary=text)
    make.figure(conference=conference, label="受理", value=12000)
    before = time.monotonic()

    assess(conference)

    assert time.monotonic() - before < 5
