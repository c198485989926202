"""The priority tasks of a conference, each list under the speech that set it."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from conferences.contents import blocks
from conferences.follow_up.lights import Light, light_of
from conferences.models import Conference, Measure, PriorityTask, Speech
from courts.anchors import anchor
from courts.compiled import Compiled

COLUMNS = (
    *("pk", "heading", "text", "passage", "speech_id"),
    *("measures__pk", "measures__text", "measures__lead__name", "measures__all_help"),
    *("measures__due_on", "measures__target", "measures__helpers__name"),
)
ORDER = ("order", "pk", "measures__order", "measures__pk", "measures__helpers__order", "measures__helpers__pk")


TASKS = Compiled(lambda conference: Conference(pk=conference).tasks.order_by(*ORDER).values_list(*COLUMNS))


@dataclass
class ListedMeasure:
    anchor: str
    text: str
    lead: str | None
    all_help: bool
    due_on: datetime.date | None
    target: str
    helpers: list[str] = field(default_factory=list)
    light: Light | None = None  # where the court chose that its page says it

    @property
    def is_detailed(self) -> bool:
        """Whether more than the text is known."""
        return bool(self.lead or self.all_help or self.helpers or self.due_on or self.target or self.light)


@dataclass
class ListedTask:
    anchor: str
    heading: str
    text: str
    passage: str = ""  # the anchor in the page of its speech
    measures: dict[int, ListedMeasure] = field(default_factory=dict)


def task_lists(conference: Conference, speeches: list[Speech]) -> list[tuple[Speech | None, list[ListedTask]]]:
    """(speech, tasks) in the order of the speeches; tasks of no speech come last.

    One query; where the page says how far each measure is, one more.
    """
    lights = lights_of(conference) if conference.states_shown_at else {}
    lists: dict[Any, dict[int, ListedTask]] = {speech.pk: {} for speech in speeches} | {None: {}}
    for pk, heading, text, passage, speech, measure, *about, helper in TASKS(conference.pk):
        task = lists[speech].setdefault(pk, ListedTask(anchor(PriorityTask, pk), heading, text, passage))
        if measure is not None:
            listed = task.measures.setdefault(measure, ListedMeasure(anchor(Measure, measure), *about))
            listed.light = lights.get(measure)
            if helper:
                listed.helpers.append(helper)
    by_pk = {speech.pk: speech for speech in speeches}
    for key, tasks in lists.items():
        find_passages(by_pk.get(key), list(tasks.values()))
    return [(by_pk.get(pk), list(tasks.values())) for pk, tasks in lists.items() if tasks]


def find_passages(speech: Speech | None, tasks: list[ListedTask]) -> None:
    """Turns the words of each passage into its anchor in the text of the speech; empty where it is not there."""
    if any(task.passage for task in tasks):
        # The first of two that are alike comes last, and stays.
        anchors = {block.heading: block.anchor for block in reversed(blocks(speech.text if speech else ""))}
        for task in tasks:
            task.passage = anchors.get(task.passage, "") if task.passage else ""


def lights_of(conference: Conference) -> dict[int, Light]:
    """How far each measure is today, by its key."""
    today = timezone.localdate()
    measures = Measure.objects.of_conference(conference).select_related("task__conference").with_progress()
    return {measure.pk: light_of(measure, today) for measure in measures}
