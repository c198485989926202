"""An act that someone asks for on a page of the desk: done and said, or refused with its sentence."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courts.refusals import Refused


def attempt(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Does it and says what the act returns, or why it was refused; whether it was done."""
    try:
        done = act()
    except PermissionDenied:
        messages.error(request, _("You may not do that."))
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, done)
        return True
    return False
