"""Who: courts, their departments and people, and the accounts that work for them."""

import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser, Permission
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Max, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courts.compiled import Compiled
from courts.decisions import decided_at, decided_by, pair
from courts.duplicates import PersonQuerySet
from courts.fields import NameField
from courts.history import versions
from courts.left_off import in_place_of_name
from courts.namesakes import Namesakes  # noqa: F401 - Django looks for models here
from courts.pinyin import SPELLED_LENGTH, spelled
from courts.revisions import Revised, RevisedQuerySet
from courts.service import Appraisal, Discipline  # noqa: F401 - Django looks for models here
from courts.sign_ins import FailedSignIn, SignIn  # noqa: F401 - Django looks for models here
from courts.strokes import KEY_LENGTH, stroke_key, validate_own_key
from courts.typed_drafts import TypedDraft  # noqa: F401 - Django looks for models here

# 法院代字. No open list of all codes exists, so only the shape can be checked.
CODE_SHAPE = r"^(最高法|[京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔云藏陕甘青宁新兵军]([0-9]{2}|[0-9]{4})?)\Z"
# The first part of every other address of the site; a court may not take it.
RESERVED_SLUGS = {
    *(
        "admin",
        "attachments",
        "awards",
        "certificates",
        "courts-below",
        "honours",
        "language",
        "login",
        "logout",
        "mine",
        "nominations",
        "notices",
        "password",
        "schemas",
        "search",
        "static",
        "tasks",
    ),
}


def validate_slug_is_free(value: str) -> None:
    """Refuses a slug that is the beginning of another page's address."""
    if value in RESERVED_SLUGS:
        raise ValidationError(_("This address is used by the system. Choose another."), code="reserved")


class CourtQuerySet(RevisedQuerySet):
    def with_path(self) -> "CourtQuerySet":
        """Loads the superior court along."""
        return self.select_related("parent")

    def revision_of(self, slug: str) -> tuple[int, int] | None:
        """Another one after every change of this court's record; None where there is no such court."""
        return next(REVISION(slug), None)

    def total_revision(self) -> dict[str, int | None]:
        """Another one after every change of any record. The sum alone may come again once a court is deleted."""
        return self.aggregate(Sum("revision"), Count("pk"), Max("pk"))


# Asked before every page, so its SQL is kept.
REVISION = Compiled(lambda slug: Court.objects.filter(slug=slug).order_by().values_list("pk", "revision"))


