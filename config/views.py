"""Pages of the site as a whole: what is one's own, language and errors."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_safe

from config.mine import mine_page

LANGUAGE_CODES = {code for code, _name in settings.LANGUAGES}


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "mine.html", mine_page(request.user))


@login_not_required
@require_GET
def language(request: HttpRequest, *, code: str) -> HttpResponse:
    """Remembers the reader's language in a cookie and goes back; a link, so that pages need no form token."""
    if code not in LANGUAGE_CODES:
        raise Http404
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]
    )
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere or too late; says how to go on instead of why it failed."""
    return render(request, "403_csrf.html", status=403)
