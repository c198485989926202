"""A closed loop of clients over loopback: each asks again as soon as it has its answer."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

HOST, CLIENTS, SECONDS, TURNS = "127.0.0.1", 4, 2.0, 4


@contextmanager
def served(port: int, workers: int = 2) -> Iterator[None]:
    """Serves with gunicorn and two workers on loopback, as documented for production; ended at the end."""
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{HOST}:{port}", "--workers", str(workers)]
    server = subprocess.Popen([*command, "--log-level", "warning"])
    try:
        _wait(port)
        yield
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait(port: int) -> None:
    for _attempt in range(100):
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


def ask(port: int, path: str, headers: dict[str, str]) -> bytes:
    """One GET over a connection of its own; the whole answer as bytes."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}:{port}", "Connection: close", "Accept-Encoding: gzip"]
    request = "\r\n".join([*lines, *(f"{name}: {value}" for name, value in headers.items()), "", ""]).encode()
    with socket.create_connection((HOST, port), timeout=10) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def rates(port: int, *pages: tuple[str, int, dict[str, str]]) -> list[float]:
    """Answers per second for each of `pages`: (path, status, headers).

    In turns, and the best turn of each counts: whatever else this machine does meets all of them alike.
    """
    best = [0.0] * len(pages)
    for _turn in range(TURNS):
        best = [max(before, rate(port, *page)) for before, page in zip(best, pages, strict=True)]
    return best


def rate(port: int, path: str, status: int, headers: dict[str, str]) -> float:
    """Answers per second of the whole loop; stops when an answer has another status."""
    for _warm in range(20):
        ask(port, path, headers)
    end = time.perf_counter() + SECONDS

    def loop(_number: int) -> int:
        done = 0
        while time.perf_counter() < end:
            answer = ask(port, path, headers)
            if not answer.startswith(f"HTTP/1.1 {status} ".encode()):
                raise SystemExit(f"{path} answered {answer[:40]!r}")
            done += 1
        return done

    with ThreadPoolExecutor(CLIENTS) as clients:
        return sum(clients.map(loop, range(CLIENTS))) / SECONDS
