"""A real browser: Debian's Chromium, driven by Playwright, against the site on a port of its own."""

import os
import shutil
import time
from pathlib import Path
from threading import get_ident

import pytest
from django.core.signals import request_finished, request_started
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
def _all_answered(transactional_db, browser):
    """Closes every window, and waits for what they sent last: a page that is left still brings what was typed on it.

    The database is emptied after this, and nobody may be writing then.
    """
    under_way: set[int] = set()

    def started(**_):
        under_way.add(get_ident())

    def finished(**_):
        under_way.discard(get_ident())

    request_started.connect(started, weak=False)
    request_finished.connect(finished, weak=False)
    yield
    for context in browser.contexts:
        context.close()
    time.sleep(0.2)  # on their way through the socket
    for _try in range(200):
        if not under_way:
            break
        time.sleep(0.05)
    request_started.disconnect(started)
    request_finished.disconnect(finished)


@pytest.fixture(autouse=True)
def _connections_closed():
    """PostgreSQL does not drop a test database to which this thread still holds a connection."""
    yield
    connections.close_all()
