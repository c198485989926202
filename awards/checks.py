"""What is missing among the awards of a conference and what does not add up (see conferences/checks)."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from awards.models import Nomination
from awards.titles import word_above
from conferences.checks.completeness import named
from conferences.checks.context import Paragraph, continues_a_list_of_names, near, speaks_of_the_year
from conferences.checks.findings import Finding, Place, at_field, at_part, at_row
from conferences.checks.limits import rows_with_names, unprintable_names
from conferences.checks.numbers import NARROW
from conferences.checks.record import Record
from courts.register import key
from courts.workdays import UnknownYear, Workdays

ROLL = "awards_honourroll"
DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
COUNT = r"(?P<count>\d{1,4}|[一二两三四五六七八九十]{1,3})"
PEOPLE = r"(?:名|人|个|家|位|户|对|组)(?!次|代表|左右|以上)"
QUOTES = '[“”"「」『』《》]?'
# Where a number of the honoured stands for all of them, and where it speaks of others.
GIVING = re.compile("表彰|评选|评出|授予|产生|嘉奖|奖励|命名|通报")
OF_OTHERS = re.compile(r"全[国省市区县]|[省市区]级|[省市](?:先进|优秀)|上级|候选|推荐|拟|获|被评为|第.批|首批|分.批|轮")


def counted(record: Record) -> Counter[Any]:
    """How many winners each award has; revoked ones do not count."""
    return Counter(winner.category for winner in record.winners if winner.revoked_at is None)


def awards_without_winners(record: Record) -> Iterator[Finding]:
    """Given without anybody named: sometimes nobody wrote the names down, sometimes they were forgotten."""
    missing = [given for given in record.awards_given if given.category not in counted(record)]
    if missing:
        names = [given.category.name for given in missing]
        text = _("Awards given, but no winner is entered: %(names)s.") % {"names": named(names)}
        yield Finding("award-without-winners", text, at_part("awards_given", ROLL), tuple(names))
    presented = next((item for item in record.agenda if item.kind == "awards"), None)
    if presented and not record.winners and not record.awards_given:
        text = _("“%(item)s” is on the agenda, but no award and no winner is entered.") % {"item": presented}
        yield Finding("awards-on-the-agenda", text, at_part("commendations", ROLL))


def quantities(record: Record) -> Iterator[Finding]:
    """30名, as said beside the award, against the list."""
    counts = counted(record)
    for given in record.awards_given:
        found = re.match(COUNT, given.quantity.translate(NARROW).removeprefix("共"))
        if found and counts[given.category] and number(found["count"]) != counts[given.category]:
            text = _("%(award)s: %(said)s were said, and %(count)d are in the list.")
            text %= {"award": given.category, "said": given.quantity, "count": counts[given.category]}
            values = (given.quantity, counts[given.category])
            yield Finding("quantity-differs", text, at_row(given, ROLL), values)


def counts_in_texts(record: Record) -> Iterator[Finding]:
    """先进个人30名 in a text against the list of those winners."""
    counts = {category.name: count for category, count in counted(record).items()}
    if not counts:
        return
    awards = "|".join(sorted(map(re.escape, counts), key=len, reverse=True))
    patterns = (
        rf"(?P<name>{awards}){QUOTES}(?:称号)?(?:共计?|有|为|是|：|:|\s)*{COUNT}{PEOPLE}",
        rf"{COUNT}{PEOPLE}{QUOTES}(?P<name>{awards})",
    )
    for text in record.texts:
        for line in text.text.splitlines():
            for at, pattern in enumerate(patterns):
                for match in re.finditer(pattern, line.translate(NARROW)):
                    differs = number(match["count"]) != counts[match["name"]]
                    if differs and _is_of_all(line, match.start(), record, needs_verb=bool(at)):
                        said = _("“%(said)s” in %(text)s, and %(count)d are in the list.")
                        said %= {"said": match[0], "text": text.name, "count": counts[match["name"]]}
                        place = at_row(text.row, screen_of(text.row)) if text.row else at_field(text.field)
                        yield Finding("count-in-text", said, place, (match[0], counts[match["name"]]))


def _is_of_all(line: str, start: int, record: Record, *, needs_verb: bool) -> bool:
    """两名先进个人作了发言 speaks of two among them; 表彰了两名先进个人 of all."""
    clause = re.split(r"[，。；！？,;!?]", near(line, start))[-1]
    return (
        not OF_OTHERS.search(clause)
        and (not needs_verb or bool(GIVING.search(clause)))
        and not continues_a_list_of_names(near(line, start))
        and speaks_of_the_year(Paragraph(line, ""), start, record.conference.year_reviewed)
    )


def screen_of(row: Any) -> str:
    """The screen where a row with a text is entered."""
    is_of_the_roll = row._meta.app_label == "awards"
    return ROLL if is_of_the_roll else "conferences_conference"


def number(written: str) -> int:
    """30 of 30 and of 三十; up to 九十九."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0)


