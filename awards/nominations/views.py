"""The pages of a department's liaison: what may be nominated, the own nominations, and one of them."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import Evidence, Nomination, Selection
from awards.nominations.pages import form_of, hand_in, nomination_page, overview, withdraw
from conferences.files import content_type

NOMINATES = permission_required("awards.nominate_nomination", raise_exception=True)


@never_cache
@require_safe
@NOMINATES
def nominations(request: HttpRequest) -> HttpResponse:
    return render(request, "awards/nomination_list.html", overview(request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, *, selection: int) -> HttpResponse:
    """A new nomination; with `?category=` the award is chosen already."""
    found = get_object_or_404(Selection.objects.for_nominating(request.user), pk=selection)
    form = form_of(request, Nomination(selection=found)) if found.is_open() else None
    if form and form.is_valid() and (row := hand_in(request, form)):
        return redirect("nominations:nomination", pk=row.pk)
    return render(request, "awards/nomination_form.html", {"form": form, "selection": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nomination(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One nomination: changed while it is a draft or was returned, read and withdrawn afterwards."""
    rows = Nomination.objects.nominated_by(request.user).with_names().with_steps()
    page = nomination_page(request, get_object_or_404(rows, pk=pk))
    form = page["form"]
    if "withdraw" in request.POST and page["withdrawal"].is_valid():
        withdraw(request, page["nomination"], page["withdrawal"].cleaned_data["reason"])
        return redirect("nominations:nomination", pk=pk)
    if form and form.is_valid() and hand_in(request, form):
        return redirect("nominations:nomination", pk=pk)
    return render(request, "awards/nomination_detail.html", page)


@never_cache
@require_safe
def evidence(request: HttpRequest, *, key: str) -> FileResponse:
    """Always a download, for those alone who may read the nomination."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user), key=key)
    try:
        file = found.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=found.filename, content_type=content_type(found.filename))
