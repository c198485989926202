"""Lists in CSV: the encoding is recognised, not guessed from the name."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from awards.exports.csv_file import FORMULA
from courts.refusals import Refused
from intake.files.table import Cell, Row, Table, cell, checked_headings, is_empty, limited

# In this order: what is valid UTF-8 is hardly ever meant as anything else, and GB18030 is the widest of the others.
ENCODINGS = {"utf-8-sig": "UTF-8", "gbk": "GBK", "gb18030": "GB18030"}
UTF_16 = {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
PIECE = 64 * 1024
DELIMITERS = ",\t;"


def read_csv(file: IO[bytes]) -> Table:
    """The list in a text file. Raises Refused."""
    encoding = recognised(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    first = text.readline()
    delimiter = max(DELIMITERS, key=first.count)
    text.seek(0)
    lines = _lines(text, delimiter)
    headings = checked_headings(next(lines, Row("", 1, [])).cells)
    table = Table(f"CSV, {ENCODINGS[encoding]}", headings, iter(()))
    table.rows = limited(_until_empty(lines, len(headings), table.notes))
    return table


def recognised(file: IO[bytes]) -> str:
    """The name of the encoding. Raises Refused where the file is no text, or text in none that we know."""
    file.seek(0)
    candidates = [] if file.read(2) in UTF_16 else ENCODINGS
    for encoding in candidates:
        decoder = codecs.getincrementaldecoder(encoding)()
        file.seek(0)
        try:
            for piece in iter(lambda: file.read(PIECE), b""):
                if b"\0" in piece:
                    raise Refused(_("This is neither a CSV file nor a workbook (XLSX)."), code="kind")
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused(
        _("The encoding of the file is not known. Save it as “CSV UTF-8”, or as a workbook (XLSX)."), code="encoding"
    )


def _lines(text: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield Row("", line, [cell(unarmed(one)) for one in cells])
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refused(
            _("The file is damaged: from line %(line)d on its quotation marks do not match.") % {"line": line},
            code="damaged",
        ) from error


def unarmed(text: str) -> str:
    """The text without the apostrophe that an export puts before what a spreadsheet would calculate."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def _until_empty(lines: Iterator[Row], width: int, notes: list[str]) -> Iterator[Row]:
    """The rows above the first empty one: below it stands what is for people, such as totals."""
    for row in lines:
        if is_empty(row.cells):
            if any(not is_empty(below.cells) for below in lines):
                notes.append(_("Row %(line)d is empty. What stands below it was not read.") % {"line": row.line})
            return
        yield row._replace(cells=_fitted(row.cells, width))


def _fitted(cells: list[Cell], width: int) -> list[Cell]:
    """As many cells as there are headings; one more where something stands beyond them."""
    beyond = cells[width:]
    return [*cells[:width], *[""] * (width - len(cells)), *([] if is_empty(beyond) else ["…"])]
