"""What the pages of the follow-up show: the measures of a department, of a conference, and one of them."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.forms import ReportForm
from conferences.follow_up.lights import Light, is_report_late, light_of, report_due
from conferences.follow_up.quarters import Quarter
from conferences.models import Measure, PriorityTask, ProgressReport, Supervision
from courts.access import own
from courts.models import Department
from courts.refusals import Refused

ENDED = (Light.CARRIED, Light.CLOSED, Light.CANCELLED)
MOST = 500  # measures on one page: those of the last years


class Line(NamedTuple):
    """A measure with its light. `due`: the quarter whose report is missing.

    `returned`: the report that came back; `pressed`: the step of supervision that no report has answered.
    """

    measure: Measure
    light: Light
    due: Quarter | None
    is_late: bool
    returned: Any = None
    pressed: Any = None

    @property
    def asks(self) -> bool:
        """Whether its department has to report."""
        return bool(self.due or self.returned or self.pressed)

    @property
    def names(self) -> str:
        """The departments that help."""
        names = [helper.name for helper in self.measure.helpers.all()]
        return "、".join([str(_("All departments")), *names] if self.measure.all_help else names)


class Group(NamedTuple):
    """The lines of one task, one department or one light. `address`: of the department's own page."""

    heading: Any
    lines: list[Line]
    address: str = ""


def line_of(measure: Measure, today: datetime.date | None = None) -> Line:
    """Of a measure that was `listed`."""
    today = today or timezone.localdate()
    due, is_late = report_due(measure, today), is_report_late(measure, today)
    return Line(measure, light_of(measure, today), due, is_late)


def lines_of(measures: Any, most: int | None = None) -> list[Line]:
    """Two queries, however many measures they are."""
    today = timezone.localdate()
    return [line_of(one, today) for one in measures.listed()[:most]]


def by_task(lines: Iterable[Line]) -> list[Group]:
    groups: dict[PriorityTask, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.measure.task, []).append(line)
    return [Group(task, found) for task, found in groups.items()]


def by_department(lines: Iterable[Line]) -> list[Group]:
    """By the department that leads, in the order of the court; those of none come last."""
    groups: dict[Any, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.measure.lead, []).append(line)
    departments = sorted((one for one in groups if one), key=lambda one: (one.order, one.pk))
    rest = [Group(_("No department leads"), groups[None])] if None in groups else []
    return [*(Group(one, groups[one], reverse("tasks:department", args=[one.pk])) for one in departments), *rest]


def by_light(lines: Iterable[Line]) -> list[Group]:
    """What a clerk looks at first comes first."""
    lines = list(lines)
    found = ((light, [line for line in lines if line.light == light]) for light in Light)
    return [Group(light.label, same) for light, same in found if same]


def counts(lines: Iterable[Line]) -> list[tuple[Light, int]]:
    """How many there are of each light, in the order of the lights."""
    numbers = Counter(line.light for line in lines)
    return [(light, numbers[light]) for light in Light if numbers[light]]


def with_reminders(lines: Iterable[Line]) -> list[Line]:
    """Each with the report that came back and the last step of supervision that was not answered. Two queries."""
    lines = list(lines)
    keys = [line.measure.pk for line in lines]
    returned = {report.measure_id: report for report in reversed(ProgressReport.objects.on(keys).returned())}
    pressed = {one.measure_id: one for one in Supervision.objects.on(keys).unanswered()}
    return [
        line._replace(returned=returned.get(line.measure.pk), pressed=pressed.get(line.measure.pk)) for line in lines
    ]


# --- The liaison's pages ---


def overview(user: Any) -> dict[str, Any]:
    """The measures of the own department: overdue ones first, then what waits for a report; and those that have ended.

    Whoever follows measures up for the whole court sees those of all departments.
    """
    if not (user.department_id or user.has_perm("conferences.follow_measure")):
        return {"lacks_department": True}
    measures = Measure.objects.read_by(user)
    if user.department_id:
        measures = measures.of_department(user.department_id)
    lines = lines_of(measures, MOST)
    under_way = [line for line in lines if line.light not in ENDED]
    own_lines = [line for line in under_way if not user.department_id or line.measure.is_reported_by(user)]
    mine = with_reminders(own_lines)
    in_time = [line for line in mine if line.light != Light.OVERDUE]
    return {
        "department": user.department,
        "overdue": [line for line in mine if line.light == Light.OVERDUE],
        "waiting": [line for line in in_time if line.asks],
        "others": [line for line in in_time if not line.asks],
        "helping": [line for line in under_way if line not in own_lines],
        "ended": [line for line in lines if line.light in ENDED],
        "counts": counts(lines),
    }


def department_page(department: Department, user: Any) -> dict[str, Any]:
    """What one department leads or helps with, for the staff of its court: how far it is, not what was reported."""
    measures = Measure.objects.visible_to(user).followed().of_department(department)
    lines = lines_of(measures, MOST)
    return {"department": department, "court": department.court, "groups": by_task(lines), "counts": counts(lines)}


def departments_of(user: Any) -> Any:
    """The departments of the own court."""
    return own(Department.objects.select_related("court"), user)


def measure_page(measure: Measure, user: Any, form: ReportForm | None) -> dict[str, Any]:
    return {
        "line": line_of(measure),
        "measure": measure,
        "conference": measure.task.conference,
        "reports": reports_of(measure),
        "supervisions": list(measure.supervisions.select_related("taken_by")),
        "form": form,
    }


def reports_of(measure: Measure) -> list[Any]:
    """The newest first, each with its files; those of the measures from which it was carried over come last."""
    return list(ProgressReport.objects.on([measure.pk, *measure.carried_keys()]))


def form_of(request: HttpRequest, measure: Measure) -> ReportForm | None:
    """The form of the report, where this user may write one now."""
    if not (measure.is_open and measure.may_report(request.user)):
        return None
    sent = request.method == "POST"
    return ReportForm(request.POST if sent else None, request.FILES if sent else None, measure=measure)


def hand_in(request: HttpRequest, measure: Measure, form: ReportForm) -> bool:
    """Saves the report and says so; a refusal stands over the form."""
    try:
        measure.report(**form.said, by=request.user)
    except (Refused, PermissionDenied) as refused:
        form.add_error(None, getattr(refused, "messages", [_("You may not do that.")]))
        return False
    messages.success(request, _("The report is saved. Someone else verifies the measure when it is done."))
    return True
