"""Words of papers: they are in Chinese, whatever language the page is read in."""

from django.utils import translation
from django.utils.functional import Promise

LANGUAGE = "zh-hans"


def chinese(text: str | Promise) -> str:
    with translation.override(LANGUAGE):
        return str(text)


def numeral(number: int) -> str:
    """一 to 九十九, for headings."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
