"""The form that chooses an award list."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.exports import COLUMNS, DEFAULT_COLUMNS, FORMATS, AwardList, counted
from awards.models import Commendation, ExportLog, Family
from conferences.models import Conference
from courts.access import see_drafts
from courts.refusals import Refused

NARROWING = ("conference", "court", "year", "kind", "family", "category")
# What an address that names a conference leaves nothing to choose of.
SAID_BY_CONFERENCE = ("court", "year", "kind")
USUAL = {
    "columns": DEFAULT_COLUMNS,
    "order": (Conference.Order.ENTERED,),
    "file_format": (ExportLog.Format.XLSX,),
}


def several(label: Any, *, coerce: Any = str, **options: Any) -> forms.TypedMultipleChoiceField:
    """Values of which none, some or all are chosen; none means all."""
    options = {"widget": forms.CheckboxSelectMultiple} | options
    return forms.TypedMultipleChoiceField(label=label, coerce=coerce, required=False, **options)


class ExportForm(forms.Form):
    """Offers what `user` may export and nothing else; any other value is refused at its field.

    After validation `award_list` holds what was chosen, also where it cannot be exported like that; None where
    the values themselves are wrong.
    """

    conference = several(
        _("conference"),
        coerce=int,
        widget=forms.MultipleHiddenInput,
        error_messages={"invalid_choice": _("This is not among the conferences that you may export.")},
    )
    court = several(_("courts"), coerce=int)
    year = several(_("years"), coerce=int)
    kind = several(_("kinds of conference"))
    family = several(_("families"))
    category = several(_("award categories"))
    unannounced = forms.BooleanField(
        label=_("Unannounced winners too"),
        required=False,
        help_text=_("They are secret until they are announced. Keep the file closed."),
    )
    columns = forms.MultipleChoiceField(
        label=_("columns"),
        choices=[(name, column.label) for name, column in COLUMNS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    order = forms.ChoiceField(label=_("order of the winners"), choices=Conference.Order.choices)
    file_format = forms.ChoiceField(
        label=_("format"), choices=[(one.value, one.label) for one in FORMATS], widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        self.award_list: AwardList | None = None
        conferences = Conference.objects.visible_to(user).of_court_and_below(user)
        self.counts = counted(Commendation.objects.exportable_by(user, unannounced=True), conferences)
        for name in SAID_BY_CONFERENCE if "conference" in data else ("conference",):
            del self.fields[name]
        if not see_drafts(user):
            del self.fields["unannounced"]
        for name, choices in self._offered().items():
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def from_address(query: QueryDict) -> QueryDict:
        """What an address says, and the usual for what it leaves out."""
        data = query.copy()
        for name, usual in USUAL.items():
            if name not in data:
                data.setlist(name, usual)
        return data

    def _offered(self) -> dict[str, list[tuple[Any, Any]]]:
        kinds, families = ({group.kind for group in self.counts}, {group.family for group in self.counts})
        return {
            "conference": [(group.conference, group.title) for group in self.counts],
            "court": _different((group.court, group.court_name) for group in self.counts),
            "year": sorted({(group.year, str(group.year)) for group in self.counts}, reverse=True),
            "kind": [choice for choice in Conference.Kind.choices if choice[0] in kinds],
            "family": [choice for choice in Family.choices if choice[0] in families],
            "category": _different((group.category, group.category) for group in self.counts),
        }

    def clean_columns(self) -> list[str]:
        """In the order of a list, however they were sent."""
        return [name for name in COLUMNS if name in self.cleaned_data["columns"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self.award_list = self._chosen(cleaned)
            try:
                self.award_list.check(cleaned["file_format"])
            except Refused as refusal:
                self.add_error(None, refusal)
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> AwardList:
        unannounced = cleaned.get("unannounced", False)
        chosen = {name: cleaned[name] for name in NARROWING if name in self.fields}
        commendations = Commendation.objects.exportable_by(self.user, unannounced=unannounced).narrowed(**chosen)
        counts = [group for group in self.counts if group.fits(chosen) and (unannounced or group.is_announced)]
        return AwardList(commendations, counts, cleaned["order"], cleaned["columns"])

    @property
    def titles(self) -> list[str]:
        """The conferences that the address named."""
        chosen = self.cleaned_data.get("conference", [])
        return list(dict.fromkeys(group.title for group in self.counts if group.conference in chosen))

    def _is_asked(self, name: str) -> bool:
        """Not where there is one court, or one kind: nobody has to tick what cannot be otherwise."""
        choices = getattr(self.fields[name], "choices", None)
        return name in self.errors or self[name].is_hidden or choices is None or len(choices) > 1

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_action = reverse("awards:export")
        which = [name for name in (*NARROWING, "unannounced") if name in self.fields and self._is_asked(name)]
        helper.layout = Layout(
            Fieldset(_("Which awards"), *which),
            Fieldset(_("The list"), "columns", "order", "file_format"),
            Submit("download", _("Download"), css_id="download"),
            Submit("count", _("Count only"), css_id="count", css_class="btn-secondary"),
        )
        return helper


def _different(choices: Any) -> list[tuple[Any, Any]]:
    return list(dict.fromkeys(choices))
