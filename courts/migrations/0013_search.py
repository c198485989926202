"""The pinyin of those who are in the register, and the function behind the indexes of the search."""

from typing import Any

from django.db import migrations

from courts.pinyin import spelled
from courts.search import pairs_function

CHUNK = 2000


def spell(apps: Any, schema_editor: Any) -> None:
    for name in ("Person", "HistoricalPerson"):
        model, changed = apps.get_model("courts", name), []
        for row in model.objects.order_by("pk").only("name").iterator(chunk_size=CHUNK):
            row.pinyin = spelled(row.name)
            changed.append(row)
            if len(changed) == CHUNK:
                model.objects.bulk_update(changed, ["pinyin"])
                changed.clear()
        model.objects.bulk_update(changed, ["pinyin"])


class Migration(migrations.Migration):
    dependencies = [("courts", "0012_pinyin_of_people")]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop), pairs_function()]
