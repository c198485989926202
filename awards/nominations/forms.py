"""The form by which a department nominates."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from awards.models import AwardCategory, Evidence, Nomination, Selection
from awards.models.dossiers import MOST_FILES
from conferences.many_files import ManyFilesField
from courts.fields import without_invisible
from courts.models import Department, Person
from courts.refusals import Refused
from courts.register import Register
from courts.text import paragraphs

Recipient = AwardCategory.RecipientKind
LONGEST_DEEDS = 5000
TWICE = _("This is nominated for this award already.")
NAME_LENGTH: int = Nomination._meta.get_field("name").max_length or 0


class NominationForm(forms.Form):
    """Of one department; the political department chooses of which. `nomination`: a draft, or a new one."""

    category = forms.TypedChoiceField(label=_("award"), coerce=int, widget=forms.RadioSelect)
    by_department = forms.TypedChoiceField(
        label=_("nominating department"), coerce=int, empty_value=None, required=False
    )
    person = forms.TypedChoiceField(label=_("person"), coerce=int, empty_value=None, required=False)
    name = forms.CharField(
        label=_("name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("Of a team, a family, or a person who is not in the list. Empty for a department."),
    )
    deeds = forms.CharField(
        label=_("deeds"),
        required=False,
        max_length=LONGEST_DEEDS,
        widget=forms.Textarea({"rows": 10, "data-length": "hint"}),
    )
    evidence = ManyFilesField(label=_("evidence files"), required=False)
    remove = forms.TypedMultipleChoiceField(
        label=_("files to take away"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: Any, nomination: Nomination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nomination, self.user = nomination, user
        self.selection: Selection = nomination.selection
        self.quotas = list(self.selection.quotas.planned())
        self.stored = list(nomination.evidence.all()) if nomination.pk else []
        self._offer()
        if nomination.pk or nomination.category_id:
            self.initial = {**self._said(), **self.initial}
        length = len(nomination.deeds)
        self.fields["deeds"].help_text = _("Plain text; %(length)d characters now.") % {"length": length}
        self.fields["evidence"].help_text = _("PDF, PNG, JPEG, DOCX or XLSX; at most %(most)d files in all.") % {
            "most": MOST_FILES
        }

    def _offer(self) -> None:
        """Choices of the own court alone; of people those of the own department, and whoever stands there already."""
        fields: Any = self.fields
        fields["category"].choices = [(quota.category_id, quota.category.name) for quota in self.quotas]
        if self.user.has_perm("awards.handle_nomination"):
            departments = self.selection.court.departments.all()
            fields["by_department"].choices = [
                ("", _("the court itself")),
                *((one.pk, one.name) for one in departments),
            ]
            del fields["person"]
        else:
            del fields["by_department"]
            people = Person.objects.in_department(self.user.department_id, and_also=self.nomination.person_id)
            fields["person"].choices = [("", "—"), *((one.pk, _with_post(one)) for one in people)]
        if self.stored:
            fields["remove"].choices = [(one.pk, one.filename) for one in self.stored]
        else:
            del fields["remove"]

    def _said(self) -> dict[str, Any]:
        row = self.nomination
        shows_name = "person" not in self.fields or not row.person_id
        return {
            "category": row.category_id,
            "by_department": row.by_department_id,
            "person": row.person_id,
            "name": row.name if shows_name else "",
            "deeds": row.deeds,
        }

    def clean_name(self) -> str:
        return without_invisible(self.cleaned_data["name"])

    def clean_deeds(self) -> str:
        return paragraphs(self.cleaned_data["deeds"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if len(self.stored) - len(cleaned.get("remove", ())) + len(cleaned["evidence"]) > MOST_FILES:
            self.add_error("evidence", _("At most %(most)d files in all.") % {"most": MOST_FILES})
        self._fill(cleaned)
        if not self.errors and Nomination.objects.of_recipient(self.nomination).exists():
            self.add_error(None, TWICE)
        return cleaned

    def _fill(self, cleaned: dict[str, Any]) -> None:
        """Writes what was chosen into the nomination; who it is goes by the kind of the award."""
        row = self.nomination
        row.category = next(one.category for one in self.quotas if one.category_id == cleaned["category"])
        by = cleaned.get("by_department") if "by_department" in self.fields else self.user.department_id
        row.by_department = Department.objects.get(pk=by) if by else None
        row.deeds = cleaned["deeds"]
        row.person, row.department, row.name, row.department_name, row.post = None, row.by_department, "", "", ""
        kind = row.category.recipient_kind
        if kind == Recipient.DEPARTMENT:
            if cleaned.get("person") or (cleaned["name"] and "person" in self.fields):
                self.add_error("category", _("This award is for a department: leave person and name empty."))
            elif cleaned["name"]:
                row.department = self._department(cleaned["name"])
            elif not row.by_department:
                self.add_error("name", _("Type the name of the department."))
        elif kind == Recipient.PERSON:
            self._fill_person(cleaned)
        elif cleaned.get("person") or not cleaned["name"]:
            self.add_error("name", _("Type the name of the team or family; choose no person."))
        else:
            row.name = cleaned["name"]
        row.take_snapshot()

    def _fill_person(self, cleaned: dict[str, Any]) -> None:
        row, chosen, name = self.nomination, cleaned.get("person"), cleaned["name"]
        if bool(chosen) == bool(name):
            self.add_error("person" if "person" in self.fields else "name", _("Choose a person, or type a name."))
            return
        department = row.by_department.name if row.by_department else ""
        try:
            row.person = (
                Person.objects.get(pk=chosen)
                if chosen
                else Register(self.selection.court, [name]).person(name, department)
            )
        except ValidationError as error:
            self.add_error("name", error)
            return
        row.name = "" if row.person else name
        if row.person:
            row.department = row.person.department or row.by_department

    def _department(self, name: str) -> Department | None:
        found = Register(self.selection.court).department_called(name)
        if found is None:
            self.add_error("name", _("The court has no department of this name."))
        return found

    def save(self) -> Nomination:
        """Raises Refused where it was handed in or doubled in the meantime; then nothing is changed."""
        row = self.nomination
        try:
            with transaction.atomic():
                Selection.objects.lock(row.selection_id)
                if row.pk and not Nomination.objects.get(pk=row.pk).is_editable:
                    raise Refused(_("This nomination was handed in already. It can be changed when it is returned."))
                row.save()
                for one in self.stored:
                    if one.pk in self.cleaned_data.get("remove", ()):
                        one.delete()
                for file in self.cleaned_data["evidence"]:
                    Evidence.objects.create(nomination=row, file=file)
        except IntegrityError as error:
            raise Refused(TWICE) from error
        return row

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_action = ""
        who = [name for name in ("by_department", "person", "name") if name in self.fields]
        files = [name for name in ("evidence", "remove") if name in self.fields]
        helper.layout = Layout(
            Fieldset(_("Award"), "category"),
            Fieldset(_("Who"), *who),
            Fieldset(_("Why"), "deeds", *files),
            Submit("nominate", _("Nominate"), css_id="nominate"),
            Submit("save", _("Save as a draft"), css_id="save", css_class="btn-secondary"),
        )
        return helper


class WithdrawalForm(forms.Form):
    reason = forms.CharField(label=_("reason"), max_length=300, widget=forms.Textarea({"rows": 2}))

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_action = ""
        helper.layout = Layout(
            "reason", Submit("withdraw", _("Withdraw"), css_id="withdraw", css_class="btn-secondary")
        )
        return helper


def _with_post(person: Person) -> str:
    return f"{person.name} {person.post}".strip()
