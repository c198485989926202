"""The admin site: its index is a clerk's desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from courts.access import own, see_drafts

MOST = 8  # lines of each list: a desk, not an archive


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
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), "lists": desk_lists(request.user)})


def desk_lists(user: Any) -> list[tuple[Any, Any]]:
    """The lists of the desk: pairs of heading and conferences of the user's own court."""
    if not see_drafts(user):
        return []
    conferences = own(Conference.objects.select_related("court", "changed_by"), user)
    return [
        (_("In draft"), conferences.drafts().order_by("-changed_at", "-id")[:MOST]),
        (_("Waiting for the approver"), conferences.submitted().order_by("submitted_at", "id")[:MOST]),
        (_("Coming"), conferences.coming(timezone.localdate())[:MOST]),
        (_("Changed last"), conferences.order_by("-changed_at", "-id")[:MOST]),
    ]
