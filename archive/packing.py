"""A package is made file by file, in one ZIP that grows on the disk: each request packs some and says how far it is.

Nothing of it is offered before it is whole. Whatever broke off in between, or changed in the record meanwhile, and
the work begins anew: the file of a broken one is removed first.
"""

import datetime
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from xlsxwriter.exceptions import FileCreateError

from archive.directory import Directory
from archive.gaps import FILE, Gap, gaps_of
from archive.gaps import PAPER as PAPERS
from archive.items import FILES, Item, Planned, plan
from archive.models import ArchivePackage
from archive.retention import term
from awards.models import ExportLog
from conferences.models import Conference
from courts.access import sees_everything_of
from courts.models import Court
from courts.piecework import SECONDS, for_a_while
from courts.refusals import NotAllowed, Refused
from papers.delivery import LONGEST_WHAT, file_name
from papers.words import chinese

CLAIM = datetime.timedelta(minutes=3)  # longer than any one file may take
LISTS = 1  # step after the files: the lists of the package itself
CHUNK = 1024 * 1024  # bytes
PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")  # as typst writes them: outside of any compressed part
PICTURES = {"png", "jpg", "jpeg"}
PACKED = {"pdf", "png", "jpg", "jpeg", "docx", "xlsx"}  # small already


# Why a stored file is missing.
UNREAD: dict[type[Exception], str] = {FileNotFoundError: "文件已不在磁盘上"}
DAMAGED = "文件无法读取"
CHANGED = "内容与上传时的校验值不符，照磁盘上的原样归档"


class Measured(NamedTuple):
    """`pages`: where they are known."""

    size: int
    sha256: str
    pages: int | None = None


def may_pack(conference: Conference, by: Any) -> None:
    """Raises NotAllowed but for clerks and approvers of the court: everything is in it."""
    if not sees_everything_of(by, conference.court_id):
        raise NotAllowed


def begin(conference: Conference, *, by: Any) -> ArchivePackage:
    """Notes that a package is to be made; of two at once the second gets the first one's."""
    may_pack(conference, by)
    try:
        with transaction.atomic():
            return ArchivePackage.objects.create(
                by=by, court_id=conference.court_id, conference=conference, revision=_revision(conference)
            )
    except IntegrityError:
        return ArchivePackage.objects.of_conference(conference).unended().get()


def proceed(package: ArchivePackage, *, by: Any, seconds: float = SECONDS) -> None:
    """Packs more, for about so long. Does nothing while another request is at it. Raises Refused."""
    now = timezone.now()
    if package.conference is None:
        raise Refused(_("The conference was deleted."), code="gone")
    may_pack(package.conference, by)
    if not ArchivePackage.objects.filter(pk=package.pk).free(now).update(claimed_until=now + CLAIM):
        package.refresh_from_db()
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _pack(package, package.conference, by, seconds)
    except (OSError, FileCreateError) as error:
        _start_over(package)
        text = _("The file could not be written: %(reason)s. Make room on the disk, then go on; it begins anew.")
        raise Refused(text % {"reason": getattr(error, "strerror", None) or error}, code="disk") from error
    finally:
        ArchivePackage.objects.filter(pk=package.pk).update(claimed_until=None)
        package.refresh_from_db()
        if package.cancelled_at:
            _remove(package)


def cancel(package: ArchivePackage, *, by: Any) -> None:
    """Raises NotAllowed and Refused."""
    if package.conference:
        may_pack(package.conference, by)
    package.cancel(by=by)
    if package.claimed_until is None:
        _remove(package)


def _pack(package: ArchivePackage, conference: Conference, by: Any, seconds: float) -> None:
    package.refresh_from_db()
    if package.revision != _revision(conference) or not _is_whole(package):
        _start_over(package)
    planned = plan(conference)
    if package.total != len(planned) + LISTS:
        ArchivePackage.objects.filter(pk=package.pk).update(total=len(planned) + LISTS)
    for_a_while(lambda: _step(package, conference, planned, by), seconds=seconds)


def _step(package: ArchivePackage, conference: Conference, planned: list[Planned], by: Any) -> bool:
    """Packs the next file, at last the lists. False where nothing is left to do."""
    package.refresh_from_db()
    if not package.is_open:
        return False
    if package.done < len(planned):
        _add_file(package, planned[package.done])
        return True
    if package.revision != _revision(conference):
        _start_over(package)
        return False
    _finish(package, conference, by)
    return False


def _add_file(package: ArchivePackage, planned: Planned) -> None:
    """The next file; what cannot be made or read is missing, and said to be."""
    item, entries, gaps = planned.item, package.entries, package.gaps
    is_stored = item.folder == FILES
    try:
        content, measured = _opened(item, planned.notes)
    except Refused as refused:
        gaps.append([PAPERS, item.title, f"未能生成{item.ending.upper()}：{' '.join(refused.messages)}"])
    except (OSError, ValueError) as error:
        if not is_stored:
            raise
        gaps.append([FILE, item.title, "；".join(filter(None, (UNREAD.get(type(error), DAMAGED), item.note)))])
    else:
        with content, _zip(package) as archive:
            _add(archive, planned.path, content, at=package.at)
        entries.append(_entry(len(entries) + 1, planned, measured))
        gaps += [[PAPERS, item.title, note] for note in planned.notes]
        if item.sha256 not in {"", measured.sha256}:
            gaps.append([FILE, item.title, CHANGED])
    said = {"done": package.done + 1, "contents": as_text(entries), "missing": as_text(gaps)}
    ArchivePackage.objects.filter(pk=package.pk, done=package.done).unended().update(**said)


