"""What machines read: found, asked for and sent as the pages are, with their rules, caches and marks."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from conferences.caching import Built, cached
from conferences.listing import find_court
from conferences.models import Conference
from conferences.pages import CORRECTIONS, find_series
from conferences.views import ANNUAL
from courts.models import Court
from exchange.court_list import court_list
from exchange.court_list import list_schema as written_list_schema
from exchange.document import as_bytes, document
from exchange.entries import entries
from exchange.feeds import feed_of_conference, feed_of_many
from exchange.ics import calendar
from exchange.schema import schema as written_schema
from exchange.sitemaps import SITEMAPS
from exchange.visible import Reader

JSON, SCHEMA_JSON = "application/json", "application/schema+json"
ATOM, ICS, TEXT = "application/atom+xml; charset=utf-8", "text/calendar; charset=utf-8", "text/plain; charset=utf-8"


@login_not_required
@require_safe
def conference_json(request: HttpRequest, *, court: str, year: int, meeting: tuple[str, int] = ANNUAL) -> HttpResponse:
    def build() -> Built:
        found: Any = find_series(request.user, court=court, year=year, meeting=meeting).conference
        content = as_bytes(document(found, Reader.of(request.user, found.court_id)))
        return Built(HttpResponse(content, content_type=JSON), found.next_announcement)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def conference_feed(request: HttpRequest, *, court: str, year: int, meeting: tuple[str, int] = ANNUAL) -> HttpResponse:
    def build() -> Built:
        found: Any = find_series(request.user, court=court, year=year, meeting=meeting).conference
        (entry,) = entries(Conference.objects.visible_to(request.user).with_key(found.pk))
        corrections = list(CORRECTIONS(found.pk)) if found.locked_at else []
        content = feed_of_conference(entry, corrections, request.build_absolute_uri, own=request.path)
        return Built(HttpResponse(content, content_type=ATOM), found.next_announcement)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def conference_calendar(
    request: HttpRequest, *, court: str, year: int, meeting: tuple[str, int] = ANNUAL
) -> HttpResponse:
    def build() -> Built:
        found = find_series(request.user, court=court, year=year, meeting=meeting).conference
        if found.starts_on is None:
            raise Http404
        rows = entries(Conference.objects.visible_to(request.user).with_key(found.pk))
        return Built(_calendar(request, found.title, rows))

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def court_calendar(request: HttpRequest, *, court: str) -> HttpResponse:
    def build() -> Built:
        found = find_court(court)
        return Built(_calendar(request, found.name, entries(found.conferences.visible_to(request.user))))

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def court_json(request: HttpRequest, *, court: str) -> HttpResponse:
    def build() -> Built:
        found = find_court(court)
        until = found.conferences.next_announcement()
        rows = entries(found.conferences.visible_to(request.user))
        content = as_bytes(court_list(found, rows, request.build_absolute_uri))
        return Built(HttpResponse(content, content_type=JSON), until)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def court_feed(request: HttpRequest, *, court: str) -> HttpResponse:
    def build() -> Built:
        found = find_court(court)
        until = found.conferences.next_announcement()
        rows = entries(found.conferences.visible_to(request.user))
        content = feed_of_many(rows, request.build_absolute_uri, own=request.path, court=found)
        return Built(HttpResponse(content, content_type=ATOM), until)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def site_feed(request: HttpRequest) -> HttpResponse:
    def build() -> Built:
        until = Conference.objects.next_announcement()
        rows = entries(Conference.objects.visible_to(request.user))
        content = feed_of_many(rows, request.build_absolute_uri, own=request.path)
        return Built(HttpResponse(content, content_type=ATOM), until)

    return cached(request, Court.objects.total_revision(), build)


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The same for every reader: what everyone may open."""

    def build() -> Built:
        until = Conference.objects.next_announcement()
        return Built(sitemaps.sitemap(request, SITEMAPS).render(), until)

    return cached(request, Court.objects.total_revision(), build)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    def build() -> Built:
        closed = [reverse(name) for name in ("admin:index", "login", "search")]
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
        lines.append(f"Sitemap: {request.build_absolute_uri(reverse('exchange:sitemap'))}")
        return Built(HttpResponse("\n".join(lines) + "\n", content_type=TEXT))

    return cached(request, "robots", build)


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    return cached(request, "schema", lambda: Built(HttpResponse(as_bytes(written_schema()), content_type=SCHEMA_JSON)))


@login_not_required
@require_safe
def list_schema(request: HttpRequest) -> HttpResponse:
    content = as_bytes(written_list_schema())
    return cached(request, "list-schema", lambda: Built(HttpResponse(content, content_type=SCHEMA_JSON)))


def _calendar(request: HttpRequest, name: str, rows: list[Any]) -> HttpResponse:
    def address(conference: Conference) -> str:
        return request.build_absolute_uri(conference.get_absolute_url())

    return HttpResponse(calendar(name, rows, address), content_type=ICS)
