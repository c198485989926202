"""The site's table of contents."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from conferences.views import home
from config import views
from config.search.views import search

urlpatterns = [
    path("", home, name="home"),
    path("search/", search, name="search"),
    path("mine/", views.mine, name="mine"),
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("password/", auth.PasswordChangeView.as_view(success_url="/"), name="password_change"),
    path("language/<str:code>/", views.language, name="language"),
    path("admin/papers/", include("papers.urls")),
    path("admin/archive/", include("archive.urls")),
    path("admin/lists/", include("intake.urls")),
    path("admin/", admin.site.urls),
    path("awards/", include("awards.urls")),
    path("nominations/", include("awards.nominations.urls")),
    path("honours/", include("awards.register.urls")),
    path("notices/", include("awards.notices.urls")),
    path("certificates/", include("awards.certificates.urls")),
    path("tasks/", include("conferences.follow_up.urls")),
    path("", include("years.urls")),
    path("", include("conferences.urls")),
    path("", include("exchange.urls")),
]
