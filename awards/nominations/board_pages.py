"""The board of a selection in the admin, and the page of one nomination: looked at, checked, approved, returned."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Nomination, Opinion, Selection
from awards.nominations.board import board_of, line_of
from awards.nominations.nominating import STEPS, ask, let_pass, record_opinion, set_ranks, steps_for, take, take_back
from courts.acting import attempt
from courts.desk_pages import desk_page
from courts.refusals import Refused

HIGHEST_RANK = 32767


class ActForm(forms.Form):
    """Which nominations were ticked, and what was typed beside the buttons."""

    chosen = forms.TypedMultipleChoiceField(coerce=int, required=False)
    reason = forms.CharField(required=False)
    body = forms.CharField(required=False)

    def __init__(self, data: Any, keys: list[int]) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class RankForm(forms.Form):
    """A rank for each nomination: `rank-12` for that of key 12; empty takes it away."""

    def __init__(self, data: Any, keys: list[int]) -> None:
        super().__init__(data)
        for key in keys:
            self.fields[f"rank-{key}"] = forms.IntegerField(min_value=1, max_value=HIGHEST_RANK, required=False)

    @property
    def ranks(self) -> dict[int, int | None]:
        return {int(name.removeprefix("rank-")): rank for name, rank in self.cleaned_data.items() if name in self.data}


class OpinionForm(forms.Form):
    verdict = forms.ChoiceField(label=_("opinion"), choices=Opinion.Verdict.choices)
    text = forms.CharField(label=_("in words"), max_length=300, required=False)
    given_on = forms.DateField(
        label=_("given on"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class BoardPages:
    """Adds the board and the pages of its nominations to the admin of selections."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<int:pk>/board/", view(self.board_view), name="awards_selection_board"),
            path("<int:pk>/board/<int:nomination>/", view(self.nomination_view), name="awards_selection_nomination"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def _selection(self, request: HttpRequest, pk: int) -> Selection:
        """What is not the user's is not there."""
        selection = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if selection is None or not request.user.has_perm("awards.view_nomination"):
            raise Http404
        return selection

    def board_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        selection = self._selection(request, pk)
        if request.method == "POST":
            attempt(request, lambda: self._act(request, selection))
            return HttpResponseRedirect(reverse("admin:awards_selection_board", args=[pk]))
        return desk_page(
            self,
            request,
            "admin/awards/board.html",
            title=_("Board"),
            about=selection,
            selection=selection,
            board=board_of(selection),
            steps=steps_for(request.user),
            may_handle=request.user.has_perm("awards.handle_nomination"),
        )

    def nomination_view(self, request: HttpRequest, *, pk: int, nomination: int) -> HttpResponse:
        selection = self._selection(request, pk)
        found = selection.nominations.with_names().with_steps().filter(pk=nomination).first()
        if found is None:
            raise Http404
        if request.method == "POST":
            attempt(request, lambda: self._act_on(request, found))
            return HttpResponseRedirect(reverse("admin:awards_selection_nomination", args=[pk, nomination]))
        return desk_page(
            self,
            request,
            "admin/awards/nomination.html",
            title=_("Nomination"),
            about=found,
            selection=selection,
            line=line_of(found),
            steps=steps_for(request.user),
            may_handle=request.user.has_perm("awards.handle_nomination"),
            may_override=request.user.has_perm("awards.override_finding"),
            opinion_form=OpinionForm(auto_id=False),
        )

    def _act(self, request: HttpRequest, selection: Selection) -> Any:
        keys = list(selection.nominations.values_list("pk", flat=True))
        form, name = ActForm(request.POST, keys), request.POST.get("act", "")
        if not form.is_valid():
            raise Refused(_("Choose the nominations first."))
        chosen, said = form.cleaned_data["chosen"], form.cleaned_data
        if name == "ranks":
            return self._set_ranks(request, selection, keys)
        if name == "ask":
            asked = ask(selection, chosen, body=said["body"], by=request.user)
            return _("Recorded: asked about %(count)d nominations.") % {"count": asked}
        step = next((one for one in STEPS if one.name == name), None)
        if step is None:
            raise Refused(_("Choose what to do."))
        count = take(step, selection, chosen, by=request.user, reason=said["reason"])
        return _("%(step)s: %(count)d nominations.") % {"step": step.label, "count": count}

    def _set_ranks(self, request: HttpRequest, selection: Selection, keys: list[int]) -> Any:
        form = RankForm(request.POST, keys)
        if not form.is_valid():
            raise Refused(_("A rank is a whole number from 1 on."))
        count = set_ranks(selection, form.ranks, by=request.user)
        return _("Ranks saved: %(count)d changed.") % {"count": count}

    def _act_on(self, request: HttpRequest, nomination: Nomination) -> Any:
        act, key = request.POST.get("act", ""), request.POST.get("key", "")
        if act == "let-pass":
            let_pass(nomination, key, reason=request.POST.get("reason", ""), by=request.user)
            return _("The finding no longer holds the nomination up.")
        if act == "take-back":
            take_back(nomination, key, by=request.user)
            return _("The finding counts again.")
        if act == "opinion":
            return self._record_opinion(request, nomination, key)
        return self._act(request, nomination.selection)

    def _record_opinion(self, request: HttpRequest, nomination: Nomination, key: str) -> Any:
        opinion = next((one for one in nomination.opinions.all() if str(one.pk) == key), None)
        form = OpinionForm(request.POST)
        if opinion is None or not form.is_valid():
            raise Refused(_("Say what the opinion is."))
        record_opinion(opinion, **form.cleaned_data, by=request.user)
        return _("The opinion was recorded.")
