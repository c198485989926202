"""The pages: find what the reader may see, load it, render it."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conferences.below import courts_below_page
from conferences.caching import Built, cached
from conferences.departments import department_page, find_department
from conferences.downloads import download
from conferences.editions import edition_page
from conferences.listing import court_page, find_court, home_page
from conferences.models import Attachment, Conference
from conferences.pages import conference_page, find_series, speech_page
from conferences.reading import counted_page
from conferences.sharing import shared
from courts.models import Court

ANNUAL = (Conference.Kind.ANNUAL, 1)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    def build() -> Built:
        until = Conference.objects.next_announcement()  # asked first: it may come while the page is built
        page = home_page(request.user, request.GET)
        return Built(render(request, "conferences/conference_list.html", page), until)

    return cached(request, Court.objects.total_revision(), build)


@login_not_required
@require_safe
def court(request: HttpRequest, *, court: str) -> HttpResponse:
    def build() -> Built:
        found = find_court(court)
        until = found.conferences.next_announcement()
        page = court_page(found, request.user)
        return Built(render(request, "conferences/court_detail.html", page), until)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def department(request: HttpRequest, *, court: str, pk: int) -> HttpResponse:
    def build() -> Built:
        found = find_department(request.user, court=court, pk=pk)
        until = found.court.conferences.next_announcement()
        return Built(render(request, "conferences/department_detail.html", department_page(found, request.user)), until)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def conference(request: HttpRequest, *, court: str, year: int, meeting: tuple[str, int] = ANNUAL) -> HttpResponse:
    def build() -> Built:
        series = find_series(request.user, court=court, year=year, meeting=meeting)
        found = series.conference
        address = request.build_absolute_uri(found.get_absolute_url())
        page = conference_page(series, request.user) | shared(found, address)
        response = render(request, "conferences/conference_detail.html", page)
        return Built(response, found.next_announcement, counted_page(found, request.user))  # type: ignore[attr-defined]

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def speech(request: HttpRequest, *, court: str, year: int, pk: int, meeting: tuple[str, int] = ANNUAL) -> HttpResponse:
    def build() -> Built:
        series = find_series(request.user, court=court, year=year, meeting=meeting)
        response = render(request, "conferences/speech_detail.html", speech_page(series.conference, pk))
        return Built(response, read=counted_page(series.conference, request.user, pk))

    return cached(request, Court.objects.revision_of(court), build)


@require_safe
def edition(
    request: HttpRequest, *, court: str, year: int, number: int, meeting: tuple[str, int] = ANNUAL
) -> HttpResponse:
    series = find_series(request.user, court=court, year=year, meeting=meeting)
    page = edition_page(series, request.user, number=number)
    return render(request, "conferences/edition_detail.html", page)


@require_safe
@permission_required("courts.read_courts_below", raise_exception=True)
def courts_below(request: HttpRequest) -> HttpResponse:
    return render(request, "conferences/courts_below.html", courts_below_page(request.user, request.GET))


@login_not_required
@require_safe
def attachment(request: HttpRequest, *, key: str) -> FileResponse:
    return download(get_object_or_404(Attachment.objects.visible_to(request.user), key=key), request.user)
