"""Figures of weeks, months and quarters: entered on one screen, and made into those of the year where that is right."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.checks import assess, assess_all
from conferences.checks.periods import chain, figures_of_periods, rolled_up
from conferences.checks.record import Record
from conferences.models import Conference, Figure, FigureSet, Indicator, PeriodFigure
from conferences.periods.rolling import proposed, take_over
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK
from tests import make
from tests.test_screens import mistakes, save

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
QUARTERS = [(1, 3), (4, 6), (7, 9), (10, 12)]


def indicator(name="新收", roll_up="sum", **given):
    return Indicator.objects.create(**{"name": name, "roll_up": roll_up, "unit": "件"} | given)


def month(year, first, last=None):
    """First and last day of a month, or of several."""
    last = last or first
    return datetime.date(year, first, 1), datetime.date(year + last // 12, last % 12 + 1, 1) - DAY


def periods(court, one, values, *, year=2023, spans=QUARTERS):
    """A figure of this indicator for each span of months."""
    for (first, last), value in zip(spans, values, strict=True):
        kind = "month" if first == last else "quarter"
        starts_on, ends_on = month(year, first, last)
        held = FigureSet.objects.get_or_create(court=court, kind=kind, starts_on=starts_on, ends_on=ends_on)[0]
        make.period_figure(figure_set=held, label=one.name, indicator=one, value=value, unit=one.unit)


def made(year=2023):
    """What the stored periods make: by label, value and number of periods."""
    rows = PeriodFigure.objects.select_related("figure_set", "indicator")
    return {one.label: (one.value, len(one.rows)) for one in rolled_up(rows, year).values()}


@pytest.mark.parametrize(("roll_up", "value"), [("sum", 46), ("first", 10), ("last", 13)])
def test_the_indicator_says_how_four_quarters_make_a_year(roll_up, value):
    periods(make.court(), indicator(roll_up=roll_up), [10, 11, 12, 13])

    assert made() == {"新收": (value, 4)}


def test_rates_never_follow_from_those_of_periods():
    periods(make.court(), indicator("结案率", "never", unit="%"), [90, 91, 92, 93])

    assert made() == {}


def test_a_label_that_is_no_indicator_makes_nothing():
    court = make.court()
    for first, last in QUARTERS:
        days = dict(zip(("starts_on", "ends_on"), month(2023, first, last), strict=True))
        make.period_figure(figure_set=make.figure_set(court=court, kind="quarter", **days), label="走访企业")

    assert made() == {}


def test_the_yearly_summary_speaks_for_itself_rates_included():
    conference = make.conference()
    rate = indicator("结案率", "never", unit="%")
    make.a_year_of_figures(conference, label="结案率", indicator=rate, value="93.5", unit="%")

    assert made() == {"结案率": (Decimal("93.5"), 1)}


def test_a_missing_month_makes_no_year():
    months = [(number, number) for number in range(1, 13) if number != 7]

    periods(make.court(), indicator(), [1] * 11, spans=months)

    assert made() == {}


def test_nothing_is_counted_twice_where_quarters_and_months_stand_side_by_side():
    court, one = make.court(), indicator()
    periods(court, one, [10, 10, 10, 10])
    periods(court, one, [4, 3, 3], spans=[(1, 1), (2, 2), (3, 3)])

    assert made() == {"新收": (40, 4)}


def test_a_figure_up_to_september_and_one_from_october_make_a_year():
    periods(make.court(), indicator(), [90, 30], spans=[(1, 9), (10, 12)])

    assert made() == {"新收": (120, 2)}


def test_a_year_may_go_from_december_to_november():
    court, one = make.court(), indicator()
    periods(court, one, [5], year=2022, spans=[(12, 12)])
    periods(court, one, [50], spans=[(1, 11)])

    assert made() == {"新收": (55, 2)}


def test_days_are_covered_by_the_longest_that_fit():
    one, court = indicator(), make.court()
    periods(court, one, [1, 2, 3], spans=[(1, 1), (2, 3), (1, 2)])  # January to February leads nowhere

    rows = list(PeriodFigure.objects.select_related("figure_set"))
    found = chain(rows, datetime.date(2023, 1, 1), datetime.date(2023, 3, 31))

    assert [row.value for row in found] == [1, 2]


# --- Findings ---


def findings(conference):
    return [(one.code, one.blocks) for one in figures_of_periods(Record(conference))]


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ({"label": "新收各类案件", "value": 46}, []),
        ({"label": "新收各类案件", "value": 47}, [("figure-of-periods", False)]),
        ({"label": "新收民事案件", "value": 47}, []),
        ({"label": "新收各类案件", "value": "0.005", "unit": "万件"}, []),
        ({"label": "新收各类案件", "value": "0.006", "unit": "万件"}, [("figure-of-periods", False)]),
        ({"label": "新收各类案件", "value": 47, "precision": "about"}, []),
    ],
)
def test_a_finding_says_where_the_year_differs_from_its_periods(figure, expected):
    conference = make.conference()
    periods(conference.court, indicator(), [10, 11, 12, 13])
    make.figure(conference=conference, **figure)

    assert findings(conference) == expected


def test_other_kinds_courts_and_years_have_nothing_to_do_with_it():
    conference = make.conference()
    one = indicator()
    periods(make.court(), one, [1, 1, 1, 1])
    periods(conference.court, one, [1, 1, 1, 1], year=2021)
    quarterly = make.conference(court=conference.court, kind=Conference.Kind.QUARTERLY, year_reviewed=2021)
    for held in (conference, quarterly):
        make.figure(conference=held, label="新收案件", value=9)

    assert [findings(held) for held in (conference, quarterly)] == [[], []]


def test_several_at_once_find_the_same():
    first = make.conference()
    second = make.conference(court=first.court, year_reviewed=2024)
    one = indicator()
    periods(first.court, one, [1, 1, 1, 1])
    periods(first.court, one, [2, 2, 2, 2], year=2024)
    for held in (first, second):
        make.figure(conference=held, label="新收案件", value=8)

    together = assess_all([first, second])

    assert {pk: one.found for pk, one in together.items()} == {held.pk: assess(held).found for held in (first, second)}
    assert [findings(held) for held in (first, second)] == [[("figure-of-periods", False)], []]


# --- Taken over ---


@pytest.fixture
def conference():
    conference = make.conference()
    for name, values in {"新收": [10, 11, 12, 13], "审执结": [9, 9, 9, 9], "未结": [4, 3, 2, 1]}.items():
        periods(conference.court, indicator(name, "last" if name == "未结" else "sum"), values)
    make.figure(conference=conference, label="审执结", value=35)
    make.figure(conference=conference, label="未结", value=None, value_text="待填")
    return conference


@pytest.fixture
def clerk(conference):
    return make.user(CLERK, court=conference.court)


def test_proposed_is_what_the_periods_make_beside_what_was_said(conference):
    found = [(one.rolled.label, one.rolled.value, one.is_open, one.agrees) for one in proposed(conference)]

    assert sorted(found) == [("审执结", 36, False, False), ("新收", 46, True, False), ("未结", 1, True, False)]


def test_taking_over_writes_what_was_not_said_yet_and_nothing_else(conference, clerk):
    count = take_over(conference, [one.key for one in proposed(conference)], by=clerk)

    assert count == 2
    values = conference.figures.values_list("label", "value", "value_text", "unit", "indicator__name")
    assert sorted(values) == [
        ("审执结", 35, "", "件", None),
        ("新收", 46, "", "件", "新收"),
        ("未结", 1, "", "件", None),
    ]


def test_only_what_was_ticked_is_taken_over(conference, clerk, client):
    client.force_login(clerk)
    chosen = next(one.key for one in proposed(conference) if one.rolled.label == "新收")

    client.post(reverse("admin:conferences_conference_periods", args=[conference.pk]), {"chosen": chosen})

    assert set(conference.figures.filter(value__isnull=False).values_list("label", flat=True)) == {"审执结", "新收"}


def test_looking_saves_nothing(conference, clerk, client):
    client.force_login(clerk)
    before = list(Figure.objects.values())

    page = client.get(reverse("admin:conferences_conference_periods", args=[conference.pk])).content.decode()

    assert page.count('type="checkbox" name="chosen"') == 2
    assert list(Figure.objects.values()) == before


def test_refused_for_whoever_may_not_and_for_what_is_no_draft(conference, clerk):
    keys = [one.key for one in proposed(conference)]

    with pytest.raises(NotAllowed):
        take_over(conference, keys, by=make.user(APPROVER, court=conference.court))
    make.publish(conference)
    with pytest.raises(Refused):
        take_over(conference, keys, by=clerk)
    assert conference.figures.count() == 2


# --- The screen ---


@pytest.fixture
def screen(clerk, client):
    client.force_login(clerk)
    return reverse("admin:conferences_figureset_add")


def test_a_month_is_entered_on_one_screen(screen, client, clerk):
    new = {"kind": "month", "starts_on": "2024-01-01", "ends_on": "2024-01-31", "source": "月分析第1期"}
    rows = {
        "figures-0-label": "新收",
        "figures-0-value": "310",
        "figures-1-label": "走访",
        "figures-1-value": "7",
        "figures-1-order": "2",
    }

    response = save(client, screen, **new, **rows, **{"figures-TOTAL_FORMS": "2"})

    assert response.status_code == 302, mistakes(response)
    held = FigureSet.objects.get(source="月分析第1期")
    assert (held.court, held.changed_by) == (clerk.court, clerk)
    assert list(held.figures.values_list("label", "value", "indicator__name")) == [
        ("新收", 310, "新收"),
        ("走访", 7, None),
    ]


def test_the_same_month_is_not_entered_twice(screen, client, clerk):
    new = {"kind": "month", "starts_on": "2024-01-01", "ends_on": "2024-01-31", "source": ""}
    make.figure_set(court=clerk.court, starts_on="2024-01-01", ends_on="2024-01-31")

    response = save(client, screen, **new)

    assert "该期间的数据已有记录。" in str(mistakes(response))


def test_offered_are_the_indicators_of_the_year(conference, clerk, client):
    day = datetime.date
    indicator("旧体系指标", valid_to=day(2022, 12, 31))
    indicator("新体系指标", valid_from=day(2023, 9, 1))
    client.force_login(clerk)

    page = client.get(reverse("admin:conferences_conference_change", args=[conference.pk]))

    offered = page.context["page"].lists["indicators"]
    assert ("旧体系指标" in offered, "新体系指标" in offered) == (False, True)


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_take_as_many_queries_whatever_the_rows(number, clerk, conference, client):
    client.force_login(clerk)
    held = make.figure_set(court=clerk.court, starts_on="2021-01-01", ends_on="2021-12-31", kind="year")
    for at in range(number):
        make.period_figure(figure_set=held, label=f"数据{at}", indicator=indicator(f"数据{at}"))
    older = make.conference(court=clerk.court, year_reviewed=2021)
    places = {
        "conferences_conference_periods": older.pk,
        "conferences_figureset_change": held.pk,
    }
    for name, pk in places.items():  # what is asked once and kept
        client.get(reverse(f"admin:{name}", args=[pk]))

    counts = []
    for name, pk in places.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(f"admin:{name}", args=[pk]))
        counts.append(len(queries))

    assert counts == [8, 12]
