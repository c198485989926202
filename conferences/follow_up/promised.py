"""The question with which a new conference opens: what was promised a year ago, and what became of it."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.lights import Light, light_of
from conferences.models import Conference, Figure, Indicator, Measure, MeasureHelper, PriorityTask, ProgressReport
from courts.access import may
from courts.refusals import Refused

Direction = Indicator.Direction


class Outcome(NamedTuple):
    """What became of a measure. `figure`: what this conference said of its indicator; `reached`: None where unknown.

    `report`: the last one that stands, with its evidence; for those alone who read the progress.
    """

    measure: Measure
    light: Light
    figure: Figure | None
    is_carried: bool
    report: ProgressReport | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the figure reaches the target, as the indicator has it."""
        if self.figure is None or self.figure.value is None or self.measure.target_value is None:
            return None
        return reaches(self.figure.value, self.measure.target_value, self.measure.indicator.direction)  # type: ignore[union-attr]


def reaches(value: Decimal, target: Decimal, direction: str) -> bool | None:
    """None where neither more nor less is better."""
    if direction == Direction.NEITHER:
        return None
    return value >= target if direction == Direction.UP else value <= target


class Promised(NamedTuple):
    """Last year's tasks with their outcomes; `done` of `number` measures were verified and closed."""

    conference: Conference
    tasks: list[tuple[PriorityTask, list[Outcome]]]

    @property
    def outcomes(self) -> list[Outcome]:
        return [one for _task, outcomes in self.tasks for one in outcomes]

    @property
    def number(self) -> int:
        return len(self.outcomes)

    @property
    def done(self) -> int:
        return sum(one.light == Light.CLOSED for one in self.outcomes)

    @property
    def carried(self) -> int:
        return sum(one.is_carried for one in self.outcomes)


def promised(conference: Conference, before: Conference | None, *, private: bool) -> Promised | None:
    """What the conference `before` planned for the year that this one reviews; four queries, `private` six.

    None where it planned another year or set no measures, and for readers where its court does not show the states.
    """
    if before is None or not before.is_published or before.year_planned != conference.year_reviewed:
        return None
    if not (private or before.states_shown_at):
        return None
    today = timezone.localdate()
    carried = set(Measure.objects.of_conference(conference).values_list("carried_from", flat=True))
    figures = _figures(conference)
    measures = list(Measure.objects.of_conference(before).listed())
    reports = last_reports(measures) if private else {}
    tasks: dict[PriorityTask, list[Outcome]] = {}
    for measure in measures:
        figure = figures.get(measure.indicator.name) if measure.indicator else None
        report = reports.get(measure.pk)
        outcome = Outcome(measure, light_of(measure, today), figure, measure.pk in carried, report)
        tasks.setdefault(measure.task, []).append(outcome)
    return Promised(before, list(tasks.items())) if tasks else None


def last_reports(measures: list[Measure]) -> dict[int, ProgressReport]:
    """The last report that stands on each, by the measure's key."""
    rows = ProgressReport.objects.on([one.pk for one in measures]).that_stand()
    return {report.measure_id: report for report in reversed(rows)}


def _figures(conference: Conference) -> dict[str, Figure]:
    """The figures of a known indicator by its name: definitions change, the name stays."""
    figures = conference.figures.filter(indicator__isnull=False).select_related("indicator")
    return {figure.indicator.name: figure for figure in reversed(figures)}


def year_before(conference: Conference) -> Conference | None:
    """The conference of the same court, kind and number that planned the year reviewed."""
    court, kind, number = conference.series
    planned = Conference.objects.published().filter(court=court, kind=kind, number=number)
    return planned.filter(year_planned=conference.year_reviewed).exclude(pk=conference.pk).first()


@transaction.atomic
def carry_over(conference: Conference, keys: Collection[int], *, by: Any) -> int:
    """Takes measures of the year before that were not finished into this draft, under tasks of the same heading.

    Each keeps its departments, its target, and where it comes from, and so its history; its day is set anew.
    What is here already is passed over. Returns how many are new.
    """
    may(by, "conferences.add_measure", conference)
    locked = Conference.objects.hold(conference.pk)
    before = year_before(locked)
    if not locked.is_editable or before is None:
        raise Refused(_("Only a draft may be changed."))
    here = Measure.objects.of_conference(locked)
    carried = set(here.values_list("carried_from", flat=True))
    chosen = [one for one in Measure.objects.of_conference(before).open().listed() if one.pk in set(keys) - carried]
    tasks = {task.heading: task for task in locked.tasks.all()}
    order = max((task.order for task in tasks.values()), default=0)
    for old in chosen:
        if old.task.heading not in tasks:
            order += 1
            tasks[old.task.heading] = PriorityTask.objects.create(
                conference=locked, order=order, heading=old.task.heading, text=old.task.text
            )
        _carry(old, tasks[old.task.heading])
    locked.changed_by = by  # a screen that is open elsewhere sees that it is not the newest
    locked.save(update_fields=["changed_at", "changed_by"])
    return len(chosen)


KEPT = (
    *("text", "lead_id", "all_help", "responsible_id", "responsible_name", "leader_id", "leader_name"),
    *("target", "indicator_id", "target_value"),
)


def _carry(old: Measure, task: PriorityTask) -> None:
    kept = {name: getattr(old, name) for name in KEPT}
    new = Measure.objects.create(task=task, order=old.order, carried_from=old, **kept)
    MeasureHelper.objects.bulk_create(MeasureHelper(measure=new, department=helper) for helper in old.helpers.all())
