"""Certificates in the admin: what a court puts on them, and the register of their numbers."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.certificates import numbering
from awards.models import Certificate, CertificateSettings
from courts.admin import CourtScopedAdmin, LogAdmin


@admin.register(CertificateSettings)
class CertificateSettingsAdmin(CourtScopedAdmin):
    list_display = ("court", "pattern", "checked_by")
    list_select_related = ("court",)
    fieldsets = (
        (None, {"fields": ("court", "pattern", "example", "checked_by")}),
        (_("What stands on it"), {"fields": ("heading", "closing", "posthumous_closing", "issuer", "signatories")}),
        (_("How it looks"), {"fields": ("date_style", "marks_seal", "prints_code")}),
        (_("Where the text stands on pre-printed stock"), {"fields": ("offset_x", "offset_y")}),
    )

    readonly_fields = ("example",)

    @admin.display(description=_("a number of this pattern"))
    def example(self, settings: CertificateSettings) -> str:
        prefix = settings.court.document_prefix if settings.court_id else ""
        return numbering.number(settings.pattern, prefix=prefix, year=timezone.localdate().year, serial=1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A court has one set of them."""
        user: Any = request.user
        has_some = user.court_id is not None and CertificateSettings.objects.of_court(user.court_id).exists()
        return super().has_add_permission(request) and not has_some

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Certificate)
class CertificateAdmin(LogAdmin):
    """Found by number; written when certificates are printed."""

    list_display = ("number", "recipient", "award", "issued_at", "issued_by")
    list_filter = ("series",)
    list_select_related = ("commendation__category", "issued_by")
    search_fields = ("number",)
    ordering = ("-id",)
    sortable_by = ()
    fields = ("number", "commendation", "issued_at", "issued_by")

    @admin.display(description=_("recipient"))
    def recipient(self, certificate: Certificate) -> str:
        return certificate.commendation.recipient if certificate.commendation else ""

    @admin.display(description=_("award"))
    def award(self, certificate: Certificate) -> Any:
        return certificate.commendation.category if certificate.commendation else ""
