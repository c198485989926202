"""What goes into a package, file by file, in folders; each is written only when its turn comes."""

import datetime
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, Any

from archive.machine import as_json
from archive.naming import ending_of, safe_name
from archive.papers import Paper, papers_of
from archive.record_pdf import whole_record
from archive.sheets import sheets_of
from awards.models import Evidence, HonourFile
from conferences.models import Attachment, Conference, ProgressFile

RECORD, LISTS, PAPERS, FILES, DATA = "01_会议记录", "02_名单与数据", "03_文书", "04_附件", "05_数据交换"


@dataclass(frozen=True)
class Item:
    """One file. `kind`: by which its period is chosen; `opened`: gives its content, and may add to `notes`.

    Opening raises Refused where it cannot be made, and OSError where a stored file cannot be read.
    """

    folder: str
    kind: str
    title: str
    ending: str
    opened: Callable[[list[str]], IO[bytes]]
    number: str = ""
    day: datetime.date | None = None
    note: str = ""
    sha256: str = ""  # as it was when a stored file was brought


@dataclass(frozen=True)
class Planned:
    """An item with its name in the package."""

    item: Item
    path: str
    notes: list[str] = field(default_factory=list)


def plan(conference: Conference) -> list[Planned]:
    """All files, in their order. The same for the same record."""
    planned = []
    for folder, items in groupby(_items(conference), key=lambda item: item.folder):
        for number, item in enumerate(items, 1):
            planned.append(Planned(item, f"{folder}/{safe_name(number, item.title, item.ending)}"))
    return planned


def written(write: Callable[[IO[bytes]], Any]) -> Callable[[list[str]], IO[bytes]]:
    """What is made goes to the disk first: a file that cannot be made whole leaves nothing in the package."""

    def opened(_notes: list[str]) -> IO[bytes]:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever asked closes it
        try:
            write(file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    return opened


def _items(conference: Conference) -> Iterator[Item]:
    day = conference.starts_on
    yield Item(RECORD, "record", f"{conference.title}全记录", "pdf", lambda notes: _record(conference, notes), day=day)
    for sheet in sheets_of(conference):
        yield Item(LISTS, "lists", sheet.title, "xlsx", written(sheet.write), day=day)
    for paper in papers_of(conference):
        yield Item(PAPERS, paper.kind, paper.title, paper.file_format, _paper(paper), paper.number, paper.day)
    yield from _files(conference)
    yield Item(DATA, "data", "会议数据", "json", written(lambda file: file.write(as_json(conference))), day=day)


def _paper(paper: Paper) -> Callable[[list[str]], IO[bytes]]:
    return written(lambda file: file.write(paper.content()))


def _record(conference: Conference, notes: list[str]) -> IO[bytes]:
    content, missing = whole_record(conference)
    if missing:
        notes.append(f"字库缺字，以〓代替：{'、'.join(missing)}")
    return written(lambda file: file.write(content))(notes)


def _files(conference: Conference) -> Iterator[Item]:
    """What people brought, byte for byte."""
    for one in Attachment.objects.filter(conference=conference).order_by("order", "id"):
        kind = "photo" if one.kind == Attachment.Kind.PHOTO else "attachment"
        yield _stored(one, kind, f"{one.get_kind_display()}_{one.title}")
    honours = HonourFile.objects.filter(honour__conference=conference).select_related("honour")
    for file in honours.order_by("honour__order", "honour_id", "id"):
        yield _stored(
            file, "honour", f"上级荣誉_{file.honour.title}", number=file.honour.document, day=file.honour.received_on
        )
    told = ProgressFile.objects.filter(report__measure__task__conference=conference).select_related("report__measure")
    for proof in told.order_by("report__measure__task__order", "report__measure_id", "report_id", "id"):
        yield _stored(proof, "progress", f"佐证材料_{proof.report.when}_{proof.report.measure.text[:20]}")
    shown = Evidence.objects.filter(nomination__selection__conference=conference).select_related("nomination")
    for evidence in shown.order_by("nomination_id", "id"):
        yield _stored(evidence, "nomination", f"推荐材料_{evidence.nomination.speaker}")


def _stored(row: Any, kind: str, title: str, **said: Any) -> Item:
    note = f"原文件名：{row.filename}" if row.filename else ""
    return Item(
        FILES,
        kind,
        title,
        ending_of(row.filename),
        lambda _notes: row.file.open("rb"),
        note=note,
        sha256=row.sha256,
        **said,
    )
