"""How often the pages of a conference were read; who read them is kept nowhere."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.programme import Speech


class PageOfDay(NamedTuple):
    """A page on one day: that of a conference, or with `speech` that of one of its speeches."""

    conference: int
    speech: int | None
    day: datetime.date


class PageCountQuerySet(models.QuerySet):
    @transaction.atomic
    def add(self, counted: Mapping[PageOfDay, int]) -> None:
        """Adds so many readings to each page; those of pages that are gone by now are dropped with them."""
        conferences = Conference.objects.in_bulk({page.conference for page in counted})
        speeches = {None, *Speech.objects.in_bulk({page.speech for page in counted if page.speech})}
        # In one order for everyone, so that two who add at once do not wait for each other.
        for page in sorted(counted, key=lambda page: (page.conference, page.speech or 0, page.day)):
            if page.conference in conferences and page.speech in speeches:
                place: dict[str, Any] = {"conference_id": page.conference, "speech_id": page.speech, "day": page.day}
                row, _is_new = self.get_or_create(**place)
                self.filter(pk=row.pk).update(count=F("count") + counted[page])

    add.alters_data = True  # type: ignore[attr-defined]

    def of_all(self, conferences: Any) -> "PageCountQuerySet":
        return self.filter(conference__in=conferences)

    def by_conference(self, since: datetime.date) -> dict[int, tuple[int, int]]:
        """For each conference how often its pages were read since that day, and in all."""
        rows = self.order_by().values_list("conference").annotate(**_sums(since))
        return {conference: (lately or 0, in_all) for conference, lately, in_all in rows}

    def by_page(self, since: datetime.date) -> dict[int | None, tuple[int, int]]:
        """The same for the speeches of one conference by their keys; None is the page of the conference itself."""
        rows = self.order_by().values_list("speech").annotate(**_sums(since))
        return {speech: (lately or 0, in_all) for speech, lately, in_all in rows}


def _sums(since: datetime.date) -> dict[str, Any]:
    return {"lately": Sum("count", filter=Q(day__gte=since)), "in_all": Sum("count")}


class PageCount(models.Model):
    """阅读次数. How often one page was read on one day. No part of the record: it raises no revision."""

    court_path = "conference__court"

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="page_counts", verbose_name=_("conference"), editable=False
    )
    speech = models.ForeignKey(
        Speech,
        models.CASCADE,
        related_name="page_counts",
        verbose_name=_("speech"),
        null=True,
        blank=True,
        editable=False,
    )
    day = models.DateField(_("day"), editable=False)
    count = models.PositiveIntegerField(_("readings"), default=0, editable=False)

    objects = PageCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("page count")
        verbose_name_plural = _("page counts")
        ordering = ("conference", "speech", "day")
        default_permissions = ("view",)
        constraints = (
            models.UniqueConstraint(
                fields=["conference", "day"],
                condition=Q(speech__isnull=True),
                name="page_count_conference_day",
                violation_error_message=_("This page is counted for this day already."),
            ),
            models.UniqueConstraint(
                fields=["speech", "day"],
                condition=Q(speech__isnull=False),
                name="page_count_speech_day",
                violation_error_message=_("This page is counted for this day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.speech or self.conference} {self.day}: {self.count}"
