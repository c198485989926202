"""Fixtures for every test, and what becomes of a test that cannot run."""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections, transaction
from django.test import override_settings

from conferences.reading import READINGS

ON_POSTGRESQL = "postgresql" in django_settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Revisions begin anew in each test, so a page cached by another test would be found again."""
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_read():
    """What one test read is not written down in another, nor in the site's own database at the end."""
    yield
    READINGS.forget()


@pytest.fixture(autouse=True)
def _of_this_test_alone(settings, tmp_path: Path):
    """Files of one test are not another's; and no test waits for a hash that is slow on purpose."""
    settings.MEDIA_ROOT = tmp_path / "attachments"
    settings.FONT_DIR = tmp_path / "fonts"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in service: in memory all threads of a live server would share one connection."""
    if not ON_POSTGRESQL:
        connections["default"].settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("data") / "test.sqlite3")


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory) -> Generator[Path, None, None]:
    """The sample data, loaded once for all tests of a module; gives the folder of its attachments."""
    folder = tmp_path_factory.mktemp("sample")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder):
            call_command("load_sample", verbosity=0)
        yield folder
        transaction.set_rollback(True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is said about PostgreSQL alone is no test on SQLite, and so not a skipped one."""
    if ON_POSTGRESQL:
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Generator[None, Any, Any]:
    return failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    return failed_if_skipped((yield))


def failed_if_skipped(report: Any) -> Any:
    """Where everything is required (REQUIRE_ALL), a skipped test is a failed one."""
    if os.environ.get("REQUIRE_ALL") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"Skipped where nothing may be left out: {report.longrepr}"
    return report
