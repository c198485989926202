"""Which characters the fonts of the installation have, read from their own tables."""

import struct
from pathlib import Path

import pytest

from courts import fonts
from courts.fonts import missing_glyphs
from papers.fonts import unprintable_texts

NAMES = ["㛃", "䶮", "𬴂", "堃", "喆", "犇", "阿卜杜热合曼·买买提吐尔逊江", "欧阳少东"]


def form_4(first: int, last: int, delta: int = 1) -> bytes:
    """A subtable of the first plane with one run and the end that it must have."""
    segments = [(last, first, delta, 0), (0xFFFF, 0xFFFF, 1, 0)]
    lasts, firsts, deltas, offsets = (struct.pack(">2H", *column) for column in zip(*segments, strict=True))
    return struct.pack(">7H", 4, 0, 0, 4, 0, 0, 0) + lasts + b"\0\0" + firsts + deltas + offsets


def form_4_with_glyphs(first: int, glyphs: list[int]) -> bytes:
    """The same with the number of each glyph written down: 0 is the empty box."""
    count = len(glyphs)
    segments = [(first + count - 1, first, 0, 4), (0xFFFF, 0xFFFF, 1, 0)]
    lasts, firsts, deltas, offsets = (struct.pack(">2H", *column) for column in zip(*segments, strict=True))
    listed = struct.pack(f">{count}H", *glyphs)
    return struct.pack(">7H", 4, 0, 0, 4, 0, 0, 0) + lasts + b"\0\0" + firsts + deltas + offsets + listed


def form_12(*groups: tuple[int, int]) -> bytes:
    listed = b"".join(struct.pack(">3I", first, last, 1) for first, last in groups)
    return struct.pack(">2H3I", 12, 0, 16 + len(listed), 0, len(groups)) + listed


def font(subtable: bytes, *, platform: int = 3, encoding: int = 10, at: int = 0) -> bytes:
    """A font file with nothing but the table of its characters; `at`: where it stands in a collection."""
    cmap = struct.pack(">2H2HI", 0, 1, platform, encoding, 12) + subtable
    head = struct.pack(">I4H", 0x00010000, 1, 0, 0, 0) + struct.pack(">4s3I", b"cmap", 0, at + 28, len(cmap))
    return head + cmap


def collection(one: bytes) -> bytes:
    head = struct.pack(">4s3I", b"ttcf", 0x00010000, 1, 16)
    return head + one


FILES = {
    "of all planes": (font(form_12((0x4E00, 0x4E02), (0x30000, 0x30001))), [(0x4E00, 0x4E02), (0x30000, 0x30001)]),
    "of the first plane": (font(form_4(0x4E00, 0x4E05), encoding=1), [(0x4E00, 0x4E05), (0xFFFF, 0xFFFE)]),
    "with an empty box": (
        font(form_4_with_glyphs(0x4E00, [7, 0, 9]), encoding=1),
        [(0x4E00, 0x4E00), (0x4E02, 0x4E02), (0xFFFF, 0xFFFE)],
    ),
    "of symbols, not of Unicode": (font(form_4(0x20, 0x40), encoding=0), []),
    "a collection": (collection(font(form_12((0x4E00, 0x4E01)), at=16)), [(0x4E00, 0x4E01)]),
    "cut off": (font(form_12((0x4E00, 0x4E01)))[:40], []),
    "empty": (b"", []),
    "no font": (b"PK\x03\x04 something else altogether, and long enough to be read as one", []),
}


@pytest.mark.parametrize(("content", "expected"), FILES.values(), ids=FILES)
def test_a_font_file_says_which_characters_it_has(tmp_path, content, expected):
    path = tmp_path / "font.ttf"
    path.write_bytes(content)

    assert fonts.ranges(path) == [(first, last) for first, last in expected if first <= last]


@pytest.mark.parametrize("name", NAMES)
def test_the_names_that_courts_ask_about_can_be_printed(name):
    assert missing_glyphs(name) == ""


def test_whatever_ordinary_machines_have_the_fonts_here_have_too():
    letters = "".join(char for char in map(chr, range(0x10000)) if char.isalpha() and not fonts.unprintable(char))

    assert (len(letters) > 20_000, missing_glyphs(letters)) == (True, "")


def test_a_character_that_no_font_has_is_named_once():
    assert missing_glyphs("𠮷田𠮷\n\u3000") == "𠮷"
    assert unprintable_texts(["张伟", "𠮷田"]) == {"𠮷田": "𠮷"}


def test_a_sign_that_chooses_a_form_of_a_character_is_no_hole():
    assert missing_glyphs("葛\U000e0100") == ""


def test_a_font_of_the_court_counts_as_soon_as_it_lies_in_the_folder(settings, tmp_path):
    settings.FONT_DIR = tmp_path / "fonts"
    before = missing_glyphs("𠮷")

    (settings.FONT_DIR / "names").mkdir(parents=True)
    (settings.FONT_DIR / "names" / "rare.TTF").write_bytes(font(form_12((0x20BB7, 0x20BB7))))
    (settings.FONT_DIR / "readme.txt").write_text("no font")

    assert (before, missing_glyphs("𠮷")) == ("𠮷", "")
    assert fonts.font_files()[0] == settings.FONT_DIR / "names" / "rare.TTF"


def test_the_fonts_of_the_package_are_files():
    assert all(isinstance(path, Path) and path.is_file() for path in fonts.font_files())
