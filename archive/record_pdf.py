"""A record or a list as PDF/A, each page with the title of its part."""

from dataclasses import asdict, dataclass
from typing import Any

from archive.blocks import Part
from archive.record_parts import held_on, parts_of
from conferences.models import Conference
from papers.content import LONGEST_TITLE, title_lines
from papers.fonts import missing_glyphs, texts_in
from papers.made import day_of
from papers.typesetting import typeset

TEMPLATE = "record.typ"
HOLE = "〓"  # a printer's sign for a letter that his case lacks


@dataclass(frozen=True)
class Document:
    """`running`: on each page; `lines`: below the title; `cover`: with a page of its own for it and the contents."""

    title: str
    running: str
    parts: list[Part]
    lines: tuple[str, ...] = ()
    issuer: str = ""
    subtitle: str = ""
    cover: bool = False
    wide: bool = False
    size: float = 13.0
    breaks: bool = False  # each part begins a page

    def as_data(self) -> dict[str, Any]:
        parts = [{"title": one.title, "blocks": [asdict(block) for block in one.blocks]} for one in self.parts]
        return {**asdict(self), "title_lines": title_lines(self.title, LONGEST_TITLE), "parts": parts}


def whole_record(conference: Conference) -> tuple[bytes, str]:
    """The PDF, and the characters that no font here has: a 〓 stands for each of them. Raises Refused."""
    return pdf(
        Document(
            title=conference.title,
            running=f"{conference.court.name}　{conference.title}",
            issuer=conference.court.name,
            subtitle="会议全记录",
            parts=parts_of(conference),
            lines=tuple(filter(None, (held_on(conference), conference.venue))),
            cover=True,
        ),
        day_of(conference),
    )


def pdf(document: Document, day: Any) -> tuple[bytes, str]:
    data = document.as_data()
    missing = missing_glyphs("".join(texts_in(data)))
    return typeset(TEMPLATE, _without(data, missing), date=day), missing


def _without(data: Any, missing: str) -> Any:
    if isinstance(data, str):
        return data.translate(dict.fromkeys(map(ord, missing), HOLE)) if missing else data
    if isinstance(data, dict):
        return {name: _without(value, missing) for name, value in data.items()}
    return [_without(one, missing) for one in data] if isinstance(data, list | tuple) else data
