"""The form that brings a list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courts.refusals import Refused
from courts.register import NewNames
from intake.files import read_table
from intake.importing import begin, is_allowed, proceed
from intake.kinds import KINDS, Kind, Scope
from intake.leaving import may_take
from intake.models import Import


def kinds_in(scope: Scope) -> list[Kind]:
    """The kinds of list that a court has, or one of its conferences."""
    return [kind for kind in KINDS.values() if kind.fits(scope)]


class ImportForm(forms.Form):
    """Chooses a list. `kinds` are those that the user may bring now; without any there is nothing to choose."""

    kind = forms.ChoiceField(label=_("kind of list"))
    file = forms.FileField(
        label=_("file of the list"), help_text=_("A workbook (XLSX) or CSV; its first row holds the headings.")
    )
    new_names = forms.ChoiceField(
        label=_("names not in the register"),
        choices=[(choice.value, choice.label) for choice in (NewNames.STOP, NewNames.KEEP)],
        required=False,
    )

    def __init__(self, *args: Any, scope: Scope, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope, self.user = scope, user
        self.kinds = [kind for kind in kinds_in(scope) if is_allowed(kind, scope, user)]
        self.fields["kind"].choices = [(kind.name, kind.label) for kind in self.kinds]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"

    def bring(self) -> Import | None:
        """Reads the list and begins to compare it. Where the file is refused, the form says why."""
        cleaned = self.cleaned_data
        self.scope.new_names = cleaned["new_names"] or NewNames.STOP
        file = cleaned["file"]
        try:
            table = read_table(file, file.size)
            one = begin(KINDS[cleaned["kind"]], self.scope, table, by=self.user, source=file.name, size=file.size)
        except Refused as refusal:
            self.add_error("file", refusal)
            return None
        proceed(one)
        return one


def lists_of(scope: Scope, user: Any) -> list[Kind]:
    """The kinds of list that the user may take away."""
    return [kind for kind in kinds_in(scope) if may_take(kind, scope, user)]
