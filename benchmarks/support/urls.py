"""The site's own addresses, and the three views that its pages are measured against."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from awards.models import Commendation
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


@login_not_required
def rows(request: HttpRequest) -> HttpResponse:
    """A template that makes 30 KB of the rows of one query: the winners, each in a line of a table."""
    winners = Commendation.objects.select_related("category").order_by("category", "order")
    return render(request, "bench/rows.html", {"winners": winners})


urlpatterns = [
    path("bench/constant/", constant),
    path("bench/template/", template),
    path("bench/rows/", rows),
    *site,
]
