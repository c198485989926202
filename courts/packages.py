"""A ZIP file, which every Office file is, looked at before anything in it is unpacked."""

import zipfile
import zlib
from typing import IO, Any

from django.utils.translation import gettext as _

from courts.refusals import Refused

# Summed from the directory, before anything is unpacked: a small file may be a bomb.
MAX_MEMBERS, MAX_UNPACKED, MAX_RATIO = 200, 50 * 1024 * 1024, 100
IS_ENCRYPTED = 0x1
# All that the reader raises over damaged bytes; for a version or a packing that it does not know, a RuntimeError.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, RuntimeError, ValueError)


def opened_package(file: IO[bytes] | Any) -> zipfile.ZipFile:
    """The ZIP file. Raises Refused for what is damaged, protected by a password, or unpacks to too much."""
    file.seek(0)
    try:
        package = zipfile.ZipFile(file)
    except DAMAGED as error:
        raise Refused(_("The file is damaged."), code="damaged") from error
    members = package.infolist()
    unpacked, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members) or 1
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise Refused(_("The file unpacks to more than this system takes."), code="bomb")
    if any(one.flag_bits & IS_ENCRYPTED for one in members):
        raise Refused(_("The file is protected by a password. Save it without one."), code="encrypted")
    return package