def doubled_winners(record: Record) -> Iterator[Finding]:
    """Someone twice in one award. Two entries of the register are two people, whatever they are called."""
    seen: dict[Any, list[Any]] = {}
    for winner in record.winners:
        if winner.revoked_at:
            continue
        others = seen.setdefault((winner.category_id, key(winner.recipient), bool(winner.name)), [])
        if any(_may_be_one(winner, other) for other in others):
            text = _("%(award)s: %(who)s is there twice.") % {"award": winner.category, "who": who(winner)}
            values = (winner.category_id, winner.recipient, winner.department_name)
            yield Finding("winner-doubled", text, at_row(winner, ROLL), values, blocks=True)
        others.append(winner)


def _may_be_one(one: Any, other: Any) -> bool:
    if one.person_id and other.person_id:
        return one.person_id == other.person_id
    departments = {key(one.department_name), key(other.department_name)}
    return len(departments) == 1 or "" in departments


def who(winner: Any) -> str:
    """张伟（执行局）, or the department where it won as a whole."""
    return f"{winner.name}（{winner.department_name}）" if winner.name and winner.department_name else winner.recipient


def winners_of_another_department(record: Record) -> Iterator[Finding]:
    """Only until publication: later the register moves on, and the record keeps the day."""
    if record.conference.is_published:
        return
    for winner in record.winners:
        registered = winner.person.department if winner.person else None
        if registered and winner.department_name and key(registered.name) != key(winner.department_name):
            text = _("%(who)s: the register has %(department)s.")
            text %= {"who": who(winner), "department": registered}
            values = (winner.recipient, winner.department_name, registered.name)
            yield Finding("winner-department", text, at_row(winner, ROLL), values)


def names_above_the_court(record: Record) -> Iterator[Finding]:
    """An in-house award may not call itself national or provincial."""
    categories: dict[Any, None] = dict.fromkeys(row.category for row in [*record.winners, *record.awards_given])
    for category in categories:
        if word := word_above(record.court, category):
            text = _("“%(award)s” is given by the court itself, but calls itself %(word)s.")
            text %= {"award": category, "word": word}
            place = Place("awards_awardcategory", "id_name", category.pk)
            yield Finding("award-name-too-high", text, place, (category.name,))


def decisions_before_the_notice_ended(record: Record) -> Iterator[Finding]:
    """A decision comes no earlier than the working day after the public notice of those it honours."""
    signed = [decision for decision in record.decisions if decision.signed_on]
    if not signed:
        return
    workdays, ends = Workdays(), Nomination.objects.ends_of_notices(signed)
    for decision in signed:
        if decision.pk not in ends:
            continue
        try:
            earliest = workdays.first_after(ends[decision.pk])
        except UnknownYear as unknown:
            yield Finding(
                "decision-year-unknown", unknown.messages[0], at_row(decision, ROLL), (ends[decision.pk].year,)
            )
            continue
        if decision.signed_on < earliest:
            text = _(
                "“%(decision)s” is signed on %(day)s; after the public notice it was possible from %(earliest)s on."
            )
            text %= {"decision": decision, "day": decision.signed_on, "earliest": earliest}
            values = (str(decision.signed_on), str(earliest))
            yield Finding("decision-before-notice-ends", text, at_row(decision, ROLL), values, blocks=True)


def rare_characters(record: Record) -> Iterator[Finding]:
    yield from unprintable_names(record.winners, ROLL, said=rows_with_names(record))


RULES = (
    awards_without_winners,
    quantities,
    counts_in_texts,
    doubled_winners,
    winners_of_another_department,
    names_above_the_court,
    decisions_before_the_notice_ended,
    rare_characters,
)
