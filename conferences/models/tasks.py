"""Priority tasks and their measures, and the acts that follow a measure up to its end."""

import datetime
from collections.abc import Iterable
from typing import Any, Self

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.quarters import Quarter, quarters_to_report
from conferences.models.conference import Conference, ConferencePart, part_of
from conferences.models.figures import Indicator
from conferences.models.programme import Speech
from courts.access import may, writes_for
from courts.decisions import decided_at, decided_by, pair
from courts.fields import NameField
from courts.history import versions
from courts.models import Department, Person
from courts.refusals import NotAllowed, Refused
from courts.revisions import Revised, RevisedQuerySet

LONGEST_REASON = 300
ALL = 100  # percent
MOST = {"most": LONGEST_REASON}


class PriorityTask(ConferencePart):
    """重点工作. What was set for the year planned, under the speech that set it."""

    conference = part_of("tasks")
    speech = models.ForeignKey(
        Speech, models.SET_NULL, related_name="tasks", verbose_name=_("speech"), null=True, blank=True
    )
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    passage = models.CharField(
        _("passage in the speech"),
        max_length=80,
        blank=True,
        help_text=_("The heading as it stands in the text of the speech."),
    )

    searched = ("heading", "text")

    history = versions("history_prioritytask")

    class Meta(ConferencePart.Meta):
        verbose_name = _("priority task")
        verbose_name_plural = _("priority tasks")

    def __str__(self) -> str:
        return self.heading