class Court(Revised):
    """法院. One court of the four levels or a special one; a people's tribunal is a department, not a court."""

    class Level(models.TextChoices):
        SUPREME = "supreme", _("Supreme")
        HIGH = "high", _("High")
        INTERMEDIATE = "intermediate", _("Intermediate")
        BASIC = "basic", _("Basic")
        SPECIAL = "special", _("Special")

    court_path = None  # the pages of courts below name it too

    name = models.CharField(_("full name"), max_length=60, unique=True, help_text=_("As on the seal."))
    short_name = models.CharField(_("short name"), max_length=20, help_text=_("As everyone says it."))
    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[validate_slug_is_free],
        help_text=_("Part of the address of every page of the court: lower-case letters and hyphens."),
    )
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="courts_below", verbose_name=_("superior court"), null=True, blank=True
    )
    code = models.CharField(
        _("court code"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(CODE_SHAPE, _("A court code looks like 豫, 豫12 or 豫1202."))],
        help_text=_("The character and digits of the case numbers: 豫, 豫12, 豫1202."),
    )
    division_code = models.CharField(
        _("administrative division code"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{6}\Z", _("Six digits."))],
        help_text=_("Six digits; not the court code."),
    )
    document_prefix = models.CharField(
        _("document prefix"), max_length=20, blank=True, help_text=_("Begins the numbers of the court's documents.")
    )
    default_venue = models.CharField(
        _("usual venue"), max_length=100, blank=True, help_text=_("Offered for each new conference.")
    )
    is_invented = models.BooleanField(
        _("invented"), default=False, help_text=_("Sample data: its pages say that court and people are invented.")
    )
    revision = models.PositiveBigIntegerField(_("revision"), default=0, editable=False)

    objects = CourtQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("court")
        verbose_name_plural = _("courts")
        permissions = (
            ("read_drafts", "Can read drafts and unannounced winners of the own court"),
            ("read_courts_below", "Can read what the courts below published for staff"),
        )
        ordering = ("code", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="court_code_unique",
                violation_error_message=_("Another court has this code."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")),
                name="court_not_own_parent",
                violation_error_message=_("A court cannot be its own superior."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conferences:court", kwargs={"court": self.slug})


class Department(Revised):
    """部门. Part of one court; second name plates are written into the name."""

    class Kind(models.TextChoices):
        TRIAL = "trial", _("Trial division")
        ENFORCEMENT = "enforcement", _("Enforcement bureau")
        FILING = "filing", _("Case filing")
        TRIBUNAL = "tribunal", _("People's tribunal")
        OFFICE = "office", _("Office")
        PARTY = "party", _("Party body")
        POLICE = "police", _("Judicial police")

    court = models.ForeignKey(Court, models.PROTECT, related_name="departments", verbose_name=_("court"))
    name = NameField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("As in the court's own list."))

    history = versions("history_department")

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ("court", "order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["court", "name"],
                name="department_name_unique",
                violation_error_message=_("This court already has a department of this name."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("conferences:department", kwargs={"court": self.court.slug, "pk": self.pk})


class Person(Revised):
    """人员. Someone who speaks or is honoured; needs no account. Never an identity number.

    `court` keeps the entry. A guest has an organisation of their own; nobody else sees the entry for that.
    """

    class StaffCategory(models.TextChoices):
        JUDGE = "judge", _("Judge on the quota")
        ASSISTANT = "assistant", _("Judge's assistant")
        CLERK = "clerk", _("Court clerk")
        POLICE = "police", _("Judicial police officer")
        TECHNICAL = "technical", _("Judicial technician")
        ADMINISTRATIVE = "administrative", _("Judicial administrator")
        CONTRACT = "contract", _("Contract staff")
        ASSESSOR = "assessor", _("People's assessor")
        OTHER = "other", _("Other")

    court = models.ForeignKey(Court, models.PROTECT, related_name="people", verbose_name=_("court"))
    name = NameField(_("name"), max_length=60, db_index=True)
    department = models.ForeignKey(
        Department, models.SET_NULL, related_name="people", verbose_name=_("department"), null=True, blank=True
    )
    post = models.CharField(
        _("post"), max_length=100, blank=True, help_text=_("The party post first, then 、, then the court post.")
    )
    staff_category = models.CharField(_("staff category"), max_length=14, choices=StaffCategory, blank=True)
    organisation = models.CharField(
        _("organisation"), max_length=100, blank=True, help_text=_("Only for guests: where they come from.")
    )
    sort_key = models.CharField(
        _("sort key by strokes"),
        max_length=200,
        blank=True,
        validators=[validate_own_key],
        help_text=_("Only for a rare character: the character, =, its strokes as digits (1 横 2 竖 3 撇 4 点 5 折)."),
    )
    stroke_key = models.CharField(_("order by strokes"), max_length=KEY_LENGTH, editable=False, db_index=True)
    pinyin = models.CharField(_("pinyin"), max_length=SPELLED_LENGTH, blank=True, editable=False)
    is_active = models.BooleanField(_("in service"), default=True)
    service_since = models.DateField(_("in service since"), null=True, blank=True)
    left_on = models.DateField(_("left the court on"), null=True, blank=True)
    left_off_since = models.DateField(
        _("left off public pages since"),
        null=True,
        blank=True,
        help_text=_("Pages, files and editions for readers then leave the name out; internal lists keep it."),
    )
    left_off_reason = models.CharField(
        _("why left off"), max_length=200, blank=True, help_text=_("Who asked for it and when. Internal.")
    )

    searched = ("name", "post", "organisation", "pinyin")

    history = versions("history_person")
    objects = PersonQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("court", "stroke_key", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(service_since__isnull=True)
                | Q(left_on__gte=models.F("service_since")),
                name="person_leaves_after_coming",
                violation_error_message=_("Nobody leaves before coming."),
            ),
            models.CheckConstraint(
                condition=Q(left_off_since__isnull=True, left_off_reason="")
                | (Q(left_off_since__isnull=False) & ~Q(left_off_reason="")),
                name="person_left_off_reason",
                violation_error_message=_("Whoever is left off public pages needs the day and the reason, both."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.department and self.department.court_id != self.court_id:
            raise ValidationError({"department": _("This department belongs to another court.")})
        if self.left_off_since and self.left_off_since > timezone.localdate():
            raise ValidationError({"left_off_since": _("This day is still to come; it holds from the saving on.")})

    @property
    def is_left_off(self) -> bool:
        """Whether readers do not see the name."""
        return self.left_off_since is not None

    @property
    def is_guest(self) -> bool:
        return bool(self.organisation)

    def fill_keys(self) -> None:
        """Derives the stored order and the pinyin from the name."""
        self.stroke_key = stroke_key(self.name, self.sort_key)
        self.pinyin = spelled(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)


class Merge(Revised):
    """合并记录. Two entries of one person became one (courts/merging.py). `record`: what was changed, as JSON."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"))
    kept = models.ForeignKey(
        Person, models.SET_NULL, related_name="merges", verbose_name=_("entry that was kept"), null=True
    )
    removed_name = NameField(_("entry that was removed"), max_length=60)
    record = models.TextField(_("what was changed"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    undone_at = decided_at(_("undone at"))
    undone_by = decided_by(_("undone by"))

    class Meta:
        verbose_name = _("merge of two entries")
        verbose_name_plural = _("merges of entries")
        ordering = ("-at", "-id")
        constraints = (pair("undone", "merge_undone_pair"),)

    def __str__(self) -> str:
        return f"{self.removed_name} → {self.kept or '—'}"


class User(AbstractUser):
    """用户. Works for one court; what it may do comes from the roles (`courts/roles.py`)."""

    court_path = "court"

    court = models.ForeignKey(
        Court, models.PROTECT, related_name="users", verbose_name=_("court"), null=True, blank=True
    )
    department = models.ForeignKey(
        Department, models.SET_NULL, related_name="users", verbose_name=_("department"), null=True, blank=True
    )
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        related_name="users",
        verbose_name=_("entry in the register"),
        null=True,
        blank=True,
        help_text=_("Who this is among the people of the court: the honours of that entry are the account's own."),
    )
    news_seen_until = models.DateTimeField(_("news seen until"), null=True, blank=True, editable=False)
    # As in AbstractUser, with a shorter table: the name of its primary key must not pass 30 characters.
    user_permissions = models.ManyToManyField(  # type: ignore[assignment]
        Permission,
        verbose_name=_("user permissions"),
        blank=True,
        related_name="users",
        db_table="courts_user_permission",
    )

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined]
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def clean(self) -> None:
        super().clean()
        if self.person and self.person.court_id != self.court_id:
            raise ValidationError({"person": _("This person belongs to another court.")})

    def mark_news_seen(self, until: datetime.datetime) -> None:
        """Whatever happened up to then is no news any more. No page of the record shows it: no revision is raised."""
        if self.news_seen_until is None or until > self.news_seen_until:
            self.news_seen_until = until
            self.save(update_fields=["news_seen_until"])

    def get_full_name(self) -> str:
        """Family name first, without a space, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}"

    def get_short_name(self) -> str:
        """As the head of the desk greets: the name, where the stock page has the given name alone."""
        return self.get_full_name()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Holiday(models.Model):
    """节假日. A day that is off, or a weekend day that is worked."""

    court_path = None

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKED = "worked", _("Worked weekend day")

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.OFF)
    name = models.CharField(_("name"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}".strip()


class BinnedRecord(models.Model):
    """回收站. A record that was deleted, with all its rows, as it was; see courts/bin.py."""

    court_path = "court"

    court = models.ForeignKey(Court, models.PROTECT, related_name="+", verbose_name=_("court"))
    model = models.CharField(_("kind"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    rows = models.PositiveIntegerField(_("rows"))
    record = models.TextField(_("record"))
    at = models.DateTimeField(_("deleted at"), auto_now_add=True, db_index=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("deleted by"))

    class Meta:
        verbose_name = _("deleted record")
        verbose_name_plural = _("recycle bin")
        ordering = ("-at", "-id")
        permissions = (("put_back_binnedrecord", "Can put back what was deleted"),)

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """What was deleted."""
        return str(apps.get_model(self.model)._meta.verbose_name)


class Snapshot(models.Model):
    """Name, post and department of someone as on that day, beside the optional links to the register."""

    person = models.ForeignKey(
        Person, models.SET_NULL, related_name="+", verbose_name=_("person"), null=True, blank=True
    )
    department = models.ForeignKey(
        Department,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("department in the register"),
        null=True,
        blank=True,
    )
    name = NameField(_("name"), max_length=100, blank=True)
    department_name = NameField(_("department"), max_length=100, blank=True)
    post = models.CharField(_("post"), max_length=100, blank=True)

    class Meta:
        abstract = True

    def take_snapshot(self) -> None:
        """Fills what was left empty from the links; what was written is never overwritten."""
        if self.person:
            self.name = self.name or self.person.name
            self.post = self.post or self.person.post
            if self.department is None:
                self.department = self.person.department
        if self.department and not self.department_name:
            self.department_name = self.department.name

    @property
    def speaker(self) -> str:
        """The name, or the department where a department spoke."""
        return self.name or self.department_name

    def leave_off(self) -> None:
        """Takes the name away, for readers of a page. A row that did this is never saved."""
        self.name = ""
        self.department_name, self.post = in_place_of_name(self.department_name, self.post)


SNAPSHOT_FIELDS: tuple[str, ...] = ("person", "department", "name", "department_name", "post")
