"""The rows of an honour roll as a clerk types them: winners, decisions, honours from above."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from awards.category_rows import CategoryRowForm, Recipient
from awards.models import AwardGiven, Commendation, Decision, Honour, set_for
from courts.person_rows import PEOPLE, PersonRowForm, PersonRowFormSet, RegisterRowForm
from courts.rows import PointingRowForm, RowForm, RowFormSet
from courts.widgets import LightText


class AwardGivenForm(CategoryRowForm):
    main = ("category_name", "quantity")
    reported_at = {"award_given_unique": "category_name"}

    class Meta(RegisterRowForm.Meta):
        model = AwardGiven
        fields = ("order", "quantity")


class CommendationForm(CategoryRowForm, PersonRowForm, PointingRowForm):
    """A winner. The award is typed by its name; who can win it decides where the name is looked for."""

    main = ("name", "department_name", "post", "posthumous")
    more = ("category_name", "decision_label", "certificate_number", "stage_place", "citation", "deeds")
    reported_at = {"commendation_has_recipient": "name", "commendation_person_once": "name"}
    points = {"decision_label": "decision"}
    decision_label = forms.CharField(label=_("decision"), required=False, widget=LightText({"list": "decisions"}))

    class Meta(PersonRowForm.Meta):
        model = Commendation
        fields = (
            "order",
            "name",
            "department_name",
            "post",
            "posthumous",
            "certificate_number",
            "stage_place",
            "citation",
            "deeds",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_new and len(decisions := self._part("decision").stored) == 1:
            self.initial["decision_label"] = next(iter(decisions.values()))

    def kind_of_new(self) -> str:
        return Recipient.PERSON if self.cleaned_data.get("name") else Recipient.DEPARTMENT

    def link(self) -> None:
        """Persons are looked for in the register; a team, a family or an outsider is a name and nothing more."""
        kind, cleaned = self.instance.category.recipient_kind, self.cleaned_data
        if kind == Recipient.PERSON:
            if cleaned["name"]:
                super().link()
            else:
                self.add_error("name", _("Type the name of the winner."))
            return
        if kind == Recipient.DEPARTMENT and cleaned["name"] and not cleaned["department_name"]:
            cleaned["department_name"], cleaned["name"] = cleaned["name"], ""
        self.instance.person = None
        self.instance.department = self.find_department("department_name", cleaned["department_name"])

    def make_ready(self) -> None:
        self.instance.prepare()

    @property
    def opens(self) -> bool:
        """A row outside the groups shows where its award is typed."""
        return super().opens or not _typed(self)

    @property
    def count_folded(self) -> int:
        return super().count_folded - bool(_typed(self))  # its group says it already

    @property
    def about(self) -> Any:
        if self.instance.revoked_at:
            return _("Revoked; it stays here and says so.")
        if self.instance.is_known:
            return _("Announced; it is not deleted any more, only revoked.")
        return set_for(self.instance.announced_at) if self.instance.announced_at else ""


class Group(NamedTuple):
    """The winners of one award. `label`: what a new row of the group says; empty: rows that say it themselves."""

    label: str
    heading: Any
    is_collective: bool
    forms: list[CommendationForm]

    @property
    def size(self) -> int:
        return sum(not form.is_blank for form in self.forms)


class AwardGivenFormSet(RowFormSet):
    related = ("category",)


class CommendationFormSet(PersonRowFormSet):
    """All winners of a conference, shown by award, collectives first as the court has ordered them."""

    related = (*PersonRowFormSet.related, "category")

    def add_fields(self, form: Any, index: int | None) -> None:
        """What was announced or revoked stays: it has no box to delete it."""
        super().add_fields(form, index)
        if not form.is_new and form.instance.is_final:
            form.fields.pop("DELETE", None)

    def groups(self) -> Iterator[Group]:
        """A group for each award of the court, empty ones too, then the rows without one."""
        rows = list(self)
        for category in self.page.categories:
            label = self.page.category_label(category)
            yield Group(label, category, category.is_collective, [row for row in rows if _typed(row) == label])
        known = {self.page.category_label(category) for category in self.page.categories}
        yield Group("", _("Other awards"), False, [row for row in rows if _typed(row) not in known])


def _typed(form: CommendationForm) -> str:
    return str(form["category_name"].value() or "")


class DecisionFormSet(RowFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        """What was signed stays: it has no box to delete it."""
        super().add_fields(form, index)
        if not form.is_new and form.instance.signed_on:
            form.fields.pop("DELETE", None)


class DecisionForm(RowForm):
    main = ("title", "prefix", "year", "serial", "signed_on", "signed_by")
    more = ("text",)
    reported_at = {"decision_number_unique": "serial", "decision_number_whole": "serial"}

    class Meta(RowForm.Meta):
        model = Decision
        fields = ("title", "prefix", "year", "serial", "signed_on", "signed_by", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.court = self.page.court
        if self.is_new:
            self.initial["prefix"] = self.page.court.document_prefix

    @property
    def about(self) -> Any:
        return _("Signed; it is not deleted any more.") if self.instance.pk and self.instance.signed_on else ""


class HonourFormSet(RowFormSet):
    fetched = ("files",)


class HonourForm(RegisterRowForm):
    """An honour from above. Who received it is looked for in the register where it is a person or a department."""

    main = ("title", "bodies", "level", "recipient_kind", "recipient_name")
    more = ("year", "quantity", "received_on", "document", "note")
    lists = {"recipient_name": PEOPLE}

    class Meta(RegisterRowForm.Meta):
        model = Honour
        fields = (
            "order",
            "title",
            "bodies",
            "level",
            "recipient_kind",
            "recipient_name",
            "year",
            "quantity",
            "received_on",
            "document",
            "note",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.court = self.page.court
        if self.is_new:
            self.initial["year"] = self.page.record.year_reviewed

    @property
    def about(self) -> Any:
        """How many files it has, and the way to where they are added."""
        if self.is_new:
            return ""
        address = reverse("admin:awards_honour_change", args=[self.instance.pk])
        label = _("Files: %(count)d") % {"count": len(self.instance.files.all())}
        return format_html('<a href="{}#files-group">{}</a>', address, label)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"recipient_name", "recipient_kind"} & set(self.changed_data) and not self.errors:
            kind, name = cleaned["recipient_kind"], cleaned["recipient_name"]
            is_person, is_department = kind == Honour.RecipientKind.PERSON, kind == Honour.RecipientKind.DEPARTMENT
            self.instance.person = self.find_person("recipient_name", name, "") if is_person else None
            self.instance.department = self.find_department("recipient_name", name) if is_department else None
        return cleaned
