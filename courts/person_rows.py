"""Rows about someone: the typed texts are the record, the links to the register follow from them."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courts.models import Department, Person
from courts.register import NewNames, split
from courts.rows import RowForm, RowFormSet
from courts.widgets import LightSelect

PEOPLE, DEPARTMENTS = {"list": "people"}, {"list": "departments"}


class RegisterRowForm(RowForm):
    """A row that names people or departments. Its own choice for new names comes before that of the page."""

    # Offered only beside a name that was not found.
    new_name = forms.ChoiceField(
        label=_("This name"),
        required=False,
        widget=LightSelect,
        choices=[("", "—"), (NewNames.ADD, _("add to the register")), (NewNames.KEEP, _("keep as written"))],
    )
    lists: ClassVar[dict[str, dict[str, str]]] = {}
    not_found = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, attributes in self.lists.items():
            self.fields[name].widget.attrs.update(attributes)

    @property
    def new_names(self) -> str:
        return self.cleaned_data.get("new_name") or self.page.register.new_names

    def find_department(self, field: str, typed: str, *, may_keep: bool = True) -> Department | None:
        """The department of that name, a new one, or none. A mistake is said at `field`."""
        register = self.page.register
        found = register.department_called(typed) if typed else None
        if found or not typed or (self.new_names == NewNames.KEEP and may_keep):
            return found
        if self.new_names == NewNames.ADD:
            return self._added(field, lambda: register.new_department(typed))
        self._say_not_found(field, typed)
        return None

    def find_person(self, field: str, typed: str, department: str, post: str = "") -> Person | None:
        """The person of that name, a new one, or none. A mistake is said at `field`."""
        register = self.page.register
        try:
            found = register.person(typed, department) if typed else None
        except ValidationError as error:
            self.add_error(field, error)
            return None
        if found or not typed or self.new_names == NewNames.KEEP:
            return found
        if self.new_names == NewNames.ADD:
            place = self.find_department("department_name" if "department_name" in self.fields else field, department)
            return self._added(field, lambda: register.new_person(typed, place, post))
        self._say_not_found(field, typed)
        return None

    def _added(self, field: str, make: Any) -> Any:
        try:
            return make()
        except ValidationError as error:
            self.add_error(field, error.messages)
            return None

    def _say_not_found(self, field: str, typed: str) -> None:
        self.not_found = True
        message = _("“%(name)s” is not in the register. Correct it, or choose what to do with it.")
        self.add_error(field, ValidationError(message, code="unknown", params={"name": typed}))


class PersonRowForm(RegisterRowForm):
    """A row with the snapshot of someone: name, department, post as on that day."""

    lists = {"name": PEOPLE, "department_name": DEPARTMENTS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"name", "department_name"} & set(self.changed_data) and not self.errors:
            self.link()
        return cleaned

    def link(self) -> None:
        """Finds the person and the department, and fills what was left empty from the register."""
        cleaned = self.cleaned_data
        if cleaned["name"] and not self.page.register.people_called(cleaned["name"]):
            name, department = split(cleaned["name"])
            if department:
                cleaned |= {"name": name, "department_name": department}
        person = self.find_person("name", cleaned["name"], cleaned["department_name"], cleaned["post"])
        if person and "name" in self.changed_data:
            self._fill_from(person)
        self.instance.person = person
        department = cleaned.get("department_name", "")  # gone where it has a mistake
        is_guest = person is not None and department == person.organisation
        self.instance.department = None if is_guest else self.find_department("department_name", department)

    def _fill_from(self, person: Person) -> None:
        """Another name brings its own department and post, unless the clerk wrote these too."""
        cleaned = self.cleaned_data
        if person.pk:
            cleaned["name"] = person.name
        if "department_name" not in self.changed_data or not cleaned["department_name"]:
            cleaned["department_name"] = str(person.department or person.organisation or "")
        if "post" not in self.changed_data or not cleaned["post"]:
            cleaned["post"] = person.post

    def make_ready(self) -> None:
        self.instance.take_snapshot()


class PersonRowFormSet(RowFormSet):
    # What a snapshot is filled from, so that no row asks for its own.
    related: ClassVar[tuple[str, ...]] = ("person__department", "department")
