"""Public notice: who is to be honoured is put up before it is decided, and whoever objects is heard."""

import datetime
import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models.nominations import Nomination
from awards.models.selections import NOTICE_DAYS, Selection
from conferences.models import Audience
from courts.access import see_drafts
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.revisions import Revised, RevisedQuerySet

LONGEST_OBJECTION = 2000  # characters
MOST_LISTED = 100


def new_key() -> str:
    """The address of a notice: nobody comes upon it by counting."""
    return secrets.token_hex(8)


class PublicNoticeQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any, today: datetime.date | None = None) -> "PublicNoticeQuerySet":
        """Whose page `user` may open.

        Clerks and approvers of the court: always. Its staff: from the first day on, also after the last. Everyone
        else: those for everyone, from the first day to the last.
        """
        if user.is_superuser:
            return self.all()
        today = today or timezone.localdate()
        seen = Q(audience=Audience.PUBLIC, starts_on__lte=today, ends_on__gte=today)
        if user.is_authenticated and user.court_id:
            own = Q(selection__court=user.court_id)
            seen |= own if see_drafts(user) else own & Q(starts_on__lte=today)
        return self.filter(seen)

    def of_court(self, court_id: int | None) -> "PublicNoticeQuerySet":
        return self.filter(selection__court=court_id)

    def open(self) -> "PublicNoticeQuerySet":
        """Not concluded; those that end first come first. Adds how many objections wait, as `waiting`."""
        waiting = Count("objections", filter=Q(objections__handled_at__isnull=True))
        return self.filter(concluded_at__isnull=True).annotate(waiting=waiting).order_by("ends_on", "id")

    def with_court(self) -> "PublicNoticeQuerySet":
        return self.select_related("selection__court")

    def latest_first(self) -> "PublicNoticeQuerySet":
        """The last ones first, not more than a page."""
        return self.with_court().order_by("-starts_on", "-id")[:MOST_LISTED]

    def with_counts(self) -> "PublicNoticeQuerySet":
        """Adds how many objections came, as `received`."""
        return self.annotate(received=Count("objections"))


class PublicNotice(Revised):
    """公示. The names of one selection that are put up for so many working days, the first and the last included."""

    class Outcome(models.TextChoices):
        NO_OBJECTION = "none", _("No objection")
        HANDLED = "handled", _("Objections handled")

    court_path = "selection__court"
    may_be_put_back = False  # what was put up, and until when, is no text that is edited

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="notices", verbose_name=_("selection"))
    key = models.CharField(_("key"), max_length=16, unique=True, editable=False, default=new_key)
    title = models.CharField(_("title"), max_length=150)
    days = models.PositiveSmallIntegerField(
        _("working days of public notice"),
        default=NOTICE_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), editable=False)
    audience = models.CharField(_("audience"), max_length=6, choices=Audience, default=Audience.STAFF)
    contact = models.CharField(
        _("where to object"), max_length=200, blank=True, help_text=_("Office, telephone and address.")
    )
    text = models.TextField(_("text"), editable=False)
    started_at = decided_at(_("started at"))
    started_by = decided_by(_("started by"))
    concluded_at = decided_at(_("concluded at"))
    concluded_by = decided_by(_("concluded by"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True, editable=False)
    conclusion = models.TextField(_("record of the conclusion"), blank=True, editable=False)

    objects = PublicNoticeQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_publicnotice")

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        ordering = ("-starts_on", "-id")
        permissions = (
            ("start_publicnotice", "Can start and move a public notice"),
            ("conclude_publicnotice", "Can conclude a public notice"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="notice_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True, outcome="") | (Q(concluded_at__isnull=False) & ~Q(outcome="")),
                name="notice_concluded_outcome",
                violation_error_message=_("A conclusion says what came of the notice."),
            ),
            pair("started", "notice_started_pair"),
            pair("concluded", "notice_concluded_pair"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("notices:notice", kwargs={"key": self.key})

    @property
    def paragraphs(self) -> list[str]:
        return self.text.splitlines()

    def has_begun(self, today: datetime.date | None = None) -> bool:
        return self.starts_on <= (today or timezone.localdate())

    def has_ended(self, today: datetime.date | None = None) -> bool:
        """The last day is over."""
        return self.ends_on < (today or timezone.localdate())

    @property
    def ends_today(self) -> bool:
        return self.ends_on == timezone.localdate()

    def takes_objections(self, today: datetime.date | None = None) -> bool:
        """On each of its days, the last one included."""
        return self.has_begun(today) and not self.has_ended(today) and self.concluded_at is None


class ObjectionQuerySet(RevisedQuerySet):
    def unhandled(self) -> "ObjectionQuerySet":
        return self.filter(handled_at__isnull=True)

    def with_names(self) -> "ObjectionQuerySet":
        """With whom each is about and who handled it."""
        return self.select_related("nomination__category", "handled_by").order_by("received_at", "id")


class Objection(Revised):
    """异议. What someone has against a nominee in public notice. Read by clerks and approvers of the court alone."""

    class Channel(models.TextChoices):
        PAGE = "page", _("On the page")
        LETTER = "letter", _("By letter")
        TELEPHONE = "telephone", _("By telephone")
        VISIT = "visit", _("In person")

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Not upheld")

    court_path = "notice__selection__court"
    may_be_put_back = False  # what was said against someone is not rewritten

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections", verbose_name=_("public notice"))
    nomination = models.ForeignKey(
        Nomination, models.PROTECT, related_name="objections", verbose_name=_("about whom"), null=True, blank=True
    )
    name = models.CharField(_("name of the objector"), max_length=60, blank=True, help_text=_("Empty: anonymous."))
    contact = models.CharField(_("how to reach the objector"), max_length=120, blank=True)
    text = models.TextField(_("objection"), max_length=LONGEST_OBJECTION)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel, default=Channel.PAGE)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    handling = models.TextField(_("how it was handled"), blank=True, max_length=LONGEST_OBJECTION, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, editable=False)
    handled_at = decided_at(_("handled at"))
    handled_by = decided_by(_("handled by"))

    objects = ObjectionQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_objection")

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("notice", "received_at", "id")
        permissions = (("handle_objection", "Can enter objections and record how they were handled"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(text=""),
                name="objection_says_something",
                violation_error_message=_("Say what the objection is."),
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, outcome="")
                | (Q(handled_at__isnull=False) & ~Q(outcome="") & ~Q(handling="")),
                name="objection_handled_outcome",
                violation_error_message=_("Say how the objection was handled and what came of it."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="upheld") | Q(nomination__isnull=False),
                name="objection_upheld_about",
                violation_error_message=_("An objection is upheld against one of the names."),
            ),
            pair("handled", "objection_handled_pair"),
        )

    def __str__(self) -> str:
        """Neither who objects nor against whom: this stands in logs."""
        return f"{Objection._meta.verbose_name} {self.pk or ''}".strip()
