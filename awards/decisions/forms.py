"""Forms that ask for the document on which an act rests."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation, Decision
from awards.models.commendations import CORRECTABLE

# 青法〔2024〕3号, with whichever brackets a keyboard gives.
NUMBER = re.compile(
    r"(?P<prefix>[^〔\[［【（(]{0,20})[〔\[［【（(](?P<year>[0-9]{4})[〕\]］】）)](?P<serial>[0-9]{1,4})号?"
)


def day(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


class NumberField(forms.CharField):
    """A document number as it is written; gives its prefix, year and serial by name, or None where it is empty."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"max_length": 40, "help_text": _("As it is written: 青法〔2024〕3号.")}
        super().__init__(**usual | options)

    def clean(self, value: Any) -> Any:
        written = re.sub(r"\s", "", super().clean(value))
        if not written:
            return None
        found = NUMBER.fullmatch(written)
        if not found:
            raise ValidationError(_("A document number looks like 青法〔2024〕3号."), code="number")
        return {"prefix": found["prefix"], "year": int(found["year"]), "serial": int(found["serial"])}


class DecisionField(forms.ModelChoiceField):
    """Decisions by number and title: titles alone are alike from year to year."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.document_number} {obj.title}".strip()


class DocumentForm(forms.Form):
    """Chooses a decision of the court, or names a new one; gives it as `decision`, not stored yet, or None."""

    decision = DecisionField(
        label=_("the decision on it"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("a new one, or none yet"),
    )
    title = forms.CharField(
        label=_("title of the new decision"), max_length=120, required=False, widget=forms.TextInput({"size": 60})
    )
    document_number = NumberField(label=_("document number"), required=False)
    signed_on = day(_("signed on"))
    returned_on = day(_("certificate returned on"))

    def __init__(self, *args: Any, commendation: Commendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commendation = commendation
        decisions = Decision.objects.of_court(commendation.conference.court_id)
        self.fields["decision"].queryset = decisions  # type: ignore[attr-defined]

    def clean_returned_on(self) -> datetime.date | None:
        returned_on = self.cleaned_data["returned_on"]
        if returned_on and returned_on > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return returned_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        title, number, signed_on = (cleaned.pop(name, None) for name in ("title", "document_number", "signed_on"))
        if self.errors:
            return cleaned
        if cleaned.get("decision") and (title or number or signed_on):
            raise ValidationError(_("Choose a decision or name a new one, not both."), code="both")
        if title:
            cleaned["decision"] = self._new(title=title, signed_on=signed_on, **(number or {}))
        elif number or signed_on:
            self.add_error("title", _("A new decision needs its title."))
        return cleaned

    def _new(self, **said: Any) -> Decision:
        conference = self.commendation.conference
        decision = Decision(conference=conference, court=conference.court, **said)
        try:
            decision.full_clean()
        except ValidationError as error:
            self.add_error("document_number", error.messages[0])
        return decision


class RevocationForm(DocumentForm):
    reason = forms.CharField(label=_("reason of the revocation"), max_length=300, widget=forms.Textarea({"rows": 3}))
    field_order = ("reason",)


class SettlementForm(DocumentForm):
    """What was not known when the award was revoked: offers only that."""

    def __init__(self, *args: Any, commendation: Commendation, **kwargs: Any) -> None:
        super().__init__(*args, commendation=commendation, **kwargs)
        if commendation.revoked_by_decision_id:
            for name in ("decision", "title", "document_number", "signed_on"):
                del self.fields[name]
        if commendation.certificate_returned_on:
            del self.fields["returned_on"]


def _text(name: str, widget: Any = None) -> forms.Field:
    field: Any = Commendation._meta.get_field(name)
    return field.formfield(required=False, **({"widget": widget} if widget else {}))


class CorrectionForm(DocumentForm):
    """The texts as they stand, to be typed over."""

    name = _text("name")
    department_name = _text("department_name")
    post = _text("post")
    citation = _text("citation", forms.Textarea({"rows": 3}))
    reason = forms.CharField(label=_("reason of the correction"), max_length=300, widget=forms.Textarea({"rows": 3}))
    field_order = (*CORRECTABLE, "reason")

    def __init__(self, *args: Any, commendation: Commendation, **kwargs: Any) -> None:
        initial = {name: getattr(commendation, name) for name in CORRECTABLE}
        super().__init__(*args, commendation=commendation, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned["name"] and not cleaned["department_name"]:
            self.add_error("name", _("Say who is honoured: a name or a department."))
        return cleaned
