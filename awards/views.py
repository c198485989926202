"""Award lists as files, and the check pages of certificates."""

from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.checking import confirmed, numbered
from awards.exports import respond
from awards.forms import ExportForm, NumberForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("awards.export_commendation", raise_exception=True)
def export(request: HttpRequest) -> HttpResponseBase:
    """The form with the totals of what it chooses; the file itself only by POST, so that each is logged once."""
    data = request.POST if request.method == "POST" else ExportForm.from_address(request.GET)
    form = ExportForm(data, user=request.user)
    if form.is_valid() and form.award_list and "download" in request.POST:
        return respond(form.award_list, form.cleaned_data["file_format"], by=request.user)
    return render(request, "awards/commendation_export.html", {"form": form})


@login_not_required
@never_cache
@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Asks for the number of a certificate. What the reader may not see is answered as what never existed."""
    form = NumberForm(request.GET or None)
    found = numbered(request.user, form.cleaned_data["number"]) if form.is_valid() else []
    return render(request, "awards/certificate_look_up.html", {"form": form, "found": found})


@login_not_required
@never_cache
@require_safe
def certificate(request: HttpRequest, *, key: str) -> HttpResponse:
    """Where the QR code of a certificate leads."""
    found = confirmed(request.user, key=key)
    if found is None:
        raise Http404
    return render(request, "awards/certificate_check.html", {"certificate": found})
