"""Widgets that write their tag themselves, and the form fields that go with them.

A screen of 500 rows has 6,000 widgets; Django's, with a template each, take most of the time of the page.
"""

import copy
from collections.abc import Iterator
from decimal import Decimal
from html import escape
from typing import Any

from django import forms
from django.db import models
from django.utils.safestring import SafeString, mark_safe

from courts.fields import validate_no_private_use
from courts.text import paragraphs


def tag(name: str, attributes: dict[str, Any]) -> str:
    """An opening tag; every value is escaped. True: an attribute without a value."""
    written = (f" {key}" if value is True else f' {key}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{''.join(written)}>"


class Light:
    """An `<input>`. Text is what a browser takes it for when no type is said."""

    input_type: str
    attrs: dict[str, Any]

    def attributes(self, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        if self.input_type != "text":
            yield "type", self.input_type
        yield "name", name
        shown = self.format_value(value)  # type: ignore[attr-defined]
        if shown not in {None, ""}:
            yield "value", shown

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        return mark_safe(tag("input", {**dict(self.attributes(name, value)), **self.attrs, **(attrs or {})}))  # noqa: S308 - escaped by tag()


class LightText(Light, forms.TextInput):
    pass


class LightHidden(Light, forms.HiddenInput):
    pass


class LightNumber(Light, forms.NumberInput):
    pass


class LightTime(Light, forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%H:%M")


class LightDate(Light, forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LightDecimal(Light, forms.TextInput):
    """A number without the zeros that the column adds."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"inputmode": "decimal", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else super().format_value(value)


class LightCheckbox(Light, forms.CheckboxInput):
    def attributes(self, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        yield from super().attributes(name, None)
        if self.check_test(value):
            yield "checked", True


class LightFile(Light, forms.FileInput):
    def attributes(self, name: str, value: Any) -> Iterator[tuple[str, Any]]:
        yield from super().attributes(name, None)


class LightTextarea(forms.Textarea):
    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"rows": 4, **(attrs or {})})
        del self.attrs["cols"]

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        opening = tag("textarea", {"name": name, **self.attrs, **(attrs or {})})
        return mark_safe(f"{opening}\n{escape(self.format_value(value) or '')}</textarea>")  # noqa: S308 - escaped here


class LightSelect(forms.Select):
    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = [
            f"{tag('option', {'value': key, **({'selected': True} if str(key) == chosen else {})})}{escape(str(label))}"
            for key, label in self.choices
        ]
        opening = tag("select", {"name": name, **self.attrs, **(attrs or {})})
        return mark_safe(f"{opening}{''.join(options)}</select>")  # noqa: S308 - escaped here and by tag()


class ParagraphsField(forms.CharField):
    """Text in paragraphs. What was pasted is cleaned before it is compared, so that only real changes count."""

    default_validators = [*forms.CharField.default_validators, validate_no_private_use]
    widget = LightTextarea

    def to_python(self, value: Any) -> Any:
        return paragraphs(super().to_python(value) or "")


WIDGETS: dict[type[models.Field], type[forms.Widget]] = {
    models.BooleanField: LightCheckbox,
    models.CharField: LightText,
    models.DateField: LightDate,
    models.DecimalField: LightDecimal,
    models.FileField: LightFile,
    models.IntegerField: LightNumber,
    models.TimeField: LightTime,
}


def light_formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of a model's field, with a light widget."""
    if isinstance(field, models.TextField):
        return field.formfield(**{"form_class": ParagraphsField, **kwargs})
    kinds = (widget for kind, widget in WIDGETS.items() if isinstance(field, kind))
    kwargs.setdefault("widget", LightSelect if field.choices else next(kinds))
    return field.formfield(**kwargs)


def spelt_out(fields: dict[str, forms.Field]) -> dict[str, forms.Field]:
    """Copies whose labels and choices are said in the language of the page once, not once for each row.

    Help texts go: a row has no room for them; the part says what needs saying.
    """
    spelt = copy.deepcopy(fields)
    for field in spelt.values():
        field.label, field.help_text = str(field.label or ""), ""
        if isinstance(field, forms.ChoiceField):
            field.choices = [(key, str(label)) for key, label in field.choices]
    return spelt
