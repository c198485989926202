"""The archive package of a conference: a page of the desk."""

from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from archive.acts import ACTS
from archive.models import ArchivePackage
from archive.packing import taken
from archive.pages import page_of
from conferences.models import Conference
from courts.access import own, see_drafts
from courts.refusals import Refused


def conference_for(user: Any, pk: int) -> Conference:
    """One of the own court, for its clerks and approvers. What is not the user's is not there."""
    if not see_drafts(user):
        raise Http404
    return get_object_or_404(own(Conference.objects.select_related("court"), user), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def package(request: HttpRequest, *, conference: int) -> HttpResponse:
    """The package, how far it is, and what is in it; by POST, what is done with it."""
    one = conference_for(request.user, conference)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        question = ""
        try:
            act(one, request.user)
        except Refused as refused:  # the page asks for no more by itself
            messages.error(request, " ".join(refused.messages))
            question = "?halted=1"
        return redirect(reverse("archive:package", args=[one.pk]) + question)
    return TemplateResponse(request, "admin/archive/package.html", {**admin.site.each_context(request), **page_of(one)})


@never_cache
@require_POST
def take(request: HttpRequest, *, conference: int) -> FileResponse:
    """The file; by POST, so that each download is logged once."""
    one = ArchivePackage.objects.kept(conference_for(request.user, conference))
    try:
        if one is None:
            raise Http404
        file = taken(one, by=request.user)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=one.filename, content_type="application/zip")
