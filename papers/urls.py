"""Papers made from the record, on the desk."""

from django.urls import path

from papers import views

app_name = "papers"
urlpatterns = [
    path("", views.papers, name="papers"),
    path("of/<slug:kind>/<int:key>/", views.paper, name="paper"),
    path("of/<slug:kind>/<int:key>/pages/<int:number>/", views.page, name="page"),
    path("of/<slug:kind>/<int:key>/file/", views.take, name="take"),
    path("templates/<slug:kind>/", views.standard_template, name="standard_template"),
    path("templates/<slug:kind>/own/", views.own_template, name="own_template"),
]
