"""Working days: holidays, worked weekends, and years that the table lacks."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation

from courts.holidays import fill_holidays, years_held
from courts.models import Holiday
from courts.refusals import Refused
from courts.workdays import NoWorkday, UnknownYear, Workdays
from tests import make

pytestmark = pytest.mark.django_db


def day(written: str) -> datetime.date:
    return datetime.date.fromisoformat(written)


# First day, number of working days, last day, the working day after.
NOTICES = {
    "five days in one week, as published": ("2021-03-08", 5, "2021-03-12", "2021-03-15"),
    "over a weekend, as published": ("2021-11-04", 5, "2021-11-10", "2021-11-11"),
    "one day": ("2021-03-08", 1, "2021-03-08", "2021-03-09"),
    "begins on a Friday": ("2021-03-12", 5, "2021-03-18", "2021-03-19"),
    "ten days": ("2021-03-08", 10, "2021-03-19", "2021-03-22"),
    # Spring Festival
    "2020, when it was made longer": ("2020-01-22", 5, "2020-02-05", "2020-02-06"),
    "2021, decided on a worked Saturday": ("2021-02-08", 5, "2021-02-19", "2021-02-20"),
    "2022, over a worked weekend": ("2022-01-28", 5, "2022-02-08", "2022-02-09"),
    "2023, ends on a worked Sunday": ("2023-01-18", 5, "2023-01-29", "2023-01-30"),
    "2024, begins on a worked Sunday": ("2024-02-04", 5, "2024-02-08", "2024-02-09"),
    "2024, ends before it, decided on a worked Sunday": ("2024-02-05", 5, "2024-02-09", "2024-02-18"),
    "2024, across it": ("2024-02-07", 5, "2024-02-19", "2024-02-20"),
    "2024, on the first day after it": ("2024-02-18", 5, "2024-02-22", "2024-02-23"),
    "2025, across it": ("2025-01-24", 5, "2025-02-06", "2025-02-07"),
    "2025, after it over a worked Saturday": ("2025-02-05", 5, "2025-02-10", "2025-02-11"),
    "2026, across it": ("2026-02-12", 5, "2026-02-25", "2026-02-26"),
    # National Day
    "2021, across it and over a worked Saturday": ("2021-09-29", 5, "2021-10-11", "2021-10-12"),
    "2022, worked weekend after it": ("2022-09-30", 5, "2022-10-11", "2022-10-12"),
    "2023, with Mid-autumn": ("2023-09-27", 5, "2023-10-09", "2023-10-10"),
    "2024, begins on a worked Sunday before it": ("2024-09-29", 5, "2024-10-10", "2024-10-11"),
    "2024, ends on a worked Saturday": ("2024-10-08", 5, "2024-10-12", "2024-10-14"),
    "2025, decided on a worked Saturday": ("2025-09-28", 5, "2025-10-10", "2025-10-11"),
    "2026, over a worked Saturday": ("2026-09-30", 5, "2026-10-12", "2026-10-13"),
    # The turn of the year
    "into 2023": ("2022-12-30", 5, "2023-01-06", "2023-01-09"),
    "into 2025": ("2024-12-30", 5, "2025-01-06", "2025-01-07"),
}


@pytest.mark.parametrize(("starts_on", "days", "last", "after"), NOTICES.values(), ids=NOTICES.keys())
def test_the_first_day_counts_and_the_last_is_included(starts_on, days, last, after):
    make.holidays(*range(2020, 2027))
    workdays = Workdays()

    counted = workdays.last_of(day(starts_on), days)

    assert (counted, workdays.first_after(counted)) == (day(last), day(after))


DAYS_OFF = {
    "Saturday": ("2024-03-02", "2024-03-04"),
    "Sunday before a worked one": ("2024-01-28", "2024-01-29"),
    "first day of Spring Festival": ("2024-02-10", "2024-02-18"),
    "a weekday of Spring Festival": ("2024-02-14", "2024-02-18"),
    "National Day": ("2024-10-01", "2024-10-08"),
    "New Year": ("2024-01-01", "2024-01-02"),
}


@pytest.mark.parametrize(("starts_on", "following"), DAYS_OFF.values(), ids=DAYS_OFF.keys())
def test_nothing_begins_on_a_day_off_and_the_next_working_day_is_named(starts_on, following):
    make.holidays(2024)

    with pytest.raises(NoWorkday) as refused:
        Workdays().last_of(day(starts_on), 5)

    with translation.override("en"):
        assert refused.value.messages == [f"{starts_on} is no working day. The next one is {following}."]


UNKNOWN = {
    "begins in it": "2027-03-01",
    "runs into it": "2026-12-28",
    "ends before it, but the day after lies in it": "2026-12-25",
}


@pytest.mark.parametrize("starts_on", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_a_year_that_the_table_lacks_is_said_and_not_guessed(starts_on):
    make.holidays(2026)
    workdays = Workdays()

    with pytest.raises(UnknownYear) as refused:
        workdays.first_after(workdays.last_of(day(starts_on), 5))

    assert (refused.value.params, isinstance(refused.value, Refused)) == ({"year": 2027}, True)


def test_a_year_is_known_with_the_first_day_entered_for_it():
    Holiday.objects.create(date=day("2027-01-01"), name="元旦")

    assert Workdays().last_of(day("2027-01-04"), 5) == day("2027-01-08")


def test_a_day_corrected_by_hand_decides():
    make.holidays(2024)
    Holiday.objects.filter(date=day("2024-02-12")).update(kind=Holiday.Kind.WORKED)
    Holiday.objects.create(date=day("2024-03-05"))

    workdays = Workdays()

    assert [workdays.is_workday(day(one)) for one in ("2024-02-12", "2024-03-05")] == [True, False]


def test_a_year_is_asked_once(django_assert_num_queries):
    make.holidays(2024, 2025)
    workdays = Workdays()

    with django_assert_num_queries(2):
        for _each in range(10):
            workdays.last_of(day("2024-12-02"), 30)


def test_the_table_is_filled_and_what_was_corrected_by_hand_stays():
    Holiday.objects.create(date=day("2024-02-12"), kind=Holiday.Kind.WORKED, name="值班")

    added = fill_holidays()

    corrected = Holiday.objects.get(date=day("2024-02-12"))
    assert (corrected.kind, corrected.name) == (Holiday.Kind.WORKED, "值班")
    assert added == Holiday.objects.count() - 1
    assert Holiday.objects.get(date=day("2024-02-13")).name == "春节"
    assert Holiday.objects.get(date=day("2024-02-18")).kind == Holiday.Kind.WORKED


def test_filling_it_twice_changes_nothing():
    fill_holidays()
    before = list(Holiday.objects.values_list("pk", "date", "kind", "name"))

    assert fill_holidays() == 0
    assert list(Holiday.objects.values_list("pk", "date", "kind", "name")) == before


def test_every_year_of_the_package_is_held_by_the_table():
    fill_holidays()

    held = years_held()

    assert held == list(range(2004, held[-1] + 1))
    assert held[-1] >= 2026


def test_the_command_says_which_years_the_table_holds():
    Holiday.objects.create(date=day("2100-01-01"))
    said = StringIO()

    call_command("load_holidays", stdout=said)

    last = years_held()[-2]
    assert f"Working days can be counted in 2004-{last}, 2100." in said.getvalue()
    assert "Once the holidays of 2101 are announced" in said.getvalue()
