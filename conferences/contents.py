"""The table of contents of a speech, recognised in its plain paragraphs.

Headings come as GB/T 9704-2012 numbers them, 一、 and （一）, or as 一是 and 一要 at the beginning of a paragraph.
"""

import re
from dataclasses import dataclass

CHARACTERS_A_MINUTE = 220  # read aloud from a rostrum
LONGEST_HEADING = 60  # a longer first sentence is a paragraph that happens to begin with a number

NUMERAL = "[一二三四五六七八九十百]"
# What marks a heading of each level. 一、二审 counts instances and 三要素 counts things: no headings.
MARKS = (
    re.compile(rf"{NUMERAL}{{1,5}}、(?!{NUMERAL}审)"),
    re.compile(rf"[（(]{NUMERAL}{{1,5}}[）)]"),
    re.compile(rf"{NUMERAL}{{1,3}}(?:是|要(?![素点求]))"),
)
# Finds the few lines that may be headings in a text of hundreds.
BEGINS_AS_HEADING = re.compile(rf"^[ \t\u3000]*[（(]?{NUMERAL}.*", re.MULTILINE)
FIRST_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?")


@dataclass(frozen=True)
class Block:
    """One paragraph. `level` 1 to 3 has a heading and an anchor, 0 only text; a heading may run into its text."""

    level: int
    anchor: str
    heading: str
    text: str

    @property
    def title(self) -> str:
        """The heading as it stands in a table of contents, without the mark that ends it."""
        return self.heading.rstrip("。；，")

    @property
    def bare(self) -> str:
        """The title without its numeral, as a list that counts for itself says it."""
        return bare(self.title)


def bare(heading: str) -> str:
    """A heading without its numeral and the mark that ends it; what has no numeral stays as it is."""
    mark = next((found for one in MARKS if (found := one.match(heading))), None)
    return heading[mark.end() :].strip().rstrip("。；，") if mark else heading.strip().rstrip("。；，")


def blocks(text: str) -> list[Block]:
    """The paragraphs of a speech in order, each with its heading split off; empty lines are dropped."""
    found: list[Block] = []
    for line in text.splitlines():
        if paragraph := line.strip():
            found.append(_block(paragraph, anchor=f"p{len(found) + 1}"))
    return found


def contents(parts: list[Block]) -> list[Block]:
    """What the table of contents lists: the headings."""
    return [part for part in parts if part.level]


def top_headings(text: str) -> list[str]:
    """The headings of the highest level that the speech uses."""
    headings = contents(blocks("\n".join(BEGINS_AS_HEADING.findall(text))))
    top = min((heading.level for heading in headings), default=0)
    return [heading.title for heading in headings if heading.level == top]


def minutes(text: str) -> int:
    """How long the speech takes read aloud; 0 where there is no text."""
    characters = len("".join(text.split()))
    return max(1, round(characters / CHARACTERS_A_MINUTE)) if characters else 0


def _block(paragraph: str, *, anchor: str) -> Block:
    level = next((level for level, mark in enumerate(MARKS, start=1) if mark.match(paragraph)), 0)
    heading = _first_sentence(paragraph)
    if not level or len(heading) > LONGEST_HEADING:
        return Block(0, anchor, "", paragraph)
    return Block(level, anchor, heading, paragraph[len(heading) :])


def _first_sentence(paragraph: str) -> str:
    found = FIRST_SENTENCE.match(paragraph)
    return found.group() if found else paragraph
