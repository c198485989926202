"""Papers made from the record, on the desk."""

from typing import Any

app_name = "papers"
urlpatterns: list[Any] = []
