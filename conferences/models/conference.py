"""A conference, its states, and what each of its parts has in common."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Count, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conferences.checks import refuse_unready
from courts.access import courts_below, may, see_drafts
from courts.decisions import decided_at, decided_by, pair
from courts.history import versions
from courts.models import Court, Person, Snapshot
from courts.refusals import Refused
from courts.revisions import Revised, RevisedQuerySet
from courts.search import Joined

FIRST_YEAR, LAST_YEAR = 1949, 2100
YEARS = (MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))


NO_STEPS = {f"{act}_{what}": None for act in ("submitted", "published", "locked") for what in ("at", "by")}
NOT_RETURNED: dict[str, Any] = {"returned_at": None, "returned_by": None, "return_reason": ""}


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    STAFF = "staff", _("Staff only")


class ConferenceQuerySet(RevisedQuerySet):
    def hold(self, pk: int) -> "Conference":
        """The one of this key, with its court; nobody else acts on it until this transaction ends.

        The first lock of every act, before the court and before any row: so no two wait for each other for ever. Rows
        may still be linked to it meanwhile.
        """
        return self.select_for_update(of=("self",), no_key=True).select_related("court").get(pk=pk)

    def drafts(self) -> "ConferenceQuerySet":
        """Neither submitted nor published."""
        return self.filter(submitted_at__isnull=True, published_at__isnull=True)

    def returned_first(self) -> "ConferenceQuerySet":
        """What came back with a reason before the rest; within each the last one first."""
        return self.order_by(F("returned_at").desc(nulls_last=True), "-changed_at", "-id")

    def submitted(self) -> "ConferenceQuerySet":
        """Waiting for the approver."""
        return self.filter(submitted_at__isnull=False, published_at__isnull=True)

    def published(self) -> "ConferenceQuerySet":
        return self.filter(published_at__isnull=False)

    def for_everyone(self) -> "ConferenceQuerySet":
        return self.published().filter(audience=Audience.PUBLIC)

    def reviewing(self, year: int) -> "ConferenceQuerySet":
        return self.filter(year_reviewed=year)

    def narrowed(
        self, *, year: int | None = None, court: str = "", level: str = "", kind: str = ""
    ) -> "ConferenceQuerySet":
        """Only those of this year reviewed, court (its slug), level and kind; empty means any."""
        wanted = {"year_reviewed": year, "court__slug": court, "court__level": level, "kind": kind}
        return self.filter(**{field: value for field, value in wanted.items() if value})

    def visible_to(self, user: Any) -> "ConferenceQuerySet":
        """What `user` may read: see courts/access.py for the rule."""
        if user.is_superuser:
            return self.all()
        visible = Q(published_at__isnull=False, audience=Audience.PUBLIC)
        if user.is_authenticated and user.court_id:
            own = Q(court_id=user.court_id)
            visible |= own if see_drafts(user) else own & Q(published_at__isnull=False)
            visible |= Q(published_at__isnull=False, court_id__in=courts_below(user))
        return self.filter(visible)

    def of_court_and_below(self, user: Any) -> "ConferenceQuerySet":
        """Only of the courts that `user` works for or reads from above; all for the system administrator."""
        if user.is_superuser:
            return self.all()
        return self.filter(Q(court_id=user.court_id) | Q(court_id__in=courts_below(user)))

    def with_winners(self) -> "ConferenceQuerySet":
        """Adds to each the number of its commendations, announced or not, as `winners`."""
        commendations = Conference._meta.get_field("commendations").related_model.objects  # type: ignore[union-attr]
        own = commendations.filter(conference=OuterRef("pk")).order_by().values("conference")
        return self.annotate(winners=Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0))

    def coming(self, today: datetime.date) -> "ConferenceQuerySet":
        return self.filter(starts_on__gte=today).order_by("starts_on", "id")

    def in_series_with(self, conferences: Iterable["Conference"]) -> list[tuple[int, str, int, int]]:
        """Court, kind, number and year of whatever stands in one series with these, year after year."""
        series = Q(pk__in=[])
        for court, kind, number in {one.series for one in conferences}:
            series |= Q(court=court, kind=kind, number=number)
        return list(self.filter(series).order_by().values_list("court", "kind", "number", "year_reviewed"))

    def with_key(self, pk: int) -> "ConferenceQuerySet":
        return self.filter(pk=pk)

    def newest_first(self) -> "ConferenceQuerySet":
        return self.order_by("-year_reviewed", "-starts_on", "-id")

    def next_announcement(self) -> datetime.datetime | None:
        """When the next winners of those set for later become known: pages change then, though nothing is written."""
        later = self.filter(commendations__announced_at__gt=timezone.now())
        return later.aggregate(first=Min("commendations__announced_at"))["first"]

    def with_next_announcement(self, now: datetime.datetime) -> "ConferenceQuerySet":
        """Adds the same to each conference, as its `next_announcement`."""
        commendations = Conference._meta.get_field("commendations").related_model.objects  # type: ignore[union-attr]
        later = commendations.filter(conference=OuterRef("pk"), announced_at__gt=now).order_by("announced_at")
        return self.annotate(next_announcement=Subquery(later.values("announced_at")[:1]))


class Conference(Revised):
    """会议. One conference of one court: sums up one year, plans the next."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("Annual review and commendation")
        HALF_YEAR = "half-year", _("Half-year review")
        QUARTERLY = "quarterly", _("Quarterly review")
        DEPLOYMENT = "deployment", _("Work deployment")
        DEBRIEFING = "debriefing", _("Debriefing")

    class Order(models.TextChoices):
        ENTERED = "entered", _("as entered")
        DEPARTMENT = "department", _("by department")
        STROKES = "strokes", _("by strokes of the surname")
        PINYIN = "pinyin", _("by pinyin")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        PUBLISHED = "published", _("Published")
        LOCKED = "locked", _("Locked")

    court = models.ForeignKey(Court, models.PROTECT, related_name="conferences", verbose_name=_("court"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ANNUAL)
    number = models.PositiveSmallIntegerField(
        _("which one of the year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("Of several conferences of one kind in one year: 1, 2, 3 …; an annual one is always 1."),
    )
    title = models.CharField(_("title"), max_length=120)
    year_reviewed = models.PositiveSmallIntegerField(_("year reviewed"), validators=YEARS)
    year_planned = models.PositiveSmallIntegerField(_("year planned"), validators=YEARS)
    starts_on = models.DateField(_("date"), null=True, blank=True, db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Only if it lasts several days."))
    time_of_day = models.CharField(_("time of day"), max_length=20, blank=True, help_text=_("上午, or 09:00."))
    venue = models.CharField(_("venue"), max_length=100, blank=True)
    attendance = models.CharField(_("attendance"), max_length=200, blank=True, help_text=_("Who took part."))
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences for the top of the page."))
    audience = models.CharField(_("audience"), max_length=6, choices=Audience, default=Audience.STAFF)
    roll_order = models.CharField(_("order of the winners"), max_length=10, choices=Order, default=Order.ENTERED)
    changed_at = models.DateTimeField(_("last change"), auto_now=True)
    changed_by = decided_by(_("last changed by"))
    submitted_at = decided_at(_("submitted at"))
    submitted_by = decided_by(_("submitted by"))
    published_at = decided_at(_("published at"))
    published_by = decided_by(_("published by"))
    locked_at = decided_at(_("locked at"))
    locked_by = decided_by(_("locked by"))
    returned_at = decided_at(_("returned at"))
    returned_by = decided_by(_("returned by"))
    return_reason = models.CharField(_("reason of the return"), max_length=300, blank=True, editable=False)
    states_shown_at = decided_at(_("states of the tasks shown at"))
    states_shown_by = decided_by(_("states of the tasks shown by"))

    searched = ("title", "theme", "summary", "venue", "attendance")

    objects = ConferenceQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_conference")

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ("-year_reviewed", "-starts_on", "-id")
        permissions = (
            ("submit_conference", "Can submit a conference"),
            ("publish_conference", "Can publish and withdraw a conference"),
            ("lock_conference", "Can lock a published conference"),
            ("correct_conference", "Can open the correction of a locked conference"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["court", "year_reviewed", "kind", "number"],
                name="conference_unique",
                violation_error_message=_("This court already has a conference of this kind for this year."),
            ),
            models.CheckConstraint(
                condition=Q(year_reviewed__range=(FIRST_YEAR, LAST_YEAR), year_planned__range=(FIRST_YEAR, LAST_YEAR)),
                name="conference_years_possible",
                violation_error_message=_("A year has four digits, such as 2024."),
            ),
            models.CheckConstraint(
                condition=Q(year_planned__gte=F("year_reviewed"), year_planned__lte=F("year_reviewed") + 1),
                name="conference_years_in_row",
                violation_error_message=_("The year planned is the year reviewed or the one after it."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
                name="conference_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="annual") | Q(number=1),
                name="conference_one_annual",
                violation_error_message=_("A court has one annual conference a year: number 1."),
            ),
            pair("submitted", "conference_submitted_pair"),
            pair("published", "conference_published_pair"),
            pair("locked", "conference_locked_pair"),
            pair("returned", "conference_returned_pair"),
            pair("states_shown", "conference_states_shown_pair"),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | ~Q(return_reason=""),
                name="conference_returned_reason",
                violation_error_message=_("Say why the conference goes back."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conferences:conference", kwargs=self.address)

    @property
    def address(self) -> dict[str, Any]:
        """The parts of the page's address; annual ones go by the year alone."""
        parts = {"court": self.court.slug, "year": self.year_reviewed}
        if self.kind != self.Kind.ANNUAL:
            parts["meeting"] = self.kind if self.number == 1 else f"{self.kind}-{self.number}"
        return parts

    @property
    def series(self) -> tuple[int, str, int]:
        """What it has in common with those of other years: court, kind and number."""
        return self.court_id, self.kind, self.number

    @property
    def state(self) -> "Conference.State":
        if self.locked_at:
            return self.State.LOCKED
        if self.published_at:
            return self.State.PUBLISHED
        return self.State.SUBMITTED if self.submitted_at else self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @cached_property
    def was_published(self) -> bool:
        """Whether it is or was once open to its readers: then it is withdrawn, and never deleted. One query."""
        return self.is_published or Conference.history.filter(id=self.pk, published_at__isnull=False).exists()

    @property
    def is_editable(self) -> bool:
        """Only a draft may be changed: what the approver has read is what is published."""
        return self.state == self.State.DRAFT

    @property
    def days_waiting(self) -> int:
        """For how many days it has been with the approver; 0 on the first."""
        return (timezone.localdate() - timezone.localdate(self.submitted_at)).days if self.submitted_at else 0

    def submit(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Hands the draft to the approver; why it was returned is settled by that. Twice changes nothing.

        Refused while a finding blocks it.
        """
        may(by, "conferences.submit_conference", self)
        if self.state != self.State.DRAFT:
            return
        self._step_if_ready(submitted_at=now or timezone.now(), submitted_by=by, **NOT_RETURNED)

    def publish(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Opens the record to its audience and keeps it as an edition. Twice changes nothing.

        Refused for a draft, for the one who submitted it (two people stand behind each publication), and while a
        finding blocks it. What was opened for a correction is corrected by this, and locked again.
        """
        may(by, "conferences.publish_conference", self)
        if self.is_published:
            return
        if self.state == self.State.DRAFT:
            raise Refused(_("Submit the conference first; another person then publishes it."))
        if self.submitted_by_id == by.pk:
            raise Refused(_("Whoever submitted a conference cannot publish it."))
        now = now or timezone.now()
        with transaction.atomic():
            correction = self.open_correction
            locked = {"locked_at": now, "locked_by": by} if correction else {}
            self._step_if_ready(published_at=now, published_by=by, **locked)
            self.editions.keep(self, by=by, now=now, note=correction.public_note if correction else "")
            if correction:
                correction.published_at, correction.published_by = now, by
                correction.save(update_fields=["published_at", "published_by"])

    def give_back(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """The approver returns what was submitted to the clerk, and says why. Twice changes nothing."""
        may(by, "conferences.publish_conference", self)
        if self.is_editable:
            return
        if self.is_published:
            raise Refused(_("The conference is published. It can be withdrawn, or corrected where it is locked."))
        self._reopen(by=by, reason=reason, now=now)

    def withdraw(self, *, by: Any, reason: str = "", now: datetime.datetime | None = None) -> None:
        """Back to a draft: the clerk takes back what waits; the approver what is published, and says why.

        Twice changes nothing.
        """
        may(by, f"conferences.{'publish' if self.is_published else 'submit'}_conference", self)
        if self.is_editable:
            return
        if self.state == self.State.LOCKED:
            raise Refused(_("A locked conference cannot be withdrawn."))
        self._reopen(by=by, reason=reason, now=now, needs_reason=self.is_published)

    @transaction.atomic
    def show_states(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """The court chooses that the page says how far each measure is. Twice changes nothing."""
        may(by, "conferences.publish_conference", self)
        Conference.objects.hold(self.pk)
        if self.states_shown_at is None:
            self.states_shown_at, self.states_shown_by = now or timezone.now(), by
            self.save(update_fields=["states_shown_at", "states_shown_by"])

    @transaction.atomic
    def hide_states(self, *, by: Any) -> None:
        """How far the measures are is internal again. Twice changes nothing."""
        may(by, "conferences.publish_conference", self)
        Conference.objects.hold(self.pk)
        if self.states_shown_at is not None:
            self.states_shown_at, self.states_shown_by = None, None
            self.save(update_fields=["states_shown_at", "states_shown_by"])

    def lock(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Makes the published record final: the pages stay open, and only a correction changes it.

        Twice changes nothing.
        """
        may(by, "conferences.lock_conference", self)
        if self.state == self.State.LOCKED:
            return
        if not self.is_published:
            raise Refused(_("Only a published conference can be locked."))
        self._step(locked_at=now or timezone.now(), locked_by=by)

    def correct(
        self, *, by: Any, what: str, reason: str, public_note: str, now: datetime.datetime | None = None
    ) -> None:
        """Opens the locked record to be corrected; its pages close until it is published anew.

        Twice changes nothing.
        """
        may(by, "conferences.correct_conference", self)
        if self.open_correction:
            return
        if self.state != self.State.LOCKED:
            raise Refused(_("Only a locked conference is corrected; any other can be withdrawn."))
        said = {"what": what.strip(), "reason": reason.strip(), "public_note": public_note.strip()}
        if not all(said.values()):
            raise Refused(_("Say what is corrected, why, and what the page shall say about it."))
        now = now or timezone.now()
        with transaction.atomic():
            self._reopen(by=by, reason=said["what"], now=now)
            self.corrections.create(**said, opened_at=now, opened_by=by)

    @property
    def open_correction(self) -> Any:
        """The correction that is not published yet; None where there is none. One query."""
        return self.corrections.open().first()

    def _reopen(self, *, by: Any, reason: str, now: datetime.datetime | None, needs_reason: bool = True) -> None:
        """Back to a draft. A time that was set for the announcement no longer holds: nobody knows what will change."""
        reason, now = reason.strip(), now or timezone.now()
        if needs_reason and not reason:
            raise Refused(_("Say why the conference goes back."))
        returned = {"returned_at": now, "returned_by": by, "return_reason": reason} if reason else NOT_RETURNED
        with transaction.atomic():
            self._step(**NO_STEPS, **returned)
            self.editions.close(by=by, now=now)
            self.commendations.hold_back()

    @transaction.atomic
    def _step_if_ready(self, **after: Any) -> None:
        """One change of state of a record that is ready. Nobody saves it while the findings are made."""
        refuse_unready(Conference.objects.hold(self.pk))
        self._step(**after)

    @transaction.atomic
    def _step(self, **after: Any) -> None:
        """One change of state, only from the state that was seen: of two at once the second is refused."""
        Conference.objects.hold(self.pk)
        seen = {name: getattr(self, name) for name in ("submitted_at", "published_at", "locked_at")}
        if not Conference.objects.filter(pk=self.pk, **seen).update(**after):
            raise Refused(_("Someone else changed this conference in the meantime. Look at it again."))
        for name, value in after.items():
            setattr(self, name, value)


class PartQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Parts of the conferences that `user` may read."""
        return self.filter(conference__in=Conference.objects.visible_to(user))

    def containing_beside(self, name: str, text: str) -> Self:
        """Contains every word; of a person who is left off also without the column of the name."""
        shown = Joined(*(column for column in self.model.searched if column != name))
        hidden = Q(person__in=Person.objects.left_off())
        return self.containing(text).alias(shown=shown).filter(~hidden | Q(shown__zh=text))


def part_of(related_name: str) -> "models.ForeignKey[Conference, Conference]":
    """The way from a part to its conference and, by `related_name`, back."""
    return models.ForeignKey(Conference, models.CASCADE, related_name=related_name, verbose_name=_("conference"))


class ConferencePart(Revised):
    """A row of one conference, in an order of the clerk's. Each has `conference = part_of(...)`."""

    court_path = "conference__court"

    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = PartQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True
        ordering = ("order", "id")


class SnapshotPart(ConferencePart, Snapshot):
    """A row of one conference about someone."""

    class Meta(ConferencePart.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.take_snapshot()
        super().save(*args, **kwargs)
