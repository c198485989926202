"""The pages of the follow-up: what a department has to do, the report on a measure, and its evidence."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conferences.downloads import download
from conferences.follow_up.pages import department_page, departments_of, form_of, hand_in, measure_page, overview
from conferences.models import Measure, ProgressFile


@never_cache
@require_safe
@permission_required("conferences.report_measure", raise_exception=True)
def tasks(request: HttpRequest) -> HttpResponse:
    return render(request, "conferences/measure_list.html", overview(request.user))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, *, pk: int) -> HttpResponse:
    """One measure with its reports; whoever may report writes the next one here."""
    found = get_object_or_404(Measure.objects.read_by(request.user).listed().with_steps(), pk=pk)
    form = form_of(request, found)
    if form and form.is_valid() and hand_in(request, found, form):
        return redirect("tasks:measure", pk=pk)
    return render(request, "conferences/measure_detail.html", measure_page(found, request.user, form))


@never_cache
@require_safe
def department(request: HttpRequest, *, pk: int) -> HttpResponse:
    """For the staff of the own court."""
    found = get_object_or_404(departments_of(request.user), pk=pk)
    return render(request, "conferences/department_measures.html", department_page(found, request.user))


@require_safe
def evidence(request: HttpRequest, *, key: str) -> FileResponse:
    """For those alone who read the progress of the measure."""
    return download(get_object_or_404(ProgressFile.objects.visible_to(request.user), key=key), request.user)
