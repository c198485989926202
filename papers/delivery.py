"""A paper leaves as a file, or is looked at page by page."""

import hashlib
import json
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header

from awards.exports.delivery import LONGEST_NAME, NOT_IN_NAMES
from awards.models import ExportLog
from papers.court_templates import fill
from papers.docx.writing import DOCX_TYPE, docx_of
from papers.made import Made
from papers.models import CourtTemplate
from papers.typesetting import typeset
from papers.words import chinese

TEMPLATE = "paper.typ"
TYPES = {"docx": DOCX_TYPE, "pdf": "application/pdf"}
PPI = 120  # of a page in the browser: 992 pixels wide
KEPT = 600  # seconds, from the look at a paper to that at its pages
LONGEST_WHAT = ExportLog._meta.get_field("what").max_length


def file_of(made: Made, file_format: str, own: CourtTemplate | None = None) -> bytes:
    """`own`: the court's template, for a DOCX. Raises Refused where no such file can be made."""
    if own and made.context:
        with own.file.open() as file:
            return fill(file.read(), made.context)
    if file_format == "docx":
        return docx_of(made.paper)
    return typeset(TEMPLATE, made.paper.as_data(), date=made.day)


def pages_of(made: Made) -> list[bytes]:
    """A picture of each page, kept for a while under what the paper says: the browser asks for one after the other."""
    data = made.paper.as_data()
    digest = hashlib.blake2s(json.dumps(data, sort_keys=True).encode()).hexdigest()
    pages = cache.get(f"paper:{digest}")
    if pages is None:
        pages = typeset(TEMPLATE, data, date=made.day, format="png", ppi=PPI)
        cache.set(f"paper:{digest}", pages, KEPT)
    return pages


def respond(made: Made, content: bytes, label: Any, file_format: str, *, by: Any) -> HttpResponse:
    """The download, with its line in the log."""
    ExportLog.objects.create(
        by=by,
        court=made.court,
        what=f"{chinese(label)}：{made.about}"[:LONGEST_WHAT],
        file_format=file_format,
        rows=made.number,
    )
    return download(content, file_name(made.court.name, made.about, file_format), TYPES[file_format])


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    add_never_cache_headers(response)
    return response


def file_name(court: str, about: str, ending: str) -> str:
    """青屿区人民法院_关于表彰先进的决定_青法〔2024〕3号.docx, at most 150 bytes."""
    name = NOT_IN_NAMES.sub("", f"{court}_{about}").lstrip(".")
    return name.encode()[: LONGEST_NAME - len(ending) - 1].decode(errors="ignore") + f".{ending}"
