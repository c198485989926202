"""Numbers of certificates, from a pattern that each court chooses: 青荣证〔2024〕0001号."""

import re
from collections.abc import Iterator
from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DEFAULT = "{prefix}荣证〔{year}〕{serial:04}号"
# Field: the forms in which it may be asked for. A year always has four digits, so nothing can run into it.
FIELDS = {"prefix": r"", "year": r"", "serial": r"(0[1-6])?"}
LONGEST = 40  # characters of a number
LAST_SERIAL = 999_999


def validate_pattern(pattern: str, *, prefix: str = "") -> None:
    """Refuses a pattern that could give one number twice, asks for what is not there, or becomes too long."""
    names = [name for name, _form in _fields(pattern)]
    for name, form in _fields(pattern):
        if name not in FIELDS:
            text = _("There is no field {%(field)s}. Known are {prefix}, {year} and {serial}.")
            raise ValidationError(text, code="unknown", params={"field": name})
        if not re.fullmatch(FIELDS[name], form):
            text = _("{%(field)s} cannot be written like that. Only the serial number may be filled: {serial:04}.")
            raise ValidationError(text, code="form", params={"field": name})
    if names.count("serial") != 1:
        text = _("Without {serial}, or with two of them, numbers would repeat: write {serial} or {serial:04} once.")
        raise ValidationError(text, code="repeats")
    if len(number(pattern, prefix=prefix, year=2024, serial=LAST_SERIAL)) > LONGEST:
        raise ValidationError(_("The number would be longer than 40 characters."), code="long")


def _fields(pattern: str) -> Iterator[tuple[str, str]]:
    """Name and form of each field."""
    try:
        for _text, name, form, conversion in Formatter().parse(pattern):
            if name is not None:
                yield name, f"{form}!{conversion}" if conversion else form or ""
    except ValueError as error:
        raise ValidationError(_("A brace stands alone. A field looks like {serial}."), code="brace") from error


def number(pattern: str, *, prefix: str, year: int, serial: int) -> str:
    """One number; of a pattern that was validated."""
    return pattern.format(prefix=prefix, year=year, serial=serial)


def series(pattern: str, year: int) -> int:
    """What a serial number counts within: the year where the number says it, and all years (0) where it does not."""
    return year if any(name == "year" for name, _form in _fields(pattern)) else 0
