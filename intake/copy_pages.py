"""The pages of the desk that copy a conference: which one, and what comes along."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.admin import ConferenceForm
from conferences.models import Conference
from courts.access import own
from courts.constraints import RecordForm
from courts.models import Court
from courts.widgets import LightDate
from intake.copying import Parts, copy, first_values, taken_along

MOST = 30  # conferences to choose from


class CopyForm(RecordForm):
    """The new conference as far as it differs, and the parts that come along."""

    parts = forms.MultipleChoiceField(label=_("What comes along"), required=False, widget=forms.CheckboxSelectMultiple)

    reported_at = ConferenceForm.reported_at

    class Meta:
        model = Conference
        fields = ("title", "number", "year_reviewed", "year_planned", "starts_on", "ends_on")
        widgets = {"starts_on": LightDate, "ends_on": LightDate}

    def __init__(self, *args: Any, source: Conference, **kwargs: Any) -> None:
        kwargs["instance"] = Conference(court=source.court, kind=source.kind)
        kwargs["initial"] = first_values(source)
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["class"] = "vTextField"
        counts = taken_along(source)
        self.fields["parts"].choices = [  # type: ignore[attr-defined]
            (part.value, f"{part.label} ({counts[part]})") for part in Parts if counts[part]
        ]
        self.initial["parts"] = [part.value for part in Parts if counts[part] and part is not Parts.MEASURES]
        if source.kind == Conference.Kind.ANNUAL:
            del self.fields["number"]  # always 1

    def _get_validation_exclusions(self) -> set[str]:
        """What is given and not typed is part of the uniqueness check all the same."""
        return super()._get_validation_exclusions() - {"court", "kind", "number"}  # type: ignore[misc]


def _may_copy(request: HttpRequest) -> None:
    if not request.user.has_perm("conferences.add_conference"):
        raise Http404


def choose(request: HttpRequest) -> HttpResponse:
    """The conferences of the own court, of which one is copied."""
    _may_copy(request)
    conferences = own(Conference.objects.newest_first().select_related("court"), request.user)[:MOST]
    context = {**admin.site.each_context(request), "title": _("Copy last year"), "conferences": conferences}
    return render(request, "admin/intake/copy_choose.html", context)


@transaction.atomic
def copy_conference(request: HttpRequest, *, conference: int) -> HttpResponse:
    """Asks what comes along; on POST the new conference opens."""
    _may_copy(request)
    source = get_object_or_404(own(Conference.objects.select_related("court"), request.user), pk=conference)
    if request.method == "POST":  # of two copies at once the second one finds the first
        Court.objects.select_for_update().get(pk=source.court_id)
    form = CopyForm(request.POST or None, source=source)
    if form.is_valid():
        made = copy(source, form.instance, form.cleaned_data["parts"], by=request.user)
        return _opened(request, source, made)
    context = {**admin.site.each_context(request), "title": _("Copy last year"), "source": source, "form": form}
    return render(request, "admin/intake/copy_conference.html", context)


def _opened(request: HttpRequest, source: Conference, made: Conference) -> HttpResponse:
    page = admin.site.get_model_admin(Conference)
    page.log_addition(request, made, [{"added": {}}])
    messages.success(request, _("Copied from “%(title)s”. It is a draft of its own now.") % {"title": source.title})
    return HttpResponseRedirect(reverse("admin:conferences_conference_change", args=[made.pk]))
