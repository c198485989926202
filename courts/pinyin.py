"""The order of Chinese names by pinyin (按姓氏拼音为序), surnames read as surnames.

A key is lower-case ASCII letters and digits. For each character it holds the syllable without tone,
the tone as a digit (5 = neutral), and the character's code by strokes::

    李明 -> li309190ming215610

So names are compared character by character: first by syllable (xi before xian: a digit sorts
before every letter), then by tone (汪 wang1 before 王 wang2), then by strokes (all 李 li3 before
all 里 li3). Only names with the same surname go on to the given name. Syllables of the whole name
first and tones last, as in a dictionary of words, would mix the 汪 with the 王, and a list of
persons is read surname by surname. There are no spaces in a key: some collations skip them. ü is
written v, as it is typed, and comes after u.

Readings come from pypinyin, which reads most surnames of several readings as common words; the
table below puts that right. Stored keys must be computed again when pypinyin, the table or the
strokes change.
"""

import unicodedata

from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_tone

from courts import strokes
from courts.strokes import KEY_LENGTH

__all__ = ["KEY_LENGTH", "SPELLED_LENGTH", "hard_readings", "pinyin_key", "spelled"]

SPELLED_LENGTH = 200

_SURNAMES = """
单=shan4 仇=qiu2 解=xie4 区=ou1 曾=zeng1 盖=ge3 查=zha1 朴=piao2 任=ren2 华=hua4 乐=yue4
员=yun4 缪=miao4 翟=zhai2 卜=bu3 种=chong2 繁=po2 洗=xian3 折=she2 覃=qin2 纪=ji3 召=shao4
秘=bi4 祭=zhai4 乜=nie4 葛=ge3 哈=ha3 燕=yan1 撒=sa4 佴=nai4 能=nai4 那=na1 於=yu1 过=guo1
相=xiang4 都=du1 干=gan1 观=guan4 句=gou1 郇=xun2 么=yao1 粘=nian2 少=shao4 肖=xiao1 占=zhan1
薄=bo2 阚=kan4 炅=gui4
乐正=yue4,zheng4 宰父=zai3,fu3 子车=zi3,ju1 夹谷=jia2,gu3 段干=duan4,gan1
"""
# Where a surname has two readings in use (覃 qin or tan, 纪 ji3 or ji4) one is chosen for all: an
# order that splits a surname helps nobody to find a name.
_PAIRS = (pair.split("=") for pair in _SURNAMES.split())
_READINGS = {surname: reading.split(",") for surname, reading in _PAIRS}

# 张王小明 has the longest given part of a person. Longer texts are departments (解放路人民法庭)
# or names written by sound (阿依古丽·买买提), whose first character is no surname.
_LONGEST_GIVEN = 3


def pinyin_key(name: str) -> str:
    """Return the sort key of a name: at most ``KEY_LENGTH`` of a-z and 0-9, "" without letters.

    Spaces, dots and brackets do not count. Latin letters count as themselves, without accents.
    Characters without a reading come last. When the key would grow too long only the leading
    characters count. Nothing is raised.
    """
    characters = strokes.significant(name)
    readings = _readings(characters)
    return strokes.bounded(map(_code, characters, readings))


def hard_readings(name: str) -> dict[str, str]:
    """The characters of a name that not everyone reads aloud rightly, each with its reading: shàn for 单 in 单雄.

    Surnames that are read otherwise than as common words, and characters outside GB 2312, the 6,763 that schools and
    keyboards long stopped at. An empty reading: nobody knows it here.
    """
    characters = "".join(char for char in name if strokes.is_chinese(char))
    length = strokes.surname_length(characters)
    surname = characters[:length] if len(characters) - length <= _LONGEST_GIVEN else ""
    readings = dict(zip(characters, _readings(characters), strict=True))
    is_misread = surname in _READINGS or any(readings[char] != _common(char)[0] for char in surname)
    misread = set(surname) if is_misread else set()
    hard = [char for char in characters if char in misread or not _is_common(char)]
    return {char: to_tone(readings[char]) if readings[char].isascii() else "" for char in hard}


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def spelled(name: str) -> str:
    """Return what someone types who knows the sound of a name: ``liming lm``, at most ``SPELLED_LENGTH`` of it.

    Syllables without tones, then their initials; "" for a name without Chinese characters. Nothing is raised.
    """
    characters = strokes.significant(name)
    readings = zip(characters, _readings(characters), strict=True)
    syllables = [
        reading.rstrip("12345") for char, reading in readings if strokes.is_chinese(char) and reading.isascii()
    ]
    return f"{''.join(syllables)} {''.join(syllable[:1] for syllable in syllables)}".strip()[:SPELLED_LENGTH]


def _readings(characters: str) -> list[str]:
    """Return one reading for each character, the character itself where there is none."""
    surname = characters[: strokes.surname_length(characters)]
    given = characters[len(surname) :]
    if len(given) > _LONGEST_GIVEN:
        return _common(characters)
    return _READINGS.get(surname, _common(surname)) + _common(given)


def _common(characters: str) -> list[str]:
    return lazy_pinyin(
        characters,
        style=Style.TONE3,
        neutral_tone_with_five=True,
        # What cannot be read stays, one character at a time (a list is documented, not typed).
        errors=list,  # type: ignore[arg-type]
    )


def _code(character: str, reading: str) -> str:
    code = strokes.character_code(character, {})
    if strokes.is_chinese(character) and reading.isascii():
        return reading + code
    plain = unicodedata.normalize("NFKD", character)[0]  # é counts as e
    return plain if plain.isascii() else f"zz{code}"  # no syllable sorts behind zz
