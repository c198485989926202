"""Digests of files that were stored before digests were kept. Used by migrations; changes nothing else."""

import hashlib
from typing import Any

from django.db import migrations


def fill_digests(app: str, *models: str) -> migrations.RunPython:
    """Reads each stored file once; of one that is missing nothing is known."""

    def fill(apps: Any, schema_editor: Any) -> None:
        for name in models:
            rows = apps.get_model(app, name)._base_manager.using(schema_editor.connection.alias)
            for row in rows.filter(sha256="").exclude(file="").iterator():
                if row.file.storage.exists(row.file.name):
                    with row.file.open() as file:
                        rows.filter(pk=row.pk).update(sha256=hashlib.file_digest(file, "sha256").hexdigest())

    return migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)
