"""The order of Chinese names by the strokes of the surname (按姓氏笔画为序).

The rule: fewer strokes of the first character come first; with as many strokes, the shapes of
the strokes in writing order decide (横 1, 竖 2, 撇 3, 点 4, 折 5); with the same first character,
the second is compared the same way, and so on; a single given name comes before a double one
(高富 before 高大富).

A key is a text of digits. Comparing two keys as text gives the order, on every database and under
every collation that is not numeric, because digits sort alike everywhere.

A key is made of one code for each character, none of which begins another:

- a character of the table: its rank, 4 digits, then ``0``;
- one whose strokes the clerk gave: the rank of the table's character before it, ``1``, the number
  of strokes (2 digits), the strokes, the code point (7 digits);
- any other Chinese character: ``8`` and its code point (7 digits), after all known ones;
- anything else (Latin letters, numbers): ``9`` and its code point (7 digits), after all Chinese.

The ranks are line numbers of ``data/strokes.txt``; its README says where the strokes come from.
Keys that are stored must be computed again when that file changes.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

KEY_LENGTH = 255
"""The longest key, in characters: some 50 characters of the table, or at least three others."""

_COMPOUND = """
欧阳 司马 上官 诸葛 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 长孙 宇文 轩辕 端木 独孤 南宫
闻人 万俟 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 巫马 公西
漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 左丘 东门 西门 梁丘
纳兰 完颜 耶律 褚师 颛孙 公羊 公仪 子车 第五
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
"""The surnames of two characters (复姓)."""

_DATA = Path(__file__).with_name("data") / "strokes.txt"
_NOTHING = "00000"  # less than every code: ranks begin at 1

# Beside the Chinese blocks: 〇, and the private use areas. Older systems keep rare characters of
# names in those, so one in a name is a character whose strokes nobody knows yet.
_CHINESE = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
# No Chinese character has more than 64 strokes.
_OWN_GROUP = re.compile(rf"({_CHINESE.pattern})=([1-5]{{1,64}})")

_Place = tuple[int, str, str]  # number of strokes, shapes, character


def stroke_key(name: str, own: str = "") -> str:
    """Return the sort key of a name: at most ``KEY_LENGTH`` digits, "" for a name without letters.

    Spaces (张　三), dots (阿依古丽·买买提), brackets and the like do not count, nor does it matter
    whether letters are capital or wide. When the key would grow too long only the leading
    characters count.

    ``own`` gives the strokes of characters that the table lacks, as in
    ``䶮=135341134 𬴂=55121112111``. For a character of the table the table counts, so that
    everybody of one surname stays together. Groups of another form are passed over:
    ``validate_own_key`` keeps them out. Nothing is raised.

    A compound surname counts by its first character: 欧阳少东 (欧, 8 strokes) comes before 洪少东
    (洪, 9). Among names that begin with 欧 the second character decides as always: 欧一鸣, 欧阳明,
    欧阳少东, 欧建国. So all 欧阳 stay together, and stand among the 欧 where 阳 belongs.
    Putting them behind all 欧 would take for certain what only a list of surnames suggests: 夏侯明
    may be a 夏 with the given name 侯明. The list decides no more than which given name is single:
    欧阳明 comes before 欧阳少东 although 明 has more strokes than 少; and 欧明 and 欧阳 (a 欧 with
    the given name 阳) come before every longer name in 欧.
    """
    characters = significant(name)
    own_strokes = _parse(own)
    codes = [character_code(character, own_strokes) for character in characters]
    # The gap before a single given name is a code of its own, less than any second character.
    if len(characters) > 1 and is_chinese(characters[0]):
        surname = surname_length(characters)
        if len(characters) == surname + 1:
            codes.insert(surname, _NOTHING)
    return bounded(codes)


def unknown_characters(name: str, own: str = "") -> str:
    """Return the Chinese characters of a name whose strokes are not known, each once."""
    ranks, given = _ranks(), _parse(own)
    unknown = (c for c in significant(name) if c not in ranks and c not in given and is_chinese(c))
    return "".join(dict.fromkeys(unknown))


def validate_own_key(value: str) -> None:
    """Raise ``ValidationError`` unless the value is groups ``字=digits``, digits 1 to 5, or empty.

    Wide forms (``＝``, ``１``, the wide space), as a Chinese keyboard gives them, are accepted.
    """
    for group in _groups(value):
        if not _OWN_GROUP.fullmatch(group):
            raise ValidationError(
                _(
                    "“%(group)s” is not a character and its strokes. Write 䶮=135341134: the "
                    "character, an equals sign, one digit per stroke in writing order "
                    "(1 horizontal, 2 vertical, 3 left-falling, 4 dot, 5 turning); "
                    "a space between characters."
                ),
                code="own_key",
                params={"group": group},
            )


def significant(name: str) -> str:
    """Return what counts of a name: letters, numbers and Chinese characters, small and narrow."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(c for c in folded if c.isalnum() or is_chinese(c))


def is_chinese(character: str) -> bool:
    """Tell whether one character is a Chinese one, or of a private use area."""
    return _CHINESE.fullmatch(character) is not None


def surname_length(characters: str) -> int:
    """Return 2 for a known compound surname with a given name behind it, else 1.

    A name of two characters such as 欧阳 is a surname of one and a given name of one.
    """
    return 2 if characters[2:] and characters[:2] in COMPOUND_SURNAMES else 1


def character_code(character: str, own_strokes: Mapping[str, str]) -> str:
    """Return the code of one character (see the top of this module), 5 to 78 digits.

    ``own_strokes`` maps characters outside the table to their strokes.
    """
    if rank := _ranks().get(character):
        return f"{rank:04}0"
    if shapes := own_strokes.get(character):
        place = (len(shapes), shapes, character)
        return f"{bisect(_places(), place):04}1{len(shapes):02}{shapes}{ord(character):07}"
    return f"{8 if is_chinese(character) else 9}{ord(character):07}"


def bounded(codes: Iterable[str]) -> str:
    """Join the leading codes that fit into ``KEY_LENGTH`` whole."""
    codes = list(codes)
    ends = accumulate(map(len, codes))
    return "".join(code for code, end in zip(codes, ends, strict=True) if end <= KEY_LENGTH)


def _groups(own: str) -> list[str]:
    return unicodedata.normalize("NFKC", own).split()


def _parse(own: str) -> dict[str, str]:
    matches = (_OWN_GROUP.fullmatch(group) for group in _groups(own))
    return {match[1]: match[2] for match in matches if match}


@cache
def _places() -> list[_Place]:
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(len(shapes), shapes, character) for character, shapes in rows]


@cache
def _ranks() -> dict[str, int]:
    return {character: rank for rank, (_count, _shapes, character) in enumerate(_places(), start=1)}
