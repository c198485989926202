"""Papers made from the record: pages of the desk."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from courts.access import see_drafts
from courts.models import Court
from courts.refusals import Refused
from papers.delivery import download, file_of, pages_of, respond
from papers.docx.template import standard_template as standard
from papers.docx.writing import DOCX_TYPE
from papers.kinds import KINDS, Kind
from papers.made import Made
from papers.models import CourtTemplate
from papers.pages import years_of


class DepartmentForm(forms.Form):
    """For which department alone a paper is made; empty: for all."""

    department = forms.IntegerField(required=False)


def found(request: HttpRequest, kind: str, key: int) -> tuple[Kind, Made]:
    """The paper, made from the record. What is not of the user's own court is not there."""
    one, form = KINDS.get(kind), DepartmentForm(request.GET)
    chosen = form.cleaned_data if one and one.by_department and form.is_valid() else {}
    made = one.made(request.user, key, **chosen) if one and see_drafts(request.user) else None
    if one is None or made is None:
        raise Http404
    return one, made


@never_cache
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """All papers that the court's record gives."""
    if not see_drafts(request.user):
        raise Http404
    context = {**admin.site.each_context(request), "years": years_of(request.user)}
    return TemplateResponse(request, "admin/papers/papers.html", context)


@never_cache
@require_safe
def paper(request: HttpRequest, *, kind: str, key: int) -> HttpResponse:
    """One paper: what is missing, how its numbers agree with the list, and its pages."""
    one, made = found(request, kind, key)
    own = CourtTemplate.objects.of(made.court, kind)
    context = {**admin.site.each_context(request), "kind": one, "key": key, "made": made, "own": own}
    context["query"] = f"?department={made.department}" if made.department else ""
    try:
        context["pages"] = range(1, len(pages_of(made)) + 1)
    except Refused as refused:
        context["refusal"] = " ".join(refused.messages)
    return TemplateResponse(request, "admin/papers/paper.html", context)


@never_cache
@require_safe
def page(request: HttpRequest, *, kind: str, key: int, number: int) -> HttpResponse:
    """A picture of one page."""
    pages = pages_of(found(request, kind, key)[1])
    if not 1 <= number <= len(pages):
        raise Http404
    return HttpResponse(pages[number - 1], content_type="image/png")


@never_cache
@require_POST
def take(request: HttpRequest, *, kind: str, key: int) -> HttpResponse:
    """The paper as a file; by POST, so that each download is logged once."""
    one, made = found(request, kind, key)
    file_format = request.POST.get("file_format", "")
    own = CourtTemplate.objects.of(made.court, kind) if "own" in request.POST else None
    if file_format not in one.formats:
        raise Http404
    try:
        content = file_of(made, file_format, own)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(f"{reverse('papers:paper', args=[kind, key])}?{request.GET.urlencode()}")
    return respond(made, content, one.label, file_format, by=request.user)


def court_of(user: Any) -> Court | None:
    return user.court


@never_cache
@require_safe
def standard_template(request: HttpRequest, *, kind: str) -> HttpResponse:
    """The template that a clerk begins with."""
    court = court_of(request.user)
    if not (see_drafts(request.user) and court and kind in CourtTemplate.Kind.values):
        raise Http404
    return download(standard(court.name), f"{court.name}_表彰决定_标准模板.docx", DOCX_TYPE)


@never_cache
@require_safe
def own_template(request: HttpRequest, *, kind: str) -> HttpResponse:
    """The template that the court brought."""
    court = court_of(request.user)
    own = CourtTemplate.objects.of(court, kind) if see_drafts(request.user) and court else None
    if own is None:
        raise Http404
    with own.file.open() as file:
        return download(file.read(), own.filename, DOCX_TYPE)
