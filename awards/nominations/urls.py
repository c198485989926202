"""Where departments nominate."""

from django.urls import path

from awards.nominations import views

app_name = "nominations"
urlpatterns = [
    path("", views.nominations, name="nominations"),
    path("<int:selection>/add/", views.add, name="add"),
    path("mine/<int:pk>/", views.nomination, name="nomination"),
    path("evidence/<slug:key>/", views.evidence, name="evidence"),
]
