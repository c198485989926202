"""Lists that come in: what becomes of each row, and that it is all or nothing."""

import pytest

from awards.models import Commendation
from courts.models import Person
from courts.register import NewNames
from intake.kinds import Scope
from tests import make
from tests.lists import as_csv, brought, faults, results, states, taken

pytestmark = pytest.mark.django_db

PEOPLE = ("姓名（名称）", "部门", "职务")
WINNERS = ("奖项", "获奖者", "部门")


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院")


@pytest.fixture
def scope(court):
    return Scope(court)


def test_people_are_new_changed_or_unchanged(court, scope):
    place = make.department(court=court, name="执行局")
    make.person(court=court, name="张伟", department=place, post="法官")
    make.person(court=court, name="李娜", department=place, post="法官")
    content = as_csv(PEOPLE, ("张　伟", "执行局", "法官"), ("李娜", "执行局", "庭长"), ("王芳", "", ""))
    one = brought("people", scope, content)
    assert states(one) == ["unchanged", "changed", "new"]
    assert [result["changes"] for result in results(one)] == [
        [],
        [["post", "法官", "庭长"]],
        [["name", "", "王芳"]],
    ]
    assert (one.new, one.changed, one.unchanged, one.wrong) == (1, 1, 1, 0)


def test_a_confirmed_list_is_written_and_comes_again_unchanged(court, scope):
    make.department(court=court, name="执行局")
    content = as_csv(PEOPLE, ("张伟", "执行局", "法官"), ("王芳", "", "书记员"))
    taken("people", scope, content)
    assert list(Person.objects.values_list("name", "department__name", "post").order_by("pk")) == [
        ("张伟", "执行局", "法官"),
        ("王芳", None, "书记员"),
    ]
    assert states(brought("people", scope, content)) == ["unchanged", "unchanged"]


def test_winners_come_in_by_names_alone(court):
    conference = make.conference(court=court)
    make.category(court=court, name="先进个人")
    make.category(court=court, name="先进集体", recipient_kind="department")
    place = make.department(court=court, name="执行局")
    person = make.person(court=court, name="张伟", department=place, post="法官")
    scope = Scope(court, conference)
    content = as_csv(WINNERS, ("先进个人", "张伟", ""), ("先进集体", "执行局", ""))
    taken("commendations", scope, content)
    rows = Commendation.objects.order_by("order").values_list(
        "category__name", "name", "department_name", "post", "person", "department", "order"
    )
    assert list(rows) == [
        ("先进个人", "张伟", "执行局", "法官", person.pk, place.pk, 1),
        ("先进集体", "", "执行局", "", None, place.pk, 2),
    ]
    assert states(brought("commendations", scope, content)) == ["unchanged", "unchanged"]


def test_a_name_that_nobody_has_is_a_mistake_or_kept_as_the_clerk_chose(court):
    conference = make.conference(court=court)
    make.category(court=court, name="先进个人")
    content = as_csv(WINNERS, ("先进个人", "张伟", ""))
    assert faults(brought("commendations", Scope(court, conference), content)) == {"2": ["recipient"]}
    kept = Scope(court, conference, NewNames.KEEP)
    assert states(brought("commendations", kept, content)) == ["new"]
