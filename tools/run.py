"""Prepares the development site and serves it: `make run`. What was entered before stays."""

import io
import os
import secrets
import socket
import sys
import textwrap
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"

BANNER = """
  法院工作会议 · Court conferences        http://{host}:{port}/
  录入与管理 · Enter and manage          http://{host}:{port}/admin/
  停止 · Stop                            Ctrl-C

{accounts}

"""


def refuse_taken_port(port: int) -> None:
    """Stops with one line where another program listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise SystemExit(f"Port {port} is in use. Choose another one: make run PORT={port + 1}") from None


def secret_key(path: Path) -> str:
    """The key in this file; made once, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text()


def set_environment() -> None:
    """As in production, but on this machine alone and over plain HTTP. What is set already wins."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DATA_DIR", str(ROOT / "var"))
    os.environ.setdefault("HTTPS", "off")
    os.environ.setdefault("ALLOWED_HOSTS", f"{HOST},localhost")
    os.environ.setdefault("SECRET_KEY", secret_key(Path(os.environ["DATA_DIR"]) / "secret_key"))


def collect_static() -> None:
    """Hashes and compresses the static files where one of them is newer than the last time."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    # Folders too: their time changes when a file goes.
    sources = [ROOT / "requirements" / "runtime.txt"]
    for folder in settings.STATICFILES_DIRS:
        sources += [folder, *Path(folder).rglob("*")]
    if not manifest.exists() or manifest.stat().st_mtime < max(path.stat().st_mtime for path in sources):
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def prepare() -> None:
    """Brings database, roles, holidays and static files up to date; loads what is missing of the sample."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("apply_roles", stdout=io.StringIO())
    call_command("load_holidays", stdout=io.StringIO())
    collect_static()
    call_command("load_sample", accounts=True, stdout=io.StringIO())


def accounts() -> str:
    """The development accounts, in each language of the site."""
    sample = import_module("sample.management.commands.load_sample")  # it has models, so only after the setup
    blocks = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            blocks.append(textwrap.indent("\n".join(sample.account_lines()), "  "))
    return "\n\n".join(blocks)


def main() -> None:
    port = int(sys.argv[1])
    refuse_taken_port(port)
    set_environment()
    django.setup()
    sys.stdout.write("Preparing the site; the first time takes a minute ...\n")
    sys.stdout.flush()
    prepare()
    sys.stdout.write(BANNER.format(host=HOST, port=port, accounts=accounts()))
    sys.stdout.flush()
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    # Nobody here waits half a minute after Ctrl-C for a browser that holds its connection.
    options = ["--bind", f"{HOST}:{port}", "--graceful-timeout", "3", "--log-level", "warning"]
    os.execv(gunicorn, [gunicorn, "config.wsgi", *options])  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main()
