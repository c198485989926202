"""Reads the environment strictly: a wrong word is one clear line and a stop, never a guess."""

import os
from urllib.parse import unquote, urlsplit

FLAGS = {"on": True, "off": False}


def stop(message: str) -> None:
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


def number(name: str, *, default: int) -> int:
    """A whole number of zero or more; anything else stops."""
    word = text(name, str(default))
    if not word.isascii() or not word.isdigit():
        stop(f"{name} must be a whole number, not {word!r}.")
    return int(word)


def words(name: str) -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def database(name: str, sqlite_path: str) -> dict:
    """Django's settings for the database in `postgres://user:password@host:port/name`.

    Missing: SQLite at `sqlite_path`, tuned so that several writers wait for each other instead of failing.
    """
    address = text(name)
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite_path,
            "OPTIONS": {
                # Immediate: a deferred transaction that writes late fails at once when another one wrote.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        stop(f"{name} must look like postgres://user:password@host:5432/name.")
    try:
        port = parts.port
    except ValueError:
        stop(f"{name} has a port that is no number.")
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
