"""Long work without a queue: each request does some of it and says how far it is."""

import time
from collections.abc import Callable

SECONDS = 2.0  # of work in one request


def for_a_while(step: Callable[[], bool], *, seconds: float = SECONDS) -> None:
    """Takes steps until one says that there is no more, or so long; at least one."""
    end = time.monotonic() + seconds
    while step() and time.monotonic() < end:
        pass
