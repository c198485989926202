"""What was entered before history was kept."""

from django.db import migrations

from courts.first_versions import first_versions


class Migration(migrations.Migration):
    dependencies = [("conferences", "0002_history")]

    operations = [first_versions("conferences", "Conference", "Participant", "Keynote", "AgendaItem", "Speech", "Figure", "PriorityTask", "Measure", "MeasureHelper")]
