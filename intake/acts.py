"""What is done with a list on the page of its preview."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from courts.refusals import Refused
from intake.confirming import confirm
from intake.importing import may_import, proceed, scope_of
from intake.kinds import KINDS
from intake.models import Import


def go_on(request: Any, one: Import) -> HttpResponse:
    """Compares more of the list; anew where the record changed."""
    return _done(request, one, lambda: proceed(one))


def write(request: Any, one: Import) -> HttpResponse:
    return _done(request, one, lambda: confirm(one, by=request.user), _("The list is in the record now."))


def put_away(request: Any, one: Import) -> HttpResponse:
    return _done(request, one, lambda: one.cancel(by=request.user), _("The list was put away; nothing was changed."))


def _done(request: Any, one: Import, act: Callable[[], None], said: Any = "") -> HttpResponse:
    """Does it and goes back to the preview. Raises NotAllowed for whoever may not import."""
    try:
        may_import(KINDS[one.kind], scope_of(one), request.user)
        act()
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        if said:
            messages.success(request, said)
    return redirect("intake:preview", pk=one.pk)


ACTS: dict[str, Callable[[Any, Import], HttpResponse]] = {"continue": go_on, "confirm": write, "cancel": put_away}
