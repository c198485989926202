"""A document is taken in whole or not at all, with a sentence that names the place of what is wrong."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from awards.models import Commendation
from conferences.models import Conference, Figure, Measure
from courts.models import Court, Department, Person
from courts.refusals import Refused
from exchange.document import as_bytes, document
from exchange.reading import Unreadable, read
from exchange.visible import Reader
from tests import make
from tests.exchange_records import AT, elsewhere, exported, full_record, taken_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def simple() -> bytes:
    """The document of another installation's conference, with a figure, a task and a winner."""
    with elsewhere():
        conference = make.conference(court=make.court(slug="origin", name="源区人民法院"))
        make.figure(conference=conference)
        make.measure(task=make.task(conference=conference), lead=make.department(court=conference.court, name="立案庭"))
        person = make.person(court=conference.court, name="李某")
        make.commendation(
            conference=conference, person=person, category=make.category(court=conference.court, name="先进")
        )
        return exported(conference)


def changed(content: bytes, change: Callable[[Any], Any]) -> bytes:
    data = json.loads(content)
    change(data)
    return as_bytes(data)


def rows() -> list[Any]:
    models = (Court, Department, Person, Conference, Figure, Measure, Commendation)
    return [sorted(model.objects.values_list("pk", flat=True)) for model in models]


# --- What cannot be read ---

BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "文件不是完整的JSON：第1行第1列出错。"),
    "half": (b'{"format": ', "文件不是完整的JSON：第1行第12列出错。"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "文件不是UTF-8编码的文本。"),
    "not a number": (b'{"format": NaN}', "文件中有会议JSON不会有的内容。"),
    "very deep": (b"[" * 100_000, "文件中有会议JSON不会有的内容。"),
    "a long number": (b'{"version": ' + b"1" * 5000 + b"}", "文件中有会议JSON不会有的内容。"),
    "a list": (b"[]", "这不是会议的JSON：“format”不是“court-conference”。"),
    "of another program": (b'{"type": "FeatureCollection"}', "这不是会议的JSON：“format”不是“court-conference”。"),
    "of a later version": (
        b'{"format": "court-conference", "version": 2}',
        "version: 本系统读取第1版格式；文件写的是“2”。",
    ),
}


