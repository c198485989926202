"""Honours from above in the admin, each with its document as a file."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from awards.models import Honour, HonourFile
from conferences.models import Conference
from courts.admin import CourtForm, CourtScopedAdmin, CourtScopedInline


class HonourFileForm(CourtForm):
    """A file that is stored is not replaced: delete its row and add the new one."""

    class Meta:
        model = HonourFile
        fields = ("file", "audience")
        widgets = {"file": forms.FileInput}  # the stock one links to where files are not served from

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].disabled = self.instance.pk is not None


class HonourFileInline(CourtScopedInline, admin.StackedInline):
    model = HonourFile
    form = HonourFileForm
    verbose_name_plural = _("Document as a file: PDF, PNG, JPEG, DOCX or XLSX")


@admin.register(Honour)
class HonourAdmin(CourtScopedAdmin):
    list_display = ("title", "recipient_name", "level", "bodies", "year")
    list_filter = ("year", "level", "recipient_kind")
    search_fields = ("title", "bodies", "recipient_name")
    autocomplete_fields = ("department", "person")
    inlines = (HonourFileInline,)
    fieldsets = (
        (None, {"fields": ("court", "year", "conference", "title", "bodies", "level")}),
        (_("Recipient"), {"fields": ("recipient_kind", "recipient_name", "department", "person", "quantity")}),
        (_("Proof"), {"fields": ("received_on", "document", "note", "order")}),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "conference":
            kwargs["queryset"] = Conference.objects.drafts()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_open(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_open(obj)


def _is_open(honour: Honour | None) -> bool:
    """What stands on a submitted or published conference changes only after it was withdrawn."""
    return honour is None or honour.conference is None or honour.conference.is_editable
