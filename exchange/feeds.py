"""What is new as Atom feeds (RFC 4287): of the site, of a court, of one conference with its corrections."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from exchange.entries import MOST, NEVER, identity, identity_of_court, one_line, updated

Absolute = Callable[[str], str]  # the address of a path, with host and scheme


class Feed(Atom1Feed):
    """With a moment of its own where there are no entries: the stock one takes the clock's, each time another."""

    def latest_post_date(self) -> datetime.datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)


def _feed(title: str, page: str, own: str, guid: uuid.UUID, author: str) -> Feed:
    return Feed(
        title=one_line(title),
        link=page,
        description="",
        language="zh-Hans",
        feed_url=own,
        feed_guid=guid.urn,
        author_name=one_line(author),
    )


def _add(feed: Feed, entry: Any, page: str, **said: Any) -> None:
    """An entry about a conference; `said`: its guid and moment, and what it says other than the conference."""
    said = {"title": entry.title, "summary": entry.theme or entry.summary} | said
    feed.add_item(
        title=one_line(said["title"]),
        link=page,
        description=escape(one_line(said["summary"])),  # Atom reads a summary as HTML
        unique_id=said["guid"].urn,
        updateddate=said["at"],
    )


def feed_of_many(rows: list[Any], absolute: Absolute, *, own: str, court: Any = None) -> bytes:
    """Of these conferences (exchange/entries.py), those with news first; of one court, or of the site."""
    page = court.get_absolute_url() if court else "/"
    title = court.name if court else _("Court work conferences")
    feed = _feed(title, absolute(page), absolute(own), identity_of_court(court), title)
    for one in sorted(rows[:MOST], key=updated, reverse=True):
        title = one.title if court else f"{one.court.short_name} {one.title}"
        _add(feed, one, absolute(one.get_absolute_url()), guid=identity(one), at=updated(one), title=title)
    return feed.writeString("utf-8").encode()


def feed_of_conference(entry: Any, corrections: list[Any], absolute: Absolute, *, own: str) -> bytes:
    """Of one conference: its publication, and each published correction with its public note."""
    page = absolute(entry.get_absolute_url())
    feed = _feed(f"{entry.court.short_name} {entry.title}", page, absolute(own), identity(entry), entry.court.name)
    for at, note in reversed(corrections):
        guid = uuid.uuid5(identity(entry), at.isoformat())
        _add(feed, entry, page, guid=guid, at=at, title=f"{_('Correction')}：{entry.title}", summary=note)
    _add(feed, entry, page, guid=uuid.uuid5(identity(entry), "publication"), at=updated(entry))
    return feed.writeString("utf-8").encode()