@pytest.mark.parametrize(("content", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_the_json_of_a_conference_is_refused(content, said):
    with pytest.raises(Unreadable) as refused:
        read(content)

    assert [str(one) for one in refused.value.problems] == [said]


def test_a_file_that_is_too_large_is_refused_unread(settings):
    settings.IMPORT_MAX_MB = 1

    with pytest.raises(Unreadable) as refused:
        read(b" " * (1024 * 1024 + 1))

    assert [str(one) for one in refused.value.problems] == ["文件超过 1 MB。"]


def set_in(*way: Any, to: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in way[:-1]:
            data = data[step]
        data[way[-1]] = to

    return change


FIGURE = ("conference", "figures", 0)
WRONG: dict[str, tuple[Callable[[Any], Any], str]] = {
    "an unknown key": (set_in("conference", "colour", to=1), "conference.colour: 格式中没有这个键。"),
    "an unknown key at the top": (set_in("extra", to=1), "extra: 格式中没有这个键。"),
    "a number for a text": (
        set_in("conference", "title", to=5),
        "conference.title: 标题：应为文字（不含无法存储的字符）。",
    ),
    "no title": (lambda data: data["conference"].pop("title"), "conference.title: 标题：缺少。"),
    "NUL": (set_in("conference", "venue", to="\0"), "conference.venue: 地点：应为文字（不含无法存储的字符）。"),
    "half a character": (
        set_in("conference", "venue", to="\ud800"),
        "conference.venue: 地点：应为文字（不含无法存储的字符）。",
    ),
    "too long": (
        set_in(*FIGURE, "label", to="长" * 61),
        "conference.figures[0].label: 名称：确保该变量包含不超过 60 字符 (目前字符数 61)。",
    ),
    "a number without its marks": (
        set_in(*FIGURE, "value", to=100),
        'conference.figures[0].value: 数值：应为加引号的数字，如 "98.5"。',
    ),
    "no such day": (
        set_in("conference", "starts_on", to="2024-02-30"),
        "conference.starts_on: 日期：应为日期，如 2024-02-02。",
    ),
    "no such kind": (
        set_in("conference", "kind", to="party"),
        "conference.kind: 类型：值 'party' 不是有效选项。",
    ),
    "a flag for a number": (set_in("conference", "number", to=True), "conference.number: 年内第几次：应为整数。"),
    "a list for a row": (set_in(*FIGURE, to=[]), "conference.figures[0]: 应为对象 { }。"),
    "a row for a list": (set_in("conference", "figures", to={}), "conference.figures: 应为列表 [ ]。"),
    "nobody": (
        set_in("conference", "commendations", 0, "person", to="person-9"),
        "conference.commendations[0].person: 列表“people”中没有“person-9”。",
    ),
    "no award": (
        lambda data: data["conference"]["commendations"][0].pop("category"),
        "conference.commendations[0].category: 奖项：缺少。",
    ),
    "one id twice": (
        lambda data: data["people"].append(data["people"][0]),
        "people[1].id: 此列表的每一项都要有各自的id。",
    ),
    "a moment to come": (
        set_in("conference", "commendations", 0, "announced_at", to="2999-01-01T00:00:00Z"),
        "conference.commendations[0].announced_at: 公布时间：这一时刻还没有到。",
    ),
    "one helper twice": (
        set_in("conference", "tasks", 0, "measures", 0, "helpers", to=["department-1", "department-1"]),
        "conference.tasks[0].measures[0].helpers: 同一部门只列一次。",
    ),
    "no court": (set_in("court", to=None), "court: 应为对象 { }。"),
    "an address of the system": (
        set_in("court", "slug", to="admin"),
        "court.slug: 网址标识：该网址段为系统保留，请另选。",
    ),
}


@pytest.mark.parametrize(("change", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_with_its_place(simple, change, said):
    with pytest.raises(Unreadable) as refused:
        read(json.dumps(json.loads(changed_raw(simple, change))).encode())

    assert [str(one) for one in refused.value.problems] == [said]


def changed_raw(content: bytes, change: Callable[[Any], Any]) -> str:
    """As JSON in ASCII, which can hold half a character."""
    data = json.loads(content)
    change(data)
    return json.dumps(data)


def test_a_key_that_stands_twice_is_refused(simple):
    doubled = simple.replace(b'"label": ', b'"label": "x", "label": ', 1)

    with pytest.raises(Unreadable) as refused:
        read(doubled)

    assert [str(one) for one in refused.value.problems] == ["conference.figures[0].label: 此处这个键出现了不止一次。"]


def test_what_the_database_does_not_take_is_said_with_its_place_and_leaves_nothing(simple):
    before = rows()
    without = changed(simple, lambda data: data["conference"]["figures"][0].pop("value"))

    with pytest.raises(Refused) as refused:
        taken_in(without)

    assert refused.value.messages == ["conference.figures[0]: 数值、表述、变化、名次至少填写一项。"]
    assert rows() == before


# --- What is here already ---


def test_taking_in_twice_changes_nothing(simple):
    first = taken_in(simple)
    before = rows()

    second = taken_in(simple)

    assert (bool(first), bool(second), rows()) == (True, False, before)


def test_the_draft_becomes_what_the_document_says_and_rows_stay_the_same_rows(simple):
    conference = taken_in(simple).conference
    figure = conference.figures.get()
    make.figure(conference=conference, label="多余")

    def change(data: Any) -> None:
        data["conference"]["venue"] = "新址"
        data["conference"]["figures"][0]["value"] = "200"
        data["conference"]["figures"].append({"label": "结案", "value": "90"})

    plan = taken_in(changed(simple, change))

    assert plan.changed == ["会议「2023年度工作总结暨表彰大会」：地点", "数据「受理案件」：数值"]
    assert (plan.removed, dict(plan.made)) == (["数据「多余」"], {"数据": 1})
    assert [(one.pk == figure.pk, one.label, one.value) for one in conference.figures.all()] == [
        (True, "受理案件", 200),
        (False, "结案", 90),
    ]
    wanted = changed(simple, lambda data: (change(data), complete_figure(data)))
    assert json.loads(exported(Conference.objects.get())) == json.loads(wanted)


def complete_figure(data: Any) -> None:
    data["conference"]["figures"][1] = {"label": "结案", "precision": "exact", "value": "90"}


def test_rows_in_another_order_are_put_in_that_order(simple):
    two = changed(simple, lambda data: data["conference"]["figures"].append({"label": "结案", "value": "90"}))
    conference = taken_in(two).conference

    taken_in(changed(two, lambda data: data["conference"]["figures"].reverse()))

    assert [one.label for one in conference.figures.all()] == ["结案", "受理案件"]


def test_what_is_published_is_not_changed(simple):
    conference = make.publish(taken_in(simple).conference)

    same = taken_in(simple)
    with pytest.raises(Refused) as refused:
        taken_in(changed(simple, set_in("conference", "venue", to="新址")))

    assert (bool(same), refused.value.messages) == (
        False,
        ["本系统已有这次会议，且不是草稿。请先撤回，再作更改。"],
    )
    assert Conference.objects.get(pk=conference.pk).venue == ""


def test_a_document_that_is_not_complete_makes_a_new_conference_and_changes_none(simple):
    incomplete = changed(simple, set_in("complete", to=False))
    taken_in(incomplete)

    with pytest.raises(Refused, match="不完整的文件只能用来新建会议"):
        taken_in(incomplete)


@pytest.mark.parametrize("change", ["removed", "renamed"])
def test_who_was_announced_here_is_neither_removed_nor_changed(simple, change):
    taken_in(simple)
    Commendation.objects.update(announced_at=AT, announced_by=make.user())

    with pytest.raises(Refused):
        taken_in(changed(simple, GONE[change]))

    assert Commendation.objects.get().post == ""


GONE: dict[str, Callable[[Any], Any]] = {
    "removed": lambda data: data["conference"].pop("commendations"),
    "renamed": set_in("conference", "commendations", 0, "post", to="庭长"),
}


def test_what_was_reported_here_is_not_removed():
    with elsewhere():
        content = exported(full_record())
    taken_in(content)

    with pytest.raises(Refused, match="不会删除"):
        taken_in(changed(content, lambda data: data["conference"]["tasks"][0]["measures"][0].pop("reports")))


def test_another_court_of_the_same_address_is_refused(simple):
    make.court(slug="origin", name="别区人民法院")

    with pytest.raises(Refused, match="全称与网址标识都相同，才是同一法院"):
        taken_in(simple)


def test_the_register_is_added_to_and_never_changed(simple):
    court = make.court(slug="origin", name="源区人民法院", short_name="源法院")
    here = make.person(court=court, name="李某", post="书记员", department=make.department(court=court, name="执行局"))

    plan = taken_in(simple)

    assert [one.person for one in plan.conference.commendations.all()] == [here]
    assert (Person.objects.get().post, Court.objects.get().short_name) == ("书记员", "源法院")
    assert {one.name for one in court.departments.all()} == {"执行局", "立案庭"}


def test_of_several_who_may_be_meant_none_is_taken(simple):
    court = make.court(slug="origin", name="源区人民法院")
    for post in ("书记员", "法官"):
        make.person(court=court, name="李某", post=post)

    with pytest.raises(Refused) as refused:
        taken_in(simple)

    assert refused.value.messages == ["people[0]：人员名册中有2条记录可能是李某，请先分清。"]


# --- The command ---


def test_without_yes_the_command_says_what_it_would_do_and_writes_nothing(simple, tmp_path, capsys):
    file = tmp_path / "会议.json"
    file.write_bytes(simple)
    before = rows()

    call_command("import_conference", str(file))
    preview, unwritten = capsys.readouterr().out, rows()
    call_command("import_conference", str(file), "--yes")

    assert (unwritten, rows() == before) == (before, False)
    assert preview.splitlines() == [
        "源区人民法院 2023年度工作总结暨表彰大会 (/origin/2023/)",
        "新建：法院 1、部门 1、人员 1、奖项 1、会议 1、数据 1、重点工作 1、举措 1、表彰 1",
        "未写入任何内容。加上 --yes 才会写入。",
    ]


def test_the_export_command_writes_what_the_import_command_read(simple, tmp_path):
    file, again = tmp_path / "a.json", tmp_path / "b.json"
    file.write_bytes(simple)
    call_command("import_conference", str(file), "--yes")

    call_command("export_conference", "/origin/2023/", "--output", str(again))

    assert again.read_bytes() == simple


@pytest.mark.parametrize("address", ["origin/2023", "nowhere", "origin/2023/speeches/1", "", "../x"])
def test_the_export_command_says_where_there_is_no_conference(address):
    with pytest.raises(CommandError, match="没有会议"):
        call_command("export_conference", address)


def test_the_import_command_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="无法读取文件"):
        call_command("import_conference", str(tmp_path / "none.json"))


def test_a_document_of_a_reader_can_be_taken_in():
    with elsewhere():
        conference = make.publish(full_record(audience="public"))
        public = as_bytes(document(conference, Reader(private=False, staff=False)))

    assert taken_in(public).conference.commendations.count() == 2
