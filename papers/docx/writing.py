"""A paper as DOCX: plain OOXML that Word and WPS open and a clerk edits on."""

import io
from collections.abc import Sequence

from docx.document import Document
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from papers.content import Attachment, Block, Names, Note, Paper, Sides, Table, Text, attachment_lines
from papers.docx.page import new_document
from papers.docx.parts import CENTER, JUSTIFY, RIGHT, indent, line_height, red_line_below, table_of, write
from papers.layout import (
    ABOVE_MARK,
    ABOVE_NAMES,
    BELOW_NUMBER,
    BODY,
    FONT_OF_LEVEL,
    FONTS,
    LINE_OF_NAMES,
    LINE_TO_SIGN,
    NOTE,
    TABLE,
    TITLE,
    WIDTH,
    mark_size,
    signature_indents,
)

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LINE_OF_TITLE, AFTER_TITLE = 36, 10  # pt


def docx_of(paper: Paper) -> bytes:
    """The file."""
    document = new_document(paper.title, wide=paper.wide)
    if paper.mark:
        add_mark(document, paper)
    add_title(document, paper.lines_of(paper.title))
    if not paper.addressee:
        line_height(add_line(document), AFTER_TITLE)
    else:
        add_line(document)
        write(add_line(document), f"{paper.addressee}：")
    for one in paper.blocks:
        add_block(document, one)
    _list_of_attachments(document, paper)
    add_signature(document, paper)
    for attachment in paper.attachments:
        add_attachment(document, paper, attachment)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def add_line(document: Document) -> Paragraph:
    return document.add_paragraph()


def add_mark(document: Document, paper: Paper) -> None:
    """The issuer in red, two empty lines, the number, and the red line 4 mm below it; then two empty lines."""
    mark = add_line(document)
    mark.alignment = CENTER
    mark.paragraph_format.space_before = Mm(ABOVE_MARK)
    size = mark_size(paper.mark)
    line_height(mark, size * 1.3)
    write(mark, paper.mark, FONTS.title, size, red=True)
    add_line(document)
    add_line(document)
    number = add_line(document)
    number.alignment = CENTER
    line_height(number, BODY * 1.25)  # no air below the number: the line is measured from it
    write(number, paper.number)
    red_line_below(number, BELOW_NUMBER)
    add_line(document)
    add_line(document)


def add_title(document: Document, lines: Sequence[str]) -> None:
    paragraph = add_line(document)
    paragraph.alignment = CENTER
    line_height(paragraph, LINE_OF_TITLE)
    for place, line in enumerate(lines):
        if place:
            paragraph.add_run().add_break()
        write(paragraph, line, FONTS.title, TITLE)


def add_block(document: Document, block: Block) -> None:
    writers = {Text: _text, Table: _table, Names: _names, Note: _note, Sides: _sides}
    writers[type(block)](document, block)  # type: ignore[operator]


def _text(document: Document, text: Text) -> None:
    paragraph = add_line(document)
    paragraph.alignment = JUSTIFY
    paragraph.paragraph_format.keep_with_next = text.is_heading
    if text.indented:
        indent(paragraph, first=2)
    if text.lead:
        write(paragraph, text.lead, FONT_OF_LEVEL[text.level])
    if text.text:
        write(paragraph, text.text)


def _table(document: Document, table: Table) -> None:
    document.element.body._insert_tbl(table_of(table))


def _names(document: Document, names: Names) -> None:
    """Names in columns, by tabs; behind a long one the next tab leads to the next column."""
    heading = add_line(document)
    line_height(heading, names.size * LINE_OF_NAMES)
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_before = Pt(names.size * ABOVE_NAMES)
    write(heading, names.heading, FONTS.hei, names.size)
    for row in names.rows:
        paragraph = add_line(document)
        line_height(paragraph, names.size * LINE_OF_NAMES)
        for place in range(1, names.columns):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH * place / names.columns))
        write(paragraph, "\t".join(name for name, _columns in row), FONTS.body, names.size)


def _note(document: Document, note: Note) -> None:
    paragraph = add_line(document)
    line_height(paragraph, NOTE * 1.5)
    write(paragraph, note.text, FONTS.body, NOTE)


def _sides(document: Document, sides: Sides) -> None:
    """By a tab in the middle, with room to sign above each line; they stay with what follows up to the last."""
    add_line(document).paragraph_format.keep_with_next = True
    for place, pair in enumerate(zip(sides.left, sides.right, strict=True), 1):
        paragraph = add_line(document)
        line_height(paragraph, LINE_TO_SIGN)
        paragraph.paragraph_format.keep_with_next = place < len(sides.left)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH / 2))
        write(paragraph, "\t".join(pair), FONTS.body, TABLE)


def _list_of_attachments(document: Document, paper: Paper) -> None:
    """One line after the text, indented by two characters; further ones under the first."""
    if not attachment_lines(paper):
        return
    add_line(document).paragraph_format.keep_with_next = True
    for begins, title in attachment_lines(paper):
        paragraph = add_line(document)
        indent(paragraph, left=0 if begins else 5, first=2 if begins else 0)
        paragraph.paragraph_format.keep_with_next = bool(paper.signature or paper.date)
        write(paragraph, begins + title)


def add_signature(document: Document, paper: Paper) -> None:
    if not (paper.signature or paper.date):
        return
    for _line in range(2):
        add_line(document).paragraph_format.keep_with_next = True
    for text, right in zip((paper.signature, paper.date), signature_indents(paper.signature, paper.date), strict=True):
        if text:
            paragraph = add_line(document)
            paragraph.alignment = RIGHT
            paragraph.paragraph_format.keep_with_next = text == paper.signature
            indent(paragraph, right=right)
            write(paragraph, text)


def add_attachment(document: Document, paper: Paper, attachment: Attachment) -> None:
    """附件1 in 黑体 at the left of the first line, the title in the third."""
    label = add_line(document)
    label.paragraph_format.page_break_before = True
    if attachment.label:
        write(label, attachment.label, FONTS.hei)
        add_line(document)
    add_title(document, paper.lines_of(attachment.title))
    line_height(add_line(document), AFTER_TITLE)
    for block in attachment.blocks:
        add_block(document, block)
