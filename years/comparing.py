"""One court through the years: figures, honours, awards and tasks of its annual conferences side by side.

Only what is published and announced, whoever asks: the page is made to be printed and passed on. Nobody is ranked:
departments stand in the court's own order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation, Family, Honour
from conferences.checks.changes import derived, key_of
from conferences.checks.numbers import exact
from conferences.derived import words
from conferences.models import Conference, Figure, Measure, PriorityTask
from courts.access import sees_everything_of
from courts.anchors import anchor_of
from courts.models import Court
from years.lines import line
from years.sentence import Sentence, sentence
from years.tables import Cell, Row, Table, counted

MOST_YEARS = 6
USUAL_YEARS = 5
Figures = dict[int, list[Figure]]


def years_page(court: Court, user: Any, asked: list[str]) -> dict[str, Any]:
    """The chosen years side by side, in a fixed number of queries. `asked`: years as the address has them."""
    published = annual(court, user)
    chosen = choose(published, asked)
    figures = figures_of(chosen)
    return {
        "court": court,
        "published": [(one.year_reviewed, one in chosen) for one in published],
        "conferences": chosen,
        "tables": tables(court, chosen, figures, user),
        "sentences": said_of(chosen, figures),
        "most": MOST_YEARS,
        "asked": urlencode([("years", one.year_reviewed) for one in chosen]),
    }


def annual(court: Court, user: Any) -> list[Conference]:
    """The annual conferences that are published and that `user` may read, year by year."""
    found = court.conferences.visible_to(user).published().narrowed(kind=Conference.Kind.ANNUAL)
    conferences = list(found.order_by("year_reviewed").defer("summary", "attendance"))
    for one in conferences:
        one.court = court
    return conferences


def choose(published: list[Conference], asked: list[str]) -> list[Conference]:
    """Those of the years asked for, at most six; the last five where none is."""
    wanted = [one for one in published if str(one.year_reviewed) in asked]
    return wanted[-MOST_YEARS:] if wanted else published[-USUAL_YEARS:]


def figures_of(conferences: Iterable[Conference]) -> Figures:
    """The figures of each conference in its order. One query."""
    found: Figures = defaultdict(list)
    figures = Figure.objects.filter(conference__in=conferences).select_related("indicator").order_by("order", "id")
    for figure in figures:
        found[figure.conference_id].append(figure)
    return found


def tables(court: Court, conferences: list[Conference], figures: Figures, user: Any) -> list[Table]:
    """Those that have rows."""
    found = [
        figure_table(conferences, figures),
        honour_table(conferences),
        award_table(court, conferences),
        task_table(conferences, private=sees_everything_of(user, court.pk)),
    ]
    return [table for table in found if any(rows for _heading, rows in table.groups)]


def figure_table(conferences: list[Conference], figures: Figures) -> Table:
    """Theme by theme, as the newest conference has them; what only older ones said comes after that."""
    places = {one.pk: at for at, one in enumerate(conferences)}
    changes = changes_of(conferences, figures)
    newest: dict[Any, Figure] = {}
    said: dict[Any, dict[int, Figure]] = defaultdict(dict)
    for conference in reversed(conferences):
        for figure in figures.get(conference.pk, ()):
            if figure.value_as_said:
                newest.setdefault(key_of(figure), figure)
                said[key_of(figure)].setdefault(places[conference.pk], figure)
    groups: dict[str, list[Row]] = {}
    for key, figure in newest.items():
        cells = [_cell(said[key].get(at), one, figure, changes) for at, one in enumerate(conferences)]
        groups.setdefault(figure.group, []).append(_row(figure, cells, conferences))
    note = _("Values as they were said; changes as the records of two years have them.")
    return Table("figures", _("Figures"), list(groups.items()), note, has_lines=True)


def changes_of(conferences: list[Conference], figures: Figures) -> dict[int, str]:
    """By the key of the figure, its change against the year before, where that year stands beside it."""
    by_year = {one.year_reviewed: figures.get(one.pk, []) for one in conferences}
    return {
        one.figure.pk: words(one) for year, now in by_year.items() for one in derived(now, by_year.get(year - 1, []))
    }


def _cell(figure: Figure | None, conference: Conference, newest: Figure, changes: dict[int, str]) -> Cell:
    if figure is None:
        return Cell()
    unit = "" if figure.unit == newest.unit else figure.unit
    amount = exact(figure)
    return Cell(
        f"{figure.value_as_said}{unit}",
        amount.value if amount else None,
        changes.get(figure.pk, ""),
        f"{conference.get_absolute_url()}#{anchor_of(figure)}",
    )


def _row(figure: Figure, cells: list[Cell], conferences: list[Conference]) -> Row:
    told = [f"{one.year_reviewed} {cell.text}" for one, cell in zip(conferences, cells, strict=True) if cell.text]
    drawn = line([cell.number for cell in cells], f"{figure.label}: {'; '.join(told)}")
    return Row(figure.label, cells, figure.unit, drawn)


def honour_table(conferences: list[Conference]) -> Table:
    """How many honours from above each conference told of, level by level."""
    rows = Honour.objects.filter(conference__in=conferences).order_by().values_list("level", "conference")
    counts = {(level, conference): number for level, conference, number in rows.annotate(Count("pk"))}
    levels = [*Honour.Level.choices, ("", _("Without a level"))]
    made = [
        counted(label, [counts.get((level, one.pk)) for one in conferences])
        for level, label in levels
        if any((level, one.pk) in counts for one in conferences)
    ]
    return Table("honours", _("Honours from above"), [("", made)])


def award_table(court: Court, conferences: list[Conference]) -> Table:
    """How many awards the people of each department and the departments themselves received, family by family."""
    given = Commendation.objects.announced().valid().filter(conference__in=conferences).order_by()
    columns = ("category__family", "department", "department_name", "conference")
    names = {one.pk: one.name for one in court.departments.all()}
    counts: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: {name: Counter() for name in names.values()})
    for family, department, name, conference, number in given.values_list(*columns).annotate(Count("pk")):
        label = names.get(department) or name or gettext("Without a department")
        counts[family].setdefault(label, Counter())[conference] += number
    groups = [
        (
            label,
            [
                counted(name, [numbers.get(one.pk) for one in conferences])
                for name, numbers in counts[family].items()
                if numbers
            ],
        )
        for family, label in Family.choices
        if family in counts
    ]
    note = _("Announced awards that name who received them, without revoked ones; in the court's own order.")
    return Table("awards", _("Awards by department"), groups, note)


def task_table(conferences: list[Conference], *, private: bool) -> Table:
    """What each conference set for its next year, and how much of it was verified and closed, where it says so."""
    tasks = _per_conference(PriorityTask.objects.filter(conference__in=conferences), "conference")
    measures = Measure.objects.filter(task__conference__in=conferences)
    number = _per_conference(measures, "task__conference")
    closed = _per_conference(measures, "task__conference", only=Q(closed_at__isnull=False))
    if not tasks:
        return Table("tasks", "", [])
    told = [closed.get(one.pk, 0) if private or one.states_shown_at else None for one in conferences]
    rows = [
        counted(_("Priority tasks"), [tasks.get(one.pk, 0) for one in conferences]),
        counted(_("Measures"), [number.get(one.pk, 0) for one in conferences]),
        counted(_("Measures verified and closed"), told),
    ]
    note = _("Set by the conference on that year for the year after it.")
    return Table("tasks", _("Tasks that were set"), [("", rows if any(number.values()) else rows[:1])], note)


def _per_conference(rows: Any, way: str, only: Q | None = None) -> dict[int, int]:
    return dict(rows.order_by().values_list(way).annotate(number=Count("pk", filter=only)))


def said_of(conferences: list[Conference], figures: Figures) -> list[Sentence]:
    """The ready sentence of each year, the last year first."""
    by_year = {one.year_reviewed: figures.get(one.pk, []) for one in conferences}
    return [one for year in sorted(by_year, reverse=True) if (one := sentence(year, by_year))]
