"""The search looks into many long texts at once; unpacking them took most of its time."""

from django.db import migrations

from courts.search import stored_unpacked


class Migration(migrations.Migration):
    dependencies = [("conferences", "0011_fill_digests")]

    operations = [stored_unpacked("conferences", "Speech", "text")]
