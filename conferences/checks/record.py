"""A conference with all that the rules look at, each part loaded once and only when a rule asks for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

# The parts of a conference, each with what is read along with its rows.
PARTS: dict[str, tuple[str, ...]] = {
    "participants": (),
    "agenda": (),
    "speeches": (),
    "keynotes": (),
    "figures": ("indicator",),
    "tasks": (),
    "awards_given": ("category",),
    "commendations": ("category", "person__department"),
    "decisions": (),
    "honours": (),
    "attachments": (),
    "waivers": ("waived_by",),
}
BELOW = {"tasks": "measures"}


ANNUAL = "annual"


class Text(NamedTuple):
    """A text of the record. `row`: what it belongs to; None: the conference itself. `field`: its name there."""

    row: Any
    field: str
    name: str
    text: str


def with_related(name: str, rows: QuerySet) -> QuerySet:
    rows = rows.select_related(*PARTS[name]) if PARTS[name] else rows
    return rows.prefetch_related(BELOW[name]) if name in BELOW else rows


class Record:
    """Everything comes through the conference's reverse relations: what lies above this app is read the same way."""

    def __init__(self, conference: Any) -> None:
        self.conference = conference

    @cached_property
    def court(self) -> Any:
        return self.conference.court

    def _part(self, name: str) -> list[Any]:
        """The rows of a part; those that `records` has brought are there already."""
        rows = getattr(self.conference, name)
        is_there = name in getattr(self.conference, "_prefetched_objects_cache", {})
        return list(rows.all() if is_there else with_related(name, rows.all()))

    @cached_property
    def participants(self) -> list[Any]:
        return self._part("participants")

    @cached_property
    def agenda(self) -> list[Any]:
        return self._part("agenda")

    @cached_property
    def speeches(self) -> list[Any]:
        return self._part("speeches")

    @cached_property
    def keynotes(self) -> list[Any]:
        return self._part("keynotes")

    @cached_property
    def figures(self) -> list[Any]:
        return self._part("figures")

    @cached_property
    def figures_before(self) -> list[Any]:
        """Those of the conference of the same kind a year before; none where there was no such conference."""
        return list(self.conference.figures.model.objects.of_the_year_before([self.conference]))

    @cached_property
    def period_figures(self) -> list[Any]:
        """Those of the weeks, months and quarters of the year that an annual conference reviews."""
        return list(period_figures([self.conference])) if self.conference.kind == ANNUAL else []

    @cached_property
    def years(self) -> list[int]:
        """The years of all conferences of its court, kind and number."""
        return [key[-1] for key in self.conference._meta.concrete_model.objects.in_series_with([self.conference])]

    @cached_property
    def tasks(self) -> list[Any]:
        """With their measures."""
        return self._part("tasks")

    @cached_property
    def awards_given(self) -> list[Any]:
        return self._part("awards_given")

    @cached_property
    def winners(self) -> list[Any]:
        """All commendations, announced or not, revoked or not, each with its award and what the register says."""
        return self._part("commendations")

    @cached_property
    def decisions(self) -> list[Any]:
        return self._part("decisions")

    @cached_property
    def honours(self) -> list[Any]:
        """Those from above."""
        return self._part("honours")

    @cached_property
    def attachments(self) -> list[Any]:
        return self._part("attachments")

    @cached_property
    def left_off(self) -> list[Any]:
        """The people of the court whose names readers do not see."""
        return list(self.court.people.left_off())

    @cached_property
    def waivers(self) -> list[Any]:
        return self._part("waivers")

    @cached_property
    def texts(self) -> list[Text]:
        """What may cite numbers; those that are empty left out."""
        return [text for text in self._texts() if text.text]

    def _texts(self) -> Iterator[Text]:
        yield Text(None, "summary", _("the summary"), self.conference.summary)
        for item in self.agenda:
            yield Text(item, "title", _("the agenda"), item.title)
        for speech in self.speeches:
            named = _("the speech of %(who)s") % {"who": speech.speaker}
            yield Text(speech, "text", named, speech.text)
            yield Text(speech, "summary", _("the summary of %(text)s") % {"text": named}, speech.summary)
        for figure in self.figures:
            yield Text(figure, "quote", _("the wording of %(figure)s") % {"figure": figure}, figure.quote)
        for decision in self.decisions:
            yield Text(decision, "text", _("the decision “%(title)s”") % {"title": decision.title}, decision.text)
        for keynote in self.keynotes:
            yield Text(keynote, "text", _("the keynote “%(text)s”") % {"text": keynote.text}, keynote.text)


def records(conferences: Iterable[Any]) -> list[Record]:
    """The records of several conferences, in as many queries as that of one takes."""
    found = [Record(conference) for conference in conferences]
    if not found:
        return []
    held = [record.conference for record in found]
    model = held[0]._meta.concrete_model
    models = {name: model._meta.get_field(name).related_model for name in PARTS}
    prefetch_related_objects(
        held, *(Prefetch(name, with_related(name, models[name]._default_manager.all())) for name in PARTS)
    )
    before, years, left_off = defaultdict(list), defaultdict(list), defaultdict(list)
    for figure in models["figures"].objects.of_the_year_before(held).select_related("indicator", "conference"):
        before[figure.conference.series, figure.conference.year_reviewed + 1].append(figure)
    of_periods = defaultdict(list)
    for row in period_figures([one for one in held if one.kind == ANNUAL]):
        of_periods[row.figure_set.court_id].append(row)
    for *series, year in model.objects.in_series_with(held):
        years[tuple(series)].append(year)
    people = held[0].court.people.model.objects.left_off()
    for person in people.filter(court__in={conference.court_id for conference in held}):
        left_off[person.court_id].append(person)
    for record in found:
        series = record.conference.series
        record.left_off = left_off[record.conference.court_id]
        record.figures_before = before[series, record.conference.year_reviewed]
        record.years = years[series]
        is_annual = record.conference.kind == ANNUAL
        record.period_figures = of_periods[record.conference.court_id] if is_annual else []
    return found


def period_figures(conferences: Iterable[Any]) -> Any:
    """The figures of the periods of the years that these conferences review. One query."""
    return apps.get_model("conferences", "PeriodFigure").objects.of_the_years_of(conferences)
