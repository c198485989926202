"""The environment is read strictly: one clear line and a stop, never a guess and never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory

from config import environment
from config.addresses import forwarded_address

SECRET = "T9-" + "kZ4_pQ7w" * 8
PRODUCTION = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "hui.example.cn"}
MISSING = f"SECRET_KEY is missing. {environment.NEW_SECRET}"
GUESSED = f"SECRET_KEY is easily guessed. {environment.NEW_SECRET}"
NO_HOST = "ALLOWED_HOSTS is missing. Name the hosts that serve this site, with commas."
HOST = "ALLOWED_HOSTS must be names or addresses such as hui.example.cn or [fd00::1]"
DATABASE = f"DATABASE_URL must look like {environment.DATABASE_SHAPE}."
OPTION = f"DATABASE_URL has an unknown option: ssl. Known are {', '.join(sorted(environment.DATABASE_OPTIONS))}."


def start(folder: Path, *command: str, **given: str) -> subprocess.CompletedProcess:
    """Runs manage.py with these variables alone."""
    bare = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder)}
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=bare | given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"DEBUG": "true"}, "DEBUG must be on or off, not 'true'."),
        ({"HTTPS": "1"}, "HTTPS must be on or off, not '1'."),
        ({"BEHIND_PROXY": "nginx"}, "BEHIND_PROXY must be on or off, not 'nginx'."),
        ({"ATTACHMENT_MAX_MB": "5MB"}, "ATTACHMENT_MAX_MB must be a whole number of one or more, not '5MB'."),
        ({"ATTACHMENT_MAX_MB": "0"}, "ATTACHMENT_MAX_MB must be a whole number of one or more, not '0'."),
        ({"IMPORT_MAX_MB": "20MB"}, "IMPORT_MAX_MB must be a whole number of one or more, not '20MB'."),
        ({"IMPORT_MAX_MB": "0"}, "IMPORT_MAX_MB must be a whole number of one or more, not '0'."),
        ({"IMPORT_MAX_ROWS": "many"}, "IMPORT_MAX_ROWS must be a whole number of one or more, not 'many'."),
        ({"IMPORT_MAX_ROWS": "0"}, "IMPORT_MAX_ROWS must be a whole number of one or more, not '0'."),
        ({"LOG_DAYS": "179"}, "LOG_DAYS must be a whole number of 180 or more, not '179'."),
        ({"SECRET_KEY": ""}, MISSING),
        ({"SECRET_KEY": "   "}, MISSING),
        ({"SECRET_KEY": "short"}, GUESSED),
        ({"SECRET_KEY": "ab" * 40}, GUESSED),
        ({"SECRET_KEY": f"django-insecure-{SECRET}"}, GUESSED),
        ({"ALLOWED_HOSTS": ""}, NO_HOST),
        ({"ALLOWED_HOSTS": "*"}, f"{HOST}, not '*'."),
        ({"ALLOWED_HOSTS": "hui.example.cn, https://hui.cn"}, f"{HOST}, not 'https://hui.cn'."),
        ({"ALLOWED_HOSTS": "127.0.0.1:8000"}, f"{HOST}, not '127.0.0.1:8000'."),
        ({"DATABASE_URL": "mysql://root@127.0.0.1/x"}, DATABASE),
        ({"DATABASE_URL": "postgres://127.0.0.1"}, DATABASE),
        ({"DATABASE_URL": "postgres://u:pa#ss@127.0.0.1/x"}, DATABASE),
        ({"DATABASE_URL": "postgres://u:pa/ss@127.0.0.1/x"}, DATABASE),
        ({"DATABASE_URL": "postgres://[::1/x"}, DATABASE),
        ({"DATABASE_URL": "postgres://127.0.0.1/x?ssl=on"}, OPTION),
        ({"FONT_DIR": "/dev/null"}, "FONT_DIR must be a folder that this user may read: /dev/null is not."),
        ({"DATA_DIR": "/dev/null/x"}, "DATA_DIR must be a folder: /dev/null/x cannot be made (Not a directory)."),
    ],
    ids=lambda value: "=".join(next(iter(value.items()))) if isinstance(value, dict) else "",
)
def test_a_wrong_word_is_one_line_and_a_stop(tmp_path, given, line):
    ended = start(tmp_path, "check", **PRODUCTION | given)

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"Settings: {line}\n")


def test_nothing_set_stops_instead_of_running_with_defaults(tmp_path):
    assert start(tmp_path, "check").stderr == f"Settings: {MISSING}\n"


def test_the_server_stops_too_instead_of_starting_its_workers_again_and_again(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", "127.0.0.1:0", "--log-level", "error"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (1, f"Settings: {MISSING}\n")


def test_debugging_needs_nothing(tmp_path):
    assert start(tmp_path, "check", DEBUG="on").returncode == 0


def test_the_documented_production_settings_pass_every_deployment_check(tmp_path):
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    documented = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    ended = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **documented | {"SECRET_KEY": SECRET})

    assert (ended.returncode, ended.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_every_variable_that_is_read_is_documented():
    source = (settings.BASE_DIR / "config" / "settings.py").read_text()
    read = set(re.findall(r'environment\.[a-z]+\("([A-Z_]+)"', source))

    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    documented = {line.lstrip("#").split("=", 1)[0] for line in lines if "=" in line and not line.startswith("# ")}

    assert documented == read


def test_an_address_of_postgresql_is_taken_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://clerk:p%23w%2F1@[fd00::1]:5433/hui?sslmode=verify-full")

    assert environment.database("DATABASE_URL", tmp_path / "unused") == {
        "ENGINE": "config.postgresql",
        "NAME": "hui",
        "USER": "clerk",
        "PASSWORD": "p#w/1",
        "HOST": "fd00::1",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "verify-full", **environment.POOL},
    }


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("", "10.0.0.1"),
        ("192.0.2.7", "192.0.2.7"),
        ("198.51.100.9, 192.0.2.7", "192.0.2.7"),
        ("2001:db8::5", "2001:db8::5"),
        ("192.0.2.7, unknown", "10.0.0.1"),
    ],
    ids=["no proxy", "one", "the client invented the first", "IPv6", "not an address"],
)
def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(forwarded, address):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR="10.0.0.1")

    assert forwarded_address(request) == address
