"""Of the files that were stored before."""

from django.db import migrations

from conferences.digests import fill_digests


class Migration(migrations.Migration):
    dependencies = [("awards", "0013_digests_of_files")]

    operations = [fill_digests("awards", "HonourFile", "Evidence")]
