"""Pasted winners: how they may be written, and that no piece of a text is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.name_words import Problem
from intake.names import cleaned, read_names, read_units

DEPARTMENTS = ["刑事审判庭", "立案庭（诉讼服务中心）", "执行局", "综合办公室", "青年突击组织"]


def people(text: str) -> list[tuple[str, str, str]]:
    """Name, department and post of each line that is nobody's heading."""
    return [(line.name, line.department, line.post) for line in read_names(text, DEPARTMENTS) if not line.is_heading]


def names(text: str) -> list[str]:
    return [name for name, _department, _post in people(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "one in a line": ("张三\n李四光\n\n欧阳少东", "张三 李四光 欧阳少东"),
        "joined": ("张三、李四光，王五,赵六；钱七;孙八 周九", "张三 李四光 王五 赵六 钱七 孙八 周九"),
        "spaced out": ("张　三、李 四、王\u3000五", "张三 李四 王五"),
        "spaced out among others": ("张　三　李四光　王　五", "张三 李四光 王五"),
        "all spaced out": ("张 三 李 四", "张三 李四"),
        "three characters spaced out": ("张 三 丰", "张三丰"),
        "wider gaps between names": ("张 三 丰  李 四 光", "张三丰 李四光"),
        "compound surname spaced": ("欧阳 锋", "欧阳锋"),
        "numbers": (
            "1. 张三\n2、李四\n（3）王五\n④赵六\n五、钱七\n6 孙八\n７．周九",
            "张三 李四 王五 赵六 钱七 孙八 周九",
        ),
        "numbers within a line": ("1.张三 2.李四 3、王五4、赵六", "张三 李四 王五 赵六"),
        "bullets": ("• 张三\n· 李四\n- 王五\n★赵六", "张三 李四 王五 赵六"),
        "middle dots": ("阿依古丽·买买提、买买提•艾力", "阿依古丽·买买提 买买提•艾力"),
        "rare characters": ("张䶮、李𬴂、王㛃", "张䶮 李𬴂 王㛃"),
        "invisible characters": ("张\u200b三、\ufeff李四\u202e", "张三 李四"),
        "comrades": ("张三同志、李四光同志", "张三 李四光"),
        "a full stop at the end": ("张三、李四。", "张三 李四"),
        "under the name of the award": ("先进个人（2名）：\n张三\n李四", "张三 李四"),
        "behind the name of the award": ("先进个人（2名）：张三、李四", "张三 李四"),
    }.items(),
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_names_are_read_however_they_were_written(text, expected):
    layout, wanted = expected

    assert names(layout) == wanted.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("执行局 张三 法官，民一庭 李四 书记员", [("张三", "执行局", "法官"), ("李四", "民一庭", "书记员")]),
        ("张三 执行局、李四 民一庭", [("张三", "执行局", ""), ("李四", "民一庭", "")]),
        ("张三（执行局）\n李四(民一庭 法官)", [("张三", "执行局", ""), ("李四", "民一庭", "法官")]),
        (
            "刑事审判庭：张三、李四；执行局：王五",
            [("张三", "刑事审判庭", ""), ("李四", "刑事审判庭", ""), ("王五", "执行局", "")],
        ),
        ("青年突击组织 张三", [("张三", "青年突击组织", "")]),
        ("某某科技：张三", [("张三", "某某科技", "")]),
        ("立案庭（诉讼服务中心）：张三", [("张三", "立案庭（诉讼服务中心）", "")]),
        ("刑事审判庭\n张三\n执行局\n李四", [("张三", "刑事审判庭", ""), ("李四", "执行局", "")]),
        ("党组成员、副院长 张三", [("张三", "", "党组成员、副院长")]),
        ("党组成员、执行局局长 张三", [("张三", "", "党组成员、执行局局长")]),
        ("执行局局长 张三", [("张三", "执行局", "局长")]),
        ("法官助理：张三、李四", [("张三", "", "法官助理"), ("李四", "", "法官助理")]),
        ("执行局张三\n副院长李四", [("张三", "执行局", ""), ("李四", "", "副院长")]),
        ("张三，男，汉族，执行局副局长", [("张三", "执行局", "副局长")]),
    ],
)
def test_departments_and_posts_go_to_whom_they_belong(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "序号\t姓　名\t部门\t职务\n1\t张　三\t执行局\t局长、员额法官\n2\t李四\t\t",
            [("张三", "执行局", "局长、员额法官"), ("李四", "", "")],
        ),
        ("职务\t部门\t姓名\n法官\t执行局\t张三、李四", [("张三", "执行局", "法官"), ("李四", "执行局", "法官")]),
        (
            "1\t刑事审判庭\t张三\t法官\n2\t执行局\t李四光\t书记员",
            [("张三", "刑事审判庭", "法官"), ("李四光", "执行局", "书记员")],
        ),
        ("张三\n李四\t执行局", [("张三", "", ""), ("李四", "执行局", "")]),
    ],
    ids=["headings", "headings in another order", "no headings", "names, then columns"],
)
def test_the_columns_of_a_table_are_found(text, expected):
    assert people(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("张三123", Problem.DIGITS),
        ("13812345678", Problem.DIGITS),
        ("张", Problem.SHORT),
        ("甲乙丙丁戊己庚", Problem.LONG),
        ("为表彰先进，树立典型，经研究决定：", Problem.SENTENCE),
        ("张 三 丰 李 四", Problem.UNCLEAR),
        ("法官", Problem.NOBODY),
        ("张□", Problem.STRANGE),
        ("字" * 200, Problem.SENTENCE),
    ],
)
def test_what_cannot_be_a_name_is_said_and_kept(text, problem):
    (line,) = read_names(text, DEPARTMENTS)

    assert (line.raw, line.name, line.problem) == (text, "", problem)


