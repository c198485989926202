"""Long work without a queue: each request does some of it and says how far it is."""

import datetime
import time
from collections.abc import Callable
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courts.decisions import decided_at, decided_by
from courts.refusals import Refused

SECONDS = 2.0  # of work in one request


def for_a_while(step: Callable[[], bool], *, seconds: float = SECONDS) -> None:
    """Takes steps until one says that there is no more, or so long; at least one."""
    end = time.monotonic() + seconds
    while step() and time.monotonic() < end:
        pass


class PieceworkQuerySet(models.QuerySet):
    def unended(self) -> Self:
        return self.filter(finished_at__isnull=True, cancelled_at__isnull=True)

    def free(self, now: datetime.datetime) -> Self:
        """Not ended, and not being worked on by another request."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)).unended()


class Piecework(models.Model):
    """A file that is made in pieces: one request at a time works on it, until it is finished or cancelled."""

    claimed_until = models.DateTimeField(_("being worked on until"), null=True, blank=True, editable=False)
    finished_at = decided_at(_("finished at"))
    finished_by = decided_by(_("finished by"))
    cancelled_at = decided_at(_("cancelled at"))
    cancelled_by = decided_by(_("cancelled by"))

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Neither finished nor cancelled."""
        return self.finished_at is None and self.cancelled_at is None

    def cancel(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Ends the work; what was written elsewhere stays. Twice changes nothing. Refused for what is finished."""
        said = {"cancelled_at": now or timezone.now(), "cancelled_by": by}
        rows: Any = type(self)._default_manager.filter(pk=self.pk)
        ended = rows.unended().update(**said)
        self.refresh_from_db()
        if not ended and self.finished_at:
            raise Refused(_("The file is ready already."))
