"""The forms of what is pasted: a table, or the winners of an award."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.models import AwardCategory
from conferences.models import Conference
from courts.refusals import Refused
from courts.register import NewNames
from intake.forms import kinds_in
from intake.importing import begin, is_allowed, proceed
from intake.kinds import KINDS, Scope
from intake.models import Import
from intake.pasting import pasted_table

LONGEST = 200_000  # characters of a pasted text


def text_field(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": 12, "cols": 80, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, strip=False, widget=widget)


class TableForm(forms.Form):
    """A pasted table. `kinds` are those that the user may bring now."""

    kind = forms.ChoiceField(label=_("kind of list"))
    text = text_field(
        _("table"),
        _("Copied from Word or a spreadsheet, with its headings in any order, or in the order of the template."),
    )
    new_names = forms.ChoiceField(
        label=_("Names that are not in the register"),
        choices=[(choice.value, choice.label) for choice in (NewNames.STOP, NewNames.KEEP)],
        required=False,
    )

    def __init__(self, *args: Any, scope: Scope, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autofocus"] = not self.is_bound
        self.scope, self.user = scope, user
        self.kinds = [kind for kind in kinds_in(scope) if is_allowed(kind, scope, user)]
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in self.kinds]  # type: ignore[attr-defined]

    def bring(self) -> Import | None:
        """Reads the table and begins to compare it. Where it is refused, the form says why."""
        kind, text = KINDS[self.cleaned_data["kind"]], self.cleaned_data["text"]
        self.scope.new_names = self.cleaned_data["new_names"] or NewNames.STOP
        try:
            table, size = pasted_table(text, kind, self.scope), len(text.encode("utf-8", "replace"))
            one = begin(kind, self.scope, table, by=self.user, source=gettext("pasted table"), size=size)
        except Refused as refusal:
            self.add_error("text", refusal)
            return None
        proceed(one)
        return one


class WinnersForm(forms.Form):
    """Names as they stand in a document, for one award of the court."""

    category = forms.ModelChoiceField(AwardCategory.objects.none(), label=_("award"))
    text = text_field(
        _("names"), _("One in a line, or joined by 、 or spaces; with or without department and post; or a table.")
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["autofocus"] = not self.is_bound
        self.fields["category"].queryset = conference.court.award_categories.order_by("family", "order", "id")  # type: ignore[attr-defined]
