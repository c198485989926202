"""The plan of a selection: how many of what, when, and that no quota falls below what is decided."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from awards.models import DepartmentQuota, Quota, Selection
from courts.roles import CLERK
from tests import make

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 1, 15)

LIMITS: dict[str, tuple[dict[str, Any], int | None]] = {
    "a number": ({"kind": "number", "number": 10}, 10),
    "no number: as many as are worthy": ({"kind": "number"}, None),
    "10 percent of 23, down": ({"kind": "share", "share": "10", "base": 23, "rounding": "down"}, 2),
    "10 percent of 23, up": ({"kind": "share", "share": "10", "base": 23, "rounding": "up"}, 3),
    "10 percent of 23, to the nearest": ({"kind": "share", "share": "10", "base": 23, "rounding": "half-up"}, 2),
    "10 percent of 25, to the nearest": ({"kind": "share", "share": "10", "base": 25, "rounding": "half-up"}, 3),
    "15 percent of 20 is whole in every rounding": ({"kind": "share", "share": "15", "base": 20, "rounding": "up"}, 3),
    "a third of a percent": ({"kind": "share", "share": "0.33", "base": 1000, "rounding": "down"}, 3),
    "of nobody": ({"kind": "share", "share": "10", "base": 0, "rounding": "up"}, 0),
    "each department, no total": ({"kind": "departments", "number": 1}, None),
}


@pytest.mark.parametrize(("given", "limit"), LIMITS.values(), ids=LIMITS.keys())
def test_how_many_a_quota_gives(given, limit):
    quota = make.quota(**given)
    quota.refresh_from_db()

    assert quota.limit == limit


def test_a_departments_own_number_goes_before_that_of_each():
    quota = make.quota(kind="departments", number=1)
    one, other = make.department(court=quota.selection.court), make.department(court=quota.selection.court)
    DepartmentQuota.objects.create(quota=quota, department=one, number=3)

    assert (quota.limit_of(one.pk), quota.limit_of(other.pk), quota.limit_of(None)) == (3, 1, None)


def test_where_the_departments_alone_have_numbers_the_rest_may_nominate_nobody_and_the_sum_is_the_limit():
    quota = make.quota(kind="departments")
    one, other = make.department(court=quota.selection.court), make.department(court=quota.selection.court)
    DepartmentQuota.objects.create(quota=quota, department=one, number=3)

    assert (quota.limit, quota.limit_of(one.pk), quota.limit_of(other.pk)) == (3, 3, 0)


PERIODS = {
    "year": (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31), ("annual", 1)),
    "h1": (datetime.date(2024, 1, 1), datetime.date(2024, 6, 30), ("half-year", 1)),
    "h2": (datetime.date(2024, 7, 1), datetime.date(2024, 12, 31), ("half-year", 2)),
    "q1": (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31), ("quarterly", 1)),
    "q4": (datetime.date(2024, 10, 1), datetime.date(2024, 12, 31), ("quarterly", 4)),
}


@pytest.mark.parametrize(("period", "expected"), PERIODS.items())
def test_the_days_of_a_period_and_the_conference_that_reviews_it(period, expected):
    selection = Selection(year=2024, period=period)

    assert (selection.first_day, selection.last_day, selection.meeting) == expected


WINDOWS = {
    "the day before": (-1, False),
    "the first day": (0, True),
    "the last day": (4, True),
    "one later": (5, False),
}


@pytest.mark.parametrize(("days", "is_open"), WINDOWS.values(), ids=WINDOWS.keys())
def test_nominations_are_open_from_the_first_day_to_the_last(days, is_open):
    selection = make.selection(opens_on=DAY, closes_on=DAY + datetime.timedelta(days=4))
    today = DAY + datetime.timedelta(days=days)

    assert selection.is_open(today) is Selection.objects.open(today).exists() is is_open


def decided(quota: Quota, count: int, **given: Any) -> None:
    user = make.user(court=quota.selection.court)
    for _ in range(count):
        make.nomination(selection=quota.selection, category=quota.category, decided=user, **given)


def test_no_quota_falls_below_what_is_decided():
    quota = make.quota(number=3)
    decided(quota, 2)

    quota.number = 2
    quota.full_clean()
    quota.number = 1
    with pytest.raises(ValidationError) as refused:
        quota.full_clean()

    assert [error.code for error in refused.value.error_dict["__all__"]] == ["below_decided"]


def test_an_award_that_is_decided_stays_in_the_plan():
    quota = make.quota(number=3)
    decided(quota, 1)
    quota.category = make.category(court=quota.selection.court)

    with pytest.raises(ValidationError) as refused:
        quota.full_clean()

    assert refused.value.message_dict.keys() == {"category"}


def test_no_department_falls_below_what_is_decided_for_it():
    quota = make.quota(kind="departments")
    department = make.department(court=quota.selection.court)
    row = DepartmentQuota.objects.create(quota=quota, department=department, number=2)
    decided(quota, 2, by_department=department)

    row.number = 1
    with pytest.raises(ValidationError):
        row.full_clean()


def test_conference_and_award_are_of_the_own_court():
    selection = make.selection()
    selection.conference = make.conference()
    quota = Quota(selection=make.selection(), category=make.category())

    for row, field in ((selection, "conference"), (quota, "category")):
        with pytest.raises(ValidationError) as refused:
            row.full_clean()
        assert refused.value.message_dict.keys() == {field}


# --- the plan in the admin ---


def plan_of(selection: Selection | None, *quotas: dict[str, Any], **given: Any) -> dict[str, Any]:
    """What the form of the plan sends."""
    data = {
        "title": "年度评选",
        "year": 2023,
        "period": "year",
        "opens_on": "2024-01-15",
        "closes_on": "2024-01-19",
        "notice_days": 5,
        "most_per_person": 2,
        "quotas-TOTAL_FORMS": len(quotas),
        "quotas-INITIAL_FORMS": sum("id" in quota for quota in quotas),
    }
    for n, quota in enumerate(quotas):
        usual = {"order": n, "kind": "number", "rounding": "down", "selection": selection.pk if selection else ""}
        data |= {f"quotas-{n}-{name}": value for name, value in (usual | quota).items()}
    return data | given


@pytest.fixture
def clerk():
    return make.user(CLERK, court=make.court())


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_clerk_makes_a_plan_with_quotas_and_numbers_of_departments(clerk):
    here, there = (make.department(court=clerk.court, name=name) for name in ("立案庭", "执行局"))
    award = make.category(court=clerk.court)
    typed = {"category": award.pk, "kind": "departments", "number": 1, "own_numbers": "立案庭2、执行局：3"}

    response = client_of(clerk).post(reverse("admin:awards_selection_add"), plan_of(None, typed))

    selection = Selection.objects.get()
    rows = DepartmentQuota.objects.values_list("department", "number")
    assert (response.status_code, selection.court) == (302, clerk.court)
    assert (selection.opens_on, selection.quotas.get().category) == (DAY, award)
    assert dict(rows) == {here.pk: 2, there.pk: 3}


def test_numbers_of_departments_are_changed_and_taken_away(clerk):
    selection = make.selection(court=clerk.court)
    quota = make.quota(selection=selection, kind="departments")
    for name in ("立案庭", "执行局"):
        DepartmentQuota.objects.create(quota=quota, department=make.department(court=clerk.court, name=name), number=2)
    typed = {"id": quota.pk, "category": quota.category_id, "kind": "departments", "own_numbers": "执行局 5"}

    client_of(clerk).post(
        reverse("admin:awards_selection_change", args=[selection.pk]), plan_of(selection, typed, title=selection.title)
    )

    assert list(quota.departments.values_list("department__name", "number")) == [("执行局", 5)]


REFUSED_PLANS: dict[str, dict[str, Any]] = {
    "an unknown department": {"own_numbers": "不存在的庭 2"},
    "a department without a number": {"own_numbers": "立案庭"},
    "below what is decided": {"number": 1},
    "below what is decided for the department": {"kind": "departments", "own_numbers": "立案庭 1"},
    "the department taken away": {"kind": "departments", "number": 9, "own_numbers": ""},
    "a share of nothing": {"kind": "share", "share": "10"},
}


@pytest.mark.parametrize("typed", REFUSED_PLANS.values(), ids=REFUSED_PLANS.keys())
def test_a_plan_that_cannot_be_is_refused_and_nothing_changes(clerk, typed):
    selection = make.selection(court=clerk.court)
    quota = make.quota(selection=selection, number=5)
    department = make.department(court=clerk.court, name="立案庭")
    DepartmentQuota.objects.create(quota=quota, department=department, number=2)
    decided(quota, 2, by_department=department)
    row = {"id": quota.pk, "category": quota.category_id, "number": 5, "own_numbers": "立案庭 2"} | typed

    response = client_of(clerk).post(
        reverse("admin:awards_selection_change", args=[selection.pk]), plan_of(selection, row, title="改名")
    )

    quota.refresh_from_db()
    selection.refresh_from_db()
    assert response.status_code == 200
    assert (quota.kind, quota.number, quota.departments.get().number) == ("number", 5, 2)
    assert selection.title != "改名"


def test_a_plan_takes_no_award_of_another_court(clerk):
    foreign = make.category()

    response = client_of(clerk).post(
        reverse("admin:awards_selection_add"), plan_of(None, {"category": foreign.pk, "number": 1})
    )

    assert (response.status_code, Selection.objects.count()) == (200, 0)


def test_a_selection_with_nominations_is_not_deleted(clerk):
    nomination = make.nomination(selection=make.selection(court=clerk.court))

    client_of(clerk).post(reverse("admin:awards_selection_delete", args=[nomination.selection_id]), {"post": "yes"})

    assert Selection.objects.filter(pk=nomination.selection_id).exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_plan_takes_the_same_number_of_queries_however_many_awards(clerk, rows, django_assert_max_num_queries):
    selection = make.selection(court=clerk.court)
    for _ in range(rows):
        quota = make.quota(selection=selection)
        DepartmentQuota.objects.create(quota=quota, department=make.department(court=clerk.court), number=1)
    client = client_of(clerk)

    with django_assert_max_num_queries(25):
        client.get(reverse("admin:awards_selection_change", args=[selection.pk]))
