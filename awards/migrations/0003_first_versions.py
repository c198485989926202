"""What was entered before history was kept."""

from django.db import migrations

from courts.first_versions import first_versions


class Migration(migrations.Migration):
    dependencies = [("awards", "0002_history")]

    operations = [first_versions("awards", "AwardCategory", "AwardGiven", "Decision", "Commendation", "Honour")]
