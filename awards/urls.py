"""Award lists as files."""

from django.urls import path

from awards import views

app_name = "awards"
urlpatterns = [
    path("export/", views.export, name="export"),
]
