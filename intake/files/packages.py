"""The ZIP file that a workbook is, looked at before anything is made of it."""

import re
import zipfile
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from courts.packages import DAMAGED, opened_package
from courts.refusals import Refused

WORKBOOK, STYLES = "xl/workbook.xml", "xl/styles.xml"
MAX_STYLES = 2 * 1024 * 1024
# The reader holds a whole row in memory, whatever is in it.
LONGEST_ROW = 2 * 1024 * 1024
PIECE, OVERLAP = 256 * 1024, 200
_ROW_END = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']""")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


@dataclass
class Sheet:
    """What a look through the bytes of a sheet tells. `merged`: first row and name of each range."""

    has_formulas: bool = False
    merged: frozenset[tuple[int, str]] = frozenset()

    def merged_until(self, line: int) -> str:
        """Names of the merged ranges that begin in this line or above, a few of them."""
        return "、".join(name for first, name in sorted(self.merged) if first <= line)[:60]


def checked_package(file: IO[bytes]) -> zipfile.ZipFile:
    """The ZIP file. Raises Refused for what is no workbook, damaged, encrypted, or unpacks to too much."""
    package = opened_package(file)
    members = package.infolist()
    if sum(one.file_size for one in members if one.filename == STYLES) > MAX_STYLES:
        raise Refused(_("The file unpacks to more than this system takes."), code="bomb")
    if WORKBOOK not in {one.filename for one in members}:
        raise Refused(_("This is neither a CSV file nor a workbook (XLSX)."), code="kind")
    return package


def looked_through(package: zipfile.ZipFile, sheet: Any) -> Sheet:
    """Looks through one sheet. Raises Refused where a row is longer than any list has it."""
    seen, ranges, before, since = Sheet(), set(), b"", 0
    try:
        with package.open(sheet._worksheet_path) as member:  # the only name that tells which member it is
            while piece := member.read(PIECE):
                ends = [match.end() for match in _ROW_END.finditer(piece)]
                since = len(piece) - ends[-1] if ends else since + len(piece)
                text = before + piece
                seen.has_formulas = seen.has_formulas or bool(_FORMULA.search(text))
                ranges |= {
                    (int(m[2]), b"".join((m[1], m[2], b":", m[3], m[4])).decode()) for m in _MERGED.finditer(text)
                }
                if since > LONGEST_ROW or _ENTITY.search(text):
                    raise Refused(_("The file unpacks to more than this system takes."), code="bomb")
                before = piece[-OVERLAP:]
    except DAMAGED as error:
        raise Refused(_("The file is damaged."), code="damaged") from error
    seen.merged = frozenset(ranges)
    return seen
