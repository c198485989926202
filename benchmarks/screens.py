"""The screen of a conference with 60 rows of each part beside stock inlines of the same rows.

Stock as one would set it up for so many rows: `raw_id_fields` for every foreign key, no empty rows. It cannot nest
measures into tasks, so ours shows 60 rows more.
"""

import time
from typing import Any

from benchmarks.support.database import scratch_database
from benchmarks.support.results import finish, result

ROWS, TIMES = 60, 5
AT_LEAST, KILOBYTES, QUERIES = 4, 2.5, 40


def main() -> None:
    with scratch_database("court_bench_screens"):
        compare()
    finish()


def compare() -> None:
    # Models can only be imported once Django runs on the scratch database.
    from django.contrib.admin import AdminSite
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import path

    from config import urls
    from tests import make
    from tests.test_screens import with_rows

    site = AdminSite(name="stock")
    register(site)
    urls.urlpatterns.insert(0, path("stock/", site.urls))
    court = make.court()
    full, few = with_rows(court, ROWS), make.conference(court=court, year_reviewed=2000)
    client = Client()
    client.force_login(make.user("clerk", court=court, is_superuser=True))

    ours = f"/admin/conferences/conference/{full.pk}/change/"
    stock = least_seconds(client, f"/stock/conferences/conference/{full.pk}/change/")
    result(f"screen of {ROWS} rows a part", least_seconds(client, ours), "s", baseline=stock, at_most=1 / AT_LEAST)
    bare = len(client.get(f"/admin/conferences/conference/{few.pk}/change/").content)
    parts = 8  # seven and the measures
    result("HTML of a row", (len(client.get(ours).content) - bare) / (ROWS * parts) / 1024, "KB", at_most=KILOBYTES)
    with CaptureQueriesContext(connection) as queries:
        client.get(ours)
    result("queries to open", len(queries), "", at_most=QUERIES)


def register(site: Any) -> None:
    """The stock admin of a conference: an inline for each part, and what raw id fields link to."""
    from django.contrib import admin

    from conferences import models
    from courts.models import Court, Department, Person

    keys = {
        models.Participant: ("person", "department"),
        models.AgendaItem: ("person", "department"),
        models.Speech: ("person", "department"),
        models.Figure: ("indicator", "speech"),
        models.PriorityTask: ("speech",),
        models.Keynote: ("speech",),
        models.Attachment: (),
    }
    inlines = [
        type(f"{part.__name__}Inline", (admin.TabularInline,), {"model": part, "raw_id_fields": names, "extra": 0})
        for part, names in keys.items()
    ]
    stock = type("StockAdmin", (admin.ModelAdmin,), {"inlines": inlines, "raw_id_fields": ("court",)})
    site.register(models.Conference, stock)
    for linked in (Court, Department, Person, models.Indicator, models.Speech):
        site.register(linked)


def least_seconds(client: Any, address: str) -> float:
    times = []
    for _time in range(TIMES):
        start = time.perf_counter()
        response = client.get(address)
        times.append(time.perf_counter() - start)
        assert response.status_code == 200, address
    return min(times)


if __name__ == "__main__":
    main()
