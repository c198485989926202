"""Runs all tests wherever they can run here: `make test`. What was left out is said at the end.

REQUIRE_ALL=1 makes anything missing, and any skipped test, a failure. TEST_DATABASE_URL names another PostgreSQL
than the one on this machine. Arguments go to pytest.
"""

import os
import shutil
import socket
import subprocess
import sys
from urllib.parse import urlsplit

POSTGRESQL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/court_conferences"
REQUIRE_ALL = bool(os.environ.get("REQUIRE_ALL"))


def answers(address: str) -> bool:
    """Whether a server listens there."""
    parts = urlsplit(address)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), timeout=3):
            return True
    except OSError:
        return False


def pytest(title: str, options: list[str], **environment: str) -> int:
    """Runs pytest once; returns its exit code."""
    sys.stdout.write(f"\n== Tests on {title}\n")
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "-q", *options, *sys.argv[1:]]
    # DEBUG: the tests bring no secret. pytest-django turns it off again for the site itself.
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(command, env=inherited | {"DEBUG": "on"} | environment, check=False).returncode  # noqa: S603 - our own words


def main() -> int:
    left_out, options = [], ["--numprocesses", str(os.cpu_count() or 1), "--dist", "worksteal"]
    if not shutil.which("chromium"):
        left_out.append("browser tests: there is no `chromium` on this machine")
        if not REQUIRE_ALL:
            options += ["-m", "not browser"]
    codes = [pytest("SQLite", options)]
    if answers(POSTGRESQL):
        codes.append(pytest("PostgreSQL", options, DATABASE_URL=POSTGRESQL))
    else:
        left_out.append(f"everything on PostgreSQL: no server answers at {urlsplit(POSTGRESQL).hostname}")
    for what in left_out:
        sys.stdout.write(f"\n!!! LEFT OUT: {what}\n")
    return max(codes) or int(REQUIRE_ALL and bool(left_out))


if __name__ == "__main__":
    sys.exit(main())
