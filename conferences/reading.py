"""Counts how often pages are read, in this process, and writes the numbers down now and then.

Whoever reads is not asked and not remembered: no cookie, no address, only one more for the page and the day. A page
from the cache needs no database for that. The numbers are written when the first answer after `SECONDS` has left, so
no reader waits for them; a write that fails is tried again with the next numbers. What a process counted and had not
written is lost where it is killed; one that ends in order writes first (docs/decisions/0018).
"""

import atexit
import logging
import re
import time
from collections import Counter
from threading import Lock
from typing import Any

from django.core.signals import request_finished
from django.db import Error
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from conferences.models import PageCount, PageOfDay
from courts.access import sees_everything_of

SECONDS = 30.0
MOST_PAGES = 10_000  # in memory, while the database refuses to take them
# Programs that fetch pages say so, or say nothing at all.
NO_READER = re.compile(
    r"bot|crawl|spider|slurp|preview|monitor|curl|wget|python|java/|go-http|okhttp|libwww|scan", re.IGNORECASE
)
log = logging.getLogger(__name__)


class Readings:
    """What was counted since the last write."""

    def __init__(self) -> None:
        self.counted: Counter[PageOfDay] = Counter()
        self.since: float | None = None  # when the first of them was counted, in seconds of a clock that only runs on
        self._changing, self._writing = Lock(), Lock()

    def note(self, page: PageOfDay) -> None:
        """One more reading of a page."""
        with self._changing:
            self._take(Counter([page]))

    @property
    def are_due(self) -> bool:
        since = self.since
        return since is not None and time.monotonic() - since >= SECONDS

    def forget(self) -> None:
        """Drops what was counted and not written."""
        with self._changing:
            self.counted, self.since = Counter(), None

    def write(self) -> None:
        """Adds what was counted to the database; what cannot be written is kept for the next time."""
        if not self._writing.acquire(blocking=False):
            return  # somebody else is at it
        try:
            with self._changing:
                counted, self.counted, self.since = self.counted, Counter(), None
            if counted:
                self._add(counted)
        finally:
            self._writing.release()

    def _add(self, counted: Counter[PageOfDay]) -> None:
        try:
            PageCount.objects.add(counted)
        except Error:
            log.warning("Readings of %d pages could not be written; they are kept and tried again.", len(counted))
            with self._changing:
                self._take(counted)

    def _take(self, counted: Counter[PageOfDay]) -> None:
        if self.since is None:
            self.since = time.monotonic()
        for page, number in counted.items():
            if page in self.counted or len(self.counted) < MOST_PAGES:
                self.counted[page] += number
            else:
                log.warning("A reading was not counted: %d pages wait to be written.", MOST_PAGES)


READINGS = Readings()


def is_reading(request: HttpRequest) -> bool:
    """Whether a person asks for the page: no robot, no browser that fetches ahead, no question for the head alone."""
    browser = request.headers.get("User-Agent", "")
    ahead = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return request.method == "GET" and bool(browser) and not NO_READER.search(browser) and "prefetch" not in ahead


def note(request: HttpRequest, page: tuple[int, int | None] | None) -> None:
    """Counts the answer to a request as a reading of `page`, (conference, speech); None where it is none."""
    if page is not None and is_reading(request):
        READINGS.note(PageOfDay(*page, timezone.localdate()))


def counted_page(conference: Any, user: Any, speech: int | None = None) -> tuple[int, int | None] | None:
    """What a reading of this page counts for: nothing before it is published, nor by those who make the record."""
    is_counted = conference.is_published and not sees_everything_of(user, conference.court_id)
    return (conference.pk, speech) if is_counted else None


@receiver(request_finished)
def write_when_due(**_sent: Any) -> None:
    """After an answer has left."""
    if READINGS.are_due:
        READINGS.write()


@atexit.register
def _write_at_the_end() -> None:
    if READINGS.counted:
        READINGS.write()
