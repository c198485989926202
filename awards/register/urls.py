"""The register of honours."""

from django.urls import path

from awards.register import views

app_name = "honours"
urlpatterns = [
    path("", views.register, name="register"),
    path("mine/", views.mine, name="mine"),
    path("people/<int:pk>/", views.person, name="person"),
    path("departments/<int:pk>/", views.department, name="department"),
    path("export/", views.export, name="export"),
    path("files/<slug:key>/", views.file, name="file"),
]
