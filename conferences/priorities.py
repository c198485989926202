"""The priority tasks of a conference, each list under the speech that set it."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from conferences.models import Conference, Measure, PriorityTask, Speech
from courts.anchors import anchor
from courts.compiled import Compiled

COLUMNS = (
    *("pk", "heading", "text", "speech_id"),
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

    @property
    def is_detailed(self) -> bool:
        """Whether more than the text is known."""
        return bool(self.lead or self.all_help or self.helpers or self.due_on or self.target)


@dataclass
class ListedTask:
    anchor: str
    heading: str
    text: str
    measures: dict[int, ListedMeasure] = field(default_factory=dict)


def task_lists(conference: Conference, speeches: list[Speech]) -> list[tuple[Speech | None, list[ListedTask]]]:
    """(speech, tasks) in the order of the speeches; tasks of no speech come last. One query."""
    lists: dict[Any, dict[int, ListedTask]] = {speech.pk: {} for speech in speeches} | {None: {}}
    for pk, heading, text, speech, measure, *about, helper in TASKS(conference.pk):
        task = lists[speech].setdefault(pk, ListedTask(anchor(PriorityTask, pk), heading, text))
        if measure is not None:
            listed = task.measures.setdefault(measure, ListedMeasure(anchor(Measure, measure), *about))
            if helper:
                listed.helpers.append(helper)
    by_pk = {speech.pk: speech for speech in speeches}
    return [(by_pk.get(pk), list(tasks.values())) for pk, tasks in lists.items() if tasks]
