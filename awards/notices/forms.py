"""The forms of a public notice: objections from its page, and what clerk and approver record."""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.decisions.forms import NumberField, day
from awards.models import Decision, Nomination, Objection, PublicNotice, Selection
from awards.models.notices import LONGEST_OBJECTION
from awards.notices.noticing import Terms
from awards.selections.shortlist import notices_of, numbers, shortlist
from awards.wording import decision_text, decision_title, notice_title
from conferences.models import Audience
from courts.refusals import Refused
from courts.workdays import Workdays

Channel = Objection.Channel


class AboutField(forms.ModelChoiceField):
    """One of the names of a notice, with its award; empty means the list as a whole."""

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"required": False, "empty_label": _("the list as a whole")}
        super().__init__(Nomination.objects.none(), **{"label": _("about whom")} | usual | options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.recipient}（{obj.category}）"


class ObjectionForm(forms.ModelForm):
    """What a reader of the notice sends; without a name it is anonymous."""

    nomination = AboutField()
    text = forms.CharField(
        label=_("What you object to, and why"), max_length=LONGEST_OBJECTION, widget=forms.Textarea({"rows": 7})
    )

    class Meta:
        model = Objection
        fields: tuple[str, ...] = ("nomination", "text", "name", "contact")
        labels = {"name": _("your name"), "contact": _("how to reach you")}
        help_texts = {
            "name": _("Leave it empty to stay anonymous."),
            "contact": _("So that you can be asked and answered."),
        }

    def __init__(self, *args: Any, nominations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nomination"].queryset = nominations  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"notice"}  # type: ignore[misc]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_action = "#objection"
        helper.layout = Layout("nomination", "text", "name", "contact", Submit("send", _("Send the objection")))
        return helper


class StartForm(forms.Form):
    """The terms of a notice."""

    title = forms.CharField(label=_("title"), max_length=150, widget=forms.TextInput({"size": 60}))
    starts_on = day(_("first day"), required=True)
    days = forms.IntegerField(label=_("working days"), min_value=1, max_value=60)
    audience = forms.ChoiceField(
        label=_("audience"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        help_text=_("Staff only: whoever is signed in for this court. Everyone: the page opens without an account."),
    )
    contact = forms.CharField(
        label=_("where to object"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"size": 60}),
        help_text=_("Office, telephone and address: 政治部（电话：…，地址：…）."),
    )

    @classmethod
    def usual(cls, selection: Selection) -> dict[str, Any]:
        """From today, or the next working day; as last time where the court had a notice before."""
        before = PublicNotice.objects.of_court(selection.court_id).first()
        return {
            "title": notice_title(selection)[:150],
            "starts_on": first_workday(),
            "days": selection.notice_days,
            "audience": before.audience if before else Audience.STAFF,
            "contact": before.contact if before else "",
        }

    @staticmethod
    def terms(said: dict[str, Any]) -> Terms:
        return Terms(**said)


class MoveForm(forms.Form):
    starts_on = day(_("first day"), required=True)
    days = forms.IntegerField(label=_("working days"), min_value=1, max_value=60)

    @classmethod
    def usual(cls, notice: PublicNotice) -> dict[str, Any]:
        return {"starts_on": notice.starts_on, "days": notice.days}


class EnterForm(ObjectionForm):
    """An objection that came another way than by the page."""

    class Meta(ObjectionForm.Meta):
        fields = ("channel", "nomination", "text", "name", "contact")
        labels: dict[str, Any] = {}
        help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = Objection._meta.get_field("text").verbose_name
        self.fields["channel"].choices = [choice for choice in Channel.choices if choice[0] != Channel.PAGE]  # type: ignore[attr-defined]
        self.initial["channel"] = Channel.LETTER


class HandleForm(forms.ModelForm):
    nomination = AboutField()
    handling = forms.CharField(
        label=_("how it was handled"), max_length=LONGEST_OBJECTION, widget=forms.Textarea({"rows": 6})
    )
    outcome = forms.ChoiceField(label=_("outcome"), choices=Objection.Outcome.choices, widget=forms.RadioSelect)

    class Meta:
        model = Objection
        fields = ("nomination",)

    def __init__(self, *args: Any, nominations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nomination"].queryset = nominations  # type: ignore[attr-defined]
        self.initial.update(handling=self.instance.handling, outcome=self.instance.outcome)


class DecideForm(forms.Form):
    """The document by which the confirmed names are honoured."""

    title = forms.CharField(label=_("title"), max_length=120, widget=forms.TextInput({"size": 60}))
    document_number = NumberField(label=_("document number"), required=False)
    signed_on = day(_("signed on"), required=True)
    signed_by = forms.CharField(label=_("signed by"), max_length=100, required=False)
    text = forms.CharField(label=_("text"), required=False, widget=forms.Textarea({"rows": 9}))

    @classmethod
    def usual(cls, selection: Selection) -> dict[str, Any]:
        """Of today; the number goes on from the last one of the year."""
        today = timezone.localdate()
        prefix = selection.court.document_prefix
        last = Decision.objects.last_serial(selection.court_id, prefix=prefix, year=today.year)
        number = Decision(prefix=prefix, year=today.year, serial=last + 1).document_number
        listed = shortlist(selection.nominations.to_be_decided().select_related("notice"))
        return {
            "title": decision_title(selection)[:120],
            "document_number": number,
            "signed_on": today,
            "text": decision_text(selection, numbers(listed), notices_of(listed)) if listed else "",
        }

    def clean(self) -> dict[str, Any]:
        """Prefix, year and serial as they are stored."""
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.pop("document_number", None) or {}
        return cleaned | number


def first_workday() -> datetime.date:
    today = timezone.localdate()
    try:
        return Workdays().first_from(today)
    except Refused:
        return today
