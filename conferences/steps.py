"""The steps of a conference in the admin: submit, publish, return ... Each is a page that says what will happen."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conferences.changes import since_last_publication
from conferences.models import Conference, Correction
from conferences.panel import panel_of
from courts.access import writes_for
from courts.acting import attempt
from courts.desk_pages import desk_page
from courts.refusals import Refused

State = Conference.State


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("reason"), max_length=300, widget=forms.Textarea({"rows": 3}))


class CorrectionForm(forms.ModelForm):
    class Meta:
        model = Correction
        fields = ("what", "reason", "public_note")
        widgets = dict.fromkeys(("what", "reason", "public_note"), forms.Textarea({"rows": 3}))


class Step(NamedTuple):
    """One decision about a conference.

    `permissions`: any of them; `states`: those in which it is offered, and `is_offered` what else must be true. What
    `form` asks for goes to `act` by name. `shows_changes`: with what changed since the last publication; `is_checked`:
    refused while a finding blocks it.
    """

    name: str
    label: Any
    explanation: Any
    done: Any
    permissions: tuple[str, ...]
    states: tuple[str, ...]
    act: Callable[..., Any]
    form: type[forms.BaseForm] = forms.Form
    is_offered: Callable[[Conference], bool] = lambda _conference: True
    shows_changes: bool = False
    is_checked: bool = False


STEPS = (
    Step(
        "submit",
        _("Submit"),
        _("The conference goes to the approver. Until it comes back nobody can change it."),
        _("The conference was submitted."),
        ("conferences.submit_conference",),
        (State.DRAFT,),
        Conference.submit,
        shows_changes=True,
        is_checked=True,
    ),
    Step(
        "publish",
        _("Publish"),
        _("The pages open to their audience. Winners stay hidden until they are announced."),
        _("The conference was published."),
        ("conferences.publish_conference",),
        (State.SUBMITTED,),
        Conference.publish,
        shows_changes=True,
        is_checked=True,
    ),
    Step(
        "return",
        _("Return to the clerk"),
        _(
            "The clerk reads the reason on the desk and on the record, changes the record and submits it again. A time"
            " set for the winners no longer holds."
        ),
        _("The conference went back to the clerk."),
        ("conferences.publish_conference",),
        (State.SUBMITTED,),
        Conference.give_back,
        ReasonForm,
    ),
    Step(
        "take-back",
        _("Take back"),
        _("The approver no longer has the conference, and it can be changed again."),
        _("The conference is a draft again."),
        ("conferences.submit_conference",),
        (State.SUBMITTED,),
        Conference.withdraw,
    ),
    Step(
        "withdraw",
        _("Withdraw"),
        _("The pages close, and the clerk can change the record again. A time set for the winners no longer holds."),
        _("The conference is a draft again."),
        ("conferences.publish_conference",),
        (State.PUBLISHED,),
        Conference.withdraw,
        ReasonForm,
    ),
    Step(
        "lock",
        _("Lock"),
        _("The record is final. The pages stay open; from now on only a correction changes it."),
        _("The conference was locked."),
        ("conferences.lock_conference",),
        (State.PUBLISHED,),
        Conference.lock,
    ),
    Step(
        "correct",
        _("Open a correction"),
        _(
            "The pages close until the corrected record is submitted and published by two people; then it is locked"
            " again, and the page says that it was corrected. A time set for the winners no longer holds."
        ),
        _("The correction is open; the clerk can change the record."),
        ("conferences.correct_conference",),
        (State.LOCKED,),
        Conference.correct,
        CorrectionForm,
    ),
)


CORRECTED = _("Corrected on %(when)s: %(what)s · reason: %(reason)s · opened by %(who)s")
BEING_CORRECTED = _("Being corrected since %(when)s: %(what)s · reason: %(reason)s · opened by %(who)s")


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
            if conference.state in step.states
            and any(request.user.has_perm(name) for name in step.permissions)
            and step.is_offered(conference)
        ]

    def step_view(self, request: HttpRequest, *, pk: int, step: str) -> HttpResponse:
        """Asks first; does it on POST. What is not the user's, or no step, is not there."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        chosen = next((one for one in self.steps if one.name == step), None)
        if conference is None or chosen is None or not self.has_view_permission(request, conference):  # type: ignore[attr-defined]
            raise Http404
        form = chosen.form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._take(request, conference, chosen, form.cleaned_data)
        return desk_page(
            self,
            request,
            "admin/conferences/step.html",
            title=chosen.label,
            about=conference,
            conference=conference,
            seen=_seen(conference),
            step=chosen,
            form=form,
            is_due=chosen in self.steps_due(request, conference),
            counts=self.step_counts(conference),
            notes=list(self.notes(conference)),
            since=since_last_publication(conference) if chosen.shows_changes else None,
            panel=panel_of(conference) if chosen.is_checked else None,
        )

    def notes(self, record: Conference) -> Iterator[str]:
        """What must be said about the record before anything else: why it came back, what is being corrected."""
        corrections = [] if record.state == State.PUBLISHED else list(record.corrections.select_related("opened_by"))
        for one in corrections:
            text = CORRECTED if one.published_at else BEING_CORRECTED
            when = moment(one.published_at or one.opened_at)
            yield text % {"when": when, "what": one.what, "reason": one.reason, "who": one.opened_by}
        if record.returned_at and record.returned_at not in {one.opened_at for one in corrections}:
            said = {"when": moment(record.returned_at), "who": record.returned_by, "reason": record.return_reason}
            yield gettext("Returned on %(when)s by %(who)s: %(reason)s") % said

    def step_counts(self, conference: Conference) -> list[tuple[Any, int]]:
        """What the record holds, for a last look: pairs of label and number."""
        parts = ("agenda", "speeches", "figures", "tasks", "attachments", "commendations")
        managers = [getattr(conference, part) for part in parts]
        return [(manager.model._meta.verbose_name_plural, manager.count()) for manager in managers]

    def _take(self, request: HttpRequest, conference: Conference, step: Step, said: dict[str, Any]) -> HttpResponse:
        if attempt(request, lambda: _act(request, conference, step, said)):
            self.log_change(request, conference, str(step.label))  # type: ignore[attr-defined]
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(name, args=[conference.pk]))


def _act(request: HttpRequest, conference: Conference, step: Step, said: dict[str, Any]) -> Any:
    """What is said of it. Raises Refused where another state was shown, and whatever the act itself raises."""
    if request.POST.get("seen", _seen(conference)) != _seen(conference) or conference.state not in step.states:
        raise Refused(_("Someone else changed this conference in the meantime. Look at it again."))
    step.act(conference, by=request.user, **said)
    return step.done


def _seen(conference: Conference) -> str:
    """The state that a page shows: what was taken back, changed and submitted anew is another one."""
    return f"{conference.state} {conference.submitted_at or ''}"


def moment(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
