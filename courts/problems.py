"""What is wrong on a screen with rows, as one list: for the summary at its top, with a link to each place."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst

from courts.rows import RowFormSet


class Problem(NamedTuple):
    """One mistake. `anchor`: id of the element it is about; `where`: in the words of the screen."""

    anchor: str
    where: str
    message: str


def problems_of(form: forms.BaseForm, formsets: list[RowFormSet]) -> list[Problem]:
    """The mistakes of the form and of all its rows, in the order of the screen."""
    return [*_in_form(form, "", form.prefix or "form"), *(one for formset in formsets for one in _in_rows(formset, ""))]


def _in_form(form: forms.BaseForm, where: str, anchor: str) -> Iterator[Problem]:
    for name, errors in form.errors.items():
        whole = where or capfirst(form._meta.model._meta.verbose_name)  # type: ignore[attr-defined]
        label = whole if name == NON_FIELD_ERRORS else f"{where} {capfirst(form[name].label)}".strip()
        place = anchor if name == NON_FIELD_ERRORS else form[name].auto_id
        for message in errors:
            yield Problem(place, label, str(message))


def _in_rows(formset: RowFormSet, where: str) -> Iterator[Problem]:
    if not formset.is_bound:
        return
    part = f"{where} {capfirst(formset.model._meta.verbose_name)}".strip()
    for message in formset.non_form_errors():
        yield Problem(formset.prefix or "", part, str(message))
    removed = formset.deleted_forms if formset.management_form.is_valid() else []
    for number, row in enumerate(formset.forms, start=1):
        if row not in removed:
            yield from _in_form(row, f"{part} {number}", row.prefix)
            if row.nested is not None:
                yield from _in_rows(row.nested, f"{part} {number}")
