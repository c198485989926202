"""Lists that come in: what becomes of each row, and that it is all or nothing."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.models import Commendation
from courts.models import Person
from courts.refusals import NotAllowed, Refused
from courts.register import NewNames
from courts.rows import Batch
from intake.confirming import confirm
from intake.files import read_table
from intake.importing import begin, proceed
from intake.kinds import KINDS, Scope
from intake.models import Import
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


@pytest.fixture
def conference(court):
    make.category(court=court, name="先进个人")
    return make.conference(court=court)


def several(count, *, start=0):
    return as_csv(WINNERS, *[("先进个人", f"李{chr(0x4E00 + number)}", "") for number in range(start, start + count)])


def test_a_list_with_one_mistake_writes_nothing(court, conference):
    scope = Scope(court, conference, NewNames.KEEP)
    by = make.user("clerk", court=court)
    one = brought("commendations", scope, as_csv(WINNERS, ("先进个人", "李一", ""), ("没有的奖", "李二", "")), by=by)
    with pytest.raises(Refused) as refused:
        confirm(one, by=by)
    assert refused.value.code == "wrong"
    assert Commendation.objects.count() == 0


def test_a_list_is_written_once_however_often_it_is_confirmed(court, conference):
    by = make.user("clerk", court=court)
    one = brought("commendations", Scope(court, conference, NewNames.KEEP), several(3), by=by)
    confirm(one, by=by)
    confirm(one, by=make.user("clerk", court=court))
    one.refresh_from_db()
    assert Commendation.objects.count() == 3
    assert one.confirmed_by == by


def test_the_same_list_twice_at_once_is_written_once(court, conference):
    by = make.user("clerk", court=court)
    scope = Scope(court, conference, NewNames.KEEP)
    first, second = (brought("commendations", scope, several(3), by=by) for _twin in range(2))
    confirm(first, by=by)
    with pytest.raises(Refused) as refused:
        confirm(second, by=by)
    assert refused.value.code == "stale"
    proceed(second)
    assert states(second) == ["unchanged"] * 3


def test_a_record_that_changed_meanwhile_is_compared_again(court, conference):
    by = make.user("clerk", court=court)
    place = make.department(court=court, name="执行局")
    person = make.person(court=court, name="张伟", department=place, post="法官")
    one = brought("people", Scope(court), as_csv(PEOPLE, ("张伟", "执行局", "庭长")), by=by)
    person.post = "院长"
    person.save()
    with pytest.raises(Refused) as refused:
        confirm(one, by=by)
    assert refused.value.code == "stale"
    proceed(one)
    assert results(one)[0]["changes"] == [["post", "院长", "庭长"]]
    confirm(one, by=by)
    person.refresh_from_db()
    assert person.post == "庭长"


def test_a_confirmation_that_is_killed_leaves_nothing(court, conference, monkeypatch):
    """The second of two pieces fails; the first was written in the same transaction."""
    monkeypatch.setattr("intake.importing.PIECE", 2)
    by = make.user("clerk", court=court)
    one = brought("commendations", Scope(court, conference, NewNames.KEEP), several(4), by=by)
    write, done = Batch.write, []

    def killed(batch):
        if done:
            raise KeyboardInterrupt
        done.append(write(batch))

    monkeypatch.setattr(Batch, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        confirm(one, by=by)
    one.refresh_from_db()
    assert (len(done), Commendation.objects.count(), one.confirmed_at) == (1, 0, None)
    monkeypatch.setattr(Batch, "write", write)
    confirm(one, by=by)
    assert Commendation.objects.count() == 4


def test_a_list_that_was_put_away_or_is_not_compared_is_not_written(court, conference):
    by = make.user("clerk", court=court)
    scope = Scope(court, conference, NewNames.KEEP)
    one = brought("commendations", scope, several(2), by=by)
    one.cancel(by=by)
    content = several(2)
    half = begin(KINDS["commendations"], scope, read_table(io.BytesIO(content), 1), by=by, source="x", size=1)
    codes = []
    for listed in (one, half):
        with pytest.raises(Refused) as refused:
            confirm(listed, by=by)
        codes.append(refused.value.code)
    assert codes == ["cancelled", "unchecked"]
    assert (Commendation.objects.count(), one.pieces.count()) == (0, 0)


def test_rows_of_a_list_that_was_left_behind_go_with_the_next_one(court, conference):
    old = brought("commendations", Scope(court, conference, NewNames.KEEP), several(2))
    kept = taken("people", Scope(court), as_csv(PEOPLE, ("张伟", "", "")))
    Import.objects.update(at=timezone.now() - datetime.timedelta(days=2))
    brought("people", Scope(court), as_csv(PEOPLE, ("张伟", "", "")))
    assert [one.pieces.count() for one in (old, kept)] == [0, 1]


@pytest.mark.parametrize("role", ["approver", "staff", "superior", "liaison"])
def test_only_who_enters_the_record_brings_a_list(court, conference, role):
    with pytest.raises(NotAllowed):
        brought("commendations", Scope(court, conference), several(1), by=make.user(role, court=court))
    assert Import.objects.count() == 0


def test_a_clerk_of_another_court_brings_nothing(court, conference):
    with pytest.raises(NotAllowed):
        brought("commendations", Scope(court, conference), several(1), by=make.user("clerk", court=make.court()))


def test_names_of_another_court_are_not_found(court, conference):
    other = make.court()
    make.person(court=other, name="张伟")
    make.category(court=other, name="他院的奖")
    rows = [("先进个人", "张伟", ""), ("他院的奖", "李一", "")]
    kept = Scope(court, conference, NewNames.KEEP)
    one = brought("commendations", kept, as_csv(WINNERS, *rows))
    assert states(one) == ["new", "wrong"]
    confirmed = taken("commendations", kept, as_csv(WINNERS, rows[0]))
    assert confirmed.confirmed_at
    assert Commendation.objects.get().person is None


def test_a_row_of_another_court_is_a_mistake(court, conference):
    content = as_csv(("法院", *WINNERS), ("乙区人民法院", "先进个人", "张伟", ""))
    assert faults(brought("commendations", Scope(court, conference, NewNames.KEEP), content)) == {"2": ["court"]}


def test_two_names_of_one_person_are_one_mistake_however_far_apart(court, conference, monkeypatch):
    monkeypatch.setattr("intake.importing.PIECE", 1)
    place = make.department(court=court, name="执行局")
    make.department(court=court, name="立案庭")
    make.person(court=court, name="张伟", department=place)
    content = as_csv(WINNERS, ("先进个人", "张伟", "执行局"), ("先进个人", "张伟", "立案庭"))
    by = make.user("clerk", court=court)
    one = brought("commendations", Scope(court, conference), content, by=by)
    assert states(one) == ["new", "new"]
    with pytest.raises(Refused) as refused:
        confirm(one, by=by)
    assert refused.value.code == "doubled"
    assert Commendation.objects.count() == 0


def test_a_conference_says_who_changed_it_and_its_rows_keep_their_history(court, conference):
    by = make.user("clerk", court=court)
    before = conference.changed_at
    one = brought("commendations", Scope(court, conference, NewNames.KEEP), several(2), by=by)
    confirm(one, by=by)
    conference.refresh_from_db()
    court.refresh_from_db()
    assert (conference.changed_by, conference.changed_at > before) == (by, True)
    assert court.revision > one.revision
    assert Commendation.history.filter(history_type="+").count() == 2


def test_new_rows_come_behind_those_that_are_there(court, conference):
    make.figure(conference=conference, label="甲", order=7)
    content = as_csv(("名称", "数值"), ("甲", "1"), ("乙", "2"), ("丙", "3"))
    taken("figures", Scope(court, conference), content)
    assert list(conference.figures.values_list("label", "value", "order")) == [("甲", 1, 7), ("乙", 2, 8), ("丙", 3, 9)]


def test_measures_find_their_task_and_departments(court, conference):
    task = make.task(conference=conference, heading="提升执行质效")
    for name in ("执行局", "立案庭", "法警队"):
        make.department(court=court, name=name)
    headings = ("重点工作", "正文", "牵头部门", "配合部门", "完成时限")
    taken(
        "measures",
        Scope(court, conference),
        as_csv(headings, ("提升执行质效", "每月通报", "执行局", "立案庭、法警队、各部门", "2024年3月31日")),
    )
    measure = task.measures.get()
    assert (measure.lead.name, [str(one) for one in measure.helpers.all()], measure.all_help, measure.due_on) == (
        "执行局",
        ["立案庭", "法警队"],
        True,
        datetime.date(2024, 3, 31),
    )
    changed = as_csv(headings, ("提升执行质效", "每月通报", "", "法警队", ""))
    taken("measures", Scope(court, conference), changed)
    measure.refresh_from_db()
    assert ([str(one) for one in measure.helpers.all()], measure.all_help) == (["法警队"], False)
    assert measure.due_on == datetime.date(2024, 3, 31)
    wrong = as_csv(
        headings, ("没有的工作", "一", "", "", ""), ("提升执行质效", "二", "没有的庭", "没有的局", "2024-02-30")
    )
    assert faults(brought("measures", Scope(court, conference), wrong)) == {"2": ["task"], "3": ["due_on"]}


@pytest.mark.parametrize("kind", ["people", "commendations"])
def test_thousand_rows_take_no_more_queries_than_ten(court, conference, kind):
    """Ten and then a thousand: new ones, and then changed ones."""
    place = make.department(court=court, name="执行局")
    by = make.user("clerk", court=court)
    counts = {}
    for number in (10, 1000):
        names = [f"王{chr(0x4E00 + number)}{chr(0x4E00 + one)}" for one in range(number)]
        for post in ("法官", "庭长"):
            if kind == "people":
                content = as_csv(PEOPLE, *[(name, "执行局", post) for name in names])
            else:
                Person.objects.bulk_create(Person(court=court, name=name, department=place) for name in names)
                content = as_csv((*WINNERS, "职务"), *[("先进个人", name, "执行局", post) for name in names])
            with CaptureQueriesContext(connection) as seen:
                one = brought(kind, Scope(court, conference if kind == "commendations" else None), content, by=by)
            with CaptureQueriesContext(connection) as written:
                confirm(one, by=by)
            assert one.wrong == 0
            counts[number, post] = (len(seen), len(written))
            if kind == "commendations":
                Person.objects.all().delete()
    assert max(max(pair) for pair in counts.values()) <= 80


def test_rows_that_no_order_is_left_for_stand_as_in_the_list(court, conference):
    make.commendation(conference=conference, name="王一", order=32_766)
    taken("commendations", Scope(court, conference, NewNames.KEEP), several(3))
    rows = Commendation.objects.values_list("order", flat=True)
    assert list(rows) == [32_766, 32_767, 32_767, 32_767]
