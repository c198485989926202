"""Conferences as a calendar: iCalendar, RFC 5545.

What was withdrawn is not in it for readers, as if it had never been there: a cancelled event would tell of it. A draft
is tentative, for those who see drafts. A conference without a day is in no calendar.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from exchange.entries import identity, one_line

LONGEST_LINE = 75  # octets, RFC 5545 section 3.1
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# As clerks write it: 09:00, 上午9:00, 下午2时30分. 上午 alone is no time.
TIME_OF_DAY = re.compile(r"(上午|下午|晚上)?\s*(?<!\d)([01]?\d|2[0-3])\s*[:：时点]\s*([0-5]\d)?(?!\d)")
NOON = 12
# China has kept one time since 1991; no conference of this system is older.
SHANGHAI = (
    *("BEGIN:VTIMEZONE", "TZID:Asia/Shanghai", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE"),
)


def calendar(name: str, conferences: Iterable[Any], address_of: Callable[[Any], str]) -> bytes:
    """A calendar of this name; `address_of`: the absolute address of the page of a conference."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Court conferences//Exchange 1//ZH", "CALSCALE:GREGORIAN"),
        *(f"NAME:{text(name)}", f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"),
        *SHANGHAI,
        *(line for one in conferences if one.starts_on for line in _event(one, address_of(one))),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _event(conference: Any, address: str) -> Iterator[str]:
    modified = f"{conference.modified.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:{identity(conference)}"
    yield f"DTSTAMP:{modified}"
    yield f"LAST-MODIFIED:{modified}"
    yield f"SEQUENCE:{conference.sequence - 1}"
    yield from _when(conference)
    yield f"SUMMARY:{text(f'{conference.court.short_name} {conference.title}')}"
    yield f"LOCATION:{text(conference.venue or conference.court.name)}"
    if said := conference.theme or conference.summary:
        yield f"DESCRIPTION:{text(said)}"
    yield f"CATEGORIES:{text(conference.get_kind_display())}"
    yield f"STATUS:{'CONFIRMED' if conference.is_published else 'TENTATIVE'}"
    yield f"URL:{address}"
    yield "END:VEVENT"


def _when(conference: Any) -> Iterator[str]:
    """The hour where one is known and it is one day, else whole days; the last day is named by the one after it."""
    first, last = conference.starts_on, conference.ends_on or conference.starts_on
    time = time_of(conference.time_of_day) if first == last else None
    if time:
        yield f"DTSTART;TZID=Asia/Shanghai:{first:%Y%m%d}T{time:%H%M%S}"
    else:
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{max(first, last) + datetime.timedelta(days=1):%Y%m%d}"


def time_of(said: str) -> datetime.time | None:
    """The hour that the words name; None where they name none."""
    found = TIME_OF_DAY.search(said)
    if found is None:
        return None
    half, hour, minute = found.groups()
    is_late = half in {"下午", "晚上"} and int(hour) < NOON
    return datetime.time(int(hour) + NOON * is_late, int(minute or 0))


def text(said: str) -> str:
    """A value of type TEXT."""
    lines = (one_line(line) for line in said.splitlines())
    return "\n".join(lines).strip().translate(ESCAPED)


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no character cut; each but the first begins with a space."""
    pieces, room = [""], LONGEST_LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append("")
            room = LONGEST_LINE - 1
        pieces[-1] += character
        room -= size
    return "\r\n ".join(pieces)
