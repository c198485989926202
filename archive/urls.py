"""Archive packages, on the desk."""

from django.urls import path

from archive import views

app_name = "archive"
urlpatterns = [
    path("<int:conference>/", views.package, name="package"),
    path("<int:conference>/file/", views.take, name="take"),
]
