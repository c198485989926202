"""Words of papers: they are in Chinese, whatever language the page is read in."""

import datetime

from django.utils import translation
from django.utils.functional import Promise

LANGUAGE = "zh-hans"


def chinese(text: str | Promise) -> str:
    with translation.override(LANGUAGE):
        return str(text)


def due(day: datetime.date) -> str:
    """For a narrow cell: the year stands over 6月30日."""
    return f"{day.year}年\n{day.month}月{day.day}日"


def numeral(number: int) -> str:
    """一 to 九十九, for headings."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
