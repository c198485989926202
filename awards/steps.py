"""The steps that belong to the awards of a conference in the admin: the announcement, at once or at a set time."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.announcing import announce, hold_back, time_set
from awards.models import Commendation
from awards.presenting import present
from conferences.models import Conference
from conferences.steps import Step


class AnnouncementForm(forms.Form):
    """Both empty: at once. Day and hour are those of the court's clock."""

    day = forms.DateField(
        label=_("on the day"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(label=_("at"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def clean(self) -> dict[str, Any]:
        """Gives `at` alone: when, or None for at once."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        day, hour = cleaned["day"], cleaned["hour"]
        if (day is None) != (hour is None):
            raise ValidationError(_("Give the day and the time, or neither."), code="half")
        at = timezone.make_aware(datetime.datetime.combine(day, hour)) if day else None
        if at and at <= timezone.now():
            raise ValidationError(_("This time is past. Set one that is to come, or announce at once."), code="past")
        return {"at": at}


AFTER_SUBMISSION = (Conference.State.SUBMITTED, Conference.State.PUBLISHED, Conference.State.LOCKED)
ANNOUNCE = Step(
    "announce",
    _("Announce the winners"),
    _(
        "Without a day and a time the names of the winners stand on the pages and in the lists from now on, and this"
        " cannot be taken back. With a time in the future they stay hidden until then, and the time can be changed."
    ),
    _("Done: the winners are announced, or will be at the time that was set."),
    ("awards.announce_commendation",),
    AFTER_SUBMISSION,
    announce,
    AnnouncementForm,
)
HOLD_BACK = Step(
    "hold-back",
    _("Cancel the set announcement"),
    _("The winners stay hidden until they are announced, or another time is set."),
    _("No time is set any more."),
    ("awards.announce_commendation",),
    AFTER_SUBMISSION,
    hold_back,
    is_offered=lambda conference: time_set(conference) is not None,
)
PRESENT = Step(
    "present",
    _("Note the presentation"),
    _("Every announced winner is noted as having received the award. Revoked ones are left out."),
    _("The presentation was noted."),
    ("awards.announce_commendation",),
    AFTER_SUBMISSION,
    present,
    is_offered=lambda conference: Commendation.objects.of(conference).valid().announced().to_be_presented().exists(),
)
