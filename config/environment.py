"""Reads the environment strictly: a wrong word is one clear line and a stop, never a guess."""

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

FLAGS = {"on": True, "off": False}
DATABASE_SHAPE = "postgres://user:password@host:5432/name, with %23 for # and %2F for / in a password"
# What may follow the ? of a database's address. An option that was ignored in silence could be the one for encryption.
DATABASE_OPTIONS = {"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"}
HOST_SHAPE = re.compile(r"\.?[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\]")
# As `manage.py check --deploy` wants it.
SECRET_LENGTH, SECRET_CHARACTERS = 50, 5
NEW_SECRET = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(60))'"  # noqa: S105 - it is none


def stop(message: str) -> NoReturn:
    """Ends the process with one line for whoever starts it, without a traceback."""
    raise SystemExit(f"Settings: {message}")


def text(name: str, default: str = "") -> str:
    """The variable without surrounding space; `default` where it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """`on` or `off`; anything else stops."""
    word = text(name, "on" if default else "off").lower()
    if word not in FLAGS:
        stop(f"{name} must be on or off, not {word!r}.")
    return FLAGS[word]


def number(name: str, *, default: int, at_least: int = 1) -> int:
    """A whole number of `at_least` or more; anything else stops."""
    word = text(name, str(default))
    if not word.isascii() or not word.isdigit() or int(word) < at_least:
        least = "one" if at_least == 1 else at_least
        stop(f"{name} must be a whole number of {least} or more, not {word!r}.")
    return int(word)


def choice(name: str, *, default: str, among: Collection[str]) -> str:
    """One of these words; anything else stops."""
    word = text(name, default)
    if word not in among:
        stop(f"{name} must be one of {', '.join(among)}, not {word!r}.")
    return word


def folder(name: str, default: Path) -> Path:
    """A folder that exists from now on, closed to other users of the machine."""
    path = Path(text(name, str(default))).absolute()
    try:
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError as error:
        stop(f"{name} must be a folder: {path} cannot be made ({error.strerror}).")
    if not os.access(path, os.W_OK | os.X_OK):
        stop(f"{name} must be a folder that this user may write to: {path} is not.")
    return path


def existing(name: str, default: Path) -> Path:
    """A folder that is only read. One that is named must be there; the default need not."""
    path = Path(text(name, str(default))).absolute()
    if text(name) and not (path.is_dir() and os.access(path, os.R_OK | os.X_OK)):
        stop(f"{name} must be a folder that this user may read: {path} is not.")
    return path


def secret(name: str, *, debug: bool) -> str:
    """The secret; missing, empty or easily guessed stops, but while debugging."""
    value = text(name)
    if debug:
        return value or "only-for-debugging"
    if not value:
        stop(f"{name} is missing. {NEW_SECRET}")
    if len(value) < SECRET_LENGTH or len(set(value)) < SECRET_CHARACTERS or value.startswith("django-insecure-"):
        stop(f"{name} is easily guessed. {NEW_SECRET}")
    return value


def hosts(name: str, *, debug: bool) -> list[str]:
    """Names of hosts with commas between them; none at all stops, but while debugging."""
    names = [word.strip() for word in text(name).split(",") if word.strip()]
    if not names and not debug:
        stop(f"{name} is missing. Name the hosts that serve this site, with commas.")
    for host in names:
        # A * would let anyone choose the host that our links name; a port would never match.
        if not HOST_SHAPE.fullmatch(host):
            stop(f"{name} must be names or addresses such as hui.example.cn or [fd00::1], not {host!r}.")
    return names


# A pool for each worker; its connections keep the plans of queries that come again and again.
POOL = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
    "server_side_binding": True,
    "prepare_threshold": 5,
}


def database(name: str, sqlite_path: Path) -> dict[str, Any]:
    """Django's settings for the database in `postgres://user:password@host:port/name`.

    Missing: SQLite at `sqlite_path`, tuned so that several writers wait for each other instead of failing.
    """
    address = text(name)
    if not address:
        return {
            "ENGINE": "config.sqlite",
            "NAME": sqlite_path,
            "OPTIONS": {
                # Immediate: a deferred transaction that writes late fails at once when another one wrote.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        stop(f"{name} must look like {DATABASE_SHAPE}.")  # without the reason, which may quote a piece of the password
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/") or parts.fragment:
        stop(f"{name} must look like {DATABASE_SHAPE}.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := ", ".join(sorted(set(options) - DATABASE_OPTIONS)):
        stop(f"{name} has an unknown option: {unknown}. Known are {', '.join(sorted(DATABASE_OPTIONS))}.")
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": options | POOL,
    }
