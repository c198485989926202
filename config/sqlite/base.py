"""Django counts on the 999 values of SQLite before 3.32, and would write sixty rows in several statements."""

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base, features

MANY_VALUES = 32_766  # since 3.32; sqlite.org/limits.html


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MANY_VALUES if sqlite3.sqlite_version_info >= (3, 32) else 999


class DatabaseWrapper(base.DatabaseWrapper):
    features_class: Any = DatabaseFeatures
