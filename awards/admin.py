"""Awards in the admin."""

from awards import lists, roll  # noqa: F401 - they register their pages
