"""What a certificate says: salutation and body, as a court writes them to a person, a department or a family."""

import re
from typing import Any, NamedTuple

from awards.models import AwardCategory, CertificateSettings, Commendation, Family
from conferences.models import Conference

# By family: a reward is given and a medal is handed over; nobody is found to be one.
USUAL: dict[str, str] = {
    Family.IN_HOUSE: "{period}被评为{award}。",
    Family.PARTY: "{period}被评为{award}。",
    Family.CIVIL: "{period}给予{award}奖励。",
    Family.COMMEMORATIVE: "颁发{award}。",
}
POSTHUMOUS = "追授{name}{title}“{period}{award}”荣誉称号。"
COMRADE = "同志"
CERTIFIED = ("特发此证", "特颁此证")
NUMERALS = "一二三四五六七八九十"
DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
FIELDS = ("name", "year", "period", "award")
FIELD = re.compile(r"\{([^{}]*)\}")
LONGEST = 240  # characters of a body: more would not fit in letters that can be read from where one stands
Kind = AwardCategory.RecipientKind


class Part(NamedTuple):
    """A piece of the body; the award itself is set stronger."""

    text: str
    strong: bool = False


def salutation(commendation: Commendation) -> str:
    """张三同志： 民事审判庭： 李某家庭： - nothing before a posthumous award: nobody is addressed."""
    if commendation.posthumous:
        return ""
    name = commendation.recipient
    if commendation.category.recipient_kind == Kind.PERSON and commendation.name:
        name += COMRADE
    elif commendation.category.recipient_kind == Kind.FAMILY and not name.endswith(("家庭", "之家", "户")):
        name += "家庭"
    return f"{name}："


def body(commendation: Commendation) -> list[Part]:
    """The commendation's own citation, else the wording of its award, else the usual one.

    A posthumous award has a wording of its own: what a court says to the living is never said there by itself.
    """
    if commendation.citation:
        return [Part(commendation.citation)]
    category = commendation.category
    template = POSTHUMOUS if commendation.posthumous else category.citation_template or USUAL[category.family]
    award = category.name
    values = {
        "name": commendation.recipient,
        "title": COMRADE if category.recipient_kind == Kind.PERSON else "",
        "year": str(commendation.conference.year_reviewed),
        "period": period(commendation.conference),
    }
    pieces = [_filled(piece, values) for piece in template.split("{award}")]
    parts = [Part(pieces[0])]
    for piece in pieces[1:]:
        parts += [Part(award, strong=True), Part(piece)]
    return [part for part in parts if part.text]


def closing(commendation: Commendation, settings: CertificateSettings) -> str:
    """The closing line that the court chose; none where the body says it already: 特发此证 stands on no paper twice."""
    line = settings.posthumous_closing if commendation.posthumous else settings.closing
    said = "".join(part.text for part in body(commendation))
    return "" if any(words in said and words in line for words in CERTIFIED) else line


def _filled(piece: str, values: dict[str, str]) -> str:
    """Only the names above are filled in: format() would follow dots into the program."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), piece)


def unknown_fields(template: str) -> list[str]:
    """Fields of a wording that nothing fills; they would be printed as they stand."""
    return [found for found in FIELD.findall(template) if found not in FIELDS]


def period(conference: Conference) -> str:
    """2023年度; 2024年上半年; 2024年第三季度."""
    year, number = conference.year_reviewed, conference.number
    if conference.kind == Conference.Kind.HALF_YEAR:
        return f"{year}年{'上' if number == 1 else '下'}半年"
    if conference.kind == Conference.Kind.QUARTERLY and number <= len(NUMERALS):
        return f"{year}年第{NUMERALS[number - 1]}季度"
    return f"{year}年度"


def written(day: Any, *, in_characters: bool) -> str:
    """2024年2月2日, without zeros; or 二〇二四年二月二日."""
    if not in_characters:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{str(day.year).translate(DIGITS)}年{_spoken(day.month)}月{_spoken(day.day)}日"


def _spoken(number: int) -> str:
    """十, 十二, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    ten = f"{NUMERALS[tens - 1] if tens > 1 else ''}十" if tens else ""
    return ten + (NUMERALS[ones - 1] if ones else "")
