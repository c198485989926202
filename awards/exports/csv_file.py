"""The list as CSV: UTF-8 with a byte order mark, so that Excel and WPS read it as such; headings, then rows.

Nothing stands under the list and one file holds one family, so that the file can be read back as it is
(docs/decisions/0003-csv-one-family.md).
"""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

BOM = "\ufeff"
ROWS = 500  # in one piece: some 50 KB

# A spreadsheet takes a cell that begins with one of these for a formula, the wide forms included.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def csv_pieces(headings: list[str], rows: Iterator[list[Any]]) -> Iterator[bytes]:
    """The file piece by piece, of rows with `harmless` cells.

    The headings come first and alone: the database is still sorting by then.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(headings)
    yield (BOM + buffer.getvalue()).encode()
    while True:
        buffer.seek(0)
        buffer.truncate()
        writer.writerows(islice(rows, ROWS))
        if not buffer.tell():
            return
        yield buffer.getvalue().encode()


def harmless(cell: Any) -> Any:
    """The cell with an apostrophe before it where a spreadsheet would calculate.

    Text that begins with apostrophes and then such a sign gets one more, so that whoever reads the file back may
    take one away from every such cell and has exactly what was there.
    """
    if isinstance(cell, str) and cell.lstrip("'").startswith(FORMULA):
        return f"'{cell}"
    return cell
