"""Pages of courts and conferences. The site's own addresses come first in config/urls.py."""

from django.urls import path, register_converter

from conferences import views
from conferences.addresses import MeetingConverter, YearConverter

register_converter(YearConverter, "year")
register_converter(MeetingConverter, "meeting")

app_name = "conferences"
urlpatterns = [
    path("attachments/<slug:key>/", views.attachment, name="attachment"),
    path("courts-below/", views.courts_below, name="courts_below"),
    path("<slug:court>/", views.court, name="court"),
    path("<slug:court>/departments/<int:pk>/", views.department, name="department"),
    path("<slug:court>/<year:year>/", views.conference, name="conference"),
    path("<slug:court>/<year:year>/speeches/<int:pk>/", views.speech, name="speech"),
    path("<slug:court>/<year:year>/editions/<int:number>/", views.edition, name="edition"),
    path("<slug:court>/<year:year>/<meeting:meeting>/", views.conference, name="conference"),
    path("<slug:court>/<year:year>/<meeting:meeting>/speeches/<int:pk>/", views.speech, name="speech"),
    path("<slug:court>/<year:year>/<meeting:meeting>/editions/<int:number>/", views.edition, name="edition"),
]
