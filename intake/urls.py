"""Lists in and out, on the desk."""

from django.urls import path

from intake import copy_pages, paste_pages, views

app_name = "intake"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("out/", views.take, name="take"),
    path("check/<int:pk>/", views.preview, name="preview"),
    path("copy/", copy_pages.choose, name="copy"),
    path("<int:conference>/", views.lists, name="conference_lists"),
    path("<int:conference>/out/", views.take, name="conference_take"),
    path("<int:conference>/copy/", copy_pages.copy_conference, name="copy_conference"),
    path("<int:conference>/paste/", paste_pages.paste_table, name="paste_table"),
    path("<int:conference>/winners/", paste_pages.paste_winners, name="paste_winners"),
]
