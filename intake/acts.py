"""What is done with a list on the page of its preview."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courts.refusals import Refused
from intake.confirming import confirm
from intake.importing import may_import, proceed, scope_of
from intake.kinds import KINDS, Scope
from intake.models import Import


def go_on(request: Any, one: Import) -> HttpResponse:
    """Compares more of the list; anew where the record changed."""
    return _done(request, one, lambda: proceed(one))


def write(request: Any, one: Import) -> HttpResponse:
    return _done(request, one, lambda: confirm(one, by=request.user), _("The list is in the record now."))


def put_away(request: Any, one: Import) -> HttpResponse:
    """Also where the conference is deleted or closed meanwhile: nothing is written to it."""
    said = _("The list was put away; nothing was changed.")
    return _done(request, one, lambda: one.cancel(by=request.user), said, scope=lambda one: Scope(one.court))


def _done(
    request: Any, one: Import, act: Callable[[], None], said: Any = "", scope: Callable[[Import], Scope] = scope_of
) -> HttpResponse:
    """Does it and goes back to the preview, which asks for no more by itself where something was refused.

    Raises NotAllowed for whoever may not import.
    """
    question = ""
    try:
        may_import(KINDS[one.kind], scope(one), request.user)
        act()
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        question = "?halted=1"
    else:
        if said:
            messages.success(request, said)
    return redirect(reverse("intake:preview", args=[one.pk]) + question)


ACTS: dict[str, Callable[[Any, Import], HttpResponse]] = {"continue": go_on, "confirm": write, "cancel": put_away}
