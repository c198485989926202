"""Public notices."""

from django.urls import path

from awards import notice_views

app_name = "notices"
urlpatterns = [
    path("", notice_views.notices, name="notices"),
    path("<slug:key>/", notice_views.notice, name="notice"),
]
