"""What stands in the PDF of a whole record beside the paragraphs, tables and notes of papers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from conferences.contents import blocks, contents
from papers.content import Block, Column, Note, Table, Text, texts_of
from papers.layout import WIDTH

SIZE = 10.5  # points, of tables
EMPTY = "（无）"


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True)
class Facts:
    """Label and text of each line."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Contents:
    """The headings of a speech, each with its level."""

    lines: tuple[tuple[int, str], ...]
    kind: str = "contents"


class Part(NamedTuple):
    """A part of the record under its heading."""

    title: str
    blocks: "list[Block | Heading | Facts | Contents]"


@dataclass
class Columns:
    """Columns of a table by heading and share of the page; the rest of the line is theirs."""

    shares: tuple[tuple[str, float, str], ...]
    width: float = WIDTH
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        whole = sum(share for _label, share, _align in self.shares)
        self.columns = tuple(
            Column(label, round(self.width * share / whole, 1), align) for label, share, align in self.shares
        )

    def table(self, rows: Iterable[Iterable[Any]], *, size: float = SIZE) -> Table:
        """With a number before each row."""
        numbered = ((number, *row) for number, row in enumerate(rows, 1))
        cells = (tuple("" if cell is None else str(cell) for cell in row) for row in numbered)
        return Table(self.columns, tuple(cells), size)


def columns(*shares: tuple[str, float] | tuple[str, float, str], width: float = WIDTH) -> Columns:
    """The first is that of the numbers; flush left where a third word says so."""
    return Columns(tuple((one[0], one[1], one[2] if len(one) > 2 else "center") for one in shares), width)  # noqa: PLR2004 - the third word


def spoken(text: str) -> "list[Block | Heading | Facts | Contents]":
    """A speech: its headings, then its paragraphs."""
    headings = tuple((one.level, one.title) for one in contents(blocks(text)))
    paragraphs: list[Any] = [Text(one.text, one.lead, one.level, one.indented) for one in texts_of(text)]
    return [Contents(headings), *paragraphs] if headings else paragraphs


def none() -> Note:
    return Note(EMPTY)
