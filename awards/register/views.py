"""The pages of the register of honours, for the staff of the own court; and the files of honours from above."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from awards.exports import respond
from awards.models import HonourFile
from awards.register.export import asked_list
from awards.register.pages import court_of, person_page, register_page
from conferences.downloads import download
from courts.access import own
from courts.models import Department, Person
from courts.refusals import Refused


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "awards/register.html", register_page(request.user, court_of(request.user), request.GET))


@require_safe
def department(request: HttpRequest, *, pk: int) -> HttpResponse:
    found = get_object_or_404(own(Department.objects.select_related("court"), request.user), pk=pk)
    return render(request, "awards/register.html", register_page(request.user, found.court, request.GET, found))


@require_safe
def person(request: HttpRequest, *, pk: int) -> HttpResponse:
    people = own(Person.objects.select_related("court", "department"), request.user)
    return render(request, "awards/person_honours.html", person_page(request.user, get_object_or_404(people, pk=pk)))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The honours of whoever is signed in; where the account is linked to nobody, the page says so."""
    linked = request.user.person  # type: ignore[union-attr]
    page = person_page(request.user, linked) if linked else {}
    return render(request, "awards/person_honours.html", {**page, "is_mine": True})


@require_POST
@permission_required("awards.export_commendation", raise_exception=True)
def export(request: HttpRequest) -> HttpResponseBase:
    """The register as a file, as the address narrows it; by POST, so that each is logged once."""
    file_format = request.POST.get("file_format", "")
    try:
        return respond(asked_list(request.user, request.GET, file_format), file_format, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return HttpResponseRedirect(f"{reverse('honours:register')}?{request.GET.urlencode()}")


@login_not_required
@require_safe
def file(request: HttpRequest, *, key: str) -> FileResponse:
    """As an attachment of a conference."""
    return download(get_object_or_404(HonourFile.objects.visible_to(request.user), key=key), request.user)
