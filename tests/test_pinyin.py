"""The order of names by pinyin."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courts.pinyin import KEY_LENGTH, pinyin_key


def syllables(name: str) -> list[str]:
    """Return the readings with their tones in a key, without the codes of the strokes."""
    return re.findall(r"([a-z]+[1-5])(?:8\d{7}|\d{5})", pinyin_key(name))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("单雄信", ["shan4", "xiong2", "xin4"]),
        ("仇英", ["qiu2", "ying1"]),
        ("解缙", ["xie4", "jin4"]),
        ("区明", ["ou1", "ming2"]),
        ("曾国", ["zeng1", "guo2"]),
        ("盖明", ["ge3", "ming2"]),
        ("查明", ["zha1", "ming2"]),
        ("朴明", ["piao2", "ming2"]),
        ("任明", ["ren2", "ming2"]),
        ("华明", ["hua4", "ming2"]),
        ("乐明", ["yue4", "ming2"]),
        ("员明", ["yun4", "ming2"]),
        ("缪明", ["miao4", "ming2"]),
        ("翟明", ["zhai2", "ming2"]),
        ("卜明", ["bu3", "ming2"]),
        ("肖明", ["xiao1", "ming2"]),
        ("车明", ["che1", "ming2"]),
        ("吕明", ["lv3", "ming2"]),
        ("尉迟恭", ["yu4", "chi2", "gong1"]),
        ("万俟明", ["mo4", "qi2", "ming2"]),
        ("长孙明", ["zhang3", "sun1", "ming2"]),
        ("单于明", ["chan2", "yu2", "ming2"]),
        ("令狐冲", ["ling2", "hu2", "chong1"]),
        ("澹台明", ["tan2", "tai2", "ming2"]),
        ("乐正明", ["yue4", "zheng4", "ming2"]),
        ("单于", ["shan4", "yu2"]),  # two characters: the surname 单, the given name 于
        ("单", ["shan4"]),
        ("张解", ["zhang1", "jie3"]),  # only the surname is read as a surname
        ("解王小明", ["xie4", "wang2", "xiao3", "ming2"]),
        ("解放路法庭", ["jie3", "fang4", "lu4", "fa3", "ting2"]),  # a department has no surname
        ("李㛃", ["li3", "jie2"]),  # not in the table of strokes
    ],
)
def test_a_name_is_read(name: str, expected: list[str]) -> None:
    assert syllables(name) == expected


@pytest.mark.parametrize(
    "ordered",
    [
        pytest.param(["陈明", "李明", "王明"], id="by the alphabet"),
        pytest.param(["席明", "贤明"], id="xi before xian"),
        pytest.param(["汪安", "汪洋", "王安", "王洋"], id="tone before given name"),
        pytest.param(["李安", "李洋", "里安", "里洋"], id="one sound, two surnames"),
        pytest.param(["李明", "李明华"], id="shorter first"),
        pytest.param(["区明", "欧阳明", "潘明"], id="区 read ou"),
        pytest.param(["罗明", "吕明"], id="ü behind u"),
        pytest.param(["", "安明"], id="no name first"),
        pytest.param(["左明", "\ue000明", "Щ"], id="without a reading last"),
    ],
)
def test_names_come_in_the_order_of_pinyin(ordered: list[str]) -> None:
    backwards = ordered[::-1]
    assert sorted(backwards, key=pinyin_key) == ordered


@pytest.mark.parametrize("spelling", ["张　三", "张 三", " 张三 ", "张·三", "（张三）"])
def test_spaces_and_marks_do_not_count(spelling: str) -> None:
    assert pinyin_key(spelling) == pinyin_key("张三")


@pytest.mark.parametrize(
    ("name", "key"),
    [("", ""), ("　", ""), ("Tom 2", "tom2"), ("Ｔｏｍ", "tom"), ("José", "jose")],
)
def test_latin_letters_count_as_themselves(name: str, key: str) -> None:
    assert pinyin_key(name) == key


def test_a_key_is_syllable_tone_and_code_by_strokes() -> None:
    assert pinyin_key("李明") == "li309190ming215610"


def test_fourteen_characters_fit_whatever_they_are() -> None:
    assert pinyin_key("庄" * 14) != pinyin_key("庄" * 13)


@given(st.text(max_size=40) | st.text("王李欧阳㛃䶮·　Aé1㐂\ue863\ue000単々𬴂", max_size=60))
def test_every_key_is_plain_and_bounded(name: str) -> None:
    key = pinyin_key(name)
    assert re.fullmatch("[a-z0-9]*", key) is not None
    assert len(key) <= KEY_LENGTH
