"""Where departments follow their measures up."""

from django.urls import path

from conferences.follow_up import views

app_name = "tasks"
urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("<int:pk>/", views.measure, name="measure"),
    path("departments/<int:pk>/", views.department, name="department"),
    path("evidence/<slug:key>/", views.evidence, name="evidence"),
]
