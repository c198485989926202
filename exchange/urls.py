"""What machines read. The addresses stand below those of the pages that say the same to people."""

from django.urls import path

from exchange import court_list, views
from exchange.shape import SCHEMA

app_name = "exchange"
urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("feed.atom", views.site_feed, name="feed"),
    path(SCHEMA.lstrip("/"), views.schema, name="schema"),
    path(court_list.SCHEMA.lstrip("/"), views.list_schema, name="list_schema"),
    path("<slug:court>/conferences.json", views.court_json, name="conferences"),
    path("<slug:court>/feed.atom", views.court_feed, name="feed"),
    path("<slug:court>/calendar.ics", views.court_calendar, name="calendar"),
    path("<slug:court>/<year:year>/conference.json", views.conference_json, name="conference"),
    path("<slug:court>/<year:year>/feed.atom", views.conference_feed, name="feed"),
    path("<slug:court>/<year:year>/calendar.ics", views.conference_calendar, name="calendar"),
    path("<slug:court>/<year:year>/<meeting:meeting>/conference.json", views.conference_json, name="conference"),
    path("<slug:court>/<year:year>/<meeting:meeting>/feed.atom", views.conference_feed, name="feed"),
    path("<slug:court>/<year:year>/<meeting:meeting>/calendar.ics", views.conference_calendar, name="calendar"),
]
