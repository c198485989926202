"""The page of GB/T 9704 as an empty document: margins, the grid of lines, the font of the text, page numbers."""

from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt

from papers.docx.parts import CONDENSED, LEFT, RIGHT, element, indent, line_height, page_number, set_font, twips
from papers.layout import A4, BODY, FONTS, LINE, MARGINS, PAGE_NUMBER, WIDE_MARGINS

# From the lower edge of the page to the line of the number: its dash is 7 mm below the type area.
FOOTER, WIDE_FOOTER = 25.4, 16.4  # mm
KEPT_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer", "header", "footer"}


def new_document(title: str, *, wide: bool = False) -> Document:
    """An empty paper. Its properties name nobody."""
    document = docx.Document()
    _only_plain_styles(document)
    _set_page(document.sections[0], wide=wide)
    _number_pages(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    about = document.core_properties
    about.title, about.author, about.last_modified_by, about.comments, about.language = title, "", "", "", "zh-CN"
    return document


def _only_plain_styles(document: Document) -> None:
    """Text in 仿宋 at 16 points, 28 characters to a line, exactly 22 lines to a page; nothing from a theme."""
    styles = document.styles.element
    for style in [*styles.style_lst]:
        if style.find(qn("w:name")).get(qn("w:val")) not in KEPT_STYLES:
            styles.remove(style)
    for properties in styles.iter(qn("w:rPr")):
        if properties.find(qn("w:rFonts")) is not None:
            set_font(properties, FONTS.body)
        if (language := properties.find(qn("w:lang"))) is not None:
            language.set(qn("w:val"), "en-US")  # numbers are not broken
            language.set(qn("w:eastAsia"), "zh-CN")
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(BODY)
    properties = normal.element.get_or_add_rPr()
    set_font(properties, FONTS.body)
    properties.find(qn("w:sz")).addprevious(element("w:spacing", val=CONDENSED))
    properties.append(element("w:szCs", val=round(BODY * 2)))
    text = normal.paragraph_format
    text.space_before = text.space_after = Pt(0)
    text.line_spacing = Pt(LINE)
    text.widow_control = False


def _set_page(section: Section, *, wide: bool) -> None:
    width, height = (Mm(side) for side in A4)
    margins = WIDE_MARGINS if wide else MARGINS
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if wide else (width, height)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, margins)
    section.gutter = Mm(0)
    section.footer_distance = Mm(WIDE_FOOTER if wide else FOOTER)
    section.header_distance = Mm(15)
    properties = section._sectPr
    if (grid := properties.find(qn("w:docGrid"))) is None:
        grid = element("w:docGrid")
        properties.append(grid)
    grid.attrib.clear()
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), twips(LINE))


def _number_pages(section: Section) -> None:
    """— 1 — to the right on odd pages, to the left on even ones, a character from the edge."""
    for footer, alignment in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        _number(footer, alignment)


def _number(footer: _Footer, alignment: Any) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    line_height(paragraph, PAGE_NUMBER + 2)
    paragraph.alignment = alignment
    indent(paragraph, right=1) if alignment == RIGHT else indent(paragraph, left=1)
    page_number(paragraph, PAGE_NUMBER)
