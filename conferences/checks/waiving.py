"""The approver lets a finding pass, with a reason, and may take that back."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.checks import assess
from conferences.models import Conference, Waiver
from courts.access import may
from courts.refusals import Refused

LONGEST_REASON: int = Waiver._meta.get_field("reason").max_length or 0


@transaction.atomic
def waive(conference: Conference, key: str, *, reason: str, by: Any, now: datetime.datetime | None = None) -> None:
    """The finding of this key no longer blocks, as long as it says the same. Twice changes nothing.

    Refused without a reason, and where there is no such finding any more.
    """
    may(by, "conferences.waive_finding", conference)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Give a reason, in at most %(most)d characters.") % {"most": LONGEST_REASON})
    held = Conference.objects.hold(conference.pk)
    assessment = assess(held)
    finding = next((one for one in assessment.found if one.key == key), None)
    if finding is None:
        raise Refused(_("This finding is not there any more. Look at the list again."))
    if key not in assessment.waivers:
        held.waivers.create(key=key, text=finding.text, reason=reason, waived_at=now or timezone.now(), waived_by=by)


def take_back(conference: Conference, key: str, *, by: Any) -> None:
    """The finding counts again. Twice changes nothing."""
    may(by, "conferences.waive_finding", conference)
    conference.waivers.filter(key=key).delete()
