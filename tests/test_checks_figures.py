"""The arithmetic of figures: what belongs together adds up, what does not is left alone."""

from decimal import Decimal
from typing import Any

import pytest

from conferences.checks import arithmetic, changes
from conferences.checks.labels import Meaning, meaning
from conferences.checks.numbers import Amount, is_said_as, written
from conferences.checks.record import Record
from conferences.models import Conference, Figure, Indicator
from courts.anchors import anchor_of
from tests import make

pytestmark = pytest.mark.django_db
About = Figure.Precision.ABOUT
# Label, value, and what else differs from an exact number of cases or a rate in percent.
Row = tuple[str, Any] | tuple[str, Any, dict[str, Any]]


def with_figures(rows: list[Row], **given: Any) -> Conference:
    conference = make.conference(**given)
    for order, (label, value, *more) in enumerate(rows, start=1):
        unit = "%" if label.endswith(("率", "比")) else "件"
        row = {"label": label, "value": value, "unit": unit, "order": order, **(more[0] if more else {})}
        make.figure(conference=conference, **row)
    return conference


def codes(module: Any, conference: Conference) -> list[tuple[str, str]]:
    """Code and label of what each finding points to."""
    labels = {anchor_of(figure): figure.label for figure in conference.figures.all()}
    record = Record(Conference.objects.get(pk=conference.pk))
    return [(found.code, labels[found.place.anchor]) for rule in module.RULES for found in rule(record)]


LABELS: dict[tuple[str, str, str], Meaning] = {
    ("受理", "", ""): Meaning("受理", ""),
    ("受理各类案件", "办案", ""): Meaning("受理", ""),
    ("受理案件数", "", ""): Meaning("受理", ""),
    ("案件受理总数", "", ""): Meaning("受理", ""),
    ("受理（各类）", "", ""): Meaning("受理", ""),
    ("收案", "", ""): Meaning("新收", ""),
    ("年末未结", "", ""): Meaning("未结", ""),
    ("受理民事案件", "", ""): Meaning("受理", "民事"),
    ("民商事案件受理数", "", ""): Meaning("受理", "民商事"),
    ("受理", "执行", ""): Meaning("受理", "执行"),
    ("受理", "刑事审判", ""): Meaning("受理", "刑事"),
    ("受理", "审判执行", ""): Meaning("受理", ""),
    ("受理", "民一庭", ""): Meaning("受理", "民一庭"),
    ("受理", "上半年", ""): Meaning("受理", "上半年"),
    ("审执结", "", ""): Meaning("结案", ""),
    ("审结", "", ""): Meaning("结案", "诉讼"),
    ("审结各类案件", "", ""): Meaning("结案", ""),
    ("审结刑事案件", "", ""): Meaning("结案", "刑事"),
    ("执结", "", ""): Meaning("结案", "执行"),
    ("案件总量", "", "受理"): Meaning("受理", ""),
    ("结案率", "质效", ""): Meaning("结案率", ""),
    ("首执案件结案率", "", "首执案件结案率"): Meaning("首执结案率", ""),
    ("审限内结案率", "质效", "审限内结案率"): Meaning("审限内结案率", "质效"),
    ("首次执行案件受理", "", "受理"): Meaning("首次执行受理", ""),
    ("集体荣誉", "荣誉", ""): Meaning("集体荣誉", "荣誉"),
}


@pytest.mark.parametrize(("label", "expected"), LABELS.items())
def test_a_label_means_what_a_clerk_would_say(label, expected):
    assert meaning(*label) == expected


AMOUNTS = {
    "12478": ("12478", "", Amount(Decimal(12478), Decimal(1))),
    "with thousands set apart": ("12,478", "", Amount(Decimal(12478), Decimal(1))),
    "with wide commas": ("12，478", "", Amount(Decimal(12478), Decimal(1))),
    "a rate": ("94.58", "", Amount(Decimal("94.58"), Decimal("0.01"))),
    "in ten thousands": ("1.25", "万", Amount(Decimal(12500), Decimal(100))),
}


