"""Names in the database itself: databases of court networks cut what is longer than 30 characters."""

import pytest
from django.db import connection

from tests.source import APPS
from tests.test_conventions_models import NAME_LENGTH

# Tables, indexes and sequences, then constraints, that belong to tables of ours.
RELATIONS = """
    SELECT c.relname FROM pg_class c
    LEFT JOIN pg_index i ON i.indexrelid = c.oid
    LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND c.relkind = 'S'
    JOIN pg_class t ON t.oid = coalesce(i.indrelid, d.refobjid, c.oid) AND t.relkind = 'r'
    WHERE t.relname ~ %s
"""
CONSTRAINTS = """
    SELECT k.conname FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid WHERE t.relname ~ %s
"""
COLUMNS = "SELECT column_name FROM information_schema.columns WHERE table_name ~ %s"


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("query", [RELATIONS, CONSTRAINTS, COLUMNS], ids=["relations", "constraints", "columns"])
def test_no_name_in_the_database_is_longer_than_thirty_characters(query):
    with connection.cursor() as cursor:
        cursor.execute(query, [f"^({'|'.join(APPS)})_"])
        names = {name for (name,) in cursor.fetchall()}

    assert len(names) > len(APPS)  # the question was understood
    assert {name for name in names if len(name) > NAME_LENGTH} == set()
