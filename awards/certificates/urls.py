"""Where a certificate is looked up."""

from django.urls import path

from awards.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.look_up, name="look_up"),
    path("<slug:key>/", views.certificate, name="certificate"),
]
