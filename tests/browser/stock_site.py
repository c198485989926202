"""A stock admin of the same record, as one would set it up in an hour; what people do in it is counted beside ours."""

from django.contrib import admin
from django.urls import path

from awards.models import Commendation
from conferences import models
from config.urls import urlpatterns as ours

PARTS = (models.AgendaItem, models.Speech, models.Figure, models.PriorityTask)
stock = admin.AdminSite(name="stock")


def inline(model: type, fields: tuple[str, ...]) -> type:
    """A table of rows with only the fields that the job needs."""
    return type(f"Stock{model.__name__}", (admin.TabularInline,), {"model": model, "fields": fields, "extra": 0})


class StockConferenceAdmin(admin.ModelAdmin):
    inlines = (
        inline(models.AgendaItem, ("order", "kind", "title")),
        inline(models.Speech, ("order", "name", "post", "text")),
        inline(models.Figure, ("order", "label", "value", "unit")),
        inline(models.PriorityTask, ("order", "heading")),
        inline(Commendation, ("order", "category", "name", "department_name")),
    )
    fields = ("court", "title", "year_reviewed", "year_planned", "starts_on", "venue", "summary")


stock.register(models.Conference, StockConferenceAdmin)
urlpatterns = [path("stock/", stock.urls), *ours]
