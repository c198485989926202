"""Conferences as calendars, feeds and the sitemap list them: who they are, and when they last changed."""

import datetime
import uuid
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Subquery
from django.utils import timezone

from conferences.models import Conference
from courts.fields import without_invisible
from courts.models import Court

# Of this program; the identity of everything that it names is made from it.
NAMESPACE = uuid.UUID("5b0c8f6e-7d0f-4c59-9a63-0d5a3a7f1c25")
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # when a feed without entries last changed
MOST = 50


def identity_of_court(court: Court | None) -> uuid.UUID:
    """The same in every installation and under every host; without a court, that of the site."""
    return uuid.uuid5(NAMESPACE, court.slug if court else "")


def identity(conference: Conference) -> uuid.UUID:
    """Made from what a conference is found by elsewhere too: court, year, kind and number."""
    parts = (conference.court.slug, conference.year_reviewed, conference.kind, conference.number)
    return uuid.uuid5(NAMESPACE, "/".join(map(str, parts)))


def entries(conferences: Any, now: datetime.datetime | None = None) -> list[Any]:
    """The conferences with their court, the last published first. One query.

    Each with `sequence`, how often its row was written, `modified`, when it was last, and `announced`, when winners
    became known last.
    """
    versions = Conference.history.filter(id=OuterRef("pk")).order_by().values("id")
    commendations: Any = Conference._meta.get_field("commendations").related_model
    known = commendations.objects.announced(now or timezone.now()).filter(conference=OuterRef("pk"))
    rows = conferences.select_related("court").annotate(
        sequence=Subquery(versions.annotate(number=Count("pk")).values("number")),
        modified=Subquery(versions.annotate(last=Max("history_date")).values("last")),
        announced=Subquery(known.order_by().values("conference").annotate(last=Max("announced_at")).values("last")),
    )
    return list(rows.order_by(F("published_at").desc(nulls_last=True), "-pk"))


def updated(entry: Any) -> datetime.datetime:
    """When its readers last got something new: the publication, or the announcement of winners."""
    published = entry.published_at or entry.changed_at
    return max(published, entry.announced) if entry.announced else published


def one_line(text: str) -> str:
    """The text without line ends and without what XML and calendars cannot hold."""
    return without_invisible(" ".join(text.split()))
