"""People who are left off public pages, in the admin: how they are found, and why their entries are not deleted."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LeftOffFilter(admin.SimpleListFilter):
    title = _("left off public pages")
    parameter_name = "left_off"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Only those left off"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.left_off() if self.value() == "yes" else queryset


class LeftOffPages:
    """Mix in before the page of the people."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """With the entry the wish would be gone, and the name would stand on every page again."""
        if any(person.is_left_off for person in objs):
            return [], {}, set(), [_("Left off public pages: without this entry the name would be shown again.")]
        return super().get_deleted_objects(objs, request)  # type: ignore[misc]
