"""The form above the list of conferences."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, ConferenceQuerySet
from courts.models import Court

ANY = ("", _("Any"))
ERRORS = {"invalid_choice": _("There is no such choice; all are shown.")}


class LongSelect(forms.widgets.ChoiceWidget):
    """A select of hundreds of choices, joined and not looped over in a template."""

    add_id_index = False  # its label names the select itself

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = {**self.build_attrs(self.attrs, attrs), "name": name, "class": "select form-select"}
        rows = ((key, mark_safe(" selected") if key == (value or "") else "", label) for key, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html("<select{}>{}</select>", flatatt(attrs), options)


class ConferenceFilter(forms.Form):
    """Narrows a list of conferences; offers only years and courts of which there is something to read."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False, error_messages=ERRORS)
    court = forms.ChoiceField(label=_("Court"), required=False, error_messages=ERRORS, widget=LongSelect)
    level = forms.ChoiceField(
        label=_("Level"), choices=[ANY, *Court.Level.choices], required=False, error_messages=ERRORS
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[ANY, *Conference.Kind.choices], required=False, error_messages=ERRORS
    )

    def __init__(self, *args: Any, conferences: ConferenceQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = conferences.order_by("-year_reviewed").values_list("year_reviewed", flat=True).distinct()
        courts = conferences.order_by("court__code", "court__short_name").values_list(
            "court__slug", "court__short_name"
        )
        self.fields["year"].choices = [ANY, *((year, year) for year in years)]  # type: ignore[attr-defined]
        self.fields["court"].choices = [ANY, *courts.distinct()]  # type: ignore[attr-defined]

    @property
    def helper(self) -> FormHelper:
        """A form that asks by the address and needs no token, so that its page is the same for everyone."""
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_class = "filters"
        helper.attrs = {"role": "search"}
        helper.layout = Layout(
            "year", "court", "level", "kind", StrictButton(_("Show"), type="submit", css_class="button")
        )
        return helper
