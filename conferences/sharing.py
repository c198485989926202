"""What a conference tells machines: link previews, search engines, the camera of a phone."""

import json
from functools import lru_cache
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe

from conferences.models import Conference

DESCRIPTION_LENGTH = 120
# Within a script element only these could end it or begin a comment.
HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def shared(conference: Conference, address: str) -> dict[str, Any]:
    """For the head and the foot of the page at `address` (absolute). Only what the head of the page shows anyway."""
    return {
        "address": address,
        "description": (conference.theme or conference.summary)[:DESCRIPTION_LENGTH],
        "event": event(conference, address),
        "qr": qr(address),
    }


def event(conference: Conference, address: str) -> SafeString:
    """The conference as a schema.org Event, in JSON that may stand in a script element."""
    court = {"@type": "GovernmentOrganization", "name": conference.court.name}
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": conference.title,
        "url": address,
        "inLanguage": "zh-Hans",
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": court,
        "location": {"@type": "Place", "name": conference.venue or conference.court.name},
    }
    if conference.starts_on:
        data["startDate"] = conference.starts_on.isoformat()
        data["endDate"] = (conference.ends_on or conference.starts_on).isoformat()
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(HARMLESS))  # noqa: S308 - made harmless above


@lru_cache(maxsize=2048)
def qr(address: str) -> SafeString:
    """The address as an SVG element. Kept, because drawing one takes longer than a whole page."""
    code = segno.make(address, micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=0, svgclass="qr", lineclass=None))  # noqa: S308 - one path
