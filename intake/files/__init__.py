"""Uploaded lists, read with care: the kind by the content, limits before anything is unpacked.

Whatever is wrong with a file as a whole is refused with a sentence for the clerk; what is wrong with a cell stands in
its place as a `Fault`, so that one look shows all of them.
"""

from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from courts.refusals import Refused
from intake.files.csv_file import read_csv
from intake.files.table import Cell, Fault, Row, Table
from intake.files.xlsx_file import read_xlsx

__all__ = ["Cell", "Fault", "Row", "Table", "read_table"]

ZIP, OLE = b"PK", bytes.fromhex("d0cf11e0a1b11ae1")
# The name of the stream that holds an encrypted workbook, as the old container writes it.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_table(file: IO[bytes], size: int) -> Table:
    """The list in a CSV file or a workbook. Raises Refused, also while its rows are read."""
    if size > settings.IMPORT_MAX_MB * 1024 * 1024:
        raise Refused(_("The file is larger than %(max)s MB.") % {"max": settings.IMPORT_MAX_MB}, code="too_big")
    file.seek(0)
    begins = file.read(len(OLE))
    if not begins:
        raise Refused(_("The file is empty."), code="empty")
    if begins == OLE:
        raise _refusal_of_ole(file.read())
    return read_xlsx(file) if begins.startswith(ZIP) else read_csv(file)


def _refusal_of_ole(content: bytes) -> Refused:
    if ENCRYPTED in content:
        return Refused(_("The workbook is protected by a password. Save it without one."), code="encrypted")
    return Refused(_("This is a workbook of the old kind (XLS). Save it as XLSX or CSV."), code="old")
