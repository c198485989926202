"""For migrations: rows that are older than their history get a first version, so that what they said then is kept."""

from typing import Any

from django.db import migrations
from django.utils import timezone

CHUNK = 2000


def first_versions(app: str, *models: str) -> migrations.RunPython:
    """Keeps every row of these models as it stands, by nobody; backwards there is nothing to do."""

    def begin(apps: Any, schema_editor: Any) -> None:
        for name in models:
            _begin(apps.get_model(app, name), apps.get_model(app, f"Historical{name}"))

    return migrations.RunPython(begin, migrations.RunPython.noop)


def _begin(model: Any, version: Any) -> None:
    columns = [field.attname for field in model._meta.concrete_fields]
    now, made = timezone.now(), []
    for row in model.objects.order_by("pk").values(*columns).iterator(chunk_size=CHUNK):
        made.append(version(**row, history_date=now, history_type="+"))
        if len(made) == CHUNK:
            version.objects.bulk_create(made)
            made.clear()
    version.objects.bulk_create(made)
