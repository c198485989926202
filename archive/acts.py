"""What is done with a package on its page."""

from collections.abc import Callable
from typing import Any

from archive.models import ArchivePackage
from archive.packing import begin, cancel, proceed
from conferences.models import Conference


def make(conference: Conference, user: Any) -> None:
    begin(conference, by=user)


def go_on(conference: Conference, user: Any) -> None:
    for one in ArchivePackage.objects.of_conference(conference).unended():
        proceed(one, by=user)


def put_away(conference: Conference, user: Any) -> None:
    for one in ArchivePackage.objects.of_conference(conference).unended():
        cancel(one, by=user)


ACTS: dict[str, Callable[[Conference, Any], None]] = {"make": make, "continue": go_on, "cancel": put_away}
"""By the name that a button sends."""
