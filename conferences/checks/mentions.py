"""Where a text names a figure together with a number: 受理各类案件12478件, 11802件审执结."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from conferences.checks.labels import OWN_SCOPE, SYNONYMS, meaning_of, split, tidy
from conferences.checks.numbers import NARROW, NUMBER, Amount, exact, plain_unit, unit_of, written
from conferences.checks.record import Record

SHORTEST = 2  # characters of a label that can be looked for
FILLER = r"(?:各类)?(?:案件)?(?:总?数量?|总量)?(?:[ \u3000]|共计|合计|累计|共|为|是|达到|达|有|了|：|:)*"
VAGUE_AFTER = r"(?![ \u3000]{0,3}(?:余|多|左右|以上|以下|以内|上下|次))"


class Mention(NamedTuple):
    """A number in a text with the label beside it. `said`: the words as they stand, between `start` and `end`."""

    label: str
    amount: Amount
    unit: str
    start: int
    end: int
    said: str


class Names(NamedTuple):
    """What to look for: exact figures by the names that a text may call them."""

    figures: dict[str, list[Any]]
    pattern: str
    units: str


def names(record: Record) -> Names | None:
    """None where the record has no exact figure with a unit."""
    found: dict[str, list[Any]] = defaultdict(list)
    for figure in record.figures:
        if exact(figure) and unit_of(figure):
            for name in _names_of(figure):
                found[name].append(figure)
    if not found:
        return None
    units = {re.escape(plain_unit(unit_of(figure))) for figures in found.values() for figure in figures}
    return Names(found, _any(map(re.escape, found)), _any(units))


def _names_of(figure: Any) -> set[str]:
    """Its label, without 案件 as well; of all cases also the other words for it; of some cases with these."""
    core, scope = split(figure.label)
    what = meaning_of(figure)
    called = {figure.label.strip()}
    if not what.is_known:
        called |= {tidy(figure.label)} if scope is None else set()
    elif not what.scope:
        called |= {core, *SYNONYMS[what.concept]}
    elif scope is None and OWN_SCOPE.get(core) == what.scope:
        called.add(core)
    elif scope is None:  # only the group says of which cases
        called = {f"{core}{what.scope}案件", f"{what.scope}案件{core}"}
    return {name for name in called if len(name) >= SHORTEST}


def _any(patterns: Any) -> str:
    """One of these, the longest that fits."""
    return "|".join(sorted(patterns, key=len, reverse=True))


def mentions(text: str, wanted: Names) -> Iterator[Mention]:
    """The numbers with one of the names before or behind them."""
    narrow = text.translate(NARROW)
    number = rf"{NUMBER}[ \u3000]{{0,3}}(?P<unit>{wanted.units}){VAGUE_AFTER}"
    taken: set[int] = set()
    for match in re.finditer(rf"(?P<label>{wanted.pattern}){FILLER}{number}", narrow):
        taken.add(match.start("number"))
        yield _mention(match, match.start("label"), text)
    behind = rf"{number}(?:案件)?(?:已经?|被|全部)?(?P<label>{wanted.pattern})(?!{FILLER}\d)"
    for match in re.finditer(behind, narrow):
        if match.start("number") not in taken:
            yield _mention(match, match.start("number"), text)


def _mention(match: re.Match[str], start: int, text: str) -> Mention:
    amount = written(match["number"], match["scale"])
    return Mention(match["label"], amount, match["unit"], start, match.end(), text[start : match.end()])
