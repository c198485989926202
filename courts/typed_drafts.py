"""What someone typed into a screen and has not saved: kept for that person alone, until it is saved or thrown away."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAYS = 30
MOST_BYTES = 2 * 1024 * 1024  # of one draft: the largest conferences have a quarter of that
MOST_DRAFTS = 20  # of one person
PAGE_LENGTH = 24


class TooMuch(Exception):
    """A draft is too large, or its owner has too many; nothing was kept."""


class NothingToAddTo(Exception):
    """Only what changed was sent, and there is no draft that it could be added to."""


class TypedDraftQuerySet(models.QuerySet):
    def of(self, user: Any, screen: str, record: int) -> "TypedDraftQuerySet":
        """What this person typed at this record (0: at a new one), the last first."""
        return self.filter(user=user, screen=screen, record=record).order_by("-saved_at", "-id")

    def of_page(self, user: Any, page: str) -> "TypedDraftQuerySet":
        return self.filter(user=user, page=page)

    def old(self, now: datetime.datetime) -> "TypedDraftQuerySet":
        return self.filter(saved_at__lt=now - datetime.timedelta(days=DAYS))

    @transaction.atomic
    def keep(self, draft: "TypedDraft", *, gone: list[str] | None = None) -> "TypedDraft":
        """Writes a draft; with `gone`, names of fields that are no more, only adds what has changed since.

        Drafts of any person that are old go along. Raises TooMuch and NothingToAddTo.
        """
        now = timezone.now()
        self.old(now).delete()
        before = self.of_page(draft.user, draft.page).select_for_update().first()
        if gone is not None:
            if before is None:
                raise NothingToAddTo
            kept = {name: text for name, text in before.typed.items() if name not in set(gone)}
            draft.fields = json.dumps(kept | draft.typed, ensure_ascii=False)
        if len(draft.fields.encode()) > MOST_BYTES:
            raise TooMuch
        if before is None and self.filter(user=draft.user).count() >= MOST_DRAFTS:
            raise TooMuch
        draft.pk, draft.saved_at = before and before.pk, now
        draft.save(force_insert=before is None)
        return draft


class TypedDraft(models.Model):
    """未保存的录入. The fields of one page as they were typed. On no list and no page but its owner's screen.

    Each page that is opened has a draft of its own: two windows at one record do not write over each other. It is no
    part of a court's record, so no revision is raised; `court_path` is missing on purpose: it is nobody's but its
    owner's (courts/access.py).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="typed_drafts", verbose_name=_("user")
    )
    screen = models.CharField(_("screen"), max_length=60)
    record = models.PositiveBigIntegerField(_("record"), default=0, help_text=_("0: a new one."))
    page = models.CharField(_("opened page"), max_length=PAGE_LENGTH)
    fields = models.TextField(_("typed text"))
    saved_at = models.DateTimeField(_("kept at"), db_index=True)

    objects = TypedDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        default_permissions = ()  # no role reads other people's drafts
        constraints = (
            models.UniqueConstraint(
                fields=["user", "page"],
                name="typed_draft_page_unique",
                violation_error_message=_("This page has a draft already."),
            ),
        )
        indexes = (models.Index(fields=["user", "screen", "record"], name="typed_draft_place"),)

    def __str__(self) -> str:
        # Never what was typed: whoever deletes an account is shown what goes along.
        return f"{self.screen} {self.saved_at:%Y-%m-%d %H:%M}"

    @property
    def typed(self) -> dict[str, str]:
        """Name and text of each field."""
        return json.loads(self.fields)
