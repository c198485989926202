"""What was entered before history was kept."""

from django.db import migrations

from courts.first_versions import first_versions


class Migration(migrations.Migration):
    dependencies = [("courts", "0002_history")]

    operations = [first_versions("courts", "Department", "Person")]