def _opened(item: Item, notes: list[str]) -> tuple[IO[bytes], Measured]:
    """The content, read to its end once: nothing is begun in the ZIP that could not be finished."""
    content = item.opened(notes)
    try:
        measured = _measured(content)
        if item.folder == FILES:
            pages = 1 if item.ending in PICTURES else None  # of a file that people brought, the archive counts them
        else:
            pages = len(PAGE_OF_PDF.findall(content.read())) if item.ending == "pdf" else None
        content.seek(0)
    except BaseException:
        content.close()
        raise
    return content, measured._replace(pages=pages)


def _measured(content: IO[bytes]) -> Measured:
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return Measured(size, digest.hexdigest())


@contextmanager
def _zip(package: ArchivePackage) -> Iterator[zipfile.ZipFile]:
    """The ZIP as far as it is, to be added to."""
    if not default_storage.exists(package.file.name):
        default_storage.save(package.file.name, ContentFile(b""))
    with default_storage.open(package.file.name, "r+b") as file, zipfile.ZipFile(file, "a") as archive:
        yield archive


def _add(archive: zipfile.ZipFile, path: str, content: IO[bytes], *, at: datetime.datetime) -> None:
    info = zipfile.ZipInfo(path, timezone.localtime(at).timetuple()[:6])
    info.external_attr = 0o640 << 16
    is_small = path.rpartition(".")[2] in PACKED
    info.compress_type = zipfile.ZIP_STORED if is_small else zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        shutil.copyfileobj(content, member, CHUNK)


def _entry(number: int, planned: Planned, measured: Measured) -> dict[str, Any]:
    item = planned.item
    return {
        "number": number,
        "path": planned.path,
        "document": item.number,
        "title": item.title,
        "day": item.day.isoformat() if item.day else "",
        "term": term(item.kind),
        "note": item.note,
        **measured._asdict(),
    }


def _finish(package: ArchivePackage, conference: Conference, by: Any) -> None:
    """Adds the lists and offers the file."""
    gaps = [Gap(*gap) for gap in package.gaps] + list(gaps_of(conference))
    directory = Directory(conference, package.entries, gaps, timezone.localdate(package.at))
    with ExitStack() as stack, _zip(package) as archive:
        for path, content in directory.files():
            _add(archive, path, stack.enter_context(content), at=package.at)
    with default_storage.open(package.file.name) as file:
        whole = _measured(file)
    said = {
        "finished_at": timezone.now(),
        "finished_by": by,
        "done": package.total,
        "missing": as_text(directory.gaps),
        "size": whole.size,
        "sha256": whole.sha256,
        "filename": file_name(conference.court.name, f"{conference.title}_归档包", "zip"),
    }
    with transaction.atomic():
        if not ArchivePackage.objects.filter(pk=package.pk).unended().update(**said):
            return
        for old in ArchivePackage.objects.replaced_by(package):
            _remove(old)


def _is_whole(package: ArchivePackage) -> bool:
    """Whether the ZIP holds exactly what was noted: a request that broke off may have left more, or half of it."""
    if not package.done:
        return not default_storage.exists(package.file.name)
    try:
        with default_storage.open(package.file.name) as file, zipfile.ZipFile(file) as archive:
            return archive.namelist() == [entry["path"] for entry in package.entries]
    except (OSError, zipfile.BadZipFile):
        return not package.entries and not default_storage.exists(package.file.name)


def _start_over(package: ArchivePackage) -> None:
    default_storage.delete(package.file.name)
    said = {"done": 0, "contents": "[]", "missing": "[]", "revision": _revision(package)}
    ArchivePackage.objects.filter(pk=package.pk).unended().update(**said)
    package.refresh_from_db()


def _remove(package: ArchivePackage) -> None:
    if package.file:
        default_storage.delete(package.file.name)
        ArchivePackage.objects.filter(pk=package.pk).update(file="")


def _revision(row: Any) -> int:
    """Of the record: the same number, the same record."""
    return Court.objects.values_list("revision", flat=True).get(pk=row.court_id)


def taken(package: ArchivePackage, *, by: Any) -> IO[bytes]:
    """The file, with its line in the log. Raises NotAllowed, and FileNotFoundError where it is not there any more."""
    if package.conference:
        may_pack(package.conference, by)
    if not package.finished_at or not package.file:
        raise FileNotFoundError
    file = default_storage.open(package.file.name)
    what = f"{chinese(ArchivePackage._meta.verbose_name or '')}：{package.conference or ''}；SHA-256 {package.sha256}"
    ExportLog.objects.create(
        by=by,
        court=package.court,
        what=what[:LONGEST_WHAT],
        file_format=ExportLog.Format.ZIP,
        rows=len(package.entries),
    )
    return file


def as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
