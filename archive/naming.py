"""Names of the files in a package: what the record says, safe on every system, and never twice."""

import re
import unicodedata

from awards.exports.delivery import LONGEST_NAME, NOT_IN_NAMES

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")
SEVERAL_DOTS = re.compile(r"\.{2,}")
NAMELESS = "无题"


def safe_name(number: int, title: str, ending: str) -> str:
    """03_关于表彰先进的决定.pdf, at most 150 bytes: the number keeps it apart from all others of its folder."""
    seen = "".join(char for char in title if unicodedata.category(char) not in INVISIBLE)
    seen = SEVERAL_DOTS.sub("", NOT_IN_NAMES.sub("", seen)).strip(". ") or NAMELESS
    begins, ends = f"{number:02}_", f".{ending}" if ending else ""
    room = LONGEST_NAME - len(begins.encode()) - len(ends.encode())
    return begins + seen.encode()[:room].decode(errors="ignore").rstrip(". ") + ends


def ending_of(filename: str) -> str:
    """pdf, without the dot and small; empty where the name has none."""
    found = ENDING.search(filename)
    return found[1].lower() if found else ""
