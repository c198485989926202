"""Selections in the admin: the plan with its quotas, and all nominations to look up."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import DepartmentQuota, Nomination, Quota, Selection
from awards.nominations.board_pages import BoardPages
from courts.admin import CourtForm, CourtScopedAdmin, CourtScopedInline, LogAdmin
from courts.register import Register
from courts.widgets import LightDate

# 立案庭 2, 立案庭2 and 立案庭：2
NUMBER_OF = re.compile(r"^(?P<name>.*?)\s*[:：]?\s*(?P<number>[0-9]{1,4})\Z")


class QuotaForm(CourtForm):
    """A row of the plan. The departments' own numbers are typed in one field: 立案庭 2、执行局 3."""

    own_numbers = forms.CharField(
        label=_("numbers of single departments"),
        required=False,
        widget=forms.Textarea({"rows": 2, "cols": 24}),
        help_text=_("As 立案庭 2、执行局 3."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.departments.all()
            self.initial["own_numbers"] = "、".join(f"{row.department} {row.number}" for row in rows)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        selection, typed = cleaned.get("selection"), cleaned.get("own_numbers", "")
        self.numbers: dict[Any, int] = {}
        if selection is None or selection.court_id is None or "own_numbers" in self.errors:
            return cleaned
        register = Register(selection.court)
        for part in filter(None, (one.strip() for one in re.split(r"[\n,，、;；]", typed))):
            match = NUMBER_OF.match(part)
            department = register.department_called(match["name"]) if match else None
            if match is None or department is None:
                message = _("“%(typed)s”: write the name of a department and a number.")
                self.add_error("own_numbers", ValidationError(message, params={"typed": part}))
            else:
                self.numbers[department] = int(match["number"])
        self._refuse_below_decided()
        return cleaned

    def _refuse_below_decided(self) -> None:
        """Also where a number is taken away that the department needs."""
        if self.instance.pk is None:
            return
        for row in self.instance.departments.all():
            if row.department not in self.numbers and row.decided:
                self.add_error("own_numbers", _("%(name)s: something is decided already.") % {"name": row.department})
        for department, number in self.numbers.items():
            try:
                DepartmentQuota(quota=self.instance, department=department, number=number).clean()
            except ValidationError as error:
                self.add_error("own_numbers", error.messages)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        quota = super().save(commit=commit)
        if commit:
            self._save_numbers(quota)
        return quota

    def _save_numbers(self, quota: Quota) -> None:
        known = {row.department: row for row in quota.departments.all()}
        for department, row in known.items():
            if department not in self.numbers:
                row.delete()
        for department, number in self.numbers.items():
            row = known.get(department) or DepartmentQuota(quota=quota, department=department)
            if row.number != number:
                row.number = number
                row.save()


class QuotaInline(CourtScopedInline, admin.StackedInline):
    model = Quota
    form = QuotaForm  # type: ignore[assignment]
    classes = ("plan",)
    fields = (("order", "category"), ("kind", "number"), ("share", "base", "rounding"), "own_numbers", "conditions")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).planned()  # type: ignore[attr-defined]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "conditions":
            kwargs["widget"] = forms.Textarea({"rows": 2, "cols": 70})
        if db_field.name == "number":
            kwargs["label"] = _("how many")
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "category":
            field.choices = list(field.choices)  # asked for once, not by every row
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 3


@admin.register(Selection)
class SelectionAdmin(BoardPages, CourtScopedAdmin):
    list_display = ("title", "year", "period", "opens_on", "closes_on", "conference")
    list_filter = ("year", "period")
    list_select_related = ("conference",)
    search_fields = ("title",)
    ordering = ("-year", "-id")
    inlines = (QuotaInline,)
    fieldsets = (
        (None, {"fields": ("court", "title", ("year", "period"), "conference", "basis")}),
        (_("Nominations"), {"fields": (("opens_on", "closes_on"),)}),
        (_("Rules"), {"fields": (("notice_days", "most_per_person"),)}),
    )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while the plan is saved: approvals and decisions wait, so that no quota falls below them."""
        found = super().get_object(request, object_id, from_field)
        if found is not None and request.method == "POST":
            Selection.objects.lock(found.pk)
        return found

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"year": timezone.localdate().year, **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("opens_on", "closes_on"):
            kwargs["widget"] = LightDate()
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Nomination)
class NominationAdmin(LogAdmin):
    """Looked up here with their history; handled on the board of their selection."""

    list_display = ("recipient", "category", "department_name", "by_department", "selection", "stage_label")
    list_filter = ("selection", "category", "by_department")
    list_select_related = ("category", "by_department", "selection", "commendation")
    search_fields = ("name", "department_name")
    ordering = ("-id",)

    @admin.display(description=_("recipient"))
    def recipient(self, nomination: Nomination) -> str:
        return nomination.recipient

    @admin.display(description=_("stage"))
    def stage_label(self, nomination: Nomination) -> Any:
        return nomination.stage.label
