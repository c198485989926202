"""The page of a conference in the admin on which figures of periods become those of the year."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.periods.rolling import Proposal, proposed, take_over
from courts.acting import attempt
from courts.refusals import Refused


class TakeOverForm(forms.Form):
    chosen = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, data: Any, proposals: list[Proposal]) -> None:
        super().__init__(data)
        self.fields["chosen"].choices = [(one.key, one.key) for one in proposals]  # type: ignore[attr-defined]


class PeriodsPage:
    """Adds the page to the admin of conferences."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.periods_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/periods/", view, name="conferences_conference_periods"), *super().get_urls()]  # type: ignore[misc]

    def periods_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Shows what the periods make beside what the record says; a POST takes over what was ticked."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not request.user.has_perm("conferences.change_figure"):
            raise Http404
        proposals = proposed(conference)
        if request.method == "POST":
            attempt(request, lambda: self._take_over(request, conference, TakeOverForm(request.POST, proposals)))
            return HttpResponseRedirect(reverse("admin:conferences_conference_periods", args=[pk]))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Figures from periods"),
            "subtitle": str(conference),
            "opts": self.opts,  # type: ignore[attr-defined]
            "conference": conference,
            "proposals": proposals,
            "may_take": conference.is_editable and any(one.is_open for one in proposals),
        }
        return TemplateResponse(request, "admin/conferences/periods.html", context)

    def _take_over(self, request: HttpRequest, conference: Conference, form: TakeOverForm) -> str:
        if not form.is_valid():
            raise Refused(_("Tick the figures first."))
        count = take_over(conference, form.cleaned_data["chosen"], by=request.user)
        done = str(_("Taken over: %(count)d figures.") % {"count": count})
        self.log_change(request, conference, done)  # type: ignore[attr-defined]
        return done
