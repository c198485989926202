"""The site's own addresses, and the two views that its pages are measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from conferences.models import Conference
from config.urls import urlpatterns as site

THIRTY_KB = 30 * 1024
PARAGRAPH = "湖面如镜，远山含黛；一年之计，始于今日。" * 4
CONSTANT = ("<!doctype html><title>constant</title>" + f"<p>{PARAGRAPH}</p>" * 200).encode()[:THIRTY_KB]


@login_not_required
def constant(request: HttpRequest) -> HttpResponse:
    """The cheapest answer of this size under the same middleware."""
    return HttpResponse(CONSTANT)


@login_not_required
def template(request: HttpRequest) -> HttpResponse:
    """A template of 30 KB that makes one query."""
    return render(request, "bench/thirty.html", {"conference": Conference.objects.get(), "paragraph": PARAGRAPH})


urlpatterns = [path("bench/constant/", constant), path("bench/template/", template), *site]
