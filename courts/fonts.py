"""Which characters can be printed: what the fonts of this installation have, and what ordinary machines lack."""

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import pylopdf_fonts_zh_cn as package
from django.conf import settings

ENDINGS = {".otf", ".otc", ".ttc", ".ttf"}
CODES = 0x110000  # how many code points Unicode has room for
# Signs that choose the form of the character before them; whether a font has them does not matter.
VARIANTS = {chr(code) for code in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
UNICODE = {(0, kind) for kind in (3, 4, 6)} | {(3, 1), (3, 10)}  # platforms and encodings of a table of Unicode


def font_files() -> list[Path]:
    """The court's own fonts, then those that came with the installation."""
    folder = settings.FONT_DIR
    own = [path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS] if folder.is_dir() else []
    return [*sorted(own), package.serif_path(), package.sans_path()]


def missing_glyphs(text: str) -> str:
    """Its characters that no font here has, each once: whatever was printed would have a hole there."""
    states = [(path, path.stat().st_mtime_ns) for path in font_files()]
    has = _coverage(tuple(states))
    seen = [char for char in dict.fromkeys(text) if char.isprintable() and char not in VARIANTS]
    return "".join(char for char in seen if not has[ord(char)])


def unprintable(text: str) -> list[str]:
    """Its letters that not every Chinese font has, each once: what GBK lacks, fonts on ordinary machines often lack."""
    return [char for char in dict.fromkeys(text) if char.isalpha() and not _is_in_every_font(char)]


def _is_in_every_font(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4)
def _coverage(fonts: tuple[tuple[Path, int], ...]) -> bytearray:
    """One byte for each code point: whether one of the fonts has it. By file and the time it was written."""
    has = bytearray(CODES)
    for path, _written in fonts:
        for first, last in ranges(path):
            has[first : last + 1] = b"\1" * (last + 1 - first)
    return has


def ranges(path: Path) -> list[tuple[int, int]]:
    """First and last of each run of code points that a font file has; nothing of a file that is no font."""
    try:
        with path.open("rb") as file:
            return [(first, last) for first, last in _read(file) if first <= last < CODES]
    except (OSError, struct.error):
        return []


def _read(file: BinaryIO) -> Iterator[tuple[int, int]]:
    for start in _fonts_in(file):
        file.seek(start + 4)
        (tables,) = struct.unpack(">H6x", file.read(8))
        for _number in range(tables):
            tag, offset, length = struct.unpack(">4s4xII", file.read(16))
            if tag == b"cmap":
                file.seek(offset)
                yield from _of_cmap(file.read(length))
                break


def _fonts_in(file: BinaryIO) -> list[int]:
    """Where the fonts of the file begin; a collection holds several."""
    tag, _version, count = struct.unpack(">4sII", file.read(12))
    return list(struct.unpack(f">{count}I", file.read(4 * count))) if tag == b"ttcf" else [0]


def _of_cmap(table: bytes) -> Iterator[tuple[int, int]]:
    """Of the two forms in which fonts list Unicode (OpenType, cmap): 4 for the first plane, 12 for all."""
    (subtables,) = struct.unpack_from(">2xH", table)
    for number in range(subtables):
        platform, encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * number)
        (form,) = struct.unpack_from(">H", table, offset)
        if (platform, encoding) in UNICODE and form in FORMS:
            yield from FORMS[form](table, offset)


def _form_4(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", table, start + 6)[0] // 2
    lasts, firsts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, start + 14 + 2 * (place * count + (place > 0))) for place in range(4)
    )
    for number in range(count):
        if not offsets[number]:
            hole = -deltas[number] % 0x10000  # the code whose glyph would be number 0, the empty box
            yield from _without(hole, firsts[number], lasts[number])
            continue
        glyphs = start + 16 + 2 * (3 * count + number) + offsets[number]
        for code in range(firsts[number], lasts[number] + 1):
            glyph = glyphs + 2 * (code - firsts[number])
            if any(table[glyph : glyph + 2]):
                yield code, code


def _without(hole: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    yield from ((first, hole - 1), (hole + 1, last)) if first <= hole <= last else ((first, last),)


def _form_12(table: bytes, start: int) -> Iterator[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", table, start + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", table, start + 16 + 12 * number)
        yield first + (glyph == 0), last


FORMS = {4: _form_4, 12: _form_12}
