"""A measure from its first report to its end: who may do what, when, and what the lights say."""

import datetime

import pytest
from django.utils import timezone

from conferences.follow_up.lights import Light, is_report_late, light_of, report_due
from conferences.follow_up.quarters import Quarter, quarter_of
from conferences.models import Measure, ProgressReport
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date
NOON = datetime.time(12)


class Desk:
    """A court with a measure led by one department, and a user of each role."""

    def __init__(self) -> None:
        self.court = make.court()
        self.department, self.other = make.department(court=self.court), make.department(court=self.court)
        self.measure = make.followed(court=self.court, lead=self.department, starts_on=None)
        self.clerk, self.approver = make.user(CLERK, court=self.court), make.user(APPROVER, court=self.court)
        self.liaison = make.user(LIAISON, court=self.court, department=self.department)
        self.stranger = make.user(LIAISON, court=self.court, department=self.other)
        self.quarter = quarter_of(timezone.localdate())

    def report(self, quarter=None, by=None, **given):
        said = {"text": "已开展两次培训", "percent": 60} | given
        return self.measure.report(quarter or self.quarter, by=by or self.liaison, **said)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def state(measure):
    names = ("closed_at", "reopened_at", "deferred_at", "deferred_to", "cancelled_at")
    stored = Measure.objects.get(pk=measure.pk)
    return {name for name in names if getattr(stored, name)}


def test_a_quarter_has_one_report_which_is_written_anew(desk):
    desk.report()
    desk.report(percent=70)

    assert [(row.when, row.percent) for row in desk.measure.reports.all()] == [(desk.quarter, 70)]


def test_a_report_keeps_who_reported_for_which_department(desk):
    report = desk.report()

    assert (report.reported_by, report.department) == (desk.liaison, desk.department)


def test_the_last_quarter_may_still_be_reported_but_none_before_and_none_to_come(desk):
    desk.report(desk.quarter.before)

    for quarter in (desk.quarter.before.before, Quarter(desk.quarter.year + 1, desk.quarter.number)):
        with pytest.raises(Refused):
            desk.report(quarter)
    assert [row.when for row in desk.measure.reports.all()] == [desk.quarter.before]


def test_what_was_returned_is_written_anew_at_any_time(desk):
    old = desk.quarter.before.before
    report = make.progress(measure=desk.measure, year=old.year, quarter=old.number)
    report.give_back(by=desk.clerk, reason="缺佐证材料")

    desk.report(old, percent=80)

    stored = ProgressReport.objects.get(pk=report.pk)
    assert (stored.percent, stored.returned_at, stored.return_reason) == (80, None, "")


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "nobody"])
def test_only_the_department_that_leads_reports(desk, who):
    users = {
        "stranger": desk.stranger,
        "elsewhere": make.user(CLERK, court=make.court()),
        "nobody": make.user(court=desk.court, department=desk.department),
    }

    with pytest.raises(NotAllowed):
        desk.report(by=users[who])
    assert not desk.measure.reports.exists()


def test_where_none_leads_a_department_that_helps_reports(desk):
    desk.measure.lead = None
    desk.measure.save()
    desk.measure.helpers.add(desk.other)

    desk.report(by=desk.stranger)

    assert desk.measure.reports.get().department == desk.other


@pytest.mark.parametrize(
    "said", [{"text": "  "}, {"percent": 101}, {"percent": -1}], ids=["nothing", "too much", "below nothing"]
)
def test_a_report_says_something_possible(desk, said):
    with pytest.raises(Refused):
        desk.report(**said)
    assert not desk.measure.reports.exists()


def test_nothing_is_reported_on_a_conference_that_is_not_published(desk):
    desk.measure.task.conference.withdraw(by=desk.approver, reason="有误")

    with pytest.raises(Refused):
        desk.report()


def test_whoever_reported_does_not_verify(desk):
    desk.report(by=desk.clerk)

    with pytest.raises(Refused):
        desk.measure.close(by=desk.clerk)
    assert state(desk.measure) == set()

    desk.measure.close(by=desk.approver)
    assert state(desk.measure) == {"closed_at"}


def test_without_a_report_nothing_is_verified(desk):
    with pytest.raises(Refused):
        desk.measure.close(by=desk.approver)


def test_a_returned_report_has_to_come_again_before_the_end(desk):
    desk.report().give_back(by=desk.clerk, reason="缺佐证材料")

    with pytest.raises(Refused):
        desk.measure.close(by=desk.approver)


