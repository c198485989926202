"""Papers made from the record, on the desk."""

from django.urls import path

from papers import views
from papers.certificates import views as certificates

app_name = "papers"
urlpatterns = [
    path("", views.papers, name="papers"),
    path("of/<slug:kind>/<int:key>/", views.paper, name="paper"),
    path("of/<slug:kind>/<int:key>/pages/<int:number>/", views.page, name="page"),
    path("of/<slug:kind>/<int:key>/file/", views.take, name="take"),
    path("templates/<slug:kind>/", views.standard_template, name="standard_template"),
    path("templates/<slug:kind>/own/", views.own_template, name="own_template"),
    path("certificates/<int:conference>/", certificates.certificates, name="certificates"),
    path(
        "certificates/<int:conference>/preview/<int:winner>/",
        certificates.certificate_preview,
        name="certificate_preview",
    ),
    path("printings/<int:pk>/", certificates.printing_page, name="printing"),
    path("printings/<int:pk>/file/", certificates.printing_file, name="printing_file"),
]
