"""Certificates are chosen, looked at, printed and taken: pages of the desk."""

from dataclasses import asdict
from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conferences.models import Conference
from courts.access import own
from courts.refusals import Refused
from papers.certificates import printing
from papers.certificates.acts import ACTS
from papers.certificates.choosing import Choice
from papers.certificates.forms import LayoutForm
from papers.certificates.sheets import Layout, preview, winners_of
from papers.models import Printing

TYPES = {Printing.Output.PDF: "application/pdf", Printing.Output.ZIP: "application/zip"}


def conference_for(user: Any, pk: int) -> Conference:
    """One of the own court, for whoever prints certificates. What is not the user's is not there."""
    if not user.has_perm(printing.PERMISSION):
        raise Http404
    return get_object_or_404(own(Conference.objects.select_related("court"), user), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, *, conference: int) -> HttpResponse:
    """Whose certificates, on what; the first of them as it would look, and what is missing."""
    choice = Choice(conference_for(request.user, conference), request.POST or None)
    if choice.is_to_print:
        try:
            return redirect("papers:printing", pk=choice.begin(request).pk)
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
    context = {**admin.site.each_context(request), "choice": choice}
    return TemplateResponse(request, "admin/papers/certificates.html", context)


@never_cache
@require_safe
def certificate_preview(request: HttpRequest, *, conference: int, winner: int) -> HttpResponse:
    """A picture of one certificate; nothing is numbered."""
    found = conference_for(request.user, conference)
    form, winners = LayoutForm({**asdict(Layout()), **request.GET.dict()}), winners_of(found, [winner])
    if not (form.is_valid() and winners):
        raise Http404
    base = request.build_absolute_uri("/").rstrip("/")
    return HttpResponse(preview(winners[0], found.court, form.layout, base=base), content_type="image/png")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def printing_page(request: HttpRequest, *, pk: int) -> HttpResponse:
    """How far a printing is; by POST, what is done with it."""
    one = printing_for(request.user, pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(request, one)
    context = {**admin.site.each_context(request), "one": one, "certificates": one.certificates.in_order()}
    return TemplateResponse(request, "admin/papers/printing.html", context)


@never_cache
@require_safe
def printing_file(request: HttpRequest, *, pk: int) -> FileResponse:
    """What was printed, for a day."""
    one = printing_for(request.user, pk)
    try:
        file = one.file.open("rb")
    except (ValueError, FileNotFoundError) as error:  # none yet, or not any more
        raise Http404 from error
    return FileResponse(
        file, as_attachment=True, filename=one.filename, content_type=TYPES[Printing.Output(one.output)]
    )


def printing_for(user: Any, pk: int) -> Printing:
    if not user.has_perm(printing.PERMISSION):
        raise Http404
    return get_object_or_404(own(Printing.objects.select_related("conference", "court", "by"), user), pk=pk)
