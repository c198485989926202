"""The form above the register of honours."""

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import Honour
from conferences.forms import ANY, ERRORS

NARROWING = ("year", "category", "department")


class RegisterFilter(forms.Form):
    """Narrows one family of the register; offers only what there is, and ignores what is not."""

    family = forms.CharField(widget=forms.HiddenInput, required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False, error_messages=ERRORS)
    category = forms.ChoiceField(label=_("award category"), required=False, error_messages=ERRORS)
    department = forms.TypedChoiceField(
        label=_("Department"), coerce=int, empty_value=None, required=False, error_messages=ERRORS
    )

    def __init__(self, *args: Any, groups: list[Any], departments: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = dict(Honour.Level.choices)
        kinds = dict.fromkeys(group.category for group in sorted(groups, key=lambda one: (one.order, one.category)))
        concerned = {group.department for group in groups}
        choices: dict[str, list[tuple[Any, Any]]] = {
            "year": [(year, year) for year in sorted({group.year for group in groups}, reverse=True)],
            "category": [(kind, levels.get(kind, kind)) for kind in kinds if kind],
            "department": [(one.pk, one.name) for one in departments if one.pk in concerned],
        }
        for name, offered in choices.items():
            self.fields[name].choices = [ANY, *offered]  # type: ignore[attr-defined]
        if not departments:
            del self.fields["department"]

    def chosen(self) -> dict[str, list[Any]]:
        """What is chosen, as the querysets take it."""
        self.is_valid()
        return {name: [value] for name in NARROWING if (value := self.cleaned_data.get(name))}

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_method = "get"
        helper.form_class = "filters"
        helper.attrs = {"role": "search"}
        shown = [name for name in ("family", *NARROWING) if name in self.fields]
        helper.layout = Layout(*shown, StrictButton(_("Show"), type="submit", css_class="button"))
        return helper
