"""The presentation: the awards of a conference were handed over."""

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
def present(conference: Conference, *, by: Any, now: datetime.datetime | None = None) -> int:
    """Notes that every winner who is known, and was not revoked, received the award; returns how many are new.

    Refused while nobody is announced. Twice changes nothing.
    """
    may(by, "awards.announce_commendation", conference)
    Conference.objects.hold(conference.pk)
    now = now or timezone.now()
    known = Commendation.objects.of(conference).announced(now).valid()
    if not known.exists():
        raise Refused(_("Nobody is announced yet, so nothing was presented."))
    return known.to_be_presented().update(presented_at=now, presented_by=by)
