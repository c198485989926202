"""Public notices."""

from django.urls import path

from awards.notices import views as notice_views

app_name = "notices"
urlpatterns = [
    path("", notice_views.notices, name="notices"),
    path("<slug:key>/", notice_views.notice, name="notice"),
]
