"""The measures of an official paper, after GB/T 9704-2012: one home for the DOCX and the PDF."""

from typing import Any, NamedTuple

A4 = (210, 297)  # mm
# Top, right, bottom, left in mm: what is left is 156 x 225 mm.
MARGINS = (37, 26, 35, 28)
# A wide page is a tall one turned to the left: its top is bound.
WIDE_MARGINS = (28, 37, 26, 35)
WIDTH, WIDE_WIDTH, HEIGHT, WIDE_HEIGHT = 156, 225, 225, 156  # mm, of what is printed on
# 22 lines of 28 characters: 225 mm / 22, and 156 mm / 28.
LINE, CHARACTER = 28.95, 15.75  # pt
BODY, TITLE, PAGE_NUMBER, TABLE, NOTE = 16.0, 22.0, 14.0, 14.0, 12.0  # pt
# By its length, so that the name of the issuer fills one line.
LARGEST_MARK, SMALLEST_MARK = 48, 26  # pt
ABOVE_MARK = 35  # mm from the top of the type area
BELOW_NUMBER = 4  # mm to the red line
ABOVE_PAGE_NUMBER = 7  # mm below the type area
SEAL = 4  # characters that a date with a seal stands away from the right
LINE_OF_NAMES, ABOVE_NAMES = 1.6, 0.5  # times the size of the letters: a line, and the air above a heading
LINE_TO_SIGN = 36.0  # pt, of a place for a signature
RED = "E60012"
FIRST_WIDE = "\u2e80"  # before it Unicode has letters and digits, behind it what is as wide as a Chinese character
POINTS_OF_A_MM = 72 / 25.4


class Fonts(NamedTuple):
    """The fonts by the names that every word processor in a court knows. None of them is shipped."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    kai: str = "楷体_GB2312"
    hei: str = "黑体"
    song: str = "宋体"


FONTS = Fonts()
# What a paragraph of each level begins with: 一、 in 黑体, （一） in 楷体; 1. and （1） as the text.
FONT_OF_LEVEL = {0: FONTS.body, 1: FONTS.hei, 2: FONTS.kai, 3: FONTS.body, 4: FONTS.body}


def mark_size(mark: str) -> int:
    """Points in which the issuer's name fills no more than a line."""
    fitting = int(WIDTH * POINTS_OF_A_MM / max(len(mark), 1))
    return max(SMALLEST_MARK, min(LARGEST_MARK, fitting))


def width_in_characters(text: str) -> float:
    """How wide a text is, in full-width characters: digits and letters are half as wide."""
    return sum(0.5 if char < FIRST_WIDE and char not in "“”‘’—…·" else 1 for char in text)


def signature_indents(signature: str, date: str) -> tuple[float, float]:
    """Characters that signature and date stand away from the right: centred over each other, room for the seal."""
    name, day = width_in_characters(signature), width_in_characters(date)
    if not (signature and date):
        return SEAL, SEAL
    of_name = SEAL + (day - name) / 2
    return (of_name, SEAL) if of_name >= 0 else (0, (name - day) / 2)


def measures() -> dict[str, Any]:
    """What the templates of the PDF need."""
    return {
        "margins": MARGINS,
        "wide_margins": WIDE_MARGINS,
        "line": LINE,
        "character": CHARACTER,
        "body": BODY,
        "title": TITLE,
        "page_number": PAGE_NUMBER,
        "table": TABLE,
        "note": NOTE,
        "line_of_names": LINE_OF_NAMES,
        "above_names": ABOVE_NAMES,
        "line_to_sign": LINE_TO_SIGN,
        "above_mark": ABOVE_MARK,
        "below_number": BELOW_NUMBER,
        "above_page_number": ABOVE_PAGE_NUMBER,
        "red": RED,
    }
