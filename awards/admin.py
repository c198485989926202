"""Awards in the admin."""

from awards import certificate_admin, honour_pages, lists, notice_admin, roll, selection_admin  # noqa: F401 - they register their pages
