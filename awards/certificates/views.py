"""The check pages of certificates."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.certificates.checking import confirmed, numbered
from awards.certificates.forms import NumberForm


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
