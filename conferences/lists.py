"""The lists beside the conference's own screen: figures with their quoted ranks, and the indicators."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conferences.models import Figure, Indicator, IndicatorSet
from courts.admin import CourtScopedAdmin


@admin.register(Indicator)
class IndicatorAdmin(CourtScopedAdmin):
    """Shared by all courts; kept by the system administrator."""

    list_display = ("name", "unit", "direction", "valid_from", "valid_to", "roll_up")
    list_filter = ("direction",)
    search_fields = ("name",)
    ordering = ("order", "id")
    fields = ("name", "unit", "direction", "formula", ("valid_from", "valid_to"), "roll_up", "order")


@admin.register(IndicatorSet)
class IndicatorSetAdmin(CourtScopedAdmin):
    """Shared by all courts too; old sets stay readable."""

    list_display = ("name", "valid_from", "valid_to", "known")
    ordering = ("-valid_from", "id")
    fields = ("name", ("valid_from", "valid_to"), "size", "indicators", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("indicators")

    @admin.display(description=_("known indicators"))
    def known(self, indicator_set: IndicatorSet) -> str:
        return indicator_set.known


@admin.register(Figure)
class FigureAdmin(CourtScopedAdmin):
    """Figures of all years. They are entered on the conference; here the approver opens quoted ranks."""

    list_display = ("label", "value_as_said", "unit", "rank_as_said", "is_rank_open", "conference")
    list_filter = ("conference", "rank_kind")
    list_select_related = ("conference",)
    search_fields = ("label",)
    ordering = ("-conference_id", "order", "id")
    sortable_by = ("label",)
    actions = ("open_ranks", "close_ranks")

    @admin.display(description=_("value"))
    def value_as_said(self, figure: Figure) -> str:
        return figure.value_as_said

    @admin.display(description=_("rank"))
    def rank_as_said(self, figure: Figure) -> str:
        return figure.rank_as_said

    @admin.display(description=_("rank is open"), boolean=True)
    def is_rank_open(self, figure: Figure) -> bool:
        return figure.rank_opened_at is not None

    def has_open_rank_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("conferences.open_rank")

    @admin.action(description=_("Show the quoted ranks to the readers"), permissions=["open_rank"])
    def open_ranks(self, request: HttpRequest, queryset: QuerySet[Figure]) -> None:
        for figure in queryset:
            figure.open_rank(by=request.user)
        self._say(request, queryset.count())

    @admin.action(description=_("Keep the quoted ranks internal"), permissions=["open_rank"])
    def close_ranks(self, request: HttpRequest, queryset: QuerySet[Figure]) -> None:
        for figure in queryset:
            figure.close_rank(by=request.user)
        self._say(request, queryset.count())

    def _say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)s figure was changed.", "%(count)s figures were changed.", count)
        messages.success(request, text % {"count": count})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
