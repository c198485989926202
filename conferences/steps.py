"""The steps of a conference in the admin: submit, publish, withdraw. Each is a page that says what will happen."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.panel import panel_of
from courts.access import writes_for
from courts.refusals import Refused


class Step(NamedTuple):
    """One decision about a conference. `permissions`: any of them; `states`: those in which it is offered.

    `is_checked`: refused while a finding blocks it.
    """

    name: str
    label: Any
    explanation: Any
    done: Any
    permissions: tuple[str, ...]
    states: tuple[str, ...]
    act: Callable[..., Any]
    is_checked: bool = False


STEPS = (
    Step(
        "submit",
        _("Submit"),
        _("The conference goes to the approver. Until it comes back nobody can change it."),
        _("The conference was submitted."),
        ("conferences.submit_conference",),
        (Conference.State.DRAFT,),
        Conference.submit,
        is_checked=True,
    ),
    Step(
        "publish",
        _("Publish"),
        _("The pages open to their audience. Winners stay hidden until they are announced."),
        _("The conference was published."),
        ("conferences.publish_conference",),
        (Conference.State.SUBMITTED,),
        Conference.publish,
        is_checked=True,
    ),
    Step(
        "withdraw",
        _("Back to draft"),
        _("The pages close, and the clerk can change the record again."),
        _("The conference is a draft again."),
        ("conferences.submit_conference", "conferences.publish_conference"),
        (Conference.State.SUBMITTED, Conference.State.PUBLISHED),
        Conference.withdraw,
    ),
)


class StepsMixin:
    """Adds the pages of the steps to the admin of a conference. `steps`: in the order of their buttons."""

    steps: tuple[Step, ...] = STEPS

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.step_view)  # type: ignore[attr-defined]
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"  # type: ignore[attr-defined]
        return [path("<int:pk>/steps/<slug:step>/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def steps_due(self, request: HttpRequest, conference: Conference) -> list[Step]:
        """What this user may do with this conference now."""
        if not writes_for(request.user, conference.court_id):
            return []
        return [
            step
            for step in self.steps
            if conference.state in step.states and any(request.user.has_perm(name) for name in step.permissions)
        ]

    def step_view(self, request: HttpRequest, *, pk: int, step: str) -> HttpResponse:
        """Asks first; does it on POST. What is not the user's, or no step, is not there."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        chosen = next((one for one in self.steps if one.name == step), None)
        if conference is None or chosen is None or not self.has_view_permission(request, conference):  # type: ignore[attr-defined]
            raise Http404
        if request.method == "POST":
            return self._take(request, conference, chosen)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": chosen.label,
            "subtitle": str(conference),
            "opts": self.opts,  # type: ignore[attr-defined]
            "conference": conference,
            "seen": _seen(conference),
            "step": chosen,
            "is_due": chosen in self.steps_due(request, conference),
            "counts": self.step_counts(conference),
            "panel": panel_of(conference) if chosen.is_checked else None,
        }
        return TemplateResponse(request, "admin/conferences/step.html", context)

    def step_counts(self, conference: Conference) -> list[tuple[Any, int]]:
        """What the record holds, for a last look: pairs of label and number."""
        parts = ("agenda", "speeches", "figures", "tasks", "attachments", "commendations")
        managers = [getattr(conference, part) for part in parts]
        return [(manager.model._meta.verbose_name_plural, manager.count()) for manager in managers]

    def _take(self, request: HttpRequest, conference: Conference, step: Step) -> HttpResponse:
        try:
            _act(request, conference, step)
        except PermissionDenied:
            messages.error(request, _("You may not do that."))
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            self.log_change(request, conference, str(step.label))  # type: ignore[attr-defined]
            messages.success(request, step.done)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(name, args=[conference.pk]))


def _act(request: HttpRequest, conference: Conference, step: Step) -> None:
    """Raises Refused where another state was shown, and whatever the act itself raises."""
    if request.POST.get("seen", _seen(conference)) != _seen(conference):
        raise Refused(_("Someone else changed this conference in the meantime. Look at it again."))
    step.act(conference, by=request.user)


def _seen(conference: Conference) -> str:
    """The state that a page shows: what was taken back, changed and submitted anew is another one."""
    return f"{conference.state} {conference.submitted_at or ''}"
