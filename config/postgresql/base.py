"""Django's PostgreSQL backend with names of at most 30 characters.

Court networks often run databases that speak PostgreSQL but cut longer names; Django makes names for indexes
and foreign keys that are up to 63 characters long.
"""

from django.db.backends.postgresql import base, operations

MAX_NAME_LENGTH = 30


class DatabaseOperations(operations.DatabaseOperations):
    def max_name_length(self) -> int:
        return MAX_NAME_LENGTH


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
