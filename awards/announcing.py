"""The announcement: from then on the winners of a conference are known. It comes at once, or at a time that is set."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Commendation
from conferences.models import Conference
from courts.access import may
from courts.refusals import Refused


@transaction.atomic
def announce(
    conference: Conference, *, by: Any, at: datetime.datetime | None = None, now: datetime.datetime | None = None
) -> int:
    """Announces all winners of the conference that are not known yet, at once or `at` a later time; returns how many.

    A time that was set before no longer holds. Refused for a draft, whose winners may still change, and for a time
    that is past. Twice changes nothing.
    """
    may(by, "awards.announce_commendation", conference)
    if Conference.objects.hold(conference.pk).is_editable:
        raise Refused(_("Winners are announced once the conference was submitted."))
    now = now or timezone.now()  # after whoever came before has finished
    if at is not None and at <= now:
        raise Refused(_("This time is past. Set one that is to come, or announce at once."))
    waiting = Commendation.objects.of(conference).unannounced(now)
    if at is None:
        return waiting.update(announced_at=now, announced_by=by)
    return waiting.exclude(announced_at=at).update(announced_at=at, announced_by=by)


@transaction.atomic
def hold_back(conference: Conference, *, by: Any, now: datetime.datetime | None = None) -> int:
    """Takes back the time that was set, unless it has come; returns for how many winners. Twice changes nothing."""
    may(by, "awards.announce_commendation", conference)
    Conference.objects.hold(conference.pk)
    return Commendation.objects.of(conference).hold_back(now)


def time_set(conference: Conference) -> datetime.datetime | None:
    """When the next of the winners will be announced; None where no time is set. One query."""
    later = Commendation.objects.of(conference).set_for_later().order_by("announced_at")
    return later.values_list("announced_at", flat=True).first()
