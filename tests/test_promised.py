"""Next year: what was promised and what became of it; and what was not finished goes on with its history."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences.follow_up.lights import Light
from conferences.follow_up.pages import reports_of
from conferences.follow_up.promised import carry_over, promised
from conferences.models import Indicator, Measure
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def before():
    return make.published(year_reviewed=2023)


@pytest.fixture
def draft(before):
    return make.conference(court=before.court, year_reviewed=2024)


@pytest.fixture
def clerk(before):
    return make.user(CLERK, court=before.court)


def measure_of(conference, **given):
    return make.measure(task=make.task(conference=conference, heading="提升质效"), **given)


def test_it_opens_with_each_measure_and_what_became_of_it(before, draft):
    done, left = measure_of(before), measure_of(before)
    Measure.objects.filter(pk=done.pk).update(closed_at=timezone.now(), closed_by=make.user())

    found = promised(draft, before, private=True)

    assert [(one.measure, one.light) for one in found.outcomes] == [(done, Light.CLOSED), (left, Light.OVERDUE)]
    assert (found.done, found.number) == (1, 2)


# direction of the indicator, target, figure -> reached
TARGETS = {
    "more, reached": ("up", 95, 96, True),
    "more, exactly": ("up", 95, 95, True),
    "more, not reached": ("up", 95, 94, False),
    "less, reached": ("down", 2, 1, True),
    "less, not reached": ("down", 2, 3, False),
    "neither": ("neither", 95, 99, None),
    "no figure": ("up", 95, None, None),
}


@pytest.mark.parametrize("case", TARGETS.values(), ids=TARGETS.keys())
def test_a_target_stands_against_the_figure_of_its_indicator(before, draft, case):
    direction, target, value, reached = case
    old, new = [
        Indicator.objects.create(name="结案率", direction=direction, valid_from=day)
        for day in (datetime.date(2023, 1, 1), datetime.date(2024, 9, 1))
    ]
    measure_of(before, indicator=old, target_value=target)
    if value is not None:
        make.figure(conference=draft, indicator=new, value=value)

    assert [one.reached for one in promised(draft, before, private=True).outcomes] == [reached]


def test_a_conference_that_planned_another_year_promised_nothing_for_this_one(before):
    measure_of(before)
    later = make.conference(court=before.court, year_reviewed=2025)

    assert promised(later, before, private=True) is None


@pytest.mark.parametrize("is_shown", [False, True])
def test_readers_see_it_where_the_court_shows_the_states(client, before, is_shown):
    measure_of(before, text="去年的举措")
    if is_shown:
        before.show_states(by=make.user(APPROVER, court=before.court))
    page = make.published(court=before.court, year_reviewed=2024).get_absolute_url()

    assert ("去年的举措" in client.get(page).content.decode()) == is_shown


def test_a_clerk_sees_it_on_the_draft_in_any_case(client, before, draft, clerk):
    measure_of(before, text="去年的举措")
    client.force_login(clerk)

    assert "去年的举措" in client.get(draft.get_absolute_url()).content.decode()


def test_what_was_not_finished_goes_on_with_all_it_has(before, draft, clerk):
    lead, helper = make.department(court=before.court), make.department(court=before.court)
    old = measure_of(before, lead=lead, target="全年两次", due_on=datetime.date(2024, 6, 30))
    old.helpers.add(helper)

    assert carry_over(draft, [old.pk], by=clerk) == 1

    new = Measure.objects.of_conference(draft).get()
    assert (new.task.heading, new.text, new.lead, list(new.helpers.all()), new.target, new.due_on) == (
        *(old.task.heading, old.text, lead, [helper], "全年两次"),
        None,
    )


def test_it_keeps_its_history(before, draft, clerk):
    old = measure_of(before)
    report = make.progress(measure=old, year=2024, quarter=1)
    carry_over(draft, [old.pk], by=clerk)

    new = Measure.objects.of_conference(draft).get()

    assert (new.carried_from, reports_of(new)) == (old, [report])
    assert [one.is_carried for one in promised(draft, before, private=True).outcomes] == [True]


def test_the_history_goes_back_through_all_years(before, clerk):
    chain = [measure_of(before)]
    for year in (2024, 2025):
        later = make.conference(court=before.court, year_reviewed=year)
        chain.append(measure_of(later, carried_from=chain[-1]))
    reports = [make.progress(measure=one, year=2024 + place) for place, one in enumerate(chain)]

    assert reports_of(chain[-1]) == reports[::-1]


@pytest.mark.parametrize("reader", ["clerk", "everyone"])
def test_those_who_read_the_progress_see_results_and_evidence(client, before, draft, clerk, reader):
    measure = measure_of(before)
    report = make.progress(measure=measure, year=2024, quarter=3, text="全年培训四次")
    file = make.progress_file(report=report, filename="签到表.pdf")
    make.progress(measure=measure, year=2024, quarter=4, text="退回的说法", **RETURNED, returned_by=clerk)
    before.show_states(by=make.user(APPROVER, court=before.court))
    make.publish(draft)
    if reader == "clerk":
        client.force_login(clerk)

    page = client.get(draft.get_absolute_url()).content.decode()

    shown = [text in page for text in ("全年培训四次", "签到表.pdf", file.get_absolute_url(), "退回的说法")]
    assert shown == [*[reader == "clerk"] * 3, False]


RETURNED = {"returned_at": timezone.now(), "return_reason": "不实"}


def test_carried_over_twice_it_is_there_once(before, draft, clerk):
    old = measure_of(before)

    assert [carry_over(draft, [old.pk], by=clerk) for _ in range(2)] == [1, 0]
    assert Measure.objects.of_conference(draft).count() == 1


def test_what_is_closed_or_of_another_conference_is_not_carried_over(before, draft, clerk):
    closed, other = measure_of(before), make.followed()
    Measure.objects.filter(pk=closed.pk).update(closed_at=timezone.now(), closed_by=make.user())

    assert carry_over(draft, [closed.pk, other.pk], by=clerk) == 0
    assert not Measure.objects.of_conference(draft).exists()


def test_a_published_record_takes_nothing_over(before, clerk):
    old = measure_of(before)

    with pytest.raises(Refused):
        carry_over(make.published(court=before.court, year_reviewed=2024), [old.pk], by=clerk)


@pytest.mark.parametrize("role", [APPROVER, "elsewhere"])
def test_only_the_clerks_of_the_court_carry_over(before, draft, role):
    court = make.court() if role == "elsewhere" else before.court
    by = make.user(CLERK if role == "elsewhere" else role, court=court)

    with pytest.raises(NotAllowed):
        carry_over(draft, [measure_of(before).pk], by=by)


def test_the_page_carries_over_what_was_ticked(client, before, draft, clerk):
    first, _second = measure_of(before), measure_of(before)
    client.force_login(clerk)
    page = reverse("admin:conferences_conference_carry", args=[draft.pk])
    assert client.get(page).context["promised"].number == 2

    client.post(page, {"chosen": [first.pk]})
    client.post(page, {"chosen": ["x"]})

    assert [one.carried_from for one in Measure.objects.of_conference(draft)] == [first]


def test_once_the_new_conference_is_published_the_old_measure_waits_for_nobody(before, clerk):
    old = measure_of(before)
    draft = make.conference(court=before.court, year_reviewed=2024)
    carry_over(draft, [old.pk], by=clerk)
    overdue = Measure.objects.overdue(datetime.date(2030, 1, 1))
    assert old in overdue

    make.publish(draft)

    assert old not in Measure.objects.overdue(datetime.date(2030, 1, 1)).filter(task__conference=before)
    assert [one.light for one in promised(draft, before, private=True).outcomes] == [Light.CARRIED]
