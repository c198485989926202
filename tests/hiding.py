"""Secret words that are hidden in the rows of a record, each with its place, to be looked for afterwards."""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from django.db import models

BEGINNING = "qzx"  # of every secret word: what a curious reader searches for
WORD = re.compile(BEGINNING + r"\d{4}")
WRITTEN_BY_THE_SITE = {"filename", "revocation_reason"}  # not in a form, and shown all the same
CODES = {"staff_categories", "sort_key", "roll_order", "key"}  # text in the table, but no words


class Secrets:
    """Words that were hidden. `places`: what each word is, as (what it is part of, field)."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        self.numbers = count(1000)

    def fill(self, what: str, row: Any, *only: str) -> Any:
        """Puts a word into every text field of a row, or into some."""
        words = {field.name: f"{BEGINNING}{next(self.numbers)}" for field in text_fields(type(row), *only)}
        for name, word in words.items():
            self.places[word] = (what, f"{type(row).__name__}.{name}")
        type(row)._base_manager.filter(pk=row.pk).update(**words)
        return row

    def of(self, what: str) -> set[str]:
        return {field for part, field in self.places.values() if part == what}

    def found_in(self, words: set[str], what: str) -> set[str]:
        """The fields of `what` that these words betray."""
        return {self.places[word][1] for word in words if self.places[word][0] == what}


def text_fields(model: type[models.Model], *only: str) -> Iterator[models.Field]:
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.FileField)
        if only:
            chosen = field.name in only
        else:
            shown = field.editable or field.name in WRITTEN_BY_THE_SITE
            chosen = is_text and shown and not field.choices and field.name not in CODES
        if chosen:
            yield field
