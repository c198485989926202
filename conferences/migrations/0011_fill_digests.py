"""Of the files that were stored before."""

from django.db import migrations

from conferences.digests import fill_digests


class Migration(migrations.Migration):
    dependencies = [("conferences", "0010_digests_of_files")]

    operations = [fill_digests("conferences", "Attachment", "ProgressFile")]
