"""Pages for everyone are built once for each revision of the record; what a reader signed in sees is never kept.

The key of a page holds all that decides what stands on it, and whether everyone may see it at all: the revision of
the court, the address and host, the language, the day, and the release of this program. Publishing and withdrawing
raise the revision too, so a page under the present revision is one that everyone may see now. A change of the record
is seen at once by every worker, and nothing has to be invalidated.
"""

import datetime
import gzip
import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache as store
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from conferences.reading import note

# What pages are made from.
FOLDERS = (
    "templates",
    "locale",
    "config",
    *(app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()),
)
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


class Built(NamedTuple):
    """A page as its view built it. `until`: when it stops being true though nothing is written (an embargo's end).

    `read`: what a reading of it counts for (conferences/reading.py).
    """

    response: HttpResponse
    until: datetime.datetime | None = None
    read: tuple[int, int | None] | None = None


class Page(NamedTuple):
    """A page ready to be sent, plain and packed."""

    etag: str
    until: datetime.datetime | None
    body: bytes
    packed: bytes
    content_type: str
    read: tuple[int, int | None] | None


def cached(request: HttpRequest, revision: Any, build: Callable[[], Built]) -> HttpResponse:
    """The page of `build`, from the cache where a reader without an account asks, with ETag and 304.

    `build` asks whether the reader may see the page and raises Http404 otherwise. `revision` is read before: it changes
    whenever something on the page, or who may see it, changes.
    """
    if is_personal(request):
        return _built(request, build(), "private, no-store")
    if request.GET:  # a filter or a made-up question: any number of them, so none is kept
        return _built(request, build(), "public, no-cache")
    key = page_key(request, revision)
    page = store.get(key)
    if page is None or (page.until and page.until <= timezone.now()):
        built = build()
        if built.response.cookies or "CSRF_COOKIE" in request.META:
            return _built(request, built, "private, no-store")
        page = _keep(key, built)
    note(request, page.read)
    return _send(request, page)


def _built(request: HttpRequest, built: Built, cache_control: str) -> HttpResponse:
    note(request, built.read)
    return _told(built.response, cache_control)


def _told(response: HttpResponse, cache_control: str) -> HttpResponse:
    response["Cache-Control"] = cache_control
    patch_vary_headers(response, ("Cookie",))
    return response


def is_personal(request: HttpRequest) -> bool:
    """Whether the page may hold something for this reader alone."""
    return any(name in request.COOKIES for name in PERSONAL_COOKIES)


def page_key(request: HttpRequest, revision: Any) -> str:
    reader = (request.scheme, request.get_host(), request.path, get_language())
    return digest("page", release(), timezone.localdate(), revision, *reader)


def digest(*parts: Any) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


@cache
def release() -> str:
    """Changes with every installed version: the names, sizes and times of what pages are made from."""
    files = [
        path
        for folder in FOLDERS
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*"))
        if path.suffix in {".py", ".html", ".css", ".js", ".mo"}
    ]
    return digest(*((path, path.stat().st_size, path.stat().st_mtime_ns) for path in files))


def _keep(key: str, built: Built) -> Page:
    body = built.response.content
    page = Page(
        etag=f'W/"{digest(key, built.until)}"',
        until=built.until,
        body=body,
        packed=gzip.compress(body, compresslevel=6, mtime=0),
        content_type=built.response["Content-Type"],
        read=built.read,
    )
    store.set(key, page, timeout=24 * 60 * 60)
    return page


def _send(request: HttpRequest, page: Page) -> HttpResponse:
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.packed if packs else page.body, content_type=page.content_type)
    if packs:
        # Packed once when it was built; nothing secret stands on a page for everyone.
        response["Content-Encoding"] = "gzip"
    response["ETag"] = page.etag
    patch_vary_headers(_told(response, "public, no-cache"), ("Accept-Encoding",))
    return get_conditional_response(request, etag=page.etag, response=response) or response
