"""What belongs to a nomination: opinions that were asked, findings that were let pass, files that show the deeds."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from awards.selections.querysets import EvidenceQuerySet
from conferences.checks.findings import KEY_LENGTH
from conferences.models.attachments import KeptFile
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.revisions import Revised

MOST_FILES = 10
"""Of one nomination."""


class Opinion(Revised):
    """意见. What a body, such as discipline inspection, was asked about a nominee, and what it said."""

    class Verdict(models.TextChoices):
        AGREES = "agrees", _("No objection")
        OBJECTS = "objects", _("Objects")
        REMARKS = "remarks", _("With remarks")

    court_path = "nomination__selection__court"

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="opinions", verbose_name=_("nomination"))
    body = models.CharField(_("body that is asked"), max_length=60)
    asked_at = decided_at(_("asked at"))
    asked_by = decided_by(_("asked by"))
    verdict = models.CharField(_("opinion"), max_length=8, choices=Verdict, blank=True)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    recorded_at = decided_at(_("recorded at"))
    recorded_by = decided_by(_("recorded by"))

    history = versions("history_opinion")

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ("nomination", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["nomination", "body"],
                name="opinion_unique",
                violation_error_message=_("This body was asked already."),
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True) | ~Q(verdict=""),
                name="opinion_says_something",
                violation_error_message=_("Say what the opinion is."),
            ),
            pair("asked", "opinion_asked_pair"),
            pair("recorded", "opinion_recorded_pair"),
        )

    def __str__(self) -> str:
        return f"{self.body}: {self.get_verdict_display() or '—'}"


class Override(Revised):
    """放行. A finding about a nomination that someone lets pass, by name and reason, as long as it says the same."""

    court_path = "nomination__selection__court"
    may_be_put_back = False  # a decision, as a waiver is

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="overrides", verbose_name=_("nomination"))
    key = models.CharField(_("key of the finding"), max_length=KEY_LENGTH, editable=False)
    text = models.TextField(_("finding"), help_text=_("As it was shown."))
    reason = models.CharField(_("reason"), max_length=300)
    overridden_at = decided_at(_("let pass at"))
    overridden_by = decided_by(_("let pass by"))

    history = versions("history_override")

    class Meta:
        verbose_name = _("finding let pass")
        verbose_name_plural = _("findings let pass")
        ordering = ("nomination", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["nomination", "key"],
                name="override_unique",
                violation_error_message=_("This finding was let pass already."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="override_has_reason",
                violation_error_message=_("Give the reason."),
            ),
            pair("overridden", "override_overridden_pair"),
        )

    def __str__(self) -> str:
        return self.text


class Evidence(KeptFile):
    """证明材料. A file that shows the deeds; leaves only through a view that asks who may read the nomination."""

    court_path = "nomination__selection__court"

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="evidence", verbose_name=_("nomination"))

    objects = EvidenceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("evidence file")
        verbose_name_plural = _("evidence files")
        ordering = ("nomination", "id")

    def get_absolute_url(self) -> str:
        return reverse("nominations:evidence", kwargs={"key": self.key})
