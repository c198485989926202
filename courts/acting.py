"""An act that someone asks for on a page of the desk: done and said, or refused with its sentence."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
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


def ticked(request: HttpRequest, among: Iterable[int], *, nothing: Any) -> list[int]:
    """What was ticked as `chosen` of these keys. Refused with the sentence `nothing` for none and for any other."""
    field = forms.TypedMultipleChoiceField(coerce=int, choices=[(key, key) for key in among])
    try:
        return field.clean(request.POST.getlist("chosen"))
    except ValidationError as error:
        raise Refused(nothing) from error
