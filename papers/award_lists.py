"""The award list as DOCX and PDF: the rows, orders and totals of awards/exports on wide pages, family by family."""

from dataclasses import replace
from typing import IO, Any

from django.utils import timezone, translation

from awards.exports.award_list import AwardList, Total
from awards.exports.columns import CATEGORY, COLUMNS, LANGUAGE, UNSAID_STROKES
from awards.exports.columns import Column as ListColumn
from awards.exports.delivery import Writer
from awards.exports.xlsx_file import under_the_list
from awards.models import ExportLog
from conferences.models import Conference
from courts.strokes import unknown_characters
from papers.content import Attachment, Column, Note, Paper, Table, spaced
from papers.docx.writing import DOCX_TYPE, docx_of
from papers.layout import WIDE_WIDTH
from papers.typesetting import typeset

PDF_TYPE = "application/pdf"
SIZES = ((7, 11.0), (10, 9.0), (99, 8.0))  # columns at most, and the size of their letters
NARROWEST = 8  # as wide as a number and its heading
FLUSH_LEFT = {"conference", "post", "department"}
# Not for readers: whether the row is a person's, whose name of two characters is spaced.
IS_PERSON = ListColumn("", (CATEGORY,), 0, lambda category: category.is_person)


def write_docx(award_list: AwardList, file: IO[bytes]) -> None:
    file.write(docx_of(list_paper(award_list)))


def write_pdf(award_list: AwardList, file: IO[bytes]) -> None:
    file.write(typeset("paper.typ", list_paper(award_list).as_data(), date=timezone.localdate()))


def list_paper(award_list: AwardList) -> Paper:
    """A table for each family, each on pages of its own; under it the totals, the order and what else must be said."""
    totals: dict[str, Total] = {total.family: total for total in award_list.totals()}
    by_strokes = award_list.order == Conference.Order.STROKES
    shown = _shown(award_list)
    shortened = replace(award_list, columns=shown)
    beside = [IS_PERSON, UNSAID_STROKES] if by_strokes else [IS_PERSON]
    parts = []
    for family, rows in shortened.sections(_text, *beside):
        table, unknown = _table(shortened, rows)
        with translation.override(LANGUAGE):
            lines = under_the_list(totals[family], award_list.order, unknown)
            title = award_list.title(str(totals[family].family.label))
        parts.append(Attachment("", title, (table, Note("；".join(lines) + "。"))))
    first, *others = parts
    return Paper(title=first.title, blocks=first.blocks, attachments=tuple(others), wide=True)


def _shown(award_list: AwardList) -> list[str]:
    """The columns chosen, without those of which the title says the only value."""
    said = {"family"}
    said |= {"court"} if len({group.court for group in award_list.counts}) == 1 else set()
    said |= {"year"} if len({group.year for group in award_list.counts}) == 1 else set()
    return [name for name in award_list.columns if name not in said] or list(award_list.columns)


def _table(award_list: AwardList, rows: Any) -> tuple[Table, str]:
    """The table, and the characters whose strokes nobody gave."""
    width, written, unsaid = len(award_list.columns), [], dict[str, None]()
    recipient = award_list.columns.index("recipient") if "recipient" in award_list.columns else None
    for row in rows:
        cells = row[:width]
        if recipient is not None and row[width]:
            cells[recipient] = spaced(cells[recipient])
        written.append(tuple(cells))
        for cell in row[width + 1 :]:
            unsaid |= dict.fromkeys(cell)
    size = next(size for most, size in SIZES if width <= most)
    return Table(_columns(award_list), tuple(written), size), unknown_characters("".join(unsaid))


def _columns(award_list: AwardList) -> tuple[Column, ...]:
    """The widths of the workbook, as shares of the page."""
    names, labels = award_list.columns, award_list.headings()
    total = sum(max(COLUMNS[name].width, NARROWEST) for name in names)
    return tuple(
        Column(
            label,
            round(WIDE_WIDTH * max(COLUMNS[name].width, NARROWEST) / total, 1),
            "left" if name in FLUSH_LEFT else "center",
        )
        for name, label in zip(names, labels, strict=True)
    )


def _text(cell: Any) -> Any:
    """Everything but the mark of a person as text."""
    if isinstance(cell, bool):
        return cell
    return "" if cell is None else str(cell)


WRITERS = {
    ExportLog.Format.DOCX: Writer(DOCX_TYPE, write_docx),
    ExportLog.Format.PDF: Writer(PDF_TYPE, write_pdf),
}
