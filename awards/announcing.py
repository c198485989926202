"""The announcement: from then on the winners of a conference are known."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.models import Commendation
from conferences.models import Conference
from courts.access import may


@transaction.atomic
def announce(conference: Conference, *, by: Any, now: datetime.datetime | None = None) -> int:
    """Announces all winners of the conference that are not announced yet; returns how many."""
    may(by, "awards.announce_commendation", conference)
    waiting = Commendation.objects.filter(conference=conference, announced_at=None)
    return waiting.update(announced_at=now or timezone.now(), announced_by=by)
