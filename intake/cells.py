"""How a cell is read, compared and written: one small class for each sort of value.

`read` turns what a clerk typed into a value and raises ValidationError with the reason; an empty cell never comes
here. `same` says whether two values mean the same, `said` writes one for a person to read.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.exports.columns import chinese, readable
from courts.fields import without_invisible
from courts.register import key

DAY = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]|(\d{2})(\d{2}))"
)
TIME = re.compile(r"(\d{1,2})(?::(\d{2})(?::00)?|[时点](?:(\d{1,2})分?)?)")
YEARS = (1900, 2100)
DIGITS = 15  # that a spreadsheet keeps of a number
MOST_DIGITS = 30  # of a number that is meant as one
YES, NO = {"是", "√", "有", "1", "yes", "true", "y"}, {"否", "×", "无", "0", "no", "false", "n"}
LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def narrow(text: str) -> str:
    """Full-width digits and signs as their usual forms, without spaces: for numbers and dates alone."""
    return "".join(unicodedata.normalize("NFKC", without_invisible(text)).split())


class Text:
    """Words as they are, without what a form would cut off."""

    def read(self, text: str) -> Any:
        return self.normal(text)

    def normal(self, value: Any) -> str:
        return LINE_ENDS.sub("\n", readable(str(value or ""))).strip()

    def same(self, one: Any, other: Any) -> bool:
        return self.normal(one) == self.normal(other)

    def said(self, value: Any) -> str:
        return str(value or "")

    def written(self, value: Any) -> Any:
        """The cell of a file."""
        return readable(str(value or ""))


class Name(Text):
    """A name. Lists space names of two characters to three: that is no difference."""

    def normal(self, value: Any) -> str:
        return without_invisible(str(value or ""))

    def same(self, one: Any, other: Any) -> bool:
        return key(str(one or "")) == key(str(other or ""))


class Number(Text):
    """A number; thousands may be set apart, and a percentage is read without its sign."""

    def __init__(self, *, whole: bool = False) -> None:
        self.whole = whole

    def read(self, text: str) -> Any:
        plain = narrow(text).replace(",", "").removesuffix("%")
        try:
            number = Decimal(plain)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or not re.fullmatch(r"[+-]?[\d.]+", plain):
            raise ValidationError(_("“%(value)s” is no number."), code="number", params={"value": text})
        if not self.whole:
            return number
        if number != number.to_integral_value():
            raise ValidationError(_("“%(value)s” is no whole number."), code="number", params={"value": text})
        return int(number)

    def same(self, one: Any, other: Any) -> bool:
        return one == other

    def said(self, value: Any) -> str:
        return "" if value is None else f"{Decimal(value).normalize():f}"

    def written(self, value: Any) -> Any:
        """A number as long as a spreadsheet keeps all its digits."""
        if value is None:
            return ""
        digits = len(Decimal(value).normalize().as_tuple().digits)
        return Decimal(self.said(value)) if digits <= DIGITS else self.said(value)


class Day(Text):
    """A date in one of five spellings: 2024-01-05, 2024/1/5, 2024.1.5, 2024年1月5日, 20240105."""

    def read(self, text: str) -> Any:
        match = DAY.fullmatch(narrow(text))
        if match is None:
            raise ValidationError(
                _("“%(value)s” is no date. Write 2024-01-05, 2024/1/5, 2024.1.5, 2024年1月5日 or 20240105."),
                code="date",
                params={"value": text},
            )
        year, month, day = (int(part) for part in match.groups() if part)
        try:
            read = datetime.date(year, month, day)
        except ValueError:
            read = None
        if read is None or not YEARS[0] <= year <= YEARS[1]:
            raise ValidationError(_("There is no such day: %(value)s."), code="no_day", params={"value": text})
        return read

    def same(self, one: Any, other: Any) -> bool:
        return one == other

    def said(self, value: Any) -> str:
        return f"{value:%Y-%m-%d}" if value else ""

    def written(self, value: Any) -> Any:
        return value or ""


class Clock(Text):
    """A time of day: 9:30, 09:30, 9时30分."""

    def read(self, text: str) -> Any:
        match = TIME.fullmatch(narrow(text))
        hours, minutes = (int(match[1]), int(match[2] or match[3] or 0)) if match else (-1, -1)
        try:
            return datetime.time(hours, minutes)
        except ValueError as error:
            raise ValidationError(
                _("“%(value)s” is no time of day. Write 09:30."), code="time", params={"value": text}
            ) from error

    def same(self, one: Any, other: Any) -> bool:
        return self.said(one) == self.said(other)

    def said(self, value: Any) -> str:
        return f"{value:%H:%M}" if value else ""

    def written(self, value: Any) -> Any:
        return self.said(value)


class Choice(Text):
    """One of a list, by its Chinese label."""

    def __init__(self, choices: Iterable[tuple[str, Any]]) -> None:
        self.choices = dict(choices)

    def read(self, text: str) -> Any:
        labels = {chinese(label): value for value, label in self.choices.items()}
        try:
            return labels[without_invisible(text)]
        except KeyError as error:
            raise ValidationError(
                _("“%(value)s” is none of: %(choices)s."),
                code="choice",
                params={"value": text, "choices": "、".join(labels)},
            ) from error

    def same(self, one: Any, other: Any) -> bool:
        return one == other

    def said(self, value: Any) -> str:
        return str(self.choices.get(value, ""))

    def written(self, value: Any) -> Any:
        return chinese(self.choices[value]) if value in self.choices else ""


class YesNo(Text):
    """Yes or no. `word`: what may stand for yes in the list, which then leaves no empty."""

    def __init__(self, word: Any = None) -> None:
        self.word = word

    def read(self, text: str) -> Any:
        typed = without_invisible(text).lower()
        if typed in YES or (self.word and typed == chinese(self.word)):
            return True
        if typed in NO:
            return False
        raise ValidationError(_("“%(value)s” is neither 是 nor 否."), code="yes_no", params={"value": text})

    def same(self, one: Any, other: Any) -> bool:
        return bool(one) == bool(other)

    def said(self, value: Any) -> str:
        return str(_("yes") if value else _("no"))

    def written(self, value: Any) -> Any:
        if self.word:
            return chinese(self.word) if value else ""
        return chinese(_("yes") if value else _("no"))
