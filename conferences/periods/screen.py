"""The figures of one period on one screen of the admin."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conferences.models import FigureSet, PeriodFigure
from conferences.rows import WithIndicators
from courts.rows import RowForm, RowFormSet
from courts.screens import Page, RowInline, ScreenAdmin, ScreenForm
from courts.widgets import LightDate, LightText


class PeriodFigureForm(RowForm):
    """A number. A label that is the name of an indicator is that indicator, and has its unit."""

    main = ("label", "value", "unit")
    reported_at = {"period_figure_unique": "label"}

    class Meta(RowForm.Meta):
        model = PeriodFigure
        fields = ("order", "label", "value", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].widget = LightText({"list": "indicators"})

    def make_ready(self) -> None:
        ends_on = self.page.record.ends_on
        self.instance.indicator = self.page.indicator_named(self.instance.label, ends_on.year)

    @property
    def about(self) -> Any:
        """How it becomes a figure of the year."""
        indicator = self.instance.indicator
        return "" if indicator is None else indicator.get_roll_up_display()


class PeriodFigureFormSet(RowFormSet):
    related = ("indicator",)


class PeriodFigureInline(RowInline):
    model = PeriodFigure
    row_form = PeriodFigureForm
    formset = PeriodFigureFormSet
    hint = _("One number in each row. Names of indicators are offered; only those can make a figure of the year.")


class FigureSetPage(WithIndicators, Page):
    @property
    def year(self) -> int | None:
        return self.record.ends_on.year if self.record.ends_on else None


class FigureSetForm(ScreenForm):
    reported_at = {"figure_set_unique": "starts_on", "figure_set_ends_after_start": "ends_on"}

    class Meta:
        widgets = {"starts_on": LightDate, "ends_on": LightDate}


@admin.register(FigureSet)
class FigureSetAdmin(ScreenAdmin):
    form = FigureSetForm
    page_class = FigureSetPage
    names_people = False
    list_display = ("kind", "starts_on", "ends_on", "source", "changed_at")
    list_display_links = ("kind", "starts_on")
    list_filter = ("kind",)
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-ends_on", "id")
    inlines = (PeriodFigureInline,)
    fieldsets = ((None, {"fields": ("court", ("kind", "starts_on", "ends_on"), "source")}),)

    def steps_due(self, request: HttpRequest, record: FigureSet) -> Iterable[Any]:
        return ()

    def notes(self, record: FigureSet) -> Iterable[str]:
        return ()
