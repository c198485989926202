"""What was said: conferences with their agenda, speeches, figures and priority tasks."""

import datetime
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.files import validate_attachment
from courts.access import courts_below, may, see_drafts
from courts.fields import NameField
from courts.models import Court, Department, Person, Snapshot
from courts.refusals import Refused
from courts.revisions import Revised, RevisedQuerySet

FIRST_YEAR, LAST_YEAR = 1949, 2100
YEARS = (MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))


def pair(name: str, constraint: str) -> models.CheckConstraint:
    """Who and when come in pairs: both or neither."""
    neither = Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
    both = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    return models.CheckConstraint(
        condition=neither | both, name=constraint, violation_error_message=_("Who and when belong together.")
    )


def decided_at(label: Any) -> models.DateTimeField:
    return models.DateTimeField(label, null=True, blank=True, editable=False)


def decided_by(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=label,
        null=True,
        blank=True,
        editable=False,
    )


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    STAFF = "staff", _("Staff only")


class ConferenceQuerySet(RevisedQuerySet):
    def drafts(self) -> "ConferenceQuerySet":
        """Neither submitted nor published."""
        return self.filter(submitted_at__isnull=True, published_at__isnull=True)

    def submitted(self) -> "ConferenceQuerySet":
        """Waiting for the approver."""
        return self.filter(submitted_at__isnull=False, published_at__isnull=True)

    def published(self) -> "ConferenceQuerySet":
        return self.filter(published_at__isnull=False)

    def for_everyone(self) -> "ConferenceQuerySet":
        return self.published().filter(audience=Audience.PUBLIC)

    def reviewing(self, year: int) -> "ConferenceQuerySet":
        return self.filter(year_reviewed=year)

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

    def coming(self, today: datetime.date) -> "ConferenceQuerySet":
        return self.filter(starts_on__gte=today).order_by("starts_on", "id")

    def newest_first(self) -> "ConferenceQuerySet":
        return self.order_by("-year_reviewed", "-starts_on", "-id")


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
        _("number"),
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

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ("-year_reviewed", "-starts_on", "-id")
        permissions = (
            ("submit_conference", "Can submit a conference"),
            ("publish_conference", "Can publish and withdraw a conference"),
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
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
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
    def state(self) -> "Conference.State":
        if self.locked_at:
            return self.State.LOCKED
        if self.published_at:
            return self.State.PUBLISHED
        return self.State.SUBMITTED if self.submitted_at else self.State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_editable(self) -> bool:
        """Only a draft may be changed: what the approver has read is what is published."""
        return self.state == self.State.DRAFT

    def submit(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Hands the draft to the approver. Twice changes nothing."""
        may(by, "conferences.submit_conference", self)
        if self.state != self.State.DRAFT:
            return
        self._step(Q(submitted_at=None, published_at=None), submitted_at=now or timezone.now(), submitted_by=by)

    def publish(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Opens the record to its audience. Twice changes nothing.

        Refused for a draft and for the one who submitted it: two people stand behind each publication.
        """
        may(by, "conferences.publish_conference", self)
        if self.is_published:
            return
        if self.state == self.State.DRAFT:
            raise Refused(_("Submit the conference first; another person then publishes it."))
        if self.submitted_by_id == by.pk:
            raise Refused(_("Whoever submitted a conference cannot publish it."))
        self._step(
            Q(submitted_by=self.submitted_by_id, published_at=None), published_at=now or timezone.now(), published_by=by
        )

    def withdraw(self, *, by: Any) -> None:
        """Back to a draft. The submitter may take back what waits; what is published only the approver."""
        approves = self.is_published or by.has_perm("conferences.publish_conference")
        may(by, f"conferences.{'publish' if approves else 'submit'}_conference", self)
        if self.state == self.State.LOCKED:
            raise Refused(_("A locked conference cannot be withdrawn."))
        self._step(Q(locked_at=None), submitted_at=None, submitted_by=None, published_at=None, published_by=None)

    def _step(self, before: Q, **after: Any) -> None:
        """One change of state, only from the state that was seen: of two at once the second is refused."""
        if not Conference.objects.filter(before, pk=self.pk).update(**after):
            raise Refused(_("Someone else changed this conference in the meantime. Look at it again."))
        for name, value in after.items():
            setattr(self, name, value)


def part_of(related_name: str) -> models.ForeignKey:
    """The way from a part to its conference and, by `related_name`, back."""
    return models.ForeignKey(Conference, models.CASCADE, related_name=related_name, verbose_name=_("conference"))


class ConferencePart(Revised):
    """A row of one conference, in an order of the clerk's. Each has `conference = part_of(...)`."""

    court_path = "conference__court"

    order = models.PositiveSmallIntegerField(_("order"), default=0)

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


class Participant(SnapshotPart):
    """与会人员. Who chaired, sat on the rostrum or was there, in the order of the rostrum."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        ROSTRUM = "rostrum", _("On the rostrum")
        PRESENT = "present", _("Present")

    conference = part_of("participants")
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.ROSTRUM)

    class Meta(SnapshotPart.Meta):
        verbose_name = _("participant")
        verbose_name_plural = _("participants")

    def __str__(self) -> str:
        return self.speaker


class Keynote(ConferencePart):
    """年度提法. The named campaigns, slogans, targets and guiding lines of the year."""

    class Kind(models.TextChoices):
        CAMPAIGN = "campaign", _("Campaign of the year")
        SLOGAN = "slogan", _("Slogan")
        TARGET = "target", _("Target")
        LINE = "line", _("Guiding line")
        BASIS = "basis", _("What it rests on")
        MECHANISM = "mechanism", _("Mechanism")
        BRAND = "brand", _("Brand")
        OCCASION = "occasion", _("Occasion")
        APPRAISAL = "appraisal", _("Appraisal")

    conference = part_of("keynotes")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SLOGAN)
    text = models.CharField(_("wording"), max_length=200)
    note = models.CharField(_("note"), max_length=200, blank=True)
    speech = models.ForeignKey(
        "Speech", models.SET_NULL, related_name="keynotes", verbose_name=_("speech"), null=True, blank=True
    )

    class Meta(ConferencePart.Meta):
        verbose_name = _("keynote")
        verbose_name_plural = _("keynotes")

    def __str__(self) -> str:
        return self.text


class AgendaItem(SnapshotPart):
    """议程. One step of the conference."""

    class Kind(models.TextChoices):
        ANTHEM = "anthem", _("National anthem")
        OPENING = "opening", _("Opening by the chair")
        HONOURS = "honours", _("Honours from above")
        DECISION = "decision", _("Reading of a decision")
        AWARDS = "awards", _("Presentation of awards")
        PLEDGE = "pledge", _("Pledges")
        TYPICAL = "typical", _("Speech of the honoured")
        REPORT = "report", _("Work report")
        DEPLOYMENT = "deployment", _("Work deployment")
        ADDRESS = "address", _("Address")
        CLOSING = "closing", _("Closing")
        OTHER = "other", _("Other")

    conference = part_of("agenda")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True, validators=[MaxValueValidator(600)])
    private_note = models.TextField(
        _("host's private note"), blank=True, help_text=_("Only the clerks and approvers of the court see it.")
    )

    class Meta(SnapshotPart.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")

    def __str__(self) -> str:
        return self.title


class Speech(SnapshotPart):
    """讲话. By a person, a guest or a department; the text is plain paragraphs."""

    class Kind(models.TextChoices):
        REPORT = "report", _("Work report")
        DEPLOYMENT = "deployment", _("Work deployment")
        ADDRESS = "address", _("Address")
        PLEDGE = "pledge", _("Pledge")
        TYPICAL = "typical", _("Speech of the honoured")
        OTHER = "other", _("Other")

    conference = part_of("speeches")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REPORT)
    title = models.CharField(_("title"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True, help_text=_("Headings such as 一、 and （一） become the contents."))

    class Meta(SnapshotPart.Meta):
        verbose_name = _("speech")
        verbose_name_plural = _("speeches")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(department_name=""),
                name="speech_has_speaker",
                violation_error_message=_("Say who spoke: a person or a department."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("conferences:speech", kwargs={**self.conference.address, "pk": self.pk})


class Indicator(Revised):
    """指标. A named measure of a court's work, with the time for which its definition holds."""

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        NEITHER = "neither", _("neither")

    court_path = None  # every court's figures point to it

    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.NEITHER)
    formula = models.CharField(_("formula in words"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="indicator_unique",
                violation_error_message=_("This indicator exists already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="indicator_ends_after_start",
                violation_error_message=_("The last day cannot come before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Figure(ConferencePart):
    """数据. A number as it was said, with its change and the rank that was quoted."""

    class Precision(models.TextChoices):
        EXACT = "exact", _("exact")
        ABOUT = "about", _("about")
        BAND = "band", _("a band")
        WORDS = "words", _("in words")

    class Direction(models.TextChoices):
        UP = "up", _("up")
        DOWN = "down", _("down")
        LEVEL = "level", _("level")

    class ChangeUnit(models.TextChoices):
        PERCENT = "percent", _("percent")
        POINTS = "points", _("percentage points")
        DAYS = "days", _("days")
        COUNT = "count", _("number")

    class RankKind(models.TextChoices):
        EXACT = "exact", _("exactly")
        TOP = "top", _("among the first")

    conference = part_of("figures")
    group = models.CharField(_("group"), max_length=60, blank=True, help_text=_("Figures of one group stand together."))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="figures", verbose_name=_("indicator"), null=True, blank=True
    )
    label = models.CharField(_("label"), max_length=60, help_text=_("As it was said."))
    precision = models.CharField(_("precision"), max_length=6, choices=Precision, default=Precision.EXACT)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    value_text = models.CharField(
        _("value as said"), max_length=60, blank=True, help_text=_("Where it was no plain number: 40余, 清零.")
    )
    change_direction = models.CharField(_("direction of change"), max_length=6, choices=Direction, blank=True)
    change = models.DecimalField(
        _("change"), max_digits=12, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    change_unit = models.CharField(
        _("unit of change"),
        max_length=8,
        choices=ChangeUnit,
        blank=True,
        help_text=_("Counts change by percent, rates by percentage points."),
    )
    change_text = models.CharField(_("change in words"), max_length=60, blank=True)
    rank_scope = models.CharField(_("scope of the rank"), max_length=30, blank=True, help_text=_("全市, 全省."))
    rank_kind = models.CharField(_("kind of rank"), max_length=6, choices=RankKind, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, validators=[MinValueValidator(1)])
    rank_opened_at = decided_at(_("rank opened at"))
    rank_opened_by = decided_by(_("rank opened by"))
    quote = models.CharField(_("wording"), max_length=300, blank=True, help_text=_("The sentence that it comes from."))
    speech = models.ForeignKey(
        Speech, models.SET_NULL, related_name="figures", verbose_name=_("speech"), null=True, blank=True
    )

    class Meta(ConferencePart.Meta):
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        permissions = (("open_rank", "Can open a quoted rank to the audience"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | ~Q(value_text="")
                | Q(rank__isnull=False)
                | ~Q(change_text="")
                | Q(change__isnull=False),
                name="figure_says_something",
                violation_error_message=_("Enter a value, a wording, a change or a rank."),
            ),
            models.CheckConstraint(
                condition=Q(change__isnull=True) | ~Q(change_unit=""),
                name="figure_change_has_unit",
                violation_error_message=_("Say whether the change is in percent or in percentage points."),
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | (~Q(rank_scope="") & ~Q(rank_kind="")),
                name="figure_rank_has_scope",
                violation_error_message=_("Say of whom the rank is, and whether it is exact."),
            ),
            pair("rank_opened", "figure_rank_opened_pair"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def value_as_said(self) -> str:
        """The wording where there is one, else the number with its thousands set apart, without needless zeros."""
        if self.value_text or self.value is None:
            return self.value_text
        return f"{self.value.normalize():,f}"

    def open_rank(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """Shows the quoted rank to the audience of the conference. Twice changes nothing."""
        may(by, "conferences.open_rank", self.conference)
        if self.rank_opened_at or self.rank is None:
            return
        self.rank_opened_at, self.rank_opened_by = now or timezone.now(), by
        self.save(update_fields=["rank_opened_at", "rank_opened_by"])

    def close_rank(self, *, by: Any) -> None:
        """Makes the rank internal again. Twice changes nothing."""
        may(by, "conferences.open_rank", self.conference)
        if self.rank_opened_at is None:
            return
        self.rank_opened_at, self.rank_opened_by = None, None
        self.save(update_fields=["rank_opened_at", "rank_opened_by"])


class PriorityTask(ConferencePart):
    """重点工作. What was set for the year planned, under the speech that set it."""

    conference = part_of("tasks")
    speech = models.ForeignKey(
        Speech, models.SET_NULL, related_name="tasks", verbose_name=_("speech"), null=True, blank=True
    )
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), blank=True)

    class Meta(ConferencePart.Meta):
        verbose_name = _("priority task")
        verbose_name_plural = _("priority tasks")

    def __str__(self) -> str:
        return self.heading


class Measure(Revised):
    """举措. One thing to be done for a task, by departments of its own."""

    court_path = "task__conference__court"

    task = models.ForeignKey(PriorityTask, models.CASCADE, related_name="measures", verbose_name=_("priority task"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.CharField(_("text"), max_length=500)
    lead = models.ForeignKey(
        Department,
        models.PROTECT,
        related_name="measures_led",
        verbose_name=_("lead department"),
        null=True,
        blank=True,
    )
    helpers = models.ManyToManyField(
        Department,
        through="MeasureHelper",
        related_name="measures_helped",
        verbose_name=_("helping departments"),
        blank=True,
    )
    all_help = models.BooleanField(_("all departments help"), default=False)
    responsible = models.ForeignKey(
        Person,
        models.SET_NULL,
        related_name="measures",
        verbose_name=_("person in the register"),
        null=True,
        blank=True,
    )
    responsible_name = NameField(_("responsible person"), max_length=100, blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    target = models.CharField(_("target"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.text


class MeasureHelper(Revised):
    """配合部门. A department that helps with a measure."""

    court_path = "measure__task__conference__court"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+", verbose_name=_("measure"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))

    class Meta:
        verbose_name = _("helping department")
        verbose_name_plural = _("helping departments")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "department"],
                name="measure_helper_unique",
                violation_error_message=_("This department helps already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.department)


def new_key() -> str:
    """A random part of an attachment's address: 32 characters."""
    return secrets.token_hex(16)


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """A random name: what a person typed never reaches the disk."""
    return f"{secrets.token_hex(1)}/{secrets.token_hex(16)}"


class AttachmentQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Attachments of visible conferences; those for staff only where the conference's own court or above reads."""
        conferences = Conference.objects.visible_to(user)
        visible = self.filter(conference__in=conferences)
        if user.is_superuser:
            return visible
        open_to = Q(audience=Audience.PUBLIC)
        if user.is_authenticated and user.court_id:
            open_to |= Q(conference__court_id=user.court_id) | Q(conference__court_id__in=courts_below(user))
        return visible.filter(open_to)


class Attachment(ConferencePart):
    """附件. A file of the conference; leaves only through a view that asks who may read it."""

    class Kind(models.TextChoices):
        NOTICE = "notice", _("Notice")
        REPORT = "report", _("Report")
        DECISION = "decision", _("Decision")
        PHOTO = "photo", _("Photograph")
        OTHER = "other", _("Other")

    conference = part_of("attachments")
    key = models.CharField(_("key"), max_length=32, unique=True, editable=False, default=new_key)
    file = models.FileField(_("file"), upload_to=attachment_path, validators=[validate_attachment])
    filename = models.CharField(_("name of the file"), max_length=200, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=120)
    audience = models.CharField(_("audience"), max_length=6, choices=Audience, default=Audience.STAFF)

    objects = AttachmentQuerySet.as_manager()

    class Meta(ConferencePart.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conferences:attachment", kwargs={"key": self.key})

    def clean(self) -> None:
        if self.file and not self.file.name:
            raise ValidationError({"file": _("Choose a file.")})
