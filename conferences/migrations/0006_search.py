"""Indexes of the search, on PostgreSQL alone (courts/search.py)."""

from django.db import migrations

from courts.search import index_pairs


class Migration(migrations.Migration):
    dependencies = [("conferences", "0005_waivers"), ("courts", "0013_search")]

    operations = [
        index_pairs(
            "conferences", "Conference", "conference_pairs", "title", "theme", "summary", "venue", "attendance"
        ),
        index_pairs(
            *("conferences", "Speech", "speech_pairs"),
            *("title", "summary", "text", "name", "department_name", "post"),
        ),
        index_pairs("conferences", "PriorityTask", "prioritytask_pairs", "heading", "text"),
        index_pairs("conferences", "Measure", "measure_pairs", "text", "target"),
        index_pairs("conferences", "Figure", "figure_pairs", "group", "label", "value_text", "change_text"),
    ]
