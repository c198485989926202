"""How often the pages of a court's conferences were read, for its clerks: on the desk, and page by page."""

import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, PageCount, Speech
from courts.access import own
from courts.desk_pages import desk_page

LATELY = datetime.timedelta(days=30)


class Read(NamedTuple):
    """A page with how often it was read in the last thirty days, today included, and in all."""

    page: Conference | Speech
    lately: int
    in_all: int


def read_lately(user: Any, most: int) -> list[Read]:
    """The last published conferences of the own court, with all their pages together. Two queries, or none."""
    if not user.has_perm("conferences.view_pagecount"):
        return []
    conferences = list(own(Conference.objects.published(), user).newest_first()[:most])  # type: ignore[attr-defined]
    counts = PageCount.objects.of_all(conferences).by_conference(_since())
    return [Read(one, *counts.get(one.pk, (0, 0))) for one in conferences]


def pages_read(conference: Conference) -> list[Read]:
    """The page of the conference and those of its speeches, in their order. Two queries."""
    counts = PageCount.objects.of_all([conference]).by_page(_since())
    pages = [(None, conference), *((speech.pk, speech) for speech in conference.speeches.defer("text", "summary"))]
    return [Read(page, *counts.get(key, (0, 0))) for key, page in pages]


def _since() -> datetime.date:
    return timezone.localdate() - LATELY + datetime.timedelta(days=1)


class ReadingsPage:
    """Adds the page to the admin of conferences."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.readings_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/readings/", view, name="conferences_conference_readings"), *super().get_urls()]  # type: ignore[misc]

    def readings_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not request.user.has_perm("conferences.view_pagecount"):
            raise Http404
        return desk_page(
            self,
            request,
            "admin/conferences/readings.html",
            title=_("Readings"),
            about=conference,
            conference=conference,
            pages=pages_read(conference),
        )
