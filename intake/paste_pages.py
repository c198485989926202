"""The pages of the desk where a table or winners are pasted."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards.models import HonourRoll
from conferences.models import Conference
from courts.access import own, writes_for
from courts.refusals import Refused
from intake.kinds import Scope
from intake.models import Import
from intake.paste_forms import TableForm, WinnersForm
from intake.pasting import as_pasted
from intake.views import scope_for
from intake.winners import Pasted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paste_table(request: HttpRequest, *, conference: int) -> HttpResponse:
    """A table for one part of a conference; it is compared first, as a file is. `list`: one that is to be corrected."""
    scope = scope_for(request.user, conference)
    if not request.user.has_perm("conferences.change_conference"):
        raise Http404
    form = TableForm(request.POST or None, scope=scope, user=request.user, initial=_to_begin_with(request, scope))
    if form.kinds and form.is_valid() and (one := form.bring()):
        return redirect("intake:preview", pk=one.pk)
    context = {**admin.site.each_context(request), "conference": scope.conference, "form": form}
    return TemplateResponse(request, "admin/lists/paste_table.html", context)


def _to_begin_with(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    named = request.GET.get("list", "")
    if not named:
        return {"kind": request.GET.get("kind")}
    lists = own(Import.objects.open_in(scope.conference), request.user)
    one = get_object_or_404(lists, pk=named if named.isascii() and named.isdecimal() else 0)
    return {"kind": one.kind, "new_names": one.new_names, "text": as_pasted(one)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paste_winners(request: HttpRequest, *, conference: int) -> HttpResponse:
    """Names for one award: read and compared, shown line by line, and saved once every line is settled."""
    found: Any = scope_for(request.user, conference).conference
    if not (request.user.has_perm("awards.add_commendation") and writes_for(request.user, found.court_id)):
        raise Http404
    form = WinnersForm(request.POST or None, conference=found, initial={"category": request.GET.get("category")})
    pasted = _read(request, found, form) if found.is_editable and form.is_valid() else None
    if pasted and "save" in request.POST and _saved(request, found, pasted):
        return redirect("admin:awards_honourroll_change", found.pk)
    context = {**admin.site.each_context(request), "conference": found, "form": form, "pasted": pasted}
    return TemplateResponse(request, "admin/lists/paste_winners.html", context)


def _read(request: HttpRequest, conference: Conference, form: WinnersForm) -> Pasted | None:
    cleaned = form.cleaned_data
    try:
        return Pasted(conference, cleaned["category"], cleaned["text"], by=request.user, choices=request.POST.dict())
    except Refused as refused:
        form.add_error("text", refused)
        return None


def _saved(request: HttpRequest, conference: Conference, pasted: Pasted) -> bool:
    try:
        count = pasted.save(seen=request.POST.get("seen", ""))
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return False
    roll = HonourRoll.objects.get(pk=conference.pk)
    said = ngettext("%(count)d winner was added.", "%(count)d winners were added.", count) % {"count": count}
    admin.site.get_model_admin(HonourRoll).log_change(request, roll, said)
    messages.success(request, said)
    return True
