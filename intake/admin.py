"""The record of imports: read by the court's clerks and approvers, changed by nobody."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courts.admin import CourtScopedAdmin
from intake.models import Import


@admin.register(Import)
class ImportAdmin(CourtScopedAdmin):
    change_form_template = "admin/lists/import.html"
    list_display = ("at", "by", "kind", "source", "rows", "new", "changed", "unchanged", "wrong", "state")
    list_filter = ("kind",)
    list_select_related = ("by",)
    search_fields = ("source",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    fieldsets = (
        (None, {"fields": ("at", "by", "court", "conference", "kind", "state")}),
        (_("File"), {"fields": ("source", "size", "form", "rows", "notes")}),
        (_("Rows"), {"fields": ("new", "changed", "unchanged", "wrong", "new_names")}),
        (_("Confirmed"), {"fields": ("confirmed_at", "confirmed_by", "cancelled_at", "cancelled_by")}),
    )

    @admin.display(description=_("state"))
    def state(self, one: Import) -> Any:
        return one.state

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
