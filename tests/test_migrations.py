"""Migrations lead both ways, have names, and are what the models say."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

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


BEFORE_HISTORY = [(app, "0002_history") for app in ("courts", "conferences", "awards")]
FIRST_VERSIONS = [(app, "0003_first_versions") for app, _name in BEFORE_HISTORY]


def tables() -> set[str]:
    return set(connection.introspection.table_names())


def migrate(targets: list[tuple[str, str | None]]) -> StateApps:
    """All at once; with a command for each app, Django would work out every state of the models anew."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state([target for target in targets if target[1]]).apps


@pytest.mark.django_db(transaction=True)
def test_every_migration_can_be_taken_back_and_rows_from_before_the_history_get_a_first_version():
    """One walk for both, because it takes longer than hundreds of tests."""
    before = tables()
    ours = {table for table in before if table.split("_")[0] in WITH_MODELS}
    try:
        migrate([(app, None) for app in reversed(WITH_MODELS)])
        left_behind = ours & tables()

        old = migrate(BEFORE_HISTORY)
        court = old.get_model("courts", "Court").objects.create(
            name="甲法院", short_name="甲", slug="jia", level="basic"
        )
        old.get_model("courts", "Person").objects.create(court=court, name="杜晓明", stroke_key="1")
        new = migrate(FIRST_VERSIONS)
        versions = list(new.get_model("courts", "HistoricalPerson").objects.values_list("name", "history_type"))
    finally:
        call_command("migrate", verbosity=0)

    assert (left_behind, versions) == (set(), [("杜晓明", "+")])
    assert tables() == before
