"""Which paragraphs of a speech are headings."""

import pytest

from conferences.contents import blocks, contents, minutes, top_headings

SPEECH = """同志们：

  一、回顾过去一年
（一）审判执行
一是提质增效。全年结案率上升。
二要固本强基，
(二)队伍建设
二、部署来年工作
谢谢大家。
"""


def test_the_three_ways_of_numbering_become_three_levels():
    found = [(block.level, block.heading) for block in contents(blocks(SPEECH))]

    assert found == [
        (1, "一、回顾过去一年"),
        (2, "（一）审判执行"),
        (3, "一是提质增效。"),
        (3, "二要固本强基，"),
        (2, "(二)队伍建设"),
        (1, "二、部署来年工作"),
    ]


def test_a_heading_that_runs_into_its_paragraph_keeps_the_rest_as_text():
    (block,) = blocks("一是提质增效。全年结案率上升。")

    assert (block.heading, block.text) == ("一是提质增效。", "全年结案率上升。")


def test_nothing_of_the_text_is_lost():
    parts = blocks(SPEECH)

    assert [part.heading + part.text for part in parts] == [line.strip() for line in SPEECH.splitlines() if line]


def test_each_block_has_an_anchor_of_its_own():
    anchors = [block.anchor for block in blocks(SPEECH)]

    assert anchors == [f"p{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("paragraph", "level"),
    [
        ("十一、压实责任", 1),
        ("二十三、压实责任", 1),
        ("一、二审案件均有下降", 0),  # counts instances
        ("三要素式审判全面推行", 0),  # counts things
        ("一要讲政治", 3),
        ("全年一是提质，二是增效", 0),  # within a sentence
        ("第一，讲政治", 0),
        ("（2023年度）", 0),
        ("一、" + "长" * 70, 0),  # longer than any heading
        ("一、" + "长" * 50, 1),
    ],
)
def test_what_is_a_heading(paragraph, level):
    (block,) = blocks(paragraph)

    assert block.level == level


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_paragraphs_end_as_any_system_ends_lines(line_end):
    assert len(blocks(f"甲{line_end}{line_end}乙")) == 2


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (SPEECH, ["一、回顾过去一年", "二、部署来年工作"]),
        ("一是提质。好。\n二是增效；", ["一是提质", "二是增效"]),
        ("没有标题的讲话。", []),
        ("", []),
    ],
)
def test_the_short_list_holds_the_highest_level_that_the_speech_uses(text, headings):
    assert top_headings(text) == headings


@pytest.mark.parametrize(("text", "expected"), [("", 0), (" \n", 0), ("短。", 1), ("字" * 5000, 23)])
def test_minutes_follow_the_pace_of_reading_aloud(text, expected):
    assert minutes(text) == expected
