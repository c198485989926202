"""What is missing in a record, or was left from the one that it was copied from."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext, override

from conferences.checks.findings import Finding, at_field, at_part, at_row
from conferences.checks.record import Record

# What copying last year's record writes where a value belongs.
PLACEHOLDER = gettext_noop("to be filled in")
# XX件, ××名: a number that somebody meant to look up.
LEFT_OPEN = re.compile(r"(?<![XxＸｘ×_＿○])[XxＸｘ×_＿○]{2,}\s{0,3}(?:万|余|多)?(?:件|名|人|个|次|项|元|%|％)")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
MOST_NAMED = 8


def named(names: list[str]) -> str:
    """The names in one line, the first few of many."""
    shown = "、".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown}…"


def no_date(record: Record) -> Iterator[Finding]:
    if record.conference.starts_on is None:
        yield Finding("no-date", _("The date of the conference is missing."), at_field("starts_on"), blocks=True)


def date_of_another_year(record: Record) -> Iterator[Finding]:
    """A conference is held in the year that it reviews or in the one after."""
    day, year = record.conference.starts_on, record.conference.year_reviewed
    if day and day.year not in {year, year + 1}:
        text = _("The conference reviews %(year)s, but its date is in %(other)s.") % {"year": year, "other": day.year}
        yield Finding("date-other-year", text, at_field("starts_on"), (day, year), blocks=True)


def missing_years(record: Record) -> Iterator[Finding]:
    """A gap before this conference: nothing is compared with the year before, and the court's pages leave it out."""
    year = record.conference.year_reviewed
    if record.conference.kind != record.conference.Kind.ANNUAL or record.figures_before:
        return  # with figures of the year before nobody need ask for the years
    earlier = max((one for one in record.years if one < year), default=year)
    if earlier < year - 1:
        missing = [str(one) for one in range(earlier + 1, year)]
        text = _("The court has an annual conference of %(earlier)s, but none of: %(missing)s.")
        text %= {"earlier": earlier, "missing": named(missing)}
        yield Finding("years-missing", text, at_field("year_reviewed"), (earlier, year))


def title_of_another_year(record: Record) -> Iterator[Finding]:
    """A title that names years, and neither the one reviewed nor the one planned, is an old one."""
    conference = record.conference
    years = YEAR.findall(conference.title)
    known = {str(conference.year_reviewed), str(conference.year_planned)}
    if years and not known & set(years):
        text = _("The title says %(years)s, but the conference reviews %(year)s.")
        text %= {"years": named(years), "year": conference.year_reviewed}
        yield Finding("title-other-year", text, at_field("title"), (conference.title, *sorted(known)))


def empty_fields(record: Record) -> Iterator[Finding]:
    missing = {"venue": _("The venue is missing."), "summary": _("The summary for the top of the page is missing.")}
    for name, text in missing.items():
        if not getattr(record.conference, name).strip():
            yield Finding(f"no-{name}", text, at_field(name))


def empty_parts(record: Record) -> Iterator[Finding]:
    if not record.agenda:
        yield Finding("no-agenda", _("There is no agenda."), at_part("agenda"))
    if not record.speeches:
        yield Finding("no-speeches", _("There is no speech."), at_part("speeches"))


def speeches_without_text(record: Record) -> Iterator[Finding]:
    """Missing everywhere it is one finding, not ten."""
    silent = [speech for speech in record.speeches if not speech.text.strip()]
    if len(silent) > 1 and len(silent) == len(record.speeches):
        text = _("None of the %(count)s speeches has a text.") % {"count": len(silent)}
        yield Finding("speeches-without-text", text, at_part("speeches"), (len(silent),))
        return
    for speech in silent:
        text = _("%(speech)s: the text is missing.") % {"speech": speech}
        yield Finding("speech-without-text", text, at_row(speech))


def tasks_without_lead(record: Record) -> Iterator[Finding]:
    """A task needs a measure, and each measure a department that answers for it."""
    led = [task for task in record.tasks if any(measure.lead_id for measure in task.measures.all())]
    if len(record.tasks) > 1 and not led:
        text = _("None of the %(count)s priority tasks has a lead department.") % {"count": len(record.tasks)}
        yield Finding("tasks-without-lead", text, at_part("tasks"), (len(record.tasks),))
        return
    for task in record.tasks:
        if task in led:
            yield from _measures_without_lead(task)
        elif task.measures.all():
            text = _("“%(task)s”: no measure has a lead department.") % {"task": task}
            yield Finding("task-without-lead", text, at_row(task))
        else:
            yield Finding("task-without-measure", _("“%(task)s” has no measure.") % {"task": task}, at_row(task))


def _measures_without_lead(task: Any) -> Iterator[Finding]:
    for measure in task.measures.all():
        if not measure.lead_id:
            text = _("“%(measure)s” has no lead department.") % {"measure": measure}
            yield Finding("measure-without-lead", text, at_row(measure))


@cache
def placeholders() -> frozenset[str]:
    """What stands for a value to come, in every language of the site."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(_(PLACEHOLDER))
    return frozenset(found)


def figures_to_fill_in(record: Record) -> Iterator[Finding]:
    for figure in record.figures:
        if figure.value_text.strip() in placeholders():
            text = _("“%(figure)s” still has to be filled in.") % {"figure": figure}
            yield Finding("figure-placeholder", text, at_row(figure), blocks=True)


def numbers_left_open(record: Record) -> Iterator[Finding]:
    for text in record.texts:
        found = LEFT_OPEN.findall(text.text)
        if found:
            place = at_row(text.row) if text.row else at_field(text.field)
            said = ngettext(
                "%(count)d number is left open in %(text)s: %(found)s",
                "%(count)d numbers are left open in %(text)s: %(found)s",
                len(found),
            ) % {"count": len(found), "text": text.name, "found": named(found)}
            yield Finding("number-left-open", said, place, (text.field, *found))


RULES = (
    no_date,
    date_of_another_year,
    missing_years,
    title_of_another_year,
    empty_fields,
    empty_parts,
    speeches_without_text,
    tasks_without_lead,
    figures_to_fill_in,
    numbers_left_open,
)
