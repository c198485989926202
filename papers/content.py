"""What a paper says, apart from how it is set: the DOCX and the PDF are made from the same values."""

import re
from dataclasses import asdict, dataclass
from math import ceil
from typing import Any

from papers.layout import WIDE_WIDTH, WIDTH, mark_size, measures, signature_indents, width_in_characters

TWO = 2
# Characters of 22 points in a line; and how far a better place to break may be from the middle.
LONGEST_TITLE, REACH = 18, 5
_LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"（[一二三四五六七八九十百]+）"),
    re.compile(r"\d{1,3}[.．]\s?(?!\d)"),
    re.compile(r"（\d{1,3}）"),
)


@dataclass(frozen=True)
class Text:
    """A paragraph. `lead` is its beginning in the font of its level (1 一、 2 （一） 3 1. 4 （1）; 0 has none)."""

    text: str
    lead: str = ""
    level: int = 0
    indented: bool = True
    kind: str = "text"

    @property
    def is_heading(self) -> bool:
        """Nothing but a heading: it stays with what follows."""
        return bool(self.lead and not self.text)


@dataclass(frozen=True)
class Column:
    """`width`: in mm. `align`: left or center."""

    label: str
    width: float
    align: str = "center"


@dataclass(frozen=True)
class Table:
    """Its headings are repeated on each page. Line breaks in a cell stay.

    `merged`: the place of a column in which equal texts below each other are one cell; -1: of none.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    size: float
    merged: int = -1
    kind: str = "table"


@dataclass(frozen=True)
class Names:
    """What is read out: a heading, and rows of names, each with the columns that it takes."""

    heading: str
    rows: tuple[tuple[tuple[str, int], ...], ...]
    columns: int
    size: float
    kind: str = "names"


@dataclass(frozen=True)
class Note:
    """A small line under a list: how many, in which order."""

    text: str
    kind: str = "note"


@dataclass(frozen=True)
class Sides:
    """Where two sides sign, beside each other and on one page: the lines of each."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: str = "sides"


Block = Text | Table | Names | Note | Sides


@dataclass(frozen=True)
class Attachment:
    """附件. Begins a page; `label` is 附件, or 附件1 where there are several; empty: the next part of a list."""

    label: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """`mark`: the issuer's name over the red line; without it there is neither mark nor line."""

    title: str
    blocks: tuple[Block, ...]
    mark: str = ""
    number: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: str = ""
    date: str = ""
    wide: bool = False

    def lines_of(self, title: str) -> list[str]:
        """A title of this paper in its lines."""
        return title_lines(title, LONGEST_TITLE * WIDE_WIDTH // WIDTH if self.wide else LONGEST_TITLE)

    @property
    def text(self) -> str:
        """Every word of the paper: what the fonts must have."""
        return "\n".join(_words(self.as_data()))

    def as_data(self) -> dict[str, Any]:
        """For the templates of the PDF, in types that JSON has."""
        of_name, of_date = signature_indents(self.signature, self.date)
        return {
            **asdict(self),
            "attachments": [{**asdict(one), "title_lines": self.lines_of(one.title)} for one in self.attachments],
            "measures": measures(),
            "mark_size": mark_size(self.mark),
            "signature_indent": of_name,
            "date_indent": of_date,
            "title_lines": self.lines_of(self.title),
            "list_of_attachments": attachment_lines(self),
        }


def attachment_lines(paper: Paper) -> list[tuple[str, str]]:
    """附件：1. 先进集体名单, as it stands one line after the text: what begins each line, and the title."""
    titles = [one.title for one in paper.attachments if one.label]
    if len(titles) == 1:
        return [("附件：", titles[0])]
    return [("附件：" if place == 1 else "", f"{place}. {title}") for place, title in enumerate(titles, 1)]


def title_lines(title: str, longest: int = LONGEST_TITLE) -> list[str]:
    """A long title in lines of about the same length, broken where it reads on naturally and in no number."""
    count = -(-ceil(width_in_characters(title)) // longest)
    lines = []
    for left in range(count, 1, -1):
        ideal = -(-len(title) // left)
        places = [at for at in range(ideal - REACH, ideal + REACH + 1) if 0 < at < len(title)]
        place = min((abs(at - ideal) + _unlikely(title, at), at) for at in places)[1]
        lines.append(title[:place])
        title = title[place:]
    return [*lines, title]


def _unlikely(title: str, at: int) -> int:
    """How unlikely a line ends before this character: best behind 院, 的, 和 or 度; never inside a number."""
    if title[at - 1].isascii():
        return 2 * LONGEST_TITLE
    if title[at - 1] in "、，和及的度院）》" or title[at:].startswith(("暨", "关于", "（", "《")):
        return 0
    return REACH


def texts_of(text: str) -> tuple[Text, ...]:
    """The paragraphs of a text, each with its level."""
    return tuple(text_of(line.strip()) for line in text.splitlines() if line.strip())


def text_of(line: str) -> Text:
    """The numeral says the level. Of 一、 and （一） the first sentence is the heading, or all of a short line."""
    level = next((level for level, begins in enumerate(_LEVELS, 1) if begins.match(line)), 0)
    if level not in {1, TWO}:
        return Text(line, level=level)
    heading, stop, rest = line.partition("。")
    return Text(rest, lead=heading + stop, level=level) if rest else Text("", lead=line, level=level)


def spaced(name: str) -> str:
    """A name of two characters as wide as three: 张　三."""
    return "\u3000".join(name) if len(name) == TWO else name


def _words(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ()
    return [word for value in values for word in _words(value)]
