"""Award lists as files."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards.exports import respond
from awards.forms import ExportForm


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
