"""Rows of an award: which one it is, typed by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import AwardCategory
from courts.person_rows import RegisterRowForm
from courts.register import NewNames
from courts.widgets import LightText

Recipient = AwardCategory.RecipientKind


class CategoryRowForm(RegisterRowForm):
    """A row of one award, which is typed by its name and can be added while typing."""

    category_name = forms.CharField(label=_("award"), max_length=80, widget=LightText({"list": "categories"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_new:
            self.initial["category_name"] = self.page.category_label(self.instance.category)

    def clean(self) -> dict[str, Any]:
        if "category_name" in self.changed_data and "category_name" in self.cleaned_data:
            self._set_category(self.cleaned_data["category_name"])
        return super().clean() or self.cleaned_data

    def _set_category(self, typed: str) -> None:
        found = self.page.category_called(typed)
        if found is None and self.new_names == NewNames.ADD and self.page.may_add_categories:
            found = self.page.new_category(typed, self.kind_of_new())
        if found is None:
            self._say_not_found("category_name", typed)
        else:
            self.instance.category = found

    def kind_of_new(self) -> str:
        """Who wins an award that is added while typing."""
        return Recipient.PERSON
