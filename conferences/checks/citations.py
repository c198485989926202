"""Numbers in texts that contradict the figures: 受理12478件 in the speech, 12487 in the table."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from conferences.checks.arithmetic import said
from conferences.checks.context import (
    Paragraph,
    clause_before,
    continues_a_list_of_names,
    neutral_words,
    paragraphs,
    speaks_of_the_court,
    speaks_of_the_year,
)
from conferences.checks.findings import Finding, at_field, at_row
from conferences.checks.labels import meaning_of
from conferences.checks.mentions import VAGUE_AFTER, Mention, Names, mentions, names
from conferences.checks.numbers import (
    NARROW,
    NUMBER,
    RATE_UNITS,
    agree,
    exact,
    plain_unit,
    points_tolerance,
    unit_of,
    written,
)
from conferences.checks.record import Record, Text

MOST = 50  # beyond that the figures are wrong, or the text is another one
OF_ALL = "各类"
UP = ("上升", "增长", "增加", "提高", "提升", "增")
DOWN = ("下降", "减少", "降低", "缩短", "回落", "降")
# What may follow a number: ，同比上升1.02个百分点.
CHANGE = re.compile(
    r"[，,（(]?(?:比|较|与)?(?:上年|去年)?(?:相比)?(?:同比)?[，,]?"
    rf"(?P<way>{'|'.join((*UP, *DOWN))})了?{NUMBER}(?P<unit>%|个百分点|天){VAGUE_AFTER}"
)
CHANGE_UNITS = {"%": "percent", "个百分点": "points", "天": "days"}


def contradictions(record: Record) -> Iterator[Finding]:
    yield from islice(_contradictions(record), MOST)


def _contradictions(record: Record) -> Iterator[Finding]:
    wanted = names(record)
    if wanted is None:
        return
    is_neutral = neutral_words(record)
    for text in record.texts:
        for paragraph in paragraphs(text.text):
            for mention in mentions(paragraph.text, wanted):
                for finding in _contradicted(mention, paragraph, text, wanted):
                    if _is_comparable(paragraph, mention.start, record, is_neutral):
                        yield finding


def _contradicted(mention: Mention, paragraph: Paragraph, text: Text, wanted: Names) -> Iterator[Finding]:
    """At most one finding: the value, or else the change that follows it. It is enough that one figure agrees."""
    called = [figure for figure in wanted.figures[mention.label] if plain_unit(unit_of(figure)) == mention.unit]
    if OF_ALL in mention.said:
        called = [figure for figure in called if not meaning_of(figure).scope]
    tolerance = points_tolerance() if mention.unit in RATE_UNITS else Decimal(0)
    same = [figure for figure in called if agree(mention.amount, exact(figure) or mention.amount, tolerance)]
    if called and not same:
        words = _("“%(said)s” in %(text)s, but the figure says %(figure)s.")
        words %= {"said": mention.said, "text": text.name, "figure": said(called[0])}
        yield Finding("text-contradicts", words, _place(text), (mention.said, called[0].pk, called[0].value))
        return
    change = CHANGE.match(paragraph.text.translate(NARROW), mention.end)
    if change and same and not any(_is_said_of(change, figure) for figure in same):
        whole = paragraph.text[mention.start : change.end()]
        words = _("“%(said)s” in %(text)s, but the figure says: %(change)s.")
        words %= {"said": whole, "text": text.name, "change": same[0].change_as_said}
        yield Finding("text-contradicts-change", words, _place(text), (whole, same[0].pk, same[0].change_as_said))


def _is_said_of(change: re.Match[str], figure: Any) -> bool:
    """Whether the figure may have changed like that: the same way and as much, or it does not say in this unit."""
    if figure.change is None or figure.change_unit != CHANGE_UNITS[change["unit"]]:
        return True
    way = figure.Direction.UP if change["way"] in UP else figure.Direction.DOWN
    amount = written(f"{figure.change.normalize():f}")
    is_as_much = agree(written(change["number"], change["scale"]), amount, points_tolerance())
    return is_as_much and figure.change_direction in {"", way}


def _is_comparable(paragraph: Paragraph, start: int, record: Record, is_neutral: Callable[[str], bool]) -> bool:
    clause, before = clause_before(paragraph.text, start)
    return (
        is_neutral(clause)
        and not continues_a_list_of_names(before)
        and speaks_of_the_year(paragraph, start, record.conference.year_reviewed)
        and speaks_of_the_court(paragraph, start, record)
    )


def _place(text: Text) -> Any:
    return at_row(text.row) if text.row else at_field(text.field)


RULES = (contradictions,)
