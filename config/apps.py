from django.contrib.admin.apps import AdminConfig


class SiteAdminConfig(AdminConfig):
    """The admin with the clerk's desk as its index."""

    default_site = "config.desk.Desk"
