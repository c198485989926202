"""The admin site: its index is a clerk's desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    site_header = _("Court conferences")
    site_title = _("Court conferences")
    index_title = _("Desk")
