"""A real browser: Debian's Chromium, driven by Playwright, against the site on a port of its own."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connections

# Playwright keeps an event loop in this thread, and Django would refuse every query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "on"
HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a browser test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # Chromium refuses a sandbox to root
    return browser_type_launch_args | {"executable_path": shutil.which("chromium"), "args": sandbox}


@pytest.fixture(autouse=True)
def _connections_closed():
    """PostgreSQL does not drop a test database to which this thread still holds a connection."""
    yield
    connections.close_all()
