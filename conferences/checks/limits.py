"""How long the main speech may be, and which characters can be printed."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from conferences.checks.findings import CONFERENCE, Finding, at_row
from conferences.checks.record import Record
from conferences.contents import minutes
from courts.fonts import missing_glyphs, unprintable

MAIN = ("report", "deployment")  # kinds of speeches and of agenda items


def main_speech(record: Record) -> Iterator[Finding]:
    """The paper and the time that it takes, read aloud."""
    for speech in record.speeches:
        length, time = len("".join(speech.text.split())), minutes(speech.text)
        if speech.kind in MAIN and (length > settings.MAIN_SPEECH_CHARACTERS or time > settings.MAIN_SPEECH_MINUTES):
            text = _("%(speech)s has %(length)d characters, some %(minutes)d minutes; the limit is %(most)s.") % {
                "speech": speech,
                "length": length,
                "minutes": time,
                "most": _limit(),
            }
            yield Finding("speech-too-long", text, at_row(speech), (length,))


def main_speech_on_the_agenda(record: Record) -> Iterator[Finding]:
    for item in record.agenda:
        if item.kind in MAIN and (item.minutes or 0) > settings.MAIN_SPEECH_MINUTES:
            text = _("%(item)s takes %(minutes)d minutes; the limit is %(most)s.")
            text %= {"item": item, "minutes": item.minutes, "most": _limit()}
            yield Finding("agenda-too-long", text, at_row(item), (item.minutes,))


def _limit() -> str:
    return _("%(characters)d characters and %(minutes)d minutes") % {
        "characters": settings.MAIN_SPEECH_CHARACTERS,
        "minutes": settings.MAIN_SPEECH_MINUTES,
    }


def rare_characters(record: Record) -> Iterator[Finding]:
    """Names that would have a hole on paper."""
    yield from unprintable_names(rows_with_names(record), CONFERENCE)


def rows_with_names(record: Record) -> list[Any]:
    return [*record.participants, *record.agenda, *record.speeches]


def unprintable_names(rows: Iterable[Any], screen: str, said: Iterable[Any] = ()) -> Iterator[Finding]:
    """Each name once, where it stands first; `said`: rows whose names were spoken of already."""
    seen = {name for row in said for name in _names(row)}
    for row in rows:
        for name in _names(row):
            characters = unprintable(name)
            if characters and name not in seen:
                seen.add(name)
                yield Finding("rare-character", _hole(name, characters), at_row(row, screen), (name,))


def _hole(name: str, characters: list[str]) -> str:
    """Rare characters that the fonts here have stand on our papers, and may be missing on those of other machines."""
    text = _("%(name)s: not every font has %(characters)s; look at it on paper before the day.")
    if lost := missing_glyphs("".join(characters)):
        text = _("%(name)s: no font here has %(characters)s. Put one that has it into the court's folder of fonts.")
        characters = list(lost)
    return text % {"name": name, "characters": "、".join(characters)}


def _names(row: Any) -> tuple[str, str, str]:
    return row.name, row.department_name, row.post


RULES = (main_speech, main_speech_on_the_agenda, rare_characters)