def test_what_was_closed_takes_no_report_until_it_is_reopened(desk):
    desk.report()
    desk.measure.close(by=desk.approver)
    with pytest.raises(Refused):
        desk.report()

    desk.measure.reopen(by=desk.clerk, reason="现场复核未达标")

    desk.report(percent=90)
    assert state(desk.measure) == {"reopened_at"}


def test_a_deferral_gives_a_later_day_and_no_earlier_one(desk):
    later = desk.measure.last_day + datetime.timedelta(days=31)
    with pytest.raises(Refused):
        desk.measure.defer(desk.measure.last_day, by=desk.clerk, reason="招标延期")

    desk.measure.defer(later, by=desk.clerk, reason="招标延期")

    assert (state(desk.measure), desk.measure.last_day) == ({"deferred_at", "deferred_to"}, later)


ENDS = {
    "cancel": lambda desk, reason: desk.measure.cancel(by=desk.clerk, reason=reason),
    "defer": lambda desk, reason: desk.measure.defer(DAY(2090, 1, 1), by=desk.clerk, reason=reason),
}


@pytest.mark.parametrize("reason", ["", "  ", "因" * 301], ids=["none", "blank", "too long"])
@pytest.mark.parametrize("act", ENDS.values(), ids=ENDS.keys())
def test_an_act_needs_its_reason(desk, act, reason):
    with pytest.raises(Refused):
        act(desk, reason)
    assert state(desk.measure) == set()


def test_done_twice_an_act_changes_nothing(desk):
    desk.measure.cancel(by=desk.clerk, reason="政策调整")
    first = Measure.objects.values().get(pk=desk.measure.pk)

    desk.measure.cancel(by=desk.approver, reason="再次")

    assert Measure.objects.values().get(pk=desk.measure.pk) == first


def test_of_two_acts_at_once_the_second_is_refused(desk):
    same = Measure.objects.get(pk=desk.measure.pk)
    desk.measure.cancel(by=desk.clerk, reason="政策调整")

    with pytest.raises(Refused):
        same.defer(DAY(2090, 1, 1), by=desk.clerk, reason="延期")


@pytest.mark.parametrize("who", ["liaison", "elsewhere"])
@pytest.mark.parametrize(
    "act",
    [
        lambda measure, by: measure.close(by=by),
        lambda measure, by: measure.cancel(by=by, reason="因"),
        lambda measure, by: measure.defer(DAY(2090, 1, 1), by=by, reason="因"),
        lambda measure, by: measure.supervise("remind", by=by),
    ],
    ids=["close", "cancel", "defer", "supervise"],
)
def test_only_those_who_follow_measures_up_act(desk, act, who):
    by = desk.liaison if who == "liaison" else make.user(CLERK, court=make.court())

    with pytest.raises(NotAllowed):
        act(desk.measure, by)
    assert (state(desk.measure), desk.measure.supervisions.count()) == (set(), 0)


def test_a_step_of_supervision_is_recorded_once_a_day(desk):
    desk.measure.supervise("urge", by=desk.clerk, text="请加快")
    desk.measure.supervise("urge", by=desk.approver)
    desk.measure.supervise("rectify", by=desk.clerk, text="限期整改")

    assert [(one.kind, one.text) for one in desk.measure.supervisions.all()] == [
        ("urge", "请加快"),
        ("rectify", "限期整改"),
    ]


def test_an_order_says_what_has_to_be_put_right(desk):
    with pytest.raises(Refused):
        desk.measure.supervise("rectify", by=desk.clerk, text=" ")


def test_the_court_chooses_whether_its_page_shows_the_state(desk):
    conference = desk.measure.task.conference
    with pytest.raises(NotAllowed):
        conference.show_states(by=desk.clerk)

    conference.show_states(by=desk.approver)
    assert conference.states_shown_by == desk.approver

    conference.hide_states(by=desk.approver)
    assert (conference.states_shown_at, conference.states_shown_by) == (None, None)


# A year planned from 2024-01-01 on, a measure due on 2024-12-31; day, percent reported -> light.
LIGHTS = {
    "the first day": (DAY(2024, 1, 1), None, Light.ON_TIME),
    "twenty points behind": (DAY(2024, 3, 13), 0, Light.ON_TIME),
    "more than twenty points behind": (DAY(2024, 3, 20), 0, Light.BEHIND),
    "in step": (DAY(2024, 7, 1), 50, Light.ON_TIME),
    "a month and a day before the end": (DAY(2024, 11, 30), 90, Light.ON_TIME),
    "a month before the end": (DAY(2024, 12, 1), 90, Light.NEAR),
    "a month before the end, all done": (DAY(2024, 12, 1), 100, Light.ON_TIME),
    "the last day": (DAY(2024, 12, 31), 90, Light.NEAR),
    "the day after": (DAY(2025, 1, 1), 100, Light.OVERDUE),
}


