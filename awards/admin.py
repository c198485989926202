"""Awards in the admin."""

from awards import lists  # noqa: F401 - registers its pages
