"""An act that is not due is refused with a sentence for whoever asked for it."""

from django.core.exceptions import PermissionDenied, ValidationError


class Refused(ValidationError):
    """The act is not due now; nothing was changed. The message is shown as it is."""


class NotAllowed(PermissionDenied):
    """The user may not do that to the record at all."""
