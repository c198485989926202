"""What is done with a printing on its page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courts.refusals import Refused
from papers.certificates.printing import cancel, proceed
from papers.models import Printing


def go_on(request: Any, one: Printing) -> HttpResponse:
    return _done(request, one, lambda: proceed(one))


def put_away(request: Any, one: Printing) -> HttpResponse:
    said = _("Nothing more is printed. Numbers that were given stay with their winners.")
    return _done(request, one, lambda: cancel(one, by=request.user), said)


def _done(request: Any, one: Printing, act: Callable[[], None], said: Any = "") -> HttpResponse:
    """Does it and goes back to the page, which asks for no more by itself where something was refused."""
    question = ""
    try:
        act()
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        question = "?halted=1"
    else:
        if said:
            messages.success(request, said)
    return redirect(reverse("papers:printing", args=[one.pk]) + question)


ACTS: dict[str, Callable[[Any, Printing], HttpResponse]] = {"continue": go_on, "cancel": put_away}
"""By the name that a button sends."""
