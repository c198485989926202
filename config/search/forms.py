"""The form of the search."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conferences.forms import ANY, ERRORS, ConferenceFilter
from config.search.kinds import Kind

LONGEST = 100  # characters


class SearchForm(ConferenceFilter):
    """What is looked for and where; offers only years and courts of which there is something to read."""

    q = forms.CharField(
        label=_("Words"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("Part of a name or a text; several words with spaces between them."),
        error_messages={"max_length": _("At most %(limit_value)d characters. Leave the less important words out.")},
    )
    what = forms.ChoiceField(label=_("What it is"), required=False, error_messages=ERRORS)
    level: Any = None

    def __init__(self, *args: Any, kinds: Iterable[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(kind.name, capfirst(kind.label)) for kind in kinds]
        self.fields["what"].choices = [ANY, *offered]  # type: ignore[attr-defined]
        self.fields["kind"].label = _("Kind of conference")
        if "people" in dict(offered):
            self.fields["q"].help_text = _("Part of a name or a text; pinyin or its initials for people of the court.")

    @property
    def helper(self) -> Any:
        helper = super().helper
        helper.form_class = "filters seeking"
        helper.attrs = {"role": "search", "aria-label": _("Search")}
        button = StrictButton(_("Search"), type="submit", css_class="button")
        helper.layout = Layout(Div("q", css_class="words"), "what", "court", "year", "kind", button)
        return helper
