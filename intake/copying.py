"""Last year's conference as the beginning of this year's: what comes along is chosen, dates and years go forward."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from awards.exports.columns import chinese
from awards.models import AwardGiven
from conferences.models import (
    AgendaItem,
    Conference,
    Figure,
    Indicator,
    Measure,
    MeasureHelper,
    Participant,
    PriorityTask,
    Speech,
)
from courts.access import may

A_YEAR = datetime.timedelta(weeks=52)  # the same day of the week
CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


class Parts(models.TextChoices):
    """What a copy can take along."""

    PEOPLE = "people", _("The participants in their roles")
    AGENDA = "agenda", _("The agenda, without the host's notes")
    SPEECHES = "speeches", _("Who spoke and of which kind, without the texts")
    AWARDS = "awards", _("Which awards were given, without winners")
    FIGURES = "figures", _("The labels of the figures, without values")
    TASKS = "tasks", _("The headings of the tasks: what was not finished goes on")
    MEASURES = "measures", _("The measures of these tasks, due a year later")


def first_values(source: Conference) -> dict[str, Any]:
    """The fields of the conference after this one. What happened on the day itself does not come along."""
    return {
        "title": advanced(source.title, source),
        "number": source.number,
        "year_reviewed": source.year_reviewed + 1,
        "year_planned": source.year_planned + 1,
        "starts_on": source.starts_on and source.starts_on + A_YEAR,
        "ends_on": source.ends_on and source.ends_on + A_YEAR,
    }


def advanced(text: str, source: Conference) -> str:
    """The text with both years of the conference one later, also where they are written 二〇二四."""
    for year in sorted({source.year_planned, source.year_reviewed}, reverse=True):
        for before, after in ((str(year), str(year + 1)), (_in_chinese(year), _in_chinese(year + 1))):
            text = text.replace(before, after)
    return text


def _in_chinese(year: int) -> str:
    return str(year).translate(CHINESE_DIGITS)


@transaction.atomic
def copy(source: Conference, target: Conference, parts: Iterable[str], *, by: Any) -> Conference:
    """Saves `target`, a new conference of the same court, with these parts of `source`. All or nothing.

    `target` has passed its checks and carries what `first_values` began with. The number of statements is fixed.
    """
    may(by, "conferences.add_conference", source)
    target.court, target.kind, target.changed_by = source.court, source.kind, by
    for name in ("venue", "time_of_day", "attendance", "audience", "roll_order"):
        setattr(target, name, getattr(source, name))
    target.save()
    chosen = set(parts)
    if Parts.PEOPLE in chosen:
        _copy_rows(Participant, source.participants, target)
    if Parts.AGENDA in chosen:
        _copy_rows(AgendaItem, source.agenda, target)
    speeches = _copy_rows(Speech, source.speeches, target) if Parts.SPEECHES in chosen else {}
    if Parts.AWARDS in chosen:
        _copy_awards(source, target)
    if Parts.FIGURES in chosen:
        Figure.objects.bulk_create(_figures(source, target, speeches))
    if Parts.TASKS in chosen:
        _copy_tasks(source, target, speeches, with_measures=Parts.MEASURES in chosen)
    return target


COPIED: dict[type[models.Model], tuple[str, ...]] = {
    Participant: ("order", "role"),
    AgendaItem: ("order", "kind", "title", "starts_at", "minutes"),
    Speech: ("order", "kind", "title"),
}


def _copy_rows(model: Any, rows: Any, target: Conference) -> dict[int, Any]:
    """Rows about someone, who is now what the register says. Returns the new rows by the numbers of the old ones."""
    pairs = [(row.pk, _copied(row, target)) for row in rows.select_related("conference", "person__department")]
    # Whoever left, and no department, leaves a place on the agenda, but no participant and no speech.
    pairs = [(key, new) for key, new in pairs if new.speaker or model is AgendaItem]
    model.objects.bulk_create([new for _key, new in pairs])
    return dict(pairs)


def _copied(row: Any, target: Conference) -> Any:
    texts = {name: getattr(row, name) for name in (*COPIED[type(row)], "name", "department_name", "post")}
    new = type(row)(conference=target, person=row.person, department_id=row.department_id, **texts)
    if hasattr(new, "title"):
        new.title = advanced(new.title, row.conference)
    if new.person:
        _renew(new, new.person)
    return new


def _renew(row: Any, person: Any) -> None:
    if not person.is_active:
        row.person, row.name, row.post = None, "", ""
        return
    row.name, row.post = person.name, person.post or row.post
    if person.department:
        row.department, row.department_name = person.department, person.department.name


def _copy_awards(source: Conference, target: Conference) -> None:
    AwardGiven.objects.bulk_create(
        AwardGiven(conference=target, category_id=category, order=order)
        for order, category in enumerate(_categories(source), start=1)
    )


def _categories(source: Conference) -> list[int]:
    """The awards that had winners, then those that were only named."""
    named = source.commendations.order_by("category__order", "category_id").values_list("category_id", flat=True)
    given = source.awards_given.values_list("category_id", flat=True)
    return list(dict.fromkeys([*named, *given]))


def _figures(source: Conference, target: Conference, speeches: dict[int, Speech]) -> Iterator[Figure]:
    """A figure has to say something: these say that they wait for their value."""
    figures = list(source.figures.select_related("indicator"))
    names = {figure.indicator.name for figure in figures if figure.indicator}
    indicators = list(Indicator.objects.filter(name__in=names).order_by("valid_from", "order"))
    waiting = chinese(_("to be filled in"))
    for figure in figures:
        yield Figure(
            conference=target,
            order=figure.order,
            group=figure.group,
            label=advanced(figure.label, source),
            unit=figure.unit,
            indicator=_valid(figure.indicator, indicators, target.year_reviewed),
            speech=speeches.get(figure.speech_id or 0),
            precision=Figure.Precision.WORDS,
            value_text=waiting,
        )


def _valid(indicator: Indicator | None, known: list[Indicator], year: int) -> Indicator | None:
    """The indicator itself, or the one that took its name over; none where that year has none."""
    if indicator is None or indicator.is_valid_in(year):
        return indicator
    return next((one for one in known if one.name == indicator.name and one.is_valid_in(year)), None)


def _copy_tasks(source: Conference, target: Conference, speeches: dict[int, Speech], *, with_measures: bool) -> None:
    tasks = list(source.tasks.all())
    made = PriorityTask.objects.bulk_create(
        PriorityTask(
            conference=target, order=task.order, heading=task.heading, speech=speeches.get(task.speech_id or 0)
        )
        for task in tasks
    )
    if with_measures:
        _copy_measures(dict(zip([task.pk for task in tasks], made, strict=True)))


def _copy_measures(tasks: dict[int, PriorityTask]) -> None:
    """The measures of the old tasks, by number, under the new ones."""
    measures = list(Measure.objects.filter(task__in=tasks).select_related("responsible").prefetch_related("helpers"))
    made = Measure.objects.bulk_create(
        Measure(
            task=tasks[measure.task_id],
            order=measure.order,
            text=measure.text,
            lead_id=measure.lead_id,
            all_help=measure.all_help,
            responsible=measure.responsible if _works_here(measure) else None,
            responsible_name=measure.responsible_name if _works_here(measure) else "",
            due_on=_a_year_later(measure.due_on),
            target=measure.target,
        )
        for measure in measures
    )
    MeasureHelper.objects.bulk_create(
        MeasureHelper(measure=new, department=helper)
        for old, new in zip(measures, made, strict=True)
        for helper in old.helpers.all()
    )


def _works_here(measure: Measure) -> bool:
    return measure.responsible is None or measure.responsible.is_active


def _a_year_later(day: datetime.date | None) -> datetime.date | None:
    """A due date is the end of a month or a quarter: the day of the year counts, not that of the week."""
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


def taken_along(source: Conference) -> dict[str, int]:
    """How many rows each part would bring."""
    return {
        Parts.PEOPLE: source.participants.count(),
        Parts.AGENDA: source.agenda.count(),
        Parts.SPEECHES: source.speeches.count(),
        Parts.AWARDS: len(_categories(source)),
        Parts.FIGURES: source.figures.count(),
        Parts.TASKS: source.tasks.count(),
        Parts.MEASURES: Measure.objects.filter(task__conference=source).count(),
    }
