"""Fixtures for every test."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache():
    """Revisions begin anew in each test, so a page cached by another test would be found again."""
    cache.clear()
