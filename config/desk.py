"""The admin site: its index is a clerk's desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from awards.models import PublicNotice, Selection
from conferences.checks import Assessment, assess_all
from conferences.models import Conference, Measure
from conferences.news import news
from conferences.reading_pages import read_lately
from courts.access import own, see_drafts

MOST = 8  # lines of each list: a desk, not an archive


class SeenForm(forms.Form):
    """`until`: when the last thing happened that was on the page."""

    until = forms.DateTimeField()


class Desk(admin.AdminSite):
    """The stock admin, with what is in draft, waiting, coming and last changed on its first page."""

    site_header = _("Court conferences")
    site_title = _("Court conferences")
    index_title = _("Desk")
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.disable_action("delete_selected")  # one at a time, with a look at what goes along

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the redirect to a row's page, which tells the addresses of drafts of every court."""
        stock = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [path("news/seen/", self.admin_view(self.news_seen), name="news_seen"), *stock]

    def each_context(self, request: Any) -> dict[str, Any]:
        return {**super().each_context(request), "news": news(request.user)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context = {"lists": desk_lists(request.user), "selections": desk_selections(request.user)}
        context |= desk_notices(request.user)
        context["followed"] = desk_tasks(request.user)
        context["readings"] = read_lately(request.user, MOST)
        return super().index(request, {**(extra_context or {}), **context})

    @method_decorator(require_POST)
    def news_seen(self, request: Any) -> HttpResponse:
        """Up to what the page showed: what came in the meantime is still news."""
        form = SeenForm(request.POST)
        if form.is_valid():
            request.user.mark_news_seen(min(form.cleaned_data["until"], timezone.now()))
        return HttpResponseRedirect(reverse("admin:index"))


@dataclass(frozen=True)
class Work:
    """One list of the desk. `says_why`: with the reason for which a conference came back.

    `assessments`: by the key of the conference, what was found about it; empty where that is not shown.
    """

    heading: Any
    conferences: Any
    says_why: bool = False
    assessments: Mapping[int, Assessment] = field(default_factory=dict)

    @property
    def lines(self) -> list[tuple[Conference, Assessment | None]]:
        return [(one, self.assessments.get(one.pk)) for one in self.conferences]


def desk_lists(user: Any) -> list[Work]:
    """The lists of the desk, with the conferences of the user's own court: what waits for this user comes first."""
    if not see_drafts(user):
        return []
    conferences = own(Conference.objects.select_related("court", "changed_by", "returned_by", "submitted_by"), user)
    in_draft = list(conferences.drafts().returned_first()[:MOST])
    submitted = list(conferences.submitted().order_by("submitted_at", "id")[:MOST])
    assessments = assess_all([*in_draft, *submitted])
    drafts = Work(_("In draft"), in_draft, says_why=True, assessments=assessments)
    waiting = Work(_("Waiting for the approver"), submitted, assessments=assessments)
    return [
        *([drafts, waiting] if user.has_perm("conferences.submit_conference") else [waiting, drafts]),
        Work(_("Coming"), conferences.coming(timezone.localdate())[:MOST]),
        Work(_("Changed last"), conferences.order_by("-changed_at", "-id")[:MOST]),
    ]


def desk_selections(user: Any) -> Any:
    """The selections of the own court that are open, or of which nominations wait for somebody."""
    if not user.has_perm("awards.view_nomination"):
        return []
    return own(Selection.objects.all(), user).with_waiting()[:MOST]  # type: ignore[attr-defined]


def desk_notices(user: Any) -> dict[str, Any]:
    """Public notices of the own court that are not concluded, and selections whose next step is one or the decision."""
    if not user.has_perm("awards.view_publicnotice"):
        return {"notices": [], "next_steps": []}
    notices, selections = own(PublicNotice.objects.all(), user), own(Selection.objects.all(), user)
    return {
        "notices": notices.open()[:MOST],  # type: ignore[attr-defined]
        "next_steps": selections.with_next_step()[:MOST],  # type: ignore[attr-defined]
    }


def desk_tasks(user: Any) -> Any:
    """The conferences of the own court of which measures are overdue or lack the report of the last quarter."""
    if not user.has_perm("conferences.follow_measure"):
        return []
    return Measure.objects.read_by(user).waiting_by_conference(timezone.localdate())[:MOST]
