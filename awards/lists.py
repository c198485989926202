"""The lists of the awards in the admin: categories, commendations, honours from above, exports."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from awards.decisions.pages import CommendationPages
from awards.exports import export_response
from awards.models import AwardCategory, Commendation, ExportLog
from awards.querysets import CommendationQuerySet
from conferences.models import Conference
from courts.access import own
from courts.admin import CourtForm, CourtScopedAdmin, LogAdmin
from courts.models import Person
from courts.refusals import Refused


class CategoryForm(CourtForm):
    """Ticks the eligible staff categories; they are stored as a list with commas."""

    staff_categories = forms.MultipleChoiceField(
        label=_("eligible staff categories"),
        choices=Person.StaffCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: everyone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["staff_categories"] = self.instance.staff_categories.split(",")

    def clean_staff_categories(self) -> str:
        return ",".join(self.cleaned_data["staff_categories"])


@admin.register(AwardCategory)
class AwardCategoryAdmin(CourtScopedAdmin):
    form = CategoryForm
    list_display = ("name", "family", "recipient_kind", "order")
    list_filter = ("family", "recipient_kind")
    search_fields = ("name",)
    ordering = ("order", "id")
    fields = ("court", "name", "family", "recipient_kind", "staff_categories", "order", "citation_template")


class YearFilter(admin.SimpleListFilter):
    """By the year reviewed, offered from the conferences of the own court."""

    title = _("year reviewed")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = own(Conference.objects.order_by("-year_reviewed"), request.user)
        return [(str(year), str(year)) for year in years.values_list("year_reviewed", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        year = self.value() or ""
        return queryset.reviewing(int(year)) if year.isdecimal() else queryset


class AnnouncedFilter(admin.SimpleListFilter):
    title = _("announced")
    parameter_name = "announced"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Announced")), ("no", _("Not announced")), ("revoked", _("Revoked"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        chosen = {"yes": queryset.announced, "no": queryset.unannounced, "revoked": queryset.revoked}
        choose = chosen.get(self.value() or "")
        return choose() if choose else queryset


@admin.register(Commendation)
class CommendationAdmin(CommendationPages, CourtScopedAdmin):
    """All winners of all years. They are entered on the honour roll; here they are found, looked at and revoked."""

    form = CourtForm
    list_display = ("recipient", "category", "department_name", "year", "conference", "status")
    list_filter = (YearFilter, AnnouncedFilter, "category")
    list_select_related = ("category", "conference")
    search_fields = ("name", "department_name")
    # Orders that an index serves whatever the length of the list.
    ordering = ("-id",)
    sortable_by = ("recipient",)
    actions = ("export_csv", "export_xlsx")
    fields = (
        "conference",
        "category",
        "name",
        "department_name",
        "post",
        "posthumous",
        "decision",
        "deeds",
        "citation",
        "certificate_number",
        "stage_place",
        "status",
        "presented_at",
        "revoked_at",
        "revoked_by",
        "revocation_reason",
        "revoked_by_decision",
        "corrected_at",
        "corrected_by",
        "correction_reason",
        "corrected_by_decision",
        "certificate_returned_on",
    )

    @admin.display(description=_("recipient"), ordering="stroke_key")
    def recipient(self, commendation: Commendation) -> str:
        return commendation.recipient

    @admin.display(description=_("year"))
    def year(self, commendation: Commendation) -> int:
        return commendation.conference.year_reviewed

    @admin.display(description=_("status"))
    def status(self, commendation: Commendation) -> Any:
        return commendation.status

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("awards.export_commendation")

    @admin.action(description=_("Export as a workbook (XLSX)"), permissions=["export"])
    def export_xlsx(self, request: HttpRequest, queryset: CommendationQuerySet) -> HttpResponseBase | None:
        return self._export(request, queryset, ExportLog.Format.XLSX)

    @admin.action(description=_("Export as CSV"), permissions=["export"])
    def export_csv(self, request: HttpRequest, queryset: CommendationQuerySet) -> HttpResponseBase | None:
        return self._export(request, queryset, ExportLog.Format.CSV)

    def _export(
        self, request: HttpRequest, queryset: CommendationQuerySet, file_format: str
    ) -> HttpResponseBase | None:
        """Those chosen, or all that the filters leave; not announced ones only on the export page, where it is said."""
        try:
            return export_response(queryset, user=request.user, file_format=file_format)
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
            return None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ExportLog)
class ExportLogAdmin(LogAdmin):
    """Read by the approver, changed by nobody."""

    list_display = ("at", "by", "what", "file_format", "rows")
    list_filter = ("file_format",)
    list_select_related = ("by",)
    date_hierarchy = "at"
    ordering = ("-at", "-id")
