"""Awards in the admin."""

from awards import honour_pages, lists, roll  # noqa: F401 - they register their pages
from awards.certificates import admin as certificates  # noqa: F401 - likewise
from awards.notices import admin as notices  # noqa: F401 - likewise
from awards.selections import admin as selections  # noqa: F401 - likewise
