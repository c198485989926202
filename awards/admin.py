"""Awards in the admin."""

from awards import honour_pages, lists, roll  # noqa: F401 - they register their pages
