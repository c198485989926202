"""What a publication leaves behind: the edition of the record as it was published, and the corrections since."""

import datetime
import json
from typing import Any

from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.record import Record, record_of
from courts.decisions import decided_at, decided_by, pair
from courts.revisions import Revised, RevisedQuerySet


class EditionQuerySet(RevisedQuerySet):
    def keep(self, conference: Conference, *, by: Any, now: datetime.datetime, note: str = "") -> "Edition":
        """Keeps the record of the conference as it stands now, under the next number."""
        last = self.filter(conference=conference).aggregate(last=Max("number"))["last"] or 0
        record = json.dumps(record_of(conference), ensure_ascii=False)
        return self.create(
            conference=conference, number=last + 1, published_at=now, published_by=by, note=note, record=record
        )

    def close(self, *, by: Any, now: datetime.datetime) -> None:
        """The edition that was open is history from now on."""
        self.filter(closed_at__isnull=True).update(closed_at=now, closed_by=by)

    close.alters_data = True  # type: ignore[attr-defined]

    def newest_first(self) -> "EditionQuerySet":
        return self.order_by("-number")

    def listed(self) -> "EditionQuerySet":
        """The newest first, without the record itself, which may be long."""
        return self.newest_first().defer("record")


class Edition(Revised):
    """版次. The record as it was published, and until when; what it holds is written once and changed by nobody.

    What nobody could then see is in it too: `conferences/editions.py` says who reads what.
    """

    court_path = "conference__court"

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="editions", verbose_name=_("conference"), editable=False
    )
    number = models.PositiveSmallIntegerField(_("number of the edition"), editable=False)
    published_at = decided_at(_("published at"))
    published_by = decided_by(_("published by"))
    closed_at = decided_at(_("closed at"))
    closed_by = decided_by(_("closed by"))
    note = models.CharField(_("note"), max_length=200, blank=True, editable=False)
    record = models.TextField(_("record"), editable=False)

    objects = EditionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("conference", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "number"],
                name="edition_number_unique",
                violation_error_message=_("This edition is there already."),
            ),
            pair("published", "edition_published_pair"),
            pair("closed", "edition_closed_pair"),
        )

    def __str__(self) -> str:
        return f"{self.conference} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("conferences:edition", kwargs={**self.conference.address, "number": self.number})

    @property
    def parts(self) -> Record:
        """The record that was kept."""
        return json.loads(self.record)


class CorrectionQuerySet(RevisedQuerySet):
    def open(self) -> "CorrectionQuerySet":
        """Not published yet."""
        return self.filter(published_at__isnull=True)

    def published(self) -> "CorrectionQuerySet":
        return self.filter(published_at__isnull=False).order_by("published_at", "id")


class Correction(Revised):
    """更正. Why a locked record was opened once more, and what its page says about that."""

    court_path = "conference__court"

    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="corrections", verbose_name=_("conference"), editable=False
    )
    what = models.CharField(_("what is corrected"), max_length=300)
    reason = models.CharField(_("reason of the correction"), max_length=300)
    public_note = models.CharField(
        _("public note"), max_length=200, help_text=_("One sentence; it stands on the page for all its readers.")
    )
    opened_at = decided_at(_("opened at"))
    opened_by = decided_by(_("opened by"))
    published_at = decided_at(_("published at"))
    published_by = decided_by(_("published by"))

    objects = CorrectionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ("conference", "opened_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(published_at__isnull=True),
                name="correction_one_open",
                violation_error_message=_("A correction of this conference is open already."),
            ),
            pair("opened", "correction_opened_pair"),
            pair("published", "correction_published_pair"),
        )

    def __str__(self) -> str:
        return self.what