class MeasureQuerySet(RevisedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Measures of the conferences that `user` may read."""
        return self.filter(task__conference__in=Conference.objects.visible_to(user))

    def followed(self) -> Self:
        """Of published conferences: before that nothing was promised."""
        return self.filter(task__conference__published_at__isnull=False)

    def open(self) -> Self:
        """Neither closed nor cancelled, nor gone on in a later conference."""
        return self.filter(~carried_on(), closed_at__isnull=True, cancelled_at__isnull=True)

    def of_conference(self, conference: Any) -> Self:
        return self.filter(task__conference=conference)

    def of_department(self, department: Any) -> Self:
        """Which it leads or helps with, all departments' measures included."""
        key = getattr(department, "pk", department)
        helps = MeasureHelper.objects.filter(measure=OuterRef("pk"), department=key)
        court = Department.objects.filter(pk=key).values("court")
        return self.filter(Q(lead=key) | Exists(helps) | Q(all_help=True, task__conference__court__in=court))

    def answered_for_by(self, person: Any) -> Self:
        """Of which this person is the responsible one or the leader."""
        return self.filter(Q(responsible=person) | Q(leader=person))

    def read_by(self, user: Any) -> Self:
        """Whose progress `user` reads: of the own court all who follow it up, and a liaison the own department's."""
        if not user.is_authenticated:
            return self.none()
        seen = self.followed()
        if user.is_superuser:
            return seen
        seen = seen.filter(task__conference__court=user.court_id) if user.court_id else self.none()
        if user.has_perm("conferences.follow_measure"):
            return seen
        if not user.has_perm("conferences.report_measure") or not user.department_id:
            return self.none()
        return seen.of_department(user.department_id)

    def overdue(self, today: datetime.date) -> Self:
        """Open after the last day; without a due date that is the last day of the year planned."""
        late = Q(deferred_to__lt=today) | Q(deferred_to__isnull=True, due_on__lt=today)
        late |= Q(deferred_to__isnull=True, due_on__isnull=True, task__conference__year_planned__lt=today.year)
        return self.open().filter(late)

    def unreported(self, today: datetime.date) -> Self:
        """Open, without a report that stands on the last quarter, though the conference was held before its end."""
        last = quarters_to_report(today)[0]
        reports: Any = self.model._meta.get_field("reports").related_model
        told = reports.objects.filter(measure=OuterRef("pk"), returned_at__isnull=True)
        told = told.filter(Q(year__gt=last.year) | Q(year=last.year, quarter__gte=last.number))
        began = Q(task__conference__starts_on__lte=last.last_day)
        began |= Q(task__conference__starts_on__isnull=True, task__conference__year_planned__lte=last.year)
        return self.open().filter(began & ~Exists(told))

    def reported_by(self, user: Any) -> Self:
        """On which `user` reports for the own department, as `Measure.is_reported_by` says of one."""
        if user.department_id is None:
            return self.none()
        return self.of_department(user.department_id).filter(Q(lead=user.department_id) | Q(lead__isnull=True))

    def asking(self, today: datetime.date) -> Self:
        """Open, and waiting for a report: of the last quarter, in place of a returned one, or after a supervision."""
        related = {name: self.model._meta.get_field(name).related_model for name in ("reports", "supervisions")}
        managers: Any = {name: model.objects for name, model in related.items()}  # type: ignore[union-attr]
        back = managers["reports"].returned().filter(measure=OuterRef("pk"))
        pressed = managers["supervisions"].unanswered().filter(measure=OuterRef("pk"))
        untold = self.model.objects.unreported(today).values("pk")  # type: ignore[attr-defined]
        return self.open().filter(Exists(back) | Exists(pressed) | Q(pk__in=untold))

    def waiting_by_conference(self, today: datetime.date) -> Any:
        """For each conference where something waits: key, title, how many are overdue and how many unreported."""
        late, untold = self.overdue(today).values("pk"), self.unreported(today).values("pk")
        waiting = self.filter(Q(pk__in=late) | Q(pk__in=untold)).order_by("-task__conference__year_planned")
        return waiting.values("task__conference", "task__conference__title").annotate(
            late=Count("pk", filter=Q(pk__in=late)), untold=Count("pk", filter=Q(pk__in=untold))
        )

    def with_progress(self) -> Self:
        """Adds `last_percent`, `last_year` and `last_quarter` of the newest report that stands, None without one.

        And whether it `goes_on` in a later conference.
        """
        reports: Any = self.model._meta.get_field("reports").related_model
        newest = reports.objects.filter(measure=OuterRef("pk"), returned_at__isnull=True).order_by("-year", "-quarter")
        return self.annotate(
            goes_on=carried_on(),
            last_percent=Subquery(newest.values("percent")[:1]),
            last_year=Subquery(newest.values("year")[:1]),
            last_quarter=Subquery(newest.values("quarter")[:1]),
        )

    def listed(self) -> Self:
        """With what every list of them names, in the order of the conference."""
        rows = self.select_related("task__conference__court", "task__speech", "lead", "indicator", "carried_from")
        rows = rows.prefetch_related("helpers").with_progress()
        return rows.order_by("-task__conference__year_planned", "task__conference_id", *IN_ORDER)

    def with_steps(self) -> Self:
        """With whoever took the steps."""
        return self.select_related("closed_by", "reopened_by", "deferred_by", "cancelled_by")

    def with_key(self, pk: int) -> "Measure | None":
        return self.filter(pk=pk).first()


def carried_on() -> Exists:
    """It was carried over into a conference that is published."""
    later = Measure.objects.followed().filter(carried_from=OuterRef("pk"))
    return Exists(later)


IN_ORDER = ("task__order", "task_id", "order", "id")


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
    helpers: "models.ManyToManyField[Department, MeasureHelper]" = models.ManyToManyField(
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
    leader = models.ForeignKey(
        Person,
        models.SET_NULL,
        related_name="measures_answered_for",
        verbose_name=_("leader in the register"),
        null=True,
        blank=True,
    )
    leader_name = NameField(_("responsible leader"), max_length=100, blank=True)
    target = models.CharField(_("target"), max_length=200, blank=True)
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        related_name="measures",
        verbose_name=_("indicator of the target"),
        null=True,
        blank=True,
    )
    target_value = models.DecimalField(_("value of the target"), max_digits=18, decimal_places=4, null=True, blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        related_name="carried_to",
        verbose_name=_("carried over from"),
        null=True,
        blank=True,
        editable=False,
    )
    closed_at = decided_at(_("closed at"))
    closed_by = decided_by(_("closed by"))
    reopened_at = decided_at(_("reopened at"))
    reopened_by = decided_by(_("reopened by"))
    reopening_reason = models.CharField(
        _("reason of the reopening"), max_length=LONGEST_REASON, blank=True, editable=False
    )
    deferred_at = decided_at(_("deferred at"))
    deferred_by = decided_by(_("deferred by"))
    deferral_reason = models.CharField(
        _("reason of the deferral"), max_length=LONGEST_REASON, blank=True, editable=False
    )
    deferred_to = models.DateField(_("deferred to"), null=True, blank=True, editable=False)
    cancelled_at = decided_at(_("cancelled at"))
    cancelled_by = decided_by(_("cancelled by"))
    cancellation_reason = models.CharField(
        _("reason of the cancelling"), max_length=LONGEST_REASON, blank=True, editable=False
    )

    searched = ("text", "target")

    objects = MeasureQuerySet.as_manager()  # type: ignore[misc]
    history = versions("history_measure")

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("order", "id")
        permissions = (
            ("report_measure", "Can report the progress of the own department's measures"),
            ("follow_measure", "Can follow measures up: verify, return, defer, cancel, supervise"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(indicator__isnull=True, target_value__isnull=True)
                | Q(indicator__isnull=False, target_value__isnull=False),
                name="measure_target_whole",
                violation_error_message=_("An indicator needs the value to reach, and the value its indicator."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(cancelled_at__isnull=True),
                name="measure_one_end",
                violation_error_message=_("A measure is closed or cancelled, not both."),
            ),
            models.CheckConstraint(
                condition=Q(deferred_at__isnull=True, deferred_to__isnull=True)
                | Q(deferred_at__isnull=False, deferred_to__isnull=False),
                name="measure_deferred_to",
                violation_error_message=_("A deferral says until when."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{act}_at__isnull": True}) | ~Q(**{reason: ""}),
                    name=f"measure_{act}_reason",
                    violation_error_message=_("Give the reason."),
                )
                for act, reason in (
                    ("reopened", "reopening_reason"),
                    ("deferred", "deferral_reason"),
                    ("cancelled", "cancellation_reason"),
                )
            ),
            pair("closed", "measure_closed_pair"),
            pair("reopened", "measure_reopened_pair"),
            pair("deferred", "measure_deferred_pair"),
            pair("cancelled", "measure_cancelled_pair"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def conference(self) -> Conference:
        return self.task.conference

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.cancelled_at is None

    @property
    def last_day(self) -> datetime.date:
        """Until when it is to be done: as deferred, else as set, else by the end of the year planned."""
        return self.deferred_to or self.due_on or datetime.date(self.conference.year_planned, 12, 31)

    @property
    def target_as_said(self) -> str:
        """The wording, and the indicator with its value."""
        number = ""
        if self.indicator and self.target_value is not None:
            number = f"{self.indicator} {self.target_value.normalize():f}{self.indicator.unit}"
        return "；".join(filter(None, [self.target, number]))

    def carried_keys(self) -> list[int]:
        """Those from which it was carried over, year after year, the last one first. One query for each."""
        found, key = [], self.carried_from_id
        while key is not None and key not in found:
            found.append(key)
            key = Measure.objects.values_list("carried_from", flat=True).get(pk=key)
        return found

    def is_reported_by(self, user: Any) -> bool:
        """Whether `user` speaks for the department that leads it; where none leads, for one that helps."""
        if user.department_id is None:
            return False
        if self.lead_id is not None:
            return self.lead_id == user.department_id
        own_court = user.court_id == self.conference.court_id
        return (self.all_help and own_court) or any(one.pk == user.department_id for one in self.helpers.all())

    def may_report(self, user: Any) -> bool:
        """Whoever follows measures up may write down what a department said on paper."""
        allowed = user.has_perm("conferences.report_measure") and self.is_reported_by(user)
        allowed = allowed or user.has_perm("conferences.follow_measure")
        return allowed and writes_for(user, self.conference.court_id)

    @transaction.atomic
    def report(
        self,
        quarter: Quarter,
        *,
        by: Any,
        files: Iterable[Any] = (),
        now: datetime.datetime | None = None,
        **said: Any,
    ) -> Any:
        """What was done in a quarter: one report for each, changed until the measure ends. Returns the report.

        `said`: text and percent, and where there are any problems and next_step.
        Only for this quarter or the last one; what was returned is written anew at any time.
        """
        if not self.may_report(by):
            raise NotAllowed
        now = now or timezone.now()
        stored = Measure.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if not self.conference.is_published:
            raise Refused(_("The conference is not published."))
        if not stored.is_open:
            raise Refused(_("This measure is closed or cancelled. It has to be reopened first."))
        if not 0 <= said["percent"] <= ALL or not said["text"].strip():
            raise Refused(_("Say what was done, and how far it is, from 0 to 100."))
        found = self.reports.filter(year=quarter.year, quarter=quarter.number).first()
        is_due = quarter in quarters_to_report(timezone.localdate(now))
        if not is_due and not (found and found.returned_at):
            raise Refused(_("Reports are for this quarter or the last one."))
        report = found or self.reports.model(measure=self, year=quarter.year, quarter=quarter.number)
        for name in ("text", "percent", "problems", "next_step"):
            setattr(report, name, said.get(name, ""))
        report.reported_at, report.reported_by, report.department_id = now, by, by.department_id
        report.returned_at, report.returned_by, report.return_reason = None, None, ""
        report.save()
        for file in files:
            report.files.create(file=file)
        return report

    def close(self, *, by: Any, now: datetime.datetime | None = None) -> None:
        """销号. Someone who reported nothing on it has verified that it is done. Twice changes nothing."""
        may(by, "conferences.follow_measure", self)
        if self.closed_at:
            return
        self._refuse_unless_open()
        reports = list(self.reports.order_by("year", "quarter"))
        if not reports:
            raise Refused(_("Nothing was reported on this measure yet."))
        if any(report.reported_by_id == by.pk for report in reports):
            raise Refused(_("Whoever reported on a measure does not verify it."))
        if reports[-1].returned_at:
            raise Refused(_("The last report was returned. It has to come again first."))
        self._step(closed_at=now or timezone.now(), closed_by=by)

    def reopen(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """What was closed or cancelled goes on. Twice changes nothing."""
        may(by, "conferences.follow_measure", self)
        if self.is_open:
            return
        again = {"reopened_at": now or timezone.now(), "reopened_by": by, "reopening_reason": given(reason)}
        ended = {"closed_at": None, "closed_by": None, "cancelled_at": None, "cancelled_by": None}
        self._step(**ended, cancellation_reason="", **again)

    def defer(self, to: datetime.date, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """Gives it a later day. The same day again changes nothing."""
        may(by, "conferences.follow_measure", self)
        if self.deferred_to == to:
            return
        self._refuse_unless_open()
        if to <= self.last_day:
            raise Refused(_("It is due on %(day)s now. Choose a later day."), params={"day": self.last_day})
        deferred = {"deferred_at": now or timezone.now(), "deferred_by": by, "deferral_reason": given(reason)}
        self._step(deferred_to=to, **deferred)

    def cancel(self, *, by: Any, reason: str, now: datetime.datetime | None = None) -> None:
        """It is not to be done any more. Twice changes nothing."""
        may(by, "conferences.follow_measure", self)
        if self.cancelled_at:
            return
        self._refuse_unless_open()
        self._step(cancelled_at=now or timezone.now(), cancelled_by=by, cancellation_reason=given(reason))

    def supervise(
        self,
        kind: str,
        *,
        by: Any,
        text: str = "",
        answer_by: datetime.date | None = None,
        now: datetime.datetime | None = None,
    ) -> None:
        """Records a step of supervision: 提醒, 催办 or 整改. The same step on the same day changes nothing."""
        may(by, "conferences.follow_measure", self)
        self._refuse_unless_open()
        now, text = now or timezone.now(), text.strip()
        if len(text) > LONGEST_REASON or (kind == "rectify" and not text):
            raise Refused(_("Say what has to be put right, in at most %(most)d characters."), params=MOST)
        taken = self.supervisions.filter(kind=kind)
        if any(timezone.localdate(one.taken_at) == timezone.localdate(now) for one in taken):
            return
        self.supervisions.create(kind=kind, text=text, answer_by=answer_by, taken_at=now, taken_by=by)

    def _refuse_unless_open(self) -> None:
        if not self.conference.is_published:
            raise Refused(_("The conference is not published."))
        if not self.is_open:
            raise Refused(_("This measure is closed or cancelled. It has to be reopened first."))

    def _step(self, **after: Any) -> None:
        """One act, only from the state that was seen: of two at once the second is refused."""
        seen = {name: getattr(self, name) for name in ("closed_at", "cancelled_at", "deferred_at", "deferred_to")}
        if not Measure.objects.filter(pk=self.pk, **seen).update(**after):
            raise Refused(_("Someone else changed this measure in the meantime. Look at it again."))
        for name, value in after.items():
            setattr(self, name, value)


def given(reason: str) -> str:
    """The reason, or a refusal where there is none or too much of it."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Refused(_("Give a reason, in at most %(most)d characters."), params=MOST)
    return reason


class MeasureHelper(Revised):
    """配合部门. A department that helps with a measure."""

    court_path = "measure__task__conference__court"

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+", verbose_name=_("measure"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))

    history = versions("history_measurehelper")

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