def test_a_name_that_stands_there_twice_is_marked_unless_the_departments_differ():
    lines = read_names("张三\n李四\n张　三\n王五（执行局）\n王五（民一庭）\n王五（执行局）")

    assert [line.number for line in lines if line.problem is Problem.DOUBLED] == [3, 6]


def test_departments_honoured_as_a_whole_are_read_as_they_stand():
    lines = read_units("1.刑事审判庭\n立案庭（诉讼服务中心）、执行局\n\n执行局")

    assert [line.name for line in lines] == ["刑事审判庭", "立案庭（诉讼服务中心）", "执行局", "执行局"]
    assert [line.problem for line in lines] == [None, None, None, Problem.DOUBLED]


def test_the_name_of_the_award_before_its_departments_is_a_heading():
    lines = read_units("先进集体（2个）：\n执行局、立案庭\n先进团队：速裁团队")

    assert [line.is_heading for line in lines] == [True, False, False, True, False]
    assert [line.name for line in lines] == ["", "执行局", "立案庭", "", "速裁团队"]


# --- for any text ---

SURNAMES = ["王", "李", "张", "刘", "单", "仇", "解", "欧阳", "诸葛"]
GIVEN = "伟芳娜敏静磊洋艳勇军杰娟涛超明霞䶮𬴂玲珺"
PLAIN = st.builds(
    lambda surname, given_name: surname + given_name, st.sampled_from(SURNAMES), st.text(GIVEN, min_size=1, max_size=2)
)
DOTTED = st.builds("·".join, st.lists(st.text(GIVEN, min_size=2, max_size=5), min_size=2, max_size=3))
LISTS = st.lists(PLAIN | DOTTED, min_size=1, max_size=12, unique=True)


def spaced(name: str) -> str:
    return "　".join(name) if len(name) == 2 else name


LAYOUTS = {
    "lines": "\n".join,
    "enumeration": "、".join,
    "commas": "，".join,
    "spaces": "  ".join,
    "spaced out": lambda all_names: "、".join(map(spaced, all_names)),
    "spaced out in lines": lambda all_names: "\n".join(map(spaced, all_names)),
    "spaced out between spaces": lambda all_names: "　".join(map(spaced, all_names)),
    "numbers": lambda all_names: "\n".join(f"{number}. {name}" for number, name in enumerate(all_names, start=1)),
    "numbers in a line": lambda all_names: " ".join(
        f"{number}、{name}" for number, name in enumerate(all_names, start=1)
    ),
    "circles": lambda all_names: "\n".join(f"①{name}" for name in all_names),
    "brackets": lambda all_names: "、".join(f"{name}（执行局）" for name in all_names),
    "a department before": lambda all_names: f"执行局：{'、'.join(all_names)}",
    "a table": lambda all_names: "\n".join(
        f"{number}\t{spaced(name)}\t执行局\t法官" for number, name in enumerate(all_names)
    ),
    "a table with headings": lambda all_names: "部门\t姓名\n" + "\n".join(f"执行局\t{name}" for name in all_names),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@given(written=LISTS)
@settings(max_examples=40, deadline=None)
def test_names_come_back_as_they_were(layout, written):
    assert names(layout(written)) == written


PIECES = [
    *"张三李四王、，；。：（）()①·•1.２\t\n 　",
    "执行局",
    "法官",
    "姓名",
    "部门",
    "先进个人",
    "\u200b",
    "同志",
    "\r\n",
    "张□",
]
TEXTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


@given(text=TEXTS)
@settings(max_examples=400, deadline=None)
def test_no_text_raises_and_every_piece_stands_in_a_line(text):
    lines = read_names(text, DEPARTMENTS)

    for number, written in enumerate(cleaned(text).split("\n"), start=1):
        shown = [line.raw for line in lines if line.number == number]
        assert [run for run in re.findall(r"[^\W_]+", written) if not any(run in raw for raw in shown)] == []
    assert all(
        bool(line.name) + bool(line.problem and line.problem is not Problem.DOUBLED) + line.is_heading == 1
        for line in lines
    )


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_list_of_departments_raises(text):
    lines = read_units(text)

    assert all(line.raw for line in lines)
    assert all(bool(line.name) + bool(line.problem) + line.is_heading >= 1 for line in lines)