def seen(measure):
    return Measure.objects.listed().get(pk=measure.pk)


@pytest.mark.parametrize(("today", "percent", "light"), LIGHTS.values(), ids=LIGHTS.keys())
@pytest.mark.parametrize("due_on", [None, DAY(2024, 12, 31)], ids=["end of the year", "due date"])
def test_a_light_goes_by_rule(today, percent, light, due_on):
    measure = make.measure(due_on=due_on, task=make.task(conference=make.published(starts_on=None)))
    if percent is not None:
        make.progress(measure=measure, year=2024, quarter=1, percent=percent)

    assert light_of(seen(measure), today) == light


def test_the_overdue_are_those_with_a_red_light():
    conference = make.published(starts_on=None)
    days = (None, DAY(2024, 6, 30), DAY(2024, 12, 31))
    for day in days:
        make.measure(due_on=day, task=make.task(conference=conference))
    make.measure(
        due_on=days[1],
        task=make.task(conference=conference),
        deferred_to=DAY(2025, 1, 31),
        deferred_at=timezone.now(),
        deferred_by=make.user(),
        deferral_reason="延期",
    )

    for today in (DAY(2024, 6, 30), DAY(2024, 7, 1), DAY(2025, 1, 1), DAY(2025, 2, 1)):
        red = {one.pk for one in Measure.objects.listed() if light_of(one, today) == Light.OVERDUE}
        assert set(Measure.objects.overdue(today).values_list("pk", flat=True)) == red


def test_every_light_has_words_of_its_own():
    assert len({str(light.label) for light in Light}) == len(Light)


def test_a_returned_report_does_not_count(desk):
    desk.report(percent=60).give_back(by=desk.clerk, reason="缺佐证材料")

    assert seen(desk.measure).last_percent is None


# The conference was held on 2024-02-02; day, quarters reported -> the quarter that is missing, and whether it is late.
DUE = {
    "in the quarter of the conference": (DAY(2024, 3, 31), [], None, False),
    "the day after the quarter": (DAY(2024, 4, 1), [], Quarter(2024, 1), False),
    "twenty days after": (DAY(2024, 4, 20), [], Quarter(2024, 1), False),
    "twenty-one days after": (DAY(2024, 4, 21), [], Quarter(2024, 1), True),
    "reported": (DAY(2024, 4, 21), [1], None, False),
    "reported the quarter before": (DAY(2024, 7, 1), [1], Quarter(2024, 2), False),
    "in the next year": (DAY(2025, 1, 2), [1, 2, 3], Quarter(2024, 4), False),
}


@pytest.mark.parametrize(("today", "reported", "due", "is_late"), DUE.values(), ids=DUE.keys())
def test_which_report_is_due(today, reported, due, is_late):
    measure = make.measure(task=make.task(conference=make.published()))
    for quarter in reported:
        make.progress(measure=measure, year=2024, quarter=quarter)

    assert (report_due(seen(measure), today), is_report_late(seen(measure), today)) == (due, is_late)


@pytest.mark.parametrize(
    ("day", "quarter", "last_day"),
    [
        (DAY(2024, 1, 1), Quarter(2024, 1), DAY(2024, 3, 31)),
        (DAY(2024, 6, 30), Quarter(2024, 2), DAY(2024, 6, 30)),
        (DAY(2024, 12, 31), Quarter(2024, 4), DAY(2024, 12, 31)),
    ],
)
def test_a_day_lies_in_its_quarter(day, quarter, last_day):
    assert (quarter_of(day), quarter_of(day).last_day) == (quarter, last_day)


def test_who_reads_the_progress_of_which_measure(desk):
    helped = make.followed(task=desk.measure.task, lead=desk.other)
    helped.helpers.add(desk.department)
    make.followed(task=desk.measure.task, lead=desk.other)
    everyones = make.followed(task=desk.measure.task, all_help=True)
    make.followed()
    make.measure(task=make.task(conference=make.conference(court=desk.court)), lead=desk.department)

    def read_by(user):
        return set(Measure.objects.read_by(user).values_list("pk", flat=True))

    assert read_by(desk.liaison) == {desk.measure.pk, helped.pk, everyones.pk}
    assert len(read_by(desk.clerk)) == 4
    assert read_by(make.user(court=desk.court, department=desk.department)) == set()
    assert read_by(make.user(LIAISON, court=desk.court)) == set()
