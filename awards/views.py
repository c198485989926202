"""Award lists as files."""

from django.http import HttpRequest, HttpResponse


def export(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
