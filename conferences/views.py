"""The pages: find what the reader may see, load it, render it."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conferences.caching import cached
from conferences.files import content_type
from conferences.listing import court_page, find_court, home_page
from conferences.models import Attachment, Conference
from conferences.pages import conference_page, find_conference, speech_page
from conferences.sharing import shared
from courts.models import Court

ANNUAL = (Conference.Kind.ANNUAL, 1)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    def build() -> HttpResponse:
        return render(request, "conferences/conference_list.html", home_page(request.user, request.GET))

    return cached(request, build, Court.objects.total_revision(), Conference.objects.next_announcement())


@login_not_required
@require_safe
def court(request: HttpRequest, *, court: str) -> HttpResponse:
    found = find_court(court)

    def build() -> HttpResponse:
        return render(request, "conferences/court_detail.html", court_page(found, request.user))

    return cached(request, build, found.revision, found.conferences.next_announcement())


@login_not_required
@require_safe
def conference(request: HttpRequest, *, court: str, year: int, meeting: tuple[str, int] = ANNUAL) -> HttpResponse:
    found = find_conference(request.user, court=court, year=year, meeting=meeting)

    def build() -> HttpResponse:
        address = request.build_absolute_uri(found.get_absolute_url())
        page = conference_page(found, request.user) | shared(found, address)
        return render(request, "conferences/conference_detail.html", page)

    return cached(request, build, found.court.revision, found.next_announcement)


@login_not_required
@require_safe
def speech(request: HttpRequest, *, court: str, year: int, pk: int, meeting: tuple[str, int] = ANNUAL) -> HttpResponse:
    found = find_conference(request.user, court=court, year=year, meeting=meeting)
    page = speech_page(found, pk)

    def build() -> HttpResponse:
        return render(request, "conferences/speech_detail.html", page)

    return cached(request, build, found.court.revision)


@login_not_required
@require_safe
def attachment(request: HttpRequest, *, key: str) -> FileResponse:
    """Always a download. Nothing on the way keeps it: it may be withdrawn, or be for whoever is signed in alone."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), key=key)
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        file, as_attachment=True, filename=found.filename, content_type=content_type(found.filename)
    )
    response["Cache-Control"] = "private, no-store" if request.user.is_authenticated else "public, no-cache"
    return response
