"""The board of a conference's measures in the admin, and the page of one: verified, returned, deferred, supervised."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.lights import Light
from conferences.follow_up.pages import by_department, by_light, by_task, counts, line_of, lines_of, reports_of
from conferences.follow_up.table import table_response
from conferences.models import Conference, Measure, Supervision
from courts.acting import attempt
from courts.desk_pages import desk_page
from courts.refusals import Refused

DAYS = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ActForm(forms.Form):
    """What was typed beside the buttons. `report`: which one is returned."""

    reason = forms.CharField(required=False)
    day = forms.DateField(required=False, widget=DAYS)
    report = forms.IntegerField(required=False)


LAYOUTS = {"task": by_task, "department": by_department, "light": by_light}


class BoardForm(forms.Form):
    """How the board is laid out, and which light and department it is limited to."""

    by = forms.ChoiceField(choices=[(name, name) for name in LAYOUTS], required=False)
    light = forms.ChoiceField(choices=[("", _("all")), *Light.choices], required=False)
    department = forms.IntegerField(required=False)


class Act(NamedTuple):
    """One act on a measure: `do(measure, by, said)`; `done`: what is said afterwards."""

    do: Callable[..., None]
    done: Any


def _give_back(measure: Measure, by: Any, said: dict[str, Any]) -> None:
    report = next((one for one in reports_of(measure) if one.pk == said["report"]), None)
    if report is None or report.measure_id != measure.pk:
        raise Refused(_("Choose the report first."))
    report.give_back(by=by, reason=said["reason"])


def _defer(measure: Measure, by: Any, said: dict[str, Any]) -> None:
    if said["day"] is None:
        raise Refused(_("Say until when."))
    measure.defer(said["day"], by=by, reason=said["reason"])


def _supervise(kind: str) -> Callable[..., None]:
    def do(measure: Measure, by: Any, said: dict[str, Any]) -> None:
        measure.supervise(kind, by=by, text=said["reason"], answer_by=said["day"])

    return do


SUPERVISION = {
    kind.value: Act(_supervise(kind.value), _("The step of supervision is recorded.")) for kind in Supervision.Kind
}
ACTS: dict[str, Act] = {
    "close": Act(lambda measure, by, _said: measure.close(by=by), _("The measure is verified and closed.")),
    "return": Act(_give_back, _("The report went back to the department.")),
    "reopen": Act(
        lambda measure, by, said: measure.reopen(by=by, reason=said["reason"]), _("The measure is open again.")
    ),
    "defer": Act(_defer, _("The measure has a later day.")),
    "cancel": Act(
        lambda measure, by, said: measure.cancel(by=by, reason=said["reason"]), _("The measure is cancelled.")
    ),
    **SUPERVISION,
}


class TaskBoardMixin:
    """Adds the board and the pages of its measures to the admin of conferences."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<int:pk>/tasks/", view(self.tasks_view), name="conferences_conference_tasks"),
            path("<int:pk>/tasks/<int:measure>/", view(self.measure_view), name="conferences_conference_measure"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def _followed(self, request: HttpRequest, pk: int) -> Conference:
        """What is not the user's is not there."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not request.user.has_perm("conferences.follow_measure"):
            raise Http404
        return conference

    def tasks_view(self, request: HttpRequest, *, pk: int) -> HttpResponseBase:
        """All measures of the conference. A POST supervises the ticked ones, shows or hides the states, or exports."""
        conference = self._followed(request, pk)
        if request.method == "POST" and request.POST.get("act") == "table":
            self.log_change(request, conference, str(_("The table of the tasks was taken away.")))  # type: ignore[attr-defined]
            return table_response(conference)
        if request.method == "POST":
            attempt(request, lambda: self._act_on_board(request, conference))
            return HttpResponseRedirect(reverse("admin:conferences_conference_tasks", args=[pk]))
        return desk_page(
            self,
            request,
            "admin/conferences/tasks.html",
            title=_("Follow-up of the tasks"),
            about=conference,
            conference=conference,
            kinds=Supervision.Kind.choices,
            may_publish=request.user.has_perm("conferences.publish_conference"),
            **_board(conference, request.GET),
        )

    def measure_view(self, request: HttpRequest, *, pk: int, measure: int) -> HttpResponse:
        conference = self._followed(request, pk)
        found = Measure.objects.of_conference(conference).listed().with_steps().with_key(measure)
        if found is None:
            raise Http404
        if request.method == "POST":
            attempt(request, lambda: _take(request.POST, found, request.user))
            return HttpResponseRedirect(reverse("admin:conferences_conference_measure", args=[pk, measure]))
        return desk_page(
            self,
            request,
            "admin/conferences/measure.html",
            title=_("Measure"),
            about=found,
            conference=conference,
            measure=found,
            line=line_of(found),
            reports=reports_of(found),
            supervisions=list(found.supervisions.select_related("taken_by")),
            kinds=Supervision.Kind.choices,
        )

    def _act_on_board(self, request: HttpRequest, conference: Conference) -> Any:
        name = request.POST.get("act", "")
        if name == "show":
            conference.show_states(by=request.user)
            return _("The page of the conference says how far each measure is.")
        if name == "hide":
            conference.hide_states(by=request.user)
            return _("How far the measures are is internal again.")
        chosen = {key for key in request.POST.getlist("chosen") if key.isdecimal()}
        measures = [one for one in Measure.objects.of_conference(conference).listed() if str(one.pk) in chosen]
        if not measures or name not in SUPERVISION:
            raise Refused(_("Choose the measures first."))
        with transaction.atomic():
            for measure in measures:
                _take(request.POST, measure, request.user)
        return _("Supervised: %(count)d measures.") % {"count": len(measures)}


def _take(data: Any, measure: Measure, by: Any) -> Any:
    act, form = ACTS.get(data.get("act", "")), ActForm(data)
    if act is None or not form.is_valid():
        raise Refused(_("Choose what to do, and write days as 2024-06-30."))
    act.do(measure, by, form.cleaned_data)
    return act.done


def _board(conference: Conference, query: Any) -> dict[str, Any]:
    """The measures as the address asks for them; the counts are those of all."""
    lines = lines_of(Measure.objects.of_conference(conference))
    form = BoardForm(query)
    asked = form.cleaned_data if form.is_valid() else {"by": "", "light": "", "department": None}
    shown = [
        line
        for line in lines
        if (not asked["light"] or line.light == asked["light"])
        and (asked["department"] is None or line.measure.lead_id == asked["department"])
    ]
    groups = LAYOUTS[asked["by"] or "task"](shown)
    departments = {line.measure.lead for line in lines if line.measure.lead}
    return {
        "groups": groups,
        "counts": counts(lines),
        "lights": Light.choices,
        "departments": sorted(departments, key=lambda one: (one.order, one.pk)),
        "asked": asked,
    }
