"""The step that belongs to the awards of a conference in the admin: the announcement."""

from django.utils.translation import gettext_lazy as _

from awards.announcing import announce
from conferences.models import Conference
from conferences.steps import Step

ANNOUNCE = Step(
    "announce",
    _("Announce the winners"),
    _("From now on the names of the winners stand on the pages and in the lists. This cannot be taken back."),
    _("The winners were announced."),
    ("awards.announce_commendation",),
    (Conference.State.SUBMITTED, Conference.State.PUBLISHED),
    announce,
)
