"""Years and courts side by side: what stands there, in which order, and that nothing stands there too early."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import Audience, Figure, Indicator, Measure
from courts.roles import APPROVER, CLERK, STAFF, SUPERIOR
from tests import make
from years.comparing import years_page
from years.lines import line
from years.sentence import sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court()


def year(court, number, **figures):
    """A published annual conference with these figures of cases."""
    conference = make.published(court=court, year_reviewed=number)
    for order, (label, value) in enumerate(figures.items(), start=1):
        make.figure(conference=conference, label=label, value=value, order=order, group="办案")
    return conference


def page_of(court, user=None, years=()):
    return years_page(court, user or make.user(), list(years))


def rows_of(page, name):
    """(heading, label, texts of the cells) of each row of a table; none where there is no such table."""
    table = next((one for one in page["tables"] if one.name == name), None)
    groups = table.groups if table else []
    return [(str(heading), row.label, [cell.text for cell in row.cells]) for heading, rows in groups for row in rows]


# --- Figures ---


def test_the_same_figure_of_each_year_stands_in_one_row_with_its_change(court):
    year(court, 2021, 受理案件=1000, 走访企业=7)
    year(court, 2022, 受理各类案件=1100)
    year(court, 2023, 案件受理总数=1034)

    page = page_of(court)

    assert rows_of(page, "figures") == [
        ("办案", "案件受理总数", ["1,000", "1,100", "1,034"]),
        ("办案", "走访企业", ["7", "", ""]),
    ]
    first = page["tables"][0].groups[0][1][0]
    assert [cell.change for cell in first.cells] == ["", "上升 10%", "下降 6%"]


def test_figures_stand_under_the_theme_of_the_newest_year(court):
    for number, group in ((2022, "办案"), (2023, "办案质效")):
        make.figure(conference=make.published(court=court, year_reviewed=number), group=group)

    assert rows_of(page_of(court), "figures") == [("办案质效", "受理案件", ["100", "100"])]


def test_a_vague_value_stands_as_said_and_makes_no_change_and_no_point(court):
    year(court, 2022, 走访企业=10)
    make.figure(conference=year(court, 2023), label="走访企业", value=None, value_text="40余", group="办案")

    row = page_of(court)["tables"][0].groups[0][1][0]

    assert [cell.text for cell in row.cells] == ["10", "40余"]
    assert (row.cells[1].change, row.line) == ("", None)


def test_a_line_has_a_dot_for_each_number_a_gap_where_there_is_none_and_says_the_numbers():
    drawn = line([Decimal(1), Decimal(3), None, Decimal(2)], "受理: 1; 3; 2")

    assert drawn.dots == [(3, 21), (33, 3), (93, 12)]
    assert (drawn.runs, drawn.text) == (["3,21 33,3"], "受理: 1; 3; 2")


def test_a_line_of_one_value_runs_in_the_middle():
    assert {dot.y for dot in line([Decimal(5), Decimal(5)], "").dots} == {12}
    assert line([None, Decimal(5)], "") is None


def test_the_page_draws_the_line_and_says_it_in_words(court, client):
    for number, value in ((2021, 1000), (2022, 1100), (2023, 1034)):
        year(court, number, 受理案件=value)

    page = client.get(f"/{court.slug}/years/").content.decode()

    assert page.count("<polyline") == 1
    assert "<title>受理案件: 2021 1,000; 2022 1,100; 2023 1,034</title>" in page


def test_the_last_five_years_unless_others_are_asked_for(court):
    for number in range(2015, 2024):
        year(court, number, 受理案件=number)

    def shown(*asked):
        return [one.year_reviewed for one in page_of(court, years=asked)["conferences"]]

    assert shown() == [2019, 2020, 2021, 2022, 2023]
    assert shown("2015", "2023", "2019") == [2015, 2019, 2023]
    assert shown(*map(str, range(2015, 2024))) == [2018, 2019, 2020, 2021, 2022, 2023]
    assert shown("x", "", "9" * 5000) == [2019, 2020, 2021, 2022, 2023]


# --- The sentence ---

# Received and closed a year before and now -> what is said of the change.
CHANGES = {
    "both up": ((100, 80), (110, 84), "，同比分别上升10%、5%"),
    "both down": ((100, 80), (95, 76), "，同比分别下降5%、5%"),
    "one up, one down": ((100, 80), (110, 76), "，同比分别上升10%、下降5%"),
    "both the same": ((100, 80), (100, 80), "，同比均持平"),
    "one the same": ((100, 80), (100, 84), "，同比分别持平、上升5%"),
    "with digits": ((300, 70), (301, 71), "，同比分别上升0.33%、1.43%"),
    "from nothing": ((0, 80), (100, 84), ""),
}


@pytest.mark.parametrize(("before", "now", "said"), CHANGES.values(), ids=CHANGES.keys())
def test_the_sentence_says_the_change_as_courts_do(court, before, now, said):
    for number, (received, closed) in ((2022, before), (2023, now)):
        year(court, number, 受理各类案件=received, 审执结=closed)

    newest = page_of(court)["sentences"][0]

    assert newest.text == f"2023年，受理案件{now[0]}件，审执结{now[1]}件{said}。"


def test_the_sentence_goes_on_with_the_rate(court):
    for number, rate in ((2022, "92.5"), (2023, "93.75")):
        make.figure(conference=year(court, number, 受理案件=100), label="结案率", value=rate, unit="%")

    assert [one.text for one in page_of(court)["sentences"]] == [
        "2023年，受理案件100件，同比持平；结案率93.75%，同比上升1.25个百分点。",
        "2022年，受理案件100件；结案率92.5%。",
    ]


def test_where_last_year_is_not_known_the_sentence_takes_what_was_said():
    said = {"change": Decimal("4.20"), "change_unit": "percent", "change_direction": "down", "unit": "件"}
    figures = [Figure(pk=1, label="受理案件", value=Decimal(900), **said)]

    assert sentence(2023, {2023: figures}).text == "2023年，受理案件900件，同比下降4.2%。"


def test_no_sentence_without_the_cases(court):
    year(court, 2023, 走访企业=3, 受理民事案件=7)

    assert page_of(court)["sentences"] == []


# --- Honours, awards, tasks ---


def test_honours_stand_by_level_the_highest_first(court):
    first, second = year(court, 2022), year(court, 2023)
    for conference, level in ((first, "city"), (second, "national"), (second, "city"), (second, "")):
        make.honour(conference=conference, level=level)

    assert [row[1:] for row in rows_of(page_of(court), "honours")] == [
        ("国家级", ["", "1"]),
        ("市级", ["1", "1"]),
        ("未注明级别", ["", "1"]),
    ]


def test_awards_stand_by_department_in_the_courts_own_order_family_by_family(court):
    small = make.department(court=court, name="乙庭", order=1)
    big = make.department(court=court, name="甲庭", order=2)
    conference = year(court, 2023)
    in_house, party = make.category(court=court), make.category(court=court, family="party")
    for department in (big, big, small):
        given = {"department": department, "department_name": department.name}
        make.commendation(conference=conference, category=in_house, announced=True, name="王某", **given)
    make.commendation(conference=conference, category=party, announced=True, name="李某", department_name="旧庭")

    assert rows_of(page_of(court), "awards") == [
        ("院内表彰", "乙庭", ["1"]),
        ("院内表彰", "甲庭", ["2"]),
        ("党内表彰", "旧庭", ["1"]),
    ]


def test_who_is_not_announced_was_revoked_or_is_left_off_is_counted_for_nobody(court):
    conference = year(court, 2023)
    given = {"conference": conference, "department_name": "甲庭", "name": "王某"}
    make.commendation(**given, announced=True)
    make.commendation(**given)
    make.commendation(**given, announced=timezone.now() + datetime.timedelta(hours=1))
    make.commendation(**given | {"person": make.left_off(court=court)}, announced=True)
    revoked = make.commendation(**given, announced=True)
    revoked.revoke(by=make.user(APPROVER, court=court), reason="弄虚作假")

    for user in (make.user(), make.user(CLERK, court=court), make.user(is_superuser=True)):
        assert rows_of(page_of(court, user), "awards") == [("院内表彰", "甲庭", ["1"])]


def test_tasks_say_how_many_were_closed_only_where_the_court_shows_it(court):
    shown, hidden = year(court, 2022), year(court, 2023)
    shown.show_states(by=make.user(APPROVER, court=court))
    for conference in (shown, hidden):
        measure = make.measure(task=make.task(conference=conference))
        make.measure(task=measure.task)
        Measure.objects.filter(pk=measure.pk).update(closed_at=timezone.now(), closed_by=make.user())

    def closed(user):
        return rows_of(page_of(court, user), "tasks")[-1][1:]

    assert rows_of(page_of(court), "tasks")[0][1:] == ("重点工作", ["1", "1"])
    assert closed(make.user()) == ("已销号举措", ["1", ""])
    assert closed(make.user(CLERK, court=court)) == ("已销号举措", ["1", "1"])


# --- Who sees what ---


def test_only_what_the_reader_may_see_and_what_is_published(court):
    year(court, 2021, 受理案件=1)
    make.figure(conference=make.published(court=court, year_reviewed=2022, audience=Audience.STAFF), value=22)
    make.figure(conference=make.conference(court=court, year_reviewed=2023, audience=Audience.PUBLIC), value=33)

    def years(user):
        return [one.year_reviewed for one in page_of(court, user)["conferences"]]

    staff, superior = make.user(STAFF, court=court), make.user(is_superuser=True)
    assert years(make.user(STAFF, court=make.court())) == [2021]
    assert years(staff) == years(make.user(CLERK, court=court)) == years(superior) == [2021, 2022]


def test_an_internal_rank_and_the_wording_stand_nowhere(court, client):
    conference = year(court, 2023, 受理案件=1)
    ranked = {"rank": 2, "rank_kind": "exact", "rank_scope": "机密范围", "quote": "机密原话"}
    make.figure(conference=conference, label="结案率", value=90, unit="%", **ranked)
    make.figure(conference=conference, label="机密指标", value=None, **ranked)
    client.force_login(make.user(CLERK, court=court))

    assert "机密" not in client.get(f"/{court.slug}/years/").content.decode()


def test_a_page_for_everyone_ends_with_the_embargo(court, client):
    conference = year(court, 2023, 受理案件=1)
    soon = timezone.now() + datetime.timedelta(hours=1)
    make.commendation(conference=conference, department_name="甲庭", name="王某", announced=soon)

    assert "甲庭" not in client.get(f"/{court.slug}/years/").content.decode()
    conference.commendations.update(announced_at=timezone.now())

    assert "甲庭" in client.get(f"/{court.slug}/years/").content.decode()


def test_a_court_without_conferences_says_so(court, client):
    page = client.get(f"/{court.slug}/years/").content.decode()

    assert "该院尚未发布年度会议。" in page
    assert client.get("/no-such-court/years/").status_code == 404


def test_a_court_of_any_address_keeps_its_page_of_a_year(client):
    court = make.court(slug="years")
    conference = year(court, 2023)

    assert client.get("/years/years/").context["court"] == court
    assert client.get(conference.get_absolute_url()).context["conference"] == conference


# --- The file ---


def test_the_workbook_says_what_the_page_says(court, client):
    year(court, 2022, 受理案件=1000)
    conference = year(court, 2023, 受理案件="1100.5")
    make.figure(conference=conference, label="走访", value=None, value_text="=40余", unit="次", order=9)
    make.honour(conference=conference, level="city")

    response = client.get(f"/{court.slug}/years/file/?years=2022&years=2023")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    assert book.sheetnames == ["数据", "上级荣誉", "表述"]
    cells = [[cell for cell in row if cell is not None] for row in book["数据"].iter_rows(values_only=True)]
    assert cells[1:4] == [["办案"], ["受理案件", "件", 1000, 1100.5, "上升 10.05%"], ["走访", "次", "=40余"]]
    assert book["表述"]["B2"].value == "2023年，受理案件1100.5件，同比上升10.05%。"


def test_the_workbook_shows_no_more_than_the_page(court, client):
    make.figure(conference=make.published(court=court, audience=Audience.STAFF), label="机密")

    response = client.get(f"/{court.slug}/years/file/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))

    assert book.sheetnames == ["表述"]


# --- The courts below ---


@pytest.fixture
def above():
    return make.court()


@pytest.fixture
def superior(above, client):
    user = make.user(SUPERIOR, court=above)
    client.force_login(user)
    return user


def below(client, **asked):
    page = client.get("/courts-below/figures/", asked)
    return [
        (line.court.short_name, [(cell.text, cell.change) for cell in line.cells]) for line in page.context["lines"]
    ]


def test_courts_stand_in_their_own_order_never_by_their_figures(above, superior, client):
    courts = [make.court(parent=above, short_name=name, code=f"豫120{at}") for at, name in enumerate("乙甲丙")]
    for court, value in zip(courts, (5, 90, 40), strict=True):
        year(court, 2022, 受理案件=value - 1)
        year(court, 2023, 受理各类案件=value)

    assert below(client, year=2023) == [
        ("乙", [("5", "上升 25%")]),
        ("甲", [("90", "上升 1.12%")]),
        ("丙", [("40", "上升 2.56%")]),
    ]


def test_one_theme_at_a_time_and_what_is_not_published_is_not_there(above, superior, client):
    first, second, third = (make.court(parent=above, short_name=name, code=f"豫120{name}") for name in "123")
    conference = year(first, 2023, 受理案件=5)
    make.figure(conference=conference, label="执行完毕率", value=40, unit="%", group="执行", order=9)
    make.figure(conference=make.conference(court=second, audience=Audience.PUBLIC), value=77)
    make.figure(conference=make.published(court=third, audience=Audience.STAFF), value=8, group="业务")
    make.figure(conference=make.published(), value=99)

    assert below(client, year=2023) == [("1", [("5", "")]), ("2", []), ("3", [("8", "")])]
    assert below(client, year=2023, theme="执行") == [("1", [("40", "")]), ("2", []), ("3", [("", "")])]
    assert below(client, year=2023, theme="无此主题") == below(client, year=2023)


# --- How much they ask ---


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_as_many_queries_whatever_it_holds(court, client, number):
    departments = [make.department(court=court) for _ in range(number)]
    for at in range(2021, 2024):
        conference = year(court, at)
        for place in range(number):
            indicator = Indicator.objects.get_or_create(name=f"指标{place}")[0]
            make.figure(conference=conference, label=f"指标{place}", indicator=indicator)
            make.honour(conference=conference, level="city")
            make.commendation(conference=conference, announced=True, department=departments[place], name="王某")
            make.measure(task=make.task(conference=conference))
    client.get(f"/{make.court().slug}/years/")  # what is asked once and kept

    with CaptureQueriesContext(connection) as queries:
        client.get(f"/{court.slug}/years/")

    assert len(queries) == 11


@pytest.mark.parametrize("number", [1, 30])
def test_the_courts_below_take_as_many_queries_whatever_they_are(above, superior, client, number):
    for _ in range(number):
        court = make.court(parent=above)
        year(court, 2022, 受理案件=1)
        year(court, 2023, 受理案件=2, 审执结=1)
    client.get("/courts-below/figures/?year=2000")

    with CaptureQueriesContext(connection) as queries:
        client.get("/courts-below/figures/?year=2023")

    assert len(queries) == 10
