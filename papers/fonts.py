"""Which fonts papers are set with, and who has a name that they cannot print."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as package
from django.conf import settings

from courts.fonts import missing_glyphs

__all__ = ["folders", "missing_glyphs", "texts_in", "unprintable_texts"]


def folders() -> list[Path]:
    """Where typst looks for fonts: the court's own folder first, nowhere else on the machine."""
    return [settings.FONT_DIR, package.serif_path().parent]


def texts_in(data: Any) -> Iterator[str]:
    """Every text in data as JSON has them."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from texts_in(list(data.values()))
    elif isinstance(data, list | tuple):
        for one in data:
            yield from texts_in(one)


def unprintable_texts(texts: Iterable[str]) -> dict[str, str]:
    """Of the texts those with characters that no font has, and which characters."""
    every = list(texts)
    missing = missing_glyphs("".join(every))  # one look at the fonts; nearly always there is nothing
    lost = {text: "".join(char for char in missing if char in text) for text in every} if missing else {}
    return {text: chars for text, chars in lost.items() if chars}