@pytest.mark.parametrize(("number", "scale", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def test_a_number_is_read_as_it_is_written(number, scale, expected):
    assert written(number, scale) == expected


SAID = {
    "as computed": ("94.58", "94.58", True),
    "rounded": ("94.586", "94.59", True),
    "cut off": ("94.586", "94.58", True),
    "rounded to one digit": ("94.58", "94.6", True),
    "cut off at one digit": ("94.58", "94.5", True),
    "within the tolerance": ("94.586", "94.59", True),
    "on the edge of the tolerance": ("94.58", "94.59", True),
    "beyond the tolerance": ("94.58", "94.6001", False),
    "one digit off": ("94.58", "94.4", False),
    "a count that is one off": ("12478", "12477", False),
}


@pytest.mark.parametrize(("computed", "said", "expected"), SAID.values(), ids=SAID)
def test_a_computed_rate_may_be_said_rounded_or_cut_off(computed, said, expected):
    assert is_said_as(Decimal(computed), written(said), Decimal("0.01")) is expected


SUMS: dict[str, tuple[list[Row], list[tuple[str, str]]]] = {
    "received is carried over and new": ([("旧存", 668), ("新收", 7015), ("受理", 7683)], []),
    "received is not the sum": ([("旧存", 668), ("新收", 7015), ("受理", 7638)], [("received-sum", "受理")]),
    "by other names": ([("旧存案件", 1), ("收案", 2), ("受理各类案件", 4)], [("received-sum", "受理各类案件")]),
    "one part not known": ([("旧存", 668), ("受理", 7638)], []),
    "one part said about": ([("旧存", 668), ("新收", 7000, {"precision": About}), ("受理", 7638)], []),
    "one part said in words": ([("旧存", 668), ("新收", 7000, {"value_text": "7000余"}), ("受理", 7638)], []),
    "parts of other scopes": ([("旧存民事案件", 668), ("新收", 7015), ("受理", 7638)], []),
    "of one scope each": (
        [("旧存民事案件", 1), ("新收民事案件", 2), ("受理民事案件", 3), ("旧存", 5), ("新收", 6), ("受理", 11)],
        [],
    ),
    "of one department": (
        [("旧存", 1, {"group": "民一庭"}), ("新收", 2, {"group": "民一庭"}), ("受理", 4, {"group": "民一庭"})],
        [("received-sum", "受理")],
    ),
    "of several departments": (
        [("旧存", 1, {"group": "民一庭"}), ("新收", 2, {"group": "民二庭"}), ("受理", 4, {"group": "民一庭"})],
        [],
    ),
    "in ten thousands, within what was rounded": (
        [("旧存", 668), ("新收", 7015), ("受理", "0.77", {"unit": "万件"})],
        [],
    ),
    "in ten thousands, and wrong": (
        [("旧存", 668), ("新收", 7015), ("受理", "0.87", {"unit": "万件"})],
        [("received-sum", "受理")],
    ),
    "left open": ([("受理", 100), ("结案", 90), ("未结", 10)], []),
    "left open does not fit": ([("受理", 100), ("审执结", 90), ("年末未结", 11)], [("open-difference", "年末未结")]),
    "all closed": ([("受理", 100), ("结案", 100)], []),
    "more closed than received": ([("受理", 100), ("结案", 101)], [("closed-above-received", "结案")]),
    "more closed than new": ([("新收", 100), ("结案", 101)], []),
    "closed of both kinds": ([("审执结", 100), ("审结", 60), ("执结", 40)], []),
    "closed of both kinds do not fit": ([("审执结", 100), ("审结", 60), ("执结", 41)], [("closed-parts", "审执结")]),
    "closed of part of the lawsuits": ([("审执结", 100), ("审结刑事案件", 10), ("执结", 40)], []),
    "rate": ([("受理", 12478), ("审执结", 11802), ("结案率", "94.58")], []),
    "rate with one digit": ([("受理", 12478), ("审执结", 11802), ("结案率", "94.6")], []),
    "rate that is wrong": ([("受理", 12478), ("审执结", 11802), ("结案率", "95.48")], [("rate-recomputed", "结案率")]),
    "rate in another group": (
        [("受理", 12478, {"group": "办案"}), ("审执结", 11802), ("结案率", "95.48", {"group": "质效"})],
        [("rate-recomputed", "结案率")],
    ),
    "rate of something else": ([("受理", 12478), ("审执结", 11802), ("审限内结案率", "97.85")], []),
    "rate of enforcement": ([("受理", 12478), ("审执结", 11802), ("执行案件结案率", "90")], []),
    "ratio of closed to new": ([("新收", 200), ("结案", 203), ("结收比", "101.5")], []),
    "ratio that is wrong": ([("新收", 200), ("结案", 203), ("结收比", "99.5")], [("rate-recomputed", "结收比")]),
    "nothing received": ([("受理", 0), ("结案", 0), ("结案率", 0)], []),
    "twice alike": ([("受理", 100), ("受理案件", 100)], []),
    "twice and different": ([("受理", 100), ("受理各类案件", 101)], [("figure-twice", "受理各类案件")]),
    "twice, once rounded": ([("受理", 12478), ("受理案件", "1.25", {"unit": "万件"})], []),
    "twice, once rounded wrongly": (
        [("受理", 12478), ("受理案件", "1.35", {"unit": "万件"})],
        [("figure-twice", "受理案件")],
    ),
    "one label of two groups": (
        [("集体", 17, {"group": "上级荣誉"}), ("集体", 5, {"group": "本院表彰"})],
        [],
    ),
    "one label in two units": ([("调解", 100), ("调解", 30, {"unit": "场"})], []),
    "rate of a hundred": ([("调解率", 100)], []),
    "rate above a hundred": ([("调解率", "100.5")], [("rate-above-hundred", "调解率")]),
    "share above a hundred": ([("民事案件占比", "154.83")], [("rate-above-hundred", "民事案件占比")]),
    "growth above a hundred": ([("收案增长率", 137)], []),
}


@pytest.mark.parametrize(("rows", "expected"), SUMS.values(), ids=SUMS)
def test_figures_of_one_conference_add_up(rows, expected):
    assert codes(arithmetic, with_figures(rows)) == expected


def changed(amount: Any, unit: str = "percent", direction: str = "up") -> dict[str, Any]:
    return {"change": amount, "change_unit": unit, "change_direction": direction}


# The year before, this year.
CHANGES: dict[str, tuple[list[Row], list[Row], list[tuple[str, str]]]] = {
    "as computed": ([("受理", 9075)], [("受理", 12478, changed("37.5"))], []),
    "by another name": ([("受理案件", 9075)], [("受理各类案件", 12478, changed("37.5"))], []),
    "cut off": ([("受理", 7000)], [("受理", 7469, changed("6.7"))], []),
    "wrong amount": ([("受理", 9075)], [("受理", 12478, changed("35.7"))], [("change-recomputed", "受理")]),
    "wrong direction": (
        [("受理", 9075)],
        [("受理", 12478, changed("37.5", direction="down"))],
        [("change-recomputed", "受理")],
    ),
    "down": ([("受理", 200)], [("受理", 150, changed(25, direction="down"))], []),
    "level": ([("受理", 200)], [("受理", 200, changed(0, direction="level"))], []),
    "level, and it is not": (
        [("受理", 200)],
        [("受理", 250, changed(0, direction="level"))],
        [("change-recomputed", "受理")],
    ),
    "not known the year before": ([("新收", 9075)], [("受理", 12478, changed("35.7"))], []),
    "about the year before": ([("受理", 9000, {"precision": About})], [("受理", 12478, changed("35.7"))], []),
    "change in words": ([("受理", 9075)], [("受理", 12478, {"change_text": "大幅上升"})], []),
    "from nothing": ([("受理", 0)], [("受理", 100, changed(100))], [("change-from-nothing", "受理")]),
    "count": ([("受理", 90)], [("受理", 100, changed(10, "count"))], []),
    "wrong count": ([("受理", 90)], [("受理", 100, changed(11, "count"))], [("change-recomputed", "受理")]),
    "points": ([("结案率", "93.1")], [("结案率", "94.58", changed("1.48", "points"))], []),
    "wrong points": (
        [("结案率", "93.1")],
        [("结案率", "94.58", changed("1.84", "points"))],
        [("change-recomputed", "结案率")],
    ),
    "percent where points belong": (
        [],
        [("结案率", "94.58", changed("1.59"))],
        [("change-unit", "结案率")],
    ),
    "points where percent belongs": ([], [("受理", 100, changed(3, "points"))], [("change-unit", "受理")]),
    "days": ([("结案天数", 58, {"unit": "天"})], [("结案天数", 54, {"unit": "天"} | changed(4, "days", "down"))], []),
    "percent where days belong": (
        [],
        [("结案天数", 54, {"unit": "天"} | changed(7, direction="down"))],
        [("change-unit", "结案天数")],
    ),
    "no unit, no rule": ([], [("收案", None, {"unit": ""} | changed("37.5", "points"))], []),
}


@pytest.mark.parametrize(("before", "rows", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_recomputed_from_the_year_before(before, rows, expected):
    court = make.court()
    with_figures(before, court=court, year_reviewed=2022)

    assert codes(changes, with_figures(rows, court=court, year_reviewed=2023)) == expected


def test_a_change_is_against_the_conference_of_the_same_court_and_kind():
    court = make.court()
    with_figures([("受理", 1)], court=court, year_reviewed=2022, kind="quarterly")
    with_figures([("受理", 1)], court=court, year_reviewed=2021)
    with_figures([("受理", 1)], year_reviewed=2022)

    assert codes(changes, with_figures([("受理", 12478, changed("37.5"))], court=court, year_reviewed=2023)) == []


def test_the_only_figures_of_one_indicator_are_compared_whatever_they_are_called():
    indicator, court = Indicator.objects.create(name="诉前化解"), make.court()
    with_figures([("诉前化解", 100, {"indicator": indicator})], court=court, year_reviewed=2022)
    rows: list[Row] = [("化解在诉前的纠纷", 150, {"indicator": indicator} | changed(40))]

    assert codes(changes, with_figures(rows, court=court)) == [("change-recomputed", "化解在诉前的纠纷")]


def test_a_wider_tolerance_lets_a_rate_pass(settings):
    conference = with_figures([("受理", 12478), ("审执结", 11802), ("结案率", "94.65")])
    assert codes(arithmetic, conference) == [("rate-recomputed", "结案率")]

    settings.RATE_TOLERANCE = 10

    assert codes(arithmetic, conference) == []


def test_a_finding_ends_with_the_values_that_it_compared():
    conference = with_figures([("受理", 100), ("结案", 101)])
    closed = conference.figures.get(label="结案")

    def key() -> str:
        return next(arithmetic.sums(Record(conference))).key

    first = key()
    assert key() == first
    Figure.objects.filter(pk=closed.pk).update(value=102)

    assert key() != first
