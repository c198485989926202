"""The pages of several years and of several courts: find what the reader may see, load it, render it."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conferences.caching import Built, cached
from conferences.listing import find_court
from courts.models import Court
from years.below import below_page
from years.comparing import years_page
from years.workbook import years_response


@login_not_required
@require_safe
def years(request: HttpRequest, *, court: str) -> HttpResponse:
    def build() -> Built:
        found = find_court(court)
        until = found.conferences.next_announcement()  # asked first: it may come while the page is built
        page = years_page(found, request.user, request.GET.getlist("years"))
        return Built(render(request, "years/court_years.html", page), until)

    return cached(request, Court.objects.revision_of(court), build)


@login_not_required
@require_safe
def workbook(request: HttpRequest, *, court: str) -> FileResponse:
    return years_response(find_court(court), request.user, request.GET.getlist("years"))


@require_safe
@permission_required("courts.read_courts_below", raise_exception=True)
def courts_below(request: HttpRequest) -> HttpResponse:
    return render(request, "years/courts_figures.html", below_page(request.user, request.GET))
