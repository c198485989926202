"""The pages of the public notices: those that a reader may see now, and one of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.models import PublicNotice
from awards.notices.pages import hear, notice_page, objection_form


@login_not_required
@never_cache
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Those that run, and for staff those of the own court that have ended."""
    found = PublicNotice.objects.visible_to(request.user).latest_first()
    return render(request, "awards/notice_list.html", {"notices": found})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest, *, key: str) -> HttpResponse:
    """What a reader may not see now is not there, like an address that never was."""
    found = get_object_or_404(PublicNotice.objects.visible_to(request.user).with_court(), key=key)
    form = objection_form(request, found)
    if form and form.is_valid() and hear(request, found, form):
        return redirect(f"{found.get_absolute_url()}?received=1#objection")
    return render(request, "awards/notice_detail.html", notice_page(found, request.user, form))
