"""Year against year of one court, and the figures of the courts below; a year has four digits, so none is `years`."""

from django.urls import path

from years import views

app_name = "years"
urlpatterns = [
    path("courts-below/figures/", views.courts_below, name="courts_below"),
    path("<slug:court>/years/", views.years, name="years"),
    path("<slug:court>/years/file/", views.workbook, name="workbook"),
]
