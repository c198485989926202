"""Findings that the approver let pass."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.checks.findings import KEY_LENGTH
from conferences.models.conference import part_of
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.revisions import Revised


class Waiver(Revised):
    """放行. A finding that the approver lets pass, with the reason. It holds as long as the finding says the same."""

    court_path = "conference__court"
    may_be_put_back = False  # a decision: whoever may change the record may not take it anew

    conference = part_of("waivers")
    key = models.CharField(_("key of the finding"), max_length=KEY_LENGTH, editable=False)
    text = models.TextField(_("finding"), help_text=_("As it was shown."))
    reason = models.CharField(_("reason of the waiver"), max_length=300)
    waived_at = decided_at(_("waived at"))
    waived_by = decided_by(_("waived by"))

    history = versions("history_waiver")

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ("conference", "id")
        permissions = (("waive_finding", "Can let a finding pass"),)
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "key"],
                name="waiver_unique",
                violation_error_message=_("This finding was waived already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="waiver_has_reason",
                violation_error_message=_("A waiver needs a reason."),
            ),
            pair("waived", "waiver_waived_pair"),
        )

    def __str__(self) -> str:
        return self.text
