"""A database for one benchmark: made, used and dropped again."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
import psycopg
from django.core.management import call_command
from django.db import connections

SERVER = os.environ.get("BENCH_SERVER", "postgres://postgres@127.0.0.1:5432")


@contextmanager
def scratch_database(name: str, settings: str = "config.settings") -> Iterator[str]:
    """Makes the PostgreSQL database `name`, migrates it and starts Django on it; yields its address."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}"')
    os.environ |= {"DATABASE_URL": f"{SERVER}/{name}", "DEBUG": "off", "HTTPS": "off"}
    os.environ |= {"SECRET_KEY": "benchmark-" * 8, "ALLOWED_HOSTS": "127.0.0.1,testserver"}
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ.setdefault("DATA_DIR", "var/bench")
    django.setup()
    try:
        logging.disable(logging.WARNING)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", verbosity=0)
        yield os.environ["DATABASE_URL"]
    finally:
        for connection in connections.all():
            connection.close_pool()
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
