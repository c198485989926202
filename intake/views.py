"""Lists in and out: pages of the desk."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from conferences.models import Conference
from courts.access import own
from courts.refusals import Refused
from intake.acts import ACTS
from intake.forms import ImportForm, lists_of
from intake.kinds import KINDS, Scope
from intake.leaving import FORMATS, download, template
from intake.models import Import
from intake.previewing import Preview


def scope_for(user: Any, conference: int | None) -> Scope:
    """The own court, or one of its conferences. What is not the user's is not there."""
    if conference is None:
        if user.court is None:
            raise Http404
        return Scope(user.court)
    if not user.has_perm("courts.read_drafts"):
        raise Http404
    found = get_object_or_404(own(Conference.objects.select_related("court"), user), pk=conference)
    return Scope(found.court, found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest, *, conference: int | None = None) -> HttpResponse:
    """The lists of a court or of a conference: a form to bring one, and each of them to take away."""
    scope = scope_for(request.user, conference)
    begun = {"kind": request.GET.get("kind")}
    form = ImportForm(request.POST or None, request.FILES or None, scope=scope, user=request.user, initial=begun)
    leaving = lists_of(scope, request.user)
    if not (form.kinds or leaving):
        raise PermissionDenied
    if form.is_valid() and (one := form.bring()):
        return redirect("intake:preview", pk=one.pk)
    context = {**admin.site.each_context(request), "scope": scope, "form": form, "leaving": leaving}
    return TemplateResponse(
        request, "admin/lists/lists.html", {**context, "formats": [(one.value, one.label) for one in FORMATS]}
    )


@never_cache
@require_POST
def take(request: HttpRequest, *, conference: int | None = None) -> HttpResponseBase:
    """A list as a file, or its template; by POST, so that each download is logged once."""
    scope = scope_for(request.user, conference)
    kind, file_format = KINDS.get(request.POST.get("kind", "")), request.POST.get("file_format")
    if kind not in lists_of(scope, request.user) or file_format not in FORMATS:
        raise Http404
    try:
        if "template" in request.POST:
            return template(kind, scope, file_format)
        return download(kind, scope, file_format, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(scope.address)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, *, pk: int) -> HttpResponse:
    """What would become of each row; by POST, what is done with the list."""
    if not request.user.has_perm("intake.view_import"):
        raise Http404
    one = get_object_or_404(own(Import.objects.select_related("court", "conference"), request.user), pk=pk)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        return act(request, one)
    shown = Preview(one, request.GET.get("show", ""), user=request.user)
    context = {**admin.site.each_context(request), "one": one, "preview": shown}
    return TemplateResponse(request, "admin/lists/preview.html", context)
