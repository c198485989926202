"""The passage of a text in which the words stand, with the words marked."""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

from courts.search import folded

BEFORE, LENGTH = 30, 110  # characters: before the first word, and of the whole passage


def marked(text: str, words: Iterable[str]) -> SafeString:
    """The whole text, escaped, with every place of the words in a mark element."""
    parts, done = [], 0
    for start, end in _places(folded(text), words):
        parts += [escape(text[done:start]), f"<mark>{escape(text[start:end])}</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308 - every part is escaped


def best_of(texts: list[str], words: list[str]) -> int | None:
    """Which of the texts has the most of the words, the first of several; None where none of them has any."""
    counts = [sum(word in text for word in words) for text in map(folded, texts)]
    most = max(counts, default=0)
    return counts.index(most) if most else None


def passage(text: str, words: list[str]) -> SafeString:
    """The line with the most words, cut to a passage around the first of them; empty where none stands there."""
    lines = text.splitlines()
    best = best_of(lines, words)
    if best is None:
        return SafeString()
    line = lines[best].strip()
    first = next(_places(folded(line), words), (0, 0))[0]
    start = max(0, first - BEFORE) if len(line) > LENGTH else 0
    start = max(0, min(start, len(line) - LENGTH))
    cut = line[start : start + LENGTH]
    before, after = "…" if start else "", "…" if start + LENGTH < len(line) else ""
    return mark_safe(f"{before}{marked(cut, words)}{after}")  # noqa: S308 - escaped by marked


def _places(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """From where to where words stand, in order; places that touch are one."""
    found = sorted((start, start + len(word)) for word in words for start in _each(text, word))
    while found:
        start, end = found.pop(0)
        while found and found[0][0] <= end:
            end = max(end, found.pop(0)[1])
        yield start, end


def _each(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + len(word))
