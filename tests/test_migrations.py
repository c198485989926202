"""Migrations lead both ways, have names, and are what the models say."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.source import APPS

WITH_MODELS = [app for app in APPS if apps.is_installed(app) and apps.get_app_config(app).models]
LOADED = sorted(MigrationLoader(None).disk_migrations.items())  # the disk has no order
OURS = [migration for (app, _name), migration in LOADED if app in WITH_MODELS]


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("migration", OURS, ids=str)
def test_a_migration_is_named_for_what_it_does(migration):
    assert re.fullmatch(r"\d{4}_(?!auto_)[a-z0-9_]+", migration.name)


@pytest.mark.parametrize("migration", OURS, ids=str)
def test_a_migration_changes_the_schema_or_the_data_not_both(migration):
    kinds = {type(operation).__name__ in {"RunPython", "RunSQL"} for operation in migration.operations}

    assert len(kinds) == 1


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back():
    before = set(connection.introspection.table_names())
    ours = {table for table in before if table.split("_")[0] in WITH_MODELS}
    try:
        for app in reversed(WITH_MODELS):
            call_command("migrate", app, "zero", verbosity=0)
        assert ours & set(connection.introspection.table_names()) == set()
    finally:
        call_command("migrate", verbosity=0)

    assert set(connection.introspection.table_names()) == before
