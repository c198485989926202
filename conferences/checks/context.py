"""Whether a number in a text speaks of the whole court in the year reviewed, or of something else.

Texts also cite other years, half-years, other courts and single departments. Only a mention whose clause begins with
words that change nothing (全年, 我院共) is compared: a mention that is passed over costs less than a false alarm.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from conferences.checks.record import Record
from conferences.contents import MARKS

NEAR = 200  # characters before a mention that are read
CLAUSE_ENDS = '，。；：、！？,;:!?（）()“”"\n'
# Words before a mention that leave it what it is.
NEUTRAL = (
    *("全年度", "全年", "今年", "本年度", "本年", "该年度", "年度", "一年来", "过去一年", "这一年", "一年里", "年内"),
    *("全院", "我院", "本院", "该院", "我们", "全体干警", "法院", "区法院", "县法院", "你院", "你们"),
    *("总共", "一共", "共计", "合计", "累计", "总计", "共", "其中", "已", "主要数据是", "主要数据", "实现", "完成"),
    *("各类案件", "各类", "案件", "分别", "的", "有", "将", "了", " ", "\u3000"),
)
OTHER_TIMES = re.compile(
    r"上一?年|去年|前年|往年|近[一二三四五两\d]{1,2}年|[三四五两\d]年来|上半年|下半年|季度|\d月|上月|同期"
)
# Whom a sentence is about, until it says otherwise.
OTHERS = re.compile(r"全[国省市县]|辖区|两级|各法院|基层法院|(?<![开出])庭|局|队|科室")
OURS = ("全院", "我院", "本院", "该院", "你院")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|至|-|—|－)")


class Paragraph(NamedTuple):
    """A paragraph of a text. `year`: the one that the headings above it name; empty where they name none."""

    text: str
    year: str


def paragraphs(text: str) -> Iterator[Paragraph]:
    year = ""
    for line in text.splitlines():
        is_heading = any(mark.match(line.strip()) for mark in MARKS[:2])
        yield Paragraph(line, year)
        if is_heading and (found := YEAR.findall(line)):
            year = found[-1]


def speaks_of_the_year(paragraph: Paragraph, start: int, year: int) -> bool:
    """Whether what stands at `start` is of the year reviewed, as far as the words before it say."""
    before = near(paragraph.text, start)
    years = YEAR.findall(before)
    said = years[-1] if years else paragraph.year
    return said in {"", str(year)} and not OTHER_TIMES.search(_sentence(before))


def speaks_of_the_court(paragraph: Paragraph, start: int, record: Record) -> bool:
    """Whether it is of the whole court, and not of all courts or of one division."""
    sentence = _sentence(near(paragraph.text, start))
    others = [match.end() for match in OTHERS.finditer(sentence)]
    own = (*OURS, record.court.name, record.court.short_name)
    return not others or max(sentence.rfind(word) for word in own) >= others[-1]


def near(text: str, start: int) -> str:
    """What stands before `start` and may still speak of it."""
    return text[max(0, start - NEAR) : start]


def _sentence(before: str) -> str:
    return re.split(r"[。！？；;]", before)[-1]


def neutral_words(record: Record) -> Callable[[str], bool]:
    """Tells whether a beginning of a clause has only words that leave what follows as it is."""
    own = (record.court.name, record.court.short_name, f"{record.conference.year_reviewed}年")
    words = sorted((re.escape(word) for word in (*NEUTRAL, *own)), key=len, reverse=True)
    pattern = re.compile(rf"(?:{'|'.join(words)})*+\Z")
    return lambda clause: bool(pattern.match(clause))


def clause_before(text: str, start: int) -> tuple[str, str]:
    """The clause up to `start`, and what stands before it."""
    before = near(text, start)
    begins = max(before.rfind(mark) for mark in CLAUSE_ENDS) + 1
    return before[begins:], before[:begins]


def continues_a_list_of_names(before: str) -> bool:
    """受理、审结案件12478件: the number belongs to the whole list. 旧存668件、新收7015件: each has its own."""
    return before.endswith("、") and not re.search(r"[\d%％件个名人天项元万次]、$", before)
