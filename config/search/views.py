"""The page of the search."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.search.finding import search_page


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Kept by nobody: what may be found changes with the reader, the record and the time."""
    response = render(request, "search.html", search_page(request.user, request.GET))
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
