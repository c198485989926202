"""Lists leave: with exactly the columns that come in, in Chinese, each download with its line in the log."""

import io
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from awards.exports import export_response
from awards.exports.columns import chinese
from awards.exports.csv_file import csv_pieces, harmless
from awards.exports.delivery import XLSX_TYPE
from awards.models import Commendation, ExportLog
from courts.access import see_drafts, writes_for
from courts.refusals import NotAllowed
from courts.workbooks import new_workbook, plain
from intake.kinds import Kind, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator

Format = ExportLog.Format
FORMATS = (Format.CSV, Format.XLSX)  # those that come in again
LONGEST_WHAT = ExportLog._meta.get_field("what").max_length
LONGEST_NAME = 60  # characters
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')


def may_take(kind: Kind, scope: Scope, by: Any) -> bool:
    """Whether `by` takes this list away: clerks and approvers of the court."""
    meta = kind.model._meta
    return writes_for(by, scope.court.pk) and see_drafts(by) and by.has_perm(f"{meta.app_label}.view_{meta.model_name}")


def download(kind: Kind, scope: Scope, file_format: str, *, by: Any) -> HttpResponseBase:
    """The list as a file. Raises NotAllowed and, where it cannot be written so, Refused."""
    if not may_take(kind, scope, by):
        raise NotAllowed
    if kind.model is Commendation:
        # Families have their sheets there; those not announced yet are among them, for they are what is worked on.
        rows: Any = kind.rows(scope)
        names = [column.name for column in kind.columns]
        return export_response(rows, user=by, file_format=file_format, columns=names, unannounced=True)
    cells = _cells(kind, scope)
    ExportLog.objects.create(
        by=by, court=scope.court, what=_title(kind, scope)[:LONGEST_WHAT], file_format=file_format, rows=len(cells)
    )
    return _file(kind, scope, file_format, cells)


def template(kind: Kind, scope: Scope, file_format: str) -> HttpResponseBase:
    """The file without rows: nothing leaves with it."""
    return _file(kind, scope, file_format, [])


def workbook_of(kind: Kind, scope: Scope) -> bytes:
    """The list as a workbook, for whoever asked already who may have it."""
    return _xlsx(kind, _cells(kind, scope))


def _cells(kind: Kind, scope: Scope) -> list[list[Any]]:
    return [[column.cell.written(column.shown(row)) for column in kind.columns] for row in kind.rows(scope)]


def _title(kind: Kind, scope: Scope) -> str:
    return f"{scope.conference or scope.court}；{chinese(kind.label)}"


def _file(kind: Kind, scope: Scope, file_format: str, rows: list[list[Any]]) -> HttpResponseBase:
    write = {Format.CSV: _csv, Format.XLSX: _xlsx}[Format(file_format)]
    name = _NOT_IN_NAMES.sub("", _title(kind, scope).replace("；", "_"))[:LONGEST_NAME]
    response = FileResponse(
        io.BytesIO(write(kind, rows)),
        as_attachment=True,
        filename=f"{name.lstrip('.')}.{file_format}",
        content_type=XLSX_TYPE if file_format == Format.XLSX else "text/csv; charset=utf-8",
    )
    add_never_cache_headers(response)
    return response


def _csv(kind: Kind, rows: list[list[Any]]) -> bytes:
    safe = ([harmless(cell) for cell in row] for row in rows)
    return b"".join(csv_pieces([column.heading for column in kind.columns], safe))


def _xlsx(kind: Kind, rows: list[list[Any]]) -> bytes:
    buffer = io.BytesIO()
    with new_workbook(buffer) as workbook:
        sheet = workbook.add_worksheet(chinese(kind.label))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(kind.columns):
            sheet.set_column(place, place, column.width)
        headings: Iterator[list[Any]] = iter([[column.heading for column in kind.columns]])
        for line, row in enumerate(chain(headings, rows)):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(line, place, plain(cell))
                else:
                    sheet.write(line, place, cell)
    return buffer.getvalue()
