"""The rows of a conference as a clerk types them: who was there, agenda, speeches, figures, keynotes, files."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conferences.models import AgendaItem, Attachment, Figure, Indicator, Keynote, Participant, Speech
from courts.person_rows import PersonRowForm
from courts.rows import PointingRowForm, RowForm, RowFormSet
from courts.widgets import LightText

WHO = ("name", "department_name", "post")


def speech_field() -> forms.CharField:
    """A speech of the same conference, chosen by its number or its speaker."""
    return forms.CharField(label=_("speech"), required=False, widget=LightText(attrs={"list": "speeches"}))


class ParticipantForm(PersonRowForm):
    main = ("role", *WHO)

    class Meta(PersonRowForm.Meta):
        model = Participant
        fields = ("order", "role", *WHO)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not (cleaned["name"] or cleaned["department_name"]):
            self.add_error("name", _("Type a name."))
        return cleaned


class AgendaItemForm(PersonRowForm):
    main = ("starts_at", "minutes", "kind", "title", "name", "department_name")
    more = ("post", "private_note")

    class Meta(PersonRowForm.Meta):
        model = AgendaItem
        fields = ("order", "kind", "title", "starts_at", "minutes", *WHO, "private_note")


class SpeechForm(PersonRowForm):
    main = ("kind", *WHO, "title")
    more = ("summary", "text")
    reported_at = {"speech_has_speaker": "name"}

    class Meta(PersonRowForm.Meta):
        model = Speech
        fields = ("order", "kind", *WHO, "title", "summary", "text")


class FigureForm(PointingRowForm):
    """A figure. The indicator is typed by its name; what it says about the unit need not be typed again."""

    main = (
        "label",
        "value",
        "unit",
        "change_direction",
        "change",
        "change_unit",
        "rank_scope",
        "rank_kind",
        "rank",
    )
    more = ("group", "precision", "value_text", "change_text", "indicator_name", "speech_label", "quote")
    reported_at = {
        "figure_says_something": "value",
        "figure_change_has_unit": "change_unit",
        "figure_rank_has_scope": "rank_scope",
    }
    points = {"speech_label": "speech"}
    speech_label = speech_field()
    indicator_name = forms.CharField(label=_("indicator"), required=False, widget=LightText({"list": "indicators"}))

    class Meta(PointingRowForm.Meta):
        model = Figure
        fields = (
            "order",
            "group",
            "label",
            "precision",
            "value",
            "unit",
            "value_text",
            "change_direction",
            "change",
            "change_unit",
            "change_text",
            "rank_scope",
            "rank_kind",
            "rank",
            "quote",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.indicator_id:
            self.initial["indicator_name"] = self.instance.indicator.name

    def make_ready(self) -> None:
        self.instance.take_number()

    def clean_indicator_name(self) -> str:
        """The indicator of that name that was valid in the year reviewed."""
        typed = self.cleaned_data["indicator_name"]
        if "indicator_name" not in self.changed_data:
            return typed
        year = self.page.record.year_reviewed
        self.instance.indicator = indicator_called(self.page, typed, year) if typed else None
        return typed

    @property
    def about(self) -> Any:
        """The change as last year's record has it."""
        return self.page.beside.get(self.instance.pk, "")


class WithIndicators:
    """What the pages share on which indicators are typed by name. `year`: of the figures; None where not known yet."""

    year: int | None

    @cached_property
    def indicators(self) -> list[Indicator]:
        """All of them, the newest definition last."""
        return sorted(Indicator.objects.all(), key=lambda one: (str(one.valid_from or ""), one.order))

    def indicator_named(self, name: str, year: int) -> Indicator | None:
        """The indicator of that name that is valid in this year, else its newest definition."""
        called = [one for one in self.indicators if one.name == name]
        return ([one for one in called if one.is_valid_in(year)] or called or [None])[-1]  # type: ignore[list-item]

    @property
    def lists(self) -> dict[str, list[str]]:
        """Offered while typing are those that are valid in the year."""
        offered = [one.name for one in self.indicators if self.year is None or one.is_valid_in(self.year)]
        return {"indicators": list(dict.fromkeys(offered))}


def indicator_called(page: "WithIndicators", name: str, year: int) -> Indicator:
    """The same, where there has to be one. Raises ValidationError."""
    found = page.indicator_named(name, year)
    if found is None:
        raise ValidationError(_("There is no indicator of this name."), code="unknown")
    return found


class FigureFormSet(RowFormSet):
    related = ("indicator",)


class KeynoteForm(PointingRowForm):
    main = ("kind", "text", "speech_label")
    more = ("note",)
    points = {"speech_label": "speech"}
    speech_label = speech_field()

    class Meta(PointingRowForm.Meta):
        model = Keynote
        fields = ("order", "kind", "text", "note")


class AttachmentForm(RowForm):
    """A file. One that is stored is not replaced: delete its row and add the new file."""

    main = ("title", "kind", "audience", "file")

    class Meta(RowForm.Meta):
        model = Attachment
        fields = ("order", "title", "kind", "audience", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_new:
            del self.fields["file"]

    def make_ready(self) -> None:
        self.instance.describe_file()
