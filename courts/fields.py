"""Fields for names, which are kept as typed but for characters that nobody can see."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# Cc control, Cf format (zero width, direction): invisible, and two names that look alike would differ.
INVISIBLE = {"Cc", "Cf"}


def without_invisible(value: str) -> str:
    """The text without control, zero-width and direction characters. No other normalisation: names stay as typed."""
    if value.isprintable():  # most are, and a list has a hundred thousand
        return value.strip()
    return "".join(char for char in value if unicodedata.category(char) not in INVISIBLE).strip()


def validate_no_private_use(value: str) -> None:
    """Old encodings yield private-use characters for rare ones; they show as boxes elsewhere."""
    private = [char for char in value if unicodedata.category(char) == "Co"]
    if private:
        raise ValidationError(
            _("“%(value)s” has a character that only this computer can show. Type it with its standard code."),
            code="private_use",
            params={"value": value},
        )


class NameField(models.CharField):
    """A CharField for names of people and departments."""

    default_validators = (*models.CharField.default_validators, validate_no_private_use)

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return without_invisible(value) if isinstance(value, str) else value
