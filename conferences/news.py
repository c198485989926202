"""What happened to the conferences of a court since one of its clerks or approvers last looked.

Nothing is sent and nothing is kept: a conference itself says who submitted, returned or published it and when. Each
person only remembers up to when the news was seen (`User.news_seen_until`), so everything is told once.
"""

import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference

State = Conference.State


class News(NamedTuple):
    """One thing that someone else did. `reason`: why a conference came back."""

    conference: Conference
    text: Any
    reason: str
    by: Any
    at: datetime.datetime


# For whom: what is told, and by which pair of fields the conference says it.
TOLD = {
    "conferences.publish_conference": (("submitted", _("was submitted")),),
    "conferences.submit_conference": (("returned", _("is a draft again")), ("published", _("was published"))),
}


def news(user: Any) -> list[News]:
    """What others did in the user's own court and the user has not seen, the latest first. One query, or none."""
    told = [one for permission, acts in TOLD.items() if user.has_perm(permission) for one in acts]
    if not told or not user.court_id:
        return []
    since = user.news_seen_until or user.date_joined
    unseen = Q()
    for act, _text in told:
        unseen |= Q(**{f"{act}_at__gt": since}) & ~Q(**{f"{act}_by": user.pk})
    conferences = Conference.objects.filter(unseen, court_id=user.court_id).select_related(
        "court", "submitted_by", "returned_by", "published_by"
    )
    found = [one for conference in conferences if (one := _latest(conference, told, user, since))]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _latest(conference: Conference, told: Any, user: Any, since: datetime.datetime) -> News | None:
    """The last thing that somebody else did: what was returned and submitted anew is no longer told as returned."""
    state = conference.state
    act = "returned" if state == State.DRAFT else "submitted" if state == State.SUBMITTED else "published"
    at, by = getattr(conference, f"{act}_at"), getattr(conference, f"{act}_by")
    text = dict(told).get(act)
    if text is None or at is None or at <= since or by == user:
        return None
    return News(conference, text, conference.return_reason if act == "returned" else "", by, at)
