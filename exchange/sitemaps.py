"""The addresses that everyone may open, for search engines."""

import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap

from conferences.models import Conference
from courts.models import Court
from exchange.entries import entries, updated


class ConferenceSitemap(Sitemap):
    def items(self) -> list[Any]:
        return entries(Conference.objects.for_everyone())

    def lastmod(self, item: Any) -> datetime.datetime:
        return updated(item)


class CourtSitemap(Sitemap):
    def items(self) -> list[Court]:
        return list(Court.objects.order_by("code", "name"))


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {"conferences": ConferenceSitemap, "courts": CourtSitemap}
