"""宣读名单: the winners on one page for whoever reads them out, hard readings beside the characters."""

from collections.abc import Iterator, Sequence
from math import ceil
from statistics import median_low

from django.utils.translation import gettext as _

from awards.checks import ROLL
from awards.models import Commendation
from conferences.checks.findings import Finding, at_part
from conferences.checks.record import Record
from conferences.models import Conference
from courts.pinyin import hard_readings
from papers.content import Names, Note, Paper
from papers.layout import ABOVE_NAMES, HEIGHT, LINE_OF_NAMES, NOTE, POINTS_OF_A_MM, WIDTH, width_in_characters
from papers.made import Made, about_fonts, about_revoked, about_the_list, counts_of, day_of, some
from papers.winners import Group, groups_of, order_note, shown_name

# From the largest that an elderly reader likes to the smallest that can be read standing.
SIZES_WITH_DEPARTMENTS = (18.0, 16.0, 14.0)
SIZES = (18.0, 16.0, 14.0, 12.0, 10.5)
AROUND_TITLE = 36 + 10 + 20  # points: the title, the air below it, and some to spare
MOST_COLUMNS, GAP = 5, 1.5


def sheet_paper(conference: Conference) -> Made:
    groups = groups_of(conference.commendations.valid(), conference.roll_order)
    numbers = "、".join(
        dict.fromkeys(_cited(winner) for group in groups for winner in group.winners if winner.decision)
    )
    said = (f"依据：{numbers}。" if numbers else "", f"{order_note(conference.roll_order)}。")
    opening = tuple(Note(text) for text in said if text)
    title = f"{conference.year_reviewed}年度表彰宣读名单"
    room = HEIGHT * POINTS_OF_A_MM - AROUND_TITLE - _lines_of(opening) * NOTE * 2
    blocks, fits = _fitting(groups, room)
    paper = Paper(title=title, blocks=(*opening, *blocks))
    record = Record(conference)
    return Made(
        paper,
        conference.court,
        title,
        day_of(conference),
        conference,
        list(_missing(groups, record, paper, fits=fits)),
        counts_of(groups, record, revoked=False),
    )


def read_out(winner: Commendation, group: Group, *, department: bool) -> str:
    """单（shàn）雄信, with the department where there is room for it."""
    readings, name = hard_readings(winner.name), shown_name(winner, group.category)
    said = "".join(f"{char}（{readings[char]}）" if char in readings else char for char in name)
    return f"{said}　{winner.department_name}" if department and winner.name and winner.department_name else said


def _cited(winner: Commendation) -> str:
    decision = winner.decision
    number = f"（{decision.document_number}）" if decision and decision.document_number else ""
    return f"《{decision}》{number}"


def _fitting(groups: Sequence[Group], room: float) -> tuple[tuple[Names, ...], bool]:
    """The largest setting that fits the page, and whether any does."""
    settings = [(size, True) for size in SIZES_WITH_DEPARTMENTS] + [(size, False) for size in SIZES]
    for size, department in settings:
        blocks = tuple(_names(group, size, department=department) for group in groups)
        lines = sum(1 + ABOVE_NAMES / LINE_OF_NAMES + len(block.rows) for block in blocks)
        if lines * size * LINE_OF_NAMES <= room:
            return blocks, True
    return blocks, False


def _names(group: Group, size: float, *, department: bool) -> Names:
    """As many columns as the usual names allow; a long name takes several."""
    names = [read_out(winner, group, department=department) for winner in group.winners]
    widths = [width_in_characters(name) + GAP for name in names]
    in_a_line = WIDTH * POINTS_OF_A_MM / size
    usual = max(width for width in widths if width <= 2 * median_low(widths))
    columns = max(1, min(MOST_COLUMNS, int(in_a_line / usual)))
    cells = [(name, min(columns, ceil(width * columns / in_a_line))) for name, width in zip(names, widths, strict=True)]
    return Names(f"{group.category}（{len(names)}{group.unit}）", tuple(_rows(cells, columns)), columns, size)


def _rows(cells: list[tuple[str, int]], columns: int) -> Iterator[tuple[tuple[str, int], ...]]:
    row: list[tuple[str, int]] = []
    for cell in cells:
        if sum(taken for _name, taken in row) + cell[1] > columns:
            yield tuple(row)
            row = []
        row.append(cell)
    yield tuple(row)


def _lines_of(notes: Sequence[Note]) -> int:
    in_a_line = WIDTH * POINTS_OF_A_MM / NOTE
    return sum(ceil(width_in_characters(note.text) / in_a_line) for note in notes)


def _missing(groups: Sequence[Group], record: Record, paper: Paper, *, fits: bool) -> Iterator[Finding]:
    at = at_part("commendations", ROLL)
    if not groups:
        yield Finding("no-winners", _("No winner is entered."), at)
    if not fits:
        yield Finding("too-long", _("So many names do not fit on one page; the sheet goes on overleaf."), at)
    unread = [winner for group in groups for winner in group.winners if "" in hard_readings(winner.name).values()]
    if unread:
        text = _("The reading of a character is not known; ask the winner: %(names)s.") % {"names": some(unread)}
        yield Finding("unread", text, at, (len(unread),))
    yield from about_revoked(record.winners, _("Revoked, and so not on the sheet: %(names)s."))
    yield from about_the_list(record)
    yield from about_fonts(paper)
