"""The announcement: from then on the winners of a conference are known."""

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
def announce(conference: Conference, *, by: Any, now: datetime.datetime | None = None) -> int:
    """Announces all winners of the conference that are not announced yet; returns how many.

    Refused for a draft, whose winners may still change. Twice changes nothing.
    """
    may(by, "awards.announce_commendation", conference)
    if Conference.objects.select_for_update().get(pk=conference.pk).is_editable:
        raise Refused(_("Winners are announced once the conference was submitted."))
    waiting = Commendation.objects.filter(conference=conference, announced_at=None)
    return waiting.update(announced_at=now or timezone.now(), announced_by=by)
