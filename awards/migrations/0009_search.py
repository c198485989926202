"""Indexes of the search, on PostgreSQL alone (courts/search.py)."""

from django.db import migrations

from courts.search import index_pairs


class Migration(migrations.Migration):
    dependencies = [("awards", "0008_longer_notice_titles"), ("courts", "0013_search")]

    operations = [
        index_pairs("awards", "Commendation", "commendation_pairs", "name", "department_name"),
        index_pairs(
            *("awards", "Honour", "honour_pairs"),
            *("title", "recipient_name", "quantity", "bodies", "document", "note"),
        ),
    ]
