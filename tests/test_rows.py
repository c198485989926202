"""What the rows of the screens are made of: names, text, constraints in memory."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conferences.models import Conference, Figure, Speech
from courts.constraints import broken_checks
from courts.models import Department, Person
from courts.register import NewNames, Register
from courts.text import paragraphs
from courts.widgets import LightDecimal, LightSelect, LightText, LightTextarea
from tests import make

# --- Text ---


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        pytest.param("一\r\n二\r三", "一\n二\n三", id="every line end"),
        pytest.param("一\x0b二", "一\n二", id="the soft break of Word"),
        pytest.param("\u3000\u3000一、讲政治", "一、讲政治", id="the indent goes"),
        pytest.param("一  \n\n\n\n二", "一\n\n二", id="one empty line is enough"),
        pytest.param("一\x00\x07\u200b\ufeff二", "一二", id="what nobody sees"),
        pytest.param("甲\t乙", "甲\t乙", id="a tab within a line stays"),
        pytest.param("<b>粗</b>", "<b>粗</b>", id="typed characters stay as typed"),
        pytest.param(" \n ", "", id="nothing"),
    ],
)
def test_text_is_kept_in_plain_paragraphs(pasted, stored):
    assert paragraphs(pasted) == stored


@given(st.text())
def test_cleaning_text_twice_changes_nothing_more(text):
    assert paragraphs(paragraphs(text)) == paragraphs(text)


# --- Widgets ---


def test_no_widget_lets_a_value_out_of_its_tag():
    value = "\"><script>'&"
    safe = "&quot;&gt;&lt;script&gt;&#x27;&amp;"
    select = LightSelect(choices=[(value, value)])
    assert LightText({"list": "people"}).render("a", value) == f'<input name="a" value="{safe}" list="people">'
    assert LightTextarea().render("a", value) == f'<textarea name="a" rows="4">\n{safe}</textarea>'
    assert select.render("a", value) == f'<select name="a"><option value="{safe}" selected>{safe}</select>'


def test_a_decimal_is_shown_without_the_zeros_of_its_column():
    assert LightDecimal().format_value(Figure._meta.get_field("value").to_python("12478.5000")) == "12478.5"


# --- Constraints ---

optional = st.none() | st.integers(0, 3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    value=optional,
    value_text=st.sampled_from(["", "40余"]),
    change=optional,
    change_unit=st.sampled_from(["", "percent"]),
    rank=st.none() | st.integers(1, 3),
    rank_scope=st.sampled_from(["", "全省"]),
    rank_kind=st.sampled_from(["", "top"]),
)
@pytest.mark.django_db
def test_a_constraint_tried_in_memory_says_what_the_database_says(figure_of, **values):
    figure = Figure(conference=figure_of, label="收案", **values)
    try:
        with transaction.atomic():
            figure.save()
    except IntegrityError:
        assert broken_checks(figure) != []
    else:
        assert broken_checks(figure) == []


@pytest.fixture
def figure_of(db):
    return make.conference()


@pytest.mark.parametrize(
    ("years", "broken"),
    [
        ((2023, 2024), []),
        ((2023, 2023), []),
        ((2023, 2025), ["conference_years_in_row"]),
        ((0, 1), ["conference_years_possible"]),
        ((None, None), []),
    ],
)
def test_sums_ranges_and_unknown_values_are_compared_as_in_sql(years, broken):
    conference = Conference(year_reviewed=years[0], year_planned=years[1])
    assert [check.name for check in broken_checks(conference)] == broken


def test_constraints_in_memory_ask_the_database_nothing(db):
    with CaptureQueriesContext(connection) as queries:
        assert [check.name for check in broken_checks(Speech())] == ["speech_has_speaker"]
    assert len(queries) == 0


# --- The register ---


@pytest.fixture
def court(db):
    return make.court()


def test_one_person_of_a_name_is_found_without_more(court):
    person = make.person(court=court, name="张三")
    assert Register(court, ["张　三"]).person("张　三", "") == person


def test_namesakes_are_told_apart_by_their_department(court):
    bureau, office = make.department(court=court, name="执行局"), make.department(court=court, name="立案庭")
    first = make.person(court=court, name="张伟", department=bureau)
    make.person(court=court, name="张伟", department=office)
    register = Register(court, ["张伟"])
    assert register.person("张伟", "执行局") == first
    with pytest.raises(ValidationError) as refused:
        register.person("张伟", "")
    assert refused.value.params == {"count": 2, "name": "张伟", "choices": "执行局、立案庭"}


def test_namesakes_are_offered_with_their_department(court):
    for name in ("执行局", "立案庭"):
        make.person(court=court, name="张伟", department=make.department(court=court, name=name), post="法官")
    make.person(court=court, name="李娜")
    assert sorted(Register(court).offered) == [
        ("张伟（执行局）", "执行局", "法官"),
        ("张伟（立案庭）", "立案庭", "法官"),
        ("李娜", "", ""),
    ]


def test_people_of_other_courts_are_neither_found_nor_offered(court):
    make.person(court=make.court(), name="别院")
    register = Register(court, ["别院"])
    assert (register.person("别院", ""), register.offered) == (None, [])


def test_a_name_typed_twice_is_one_new_entry(court):
    register = Register(court, new_names=NewNames.ADD)
    department = register.new_department("执行局")
    assert register.new_person("新人", department, "法官") is register.new_person("新 人", department, "")
    register.save()
    person = Person.objects.get(court=court)
    assert (person.name, person.department, bool(person.stroke_key)) == ("新人", Department.objects.get(), True)


def test_a_name_that_is_too_long_for_the_register_is_refused(court):
    with pytest.raises(ValidationError):
        Register(court).new_person("长" * 61, None, "")


def test_any_number_of_names_takes_two_queries(court):
    people = [make.person(court=court, department=make.department(court=court)) for _ in range(30)]
    register = Register(court, [person.name for person in people])
    with CaptureQueriesContext(connection) as queries:
        found = [register.person(person.name, "") for person in people]
        departments = [register.department_called(person.department.name) for person in found]
    assert (found, departments) == (people, [person.department for person in people])
    assert len(queries) == 2
