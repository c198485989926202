"""Pieces of OOXML: fonts without themes, indents in characters, tables with fixed widths, page numbers."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from papers.content import Table
from papers.layout import CHARACTER, FONTS, POINTS_OF_A_MM, RED

THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")
# From the width of a character to the pitch of 28 in a line, in twentieths of a point.
CONDENSED = -5
CELL_MARGINS = (("top", 40), ("left", 57), ("bottom", 40), ("right", 57))  # twentieths of a point
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
CENTER, RIGHT, LEFT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def twips(points: float) -> str:
    return str(round(points * 20))


def element(tag: str, /, **attributes: Any) -> Any:
    """An XML element with attributes of its namespace, as w:jc with its val."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_font(properties: Any, font: str) -> None:
    """The font for every script, by its name: what a theme says would come before it."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = element("w:rFonts")
        properties.insert(0, fonts)
    for theme in THEMES:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in SCRIPTS:
        fonts.set(qn(f"w:{script}"), font)
    fonts.set(qn("w:hint"), "eastAsia")


def write(paragraph: Paragraph, text: str, font: str = FONTS.body, size: float | None = None, **more: Any) -> Run:
    """A run of text. `more`: red, bold."""
    run = paragraph.add_run(text)
    set_font(run._element.get_or_add_rPr(), font)
    if size:
        run.font.size = Pt(size)
    if more.get("red"):
        run.font.color.rgb = RGBColor.from_string(RED)
    return run


def indent(paragraph: Paragraph, *, first: float = 0, left: float = 0, right: float = 0) -> None:
    """Indents in characters of the text, said in characters and, for readers that do not count them, in twips."""
    given = {"firstLine": first, "left": left, "right": right}
    ind = element("w:ind")
    for name, characters in given.items():
        if characters:
            ind.set(qn(f"w:{name}Chars"), str(round(characters * 100)))
            ind.set(qn(f"w:{name}"), twips(characters * CHARACTER))
    properties = paragraph._p.get_or_add_pPr()
    properties._insert_ind(ind)


def line_height(paragraph: Paragraph, points: float) -> None:
    """Exactly so high, and off the grid of the text."""
    paragraph.paragraph_format.line_spacing = Pt(points)
    paragraph._p.get_or_add_pPr().insert_element_before(element("w:snapToGrid", val=0), *AFTER_GRID)


# What the schema puts behind the borders of a paragraph.
AFTER_BORDERS = tuple(
    f"w:{name}"
    for name in (
        *("shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct"),
        *("autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
        *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
        *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)


def red_line_below(paragraph: Paragraph, millimetres: float) -> None:
    borders = element("w:pBdr")
    space = round(millimetres * POINTS_OF_A_MM)
    borders.append(element("w:bottom", val="single", sz=12, space=space, color=RED))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)


AFTER_GRID = AFTER_BORDERS[AFTER_BORDERS.index("w:spacing") :]


def page_number(paragraph: Paragraph, size: float) -> None:
    """— 1 — as a field that the word processor counts."""
    write(paragraph, "— ", FONTS.song, size)
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("shown", "1"), ("end", "")):
        run = write(paragraph, text if kind == "shown" else "", FONTS.song, size)
        if kind in {"begin", "separate", "end"}:
            run._element.append(element("w:fldChar", fldCharType=kind))
        elif not kind:
            instruction = element("w:instrText")
            instruction.text = text
            run._element.append(instruction)
    write(paragraph, " —", FONTS.song, size)


def table_of(table: Table) -> Any:
    """The table as an element. Its rows are written as text: thousands of them are made in a second that way."""
    total = twips(sum(column.width for column in table.columns) * POINTS_OF_A_MM)
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in SIDES)
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in CELL_MARGINS)
    grid = "".join(f'<w:gridCol w:w="{twips(column.width * POINTS_OF_A_MM)}"/>' for column in table.columns)
    rows = (_row(table, row, before) for before, row in zip([None, *table.rows], table.rows, strict=False))
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_row(table, [one.label for one in table.columns], is_head=True)}"
        f"{''.join(rows)}</w:tbl>"
    )


def _row(table: Table, cells: Sequence[str], before: Sequence[str] | None = None, *, is_head: bool = False) -> str:
    """`before`: the row above, whose merged cell goes on where its text is the same."""
    head = "<w:tblHeader/>" if is_head else ""
    height = f'<w:trHeight w:val="{twips(table.size * 2)}" w:hRule="atLeast"/>'
    aligned = ["center" if is_head else column.align for column in table.columns]
    goes_on = before is not None and table.merged >= 0 and before[table.merged] == cells[table.merged]
    merge = "" if is_head else MERGED[goes_on]
    made = (
        CELL.format(
            merge=merge if place == table.merged else "",
            width=twips(column.width * POINTS_OF_A_MM),
            line=twips(table.size * 1.35),
            align=align,
            font=FONTS.hei if is_head else FONTS.body,
            size=round(table.size * 2),
            text=escape("" if goes_on and place == table.merged else text).replace("\n", BREAK),
        )
        for place, (column, align, text) in enumerate(zip(table.columns, aligned, cells, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{head}</w:trPr>{''.join(made)}</w:tr>"


MERGED = {False: '<w:vMerge w:val="restart"/>', True: "<w:vMerge/>"}
BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
# No air beside numbers and no grid: a row is as high as its lines.
CELL = """<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr>\
<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>\
<w:spacing w:line="{line}" w:lineRule="exact"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>\
<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}" w:hint="eastAsia"/>\
<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:tc>"""
