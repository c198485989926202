"""One finding: what is wrong, where, and whether it blocks."""

from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, NamedTuple

from django.urls import reverse

from courts.anchors import anchor_of

CONFERENCE = "conferences_conference"
KEY_LENGTH = 63
"""The longest key, in characters."""


class Place(NamedTuple):
    """Where to mend it. `screen`: the admin's name of it, as `conferences_conference`; `anchor`: id of an element.

    `pk`: of the record that the screen shows, unless that is the conference.
    """

    screen: str
    anchor: str
    pk: int | None = None

    def address(self, conference: Any) -> str:
        return f"{reverse(f'admin:{self.screen}_change', args=[self.pk or conference.pk])}#{self.anchor}"


def at_field(name: str) -> Place:
    """A field of the conference itself."""
    return Place(CONFERENCE, f"id_{name}")


def at_part(name: str, screen: str = CONFERENCE) -> Place:
    """A part of the screen: `agenda`, `speeches`, `figures`."""
    return Place(screen, name)


def at_row(row: Any, screen: str = CONFERENCE) -> Place:
    """A stored row of the screen."""
    return Place(screen, anchor_of(row))


@dataclass(frozen=True)
class Finding:
    """One thing that is missing or does not add up.

    `code`: the rule's name, in at most 30 characters; `text`: what a clerk reads; `values`: what was compared.
    """

    code: str
    text: str
    place: Place
    values: tuple[Any, ...] = ()
    blocks: bool = False

    @property
    def key(self) -> str:
        """The same for the same rule, place and values in every language: a waiver ends when a value changes."""
        place = "\x1f".join(str(part) for part in (*self.place, *self.values))
        return f"{self.code}:{blake2s(place.encode(), digest_size=16).hexdigest()}"
