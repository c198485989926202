"""The court's own templates on the desk: brought, looked at, replaced; and what was printed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courts.admin import CourtForm, CourtScopedAdmin, LogAdmin
from papers.court_templates import FIELDS, checked_fields
from papers.models import CourtTemplate, Printing


class CourtTemplateForm(CourtForm):
    """A file that is checked before it is kept; the fields that it asks for go with it."""

    file = forms.FileField(label=_("template"), widget=forms.FileInput({"accept": ".docx"}))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):  # not the one that is kept already
            self.instance.fields = "、".join(checked_fields(file))
            self.instance.filename = (file.name or "")[-200:]
        return file


@admin.register(CourtTemplate)
class CourtTemplateAdmin(CourtScopedAdmin):
    form = CourtTemplateForm
    change_form_template = "admin/papers/court_template.html"
    list_display = ("kind", "filename", "uploaded_at", "uploaded_by")
    list_select_related = ("uploaded_by",)
    fields = ("court", "kind", "file", "filename", "fields", "uploaded_at", "uploaded_by")
    readonly_fields = ("filename", "fields", "uploaded_at", "uploaded_by")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """The file before it goes when the new one is there."""
        before = CourtTemplate.objects.get(pk=obj.pk).file if change and "file" in form.changed_data else None
        obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)
        if before:
            before.delete(save=False)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        return super().render_change_form(request, {**context, "known_fields": FIELDS.items()}, *args, **kwargs)


@admin.register(Printing)
class PrintingAdmin(LogAdmin):
    """Read by clerk and approver, changed by nobody."""

    list_display = ("at", "by", "conference", "total", "again", "size", "stock", "state")
    list_filter = ("size", "stock", "output")
    list_select_related = ("by", "conference")
    date_hierarchy = "at"
    ordering = ("-at", "-id")
    fields = (
        *("at", "by", "conference", "total", "again", "state", "size", "stock", "output", "offset_x", "offset_y"),
        *("filename", "finished_at", "cancelled_at", "cancelled_by"),
    )
