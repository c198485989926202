"""Names in the database itself: databases of court networks cut what is longer than 30 characters.

Sequences and the checks of single columns are left out: the server names these itself, within its own limit and
never twice the same. All others are named by Django, for the limit that its backend tells.
"""

import pytest
from django.db import connection

from tests.source import APPS
from tests.test_conventions_models import NAME_LENGTH

TABLES_AND_INDEXES = """
    SELECT c.relname FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
    JOIN pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
    WHERE c.relkind IN ('r', 'i') AND t.relname ~ %s
"""
CONSTRAINTS = """
    SELECT k.conname FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
    WHERE k.contype IN ('p', 'f', 'u') AND t.relname ~ %s
"""
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name ~ %s"
QUERIES = {"tables and indexes": TABLES_AND_INDEXES, "constraints": CONSTRAINTS, "columns": COLUMNS}


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_no_name_in_the_database_is_longer_than_thirty_characters(query):
    with connection.cursor() as cursor:
        cursor.execute(query, [f"^({'|'.join(APPS)})_"])
        names = {name for (name,) in cursor.fetchall()}

    assert len(names) > len(APPS)  # the question was understood
    assert {name for name in names if len(name) > NAME_LENGTH} == set()
