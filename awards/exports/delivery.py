"""The list leaves: as a download or into a file on the server; every time with its line in the log."""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import IO, Any, NamedTuple

from django.apps import apps
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string

from awards.exports.award_list import AwardList
from awards.exports.columns import DEFAULT_COLUMNS, LANGUAGE
from awards.exports.counts import counted
from awards.exports.csv_file import csv_pieces, harmless
from awards.exports.xlsx_file import write_workbook
from awards.models import ExportLog
from awards.querysets import CommendationQuerySet
from conferences.models import Conference
from courts.refusals import NotAllowed

Format = ExportLog.Format
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_WHAT = ExportLog._meta.get_field("what").max_length
LONGEST_NAME = 150  # bytes; file systems take 255, and browsers add " (1)"
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')


class Writer(NamedTuple):
    """What such a file is, and what writes a list into one."""

    content_type: str
    write: Callable[[AwardList, IO[bytes]], None]


def export_response(  # noqa: PLR0913 - what the reader may choose; all but three have a default
    commendations: CommendationQuerySet,
    *,
    user: Any,
    file_format: str,
    order: str = Conference.Order.ENTERED,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    unannounced: bool = False,
) -> HttpResponseBase:
    """The download of those of the `commendations` that `user` may take away; for the actions of the admin.

    Raises NotAllowed for whoever may not export, and Refused, with the sentence to show, where there is nothing to
    write or the format cannot hold it. Then nothing is logged.
    """
    if not user.has_perm("awards.export_commendation"):
        raise NotAllowed
    conferences = Conference.objects.visible_to(user).of_court_and_below(user)
    allowed = commendations.exportable_by(user, unannounced=unannounced)
    award_list = AwardList(allowed, counted(allowed, conferences), order, columns)
    award_list.check(file_format)
    return respond(award_list, file_format, by=user)


def respond(award_list: AwardList, file_format: str, *, by: Any) -> HttpResponseBase:
    """The download of a list that was checked, logged before its first byte leaves."""
    name = file_name(award_list, file_format)
    response: HttpResponseBase
    if file_format == Format.CSV:
        record(award_list, file_format, by=by)
        response = StreamingHttpResponse(_csv(award_list), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    else:
        writer = writers()[file_format]
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write(award_list, file_format, file)
        file.seek(0)
        record(award_list, file_format, by=by)
        response = FileResponse(file, as_attachment=True, filename=name, content_type=writer.content_type)
    add_never_cache_headers(response)
    return response


def write(award_list: AwardList, file_format: str, file: IO[bytes]) -> None:
    """Writes a list that was checked into a binary file."""
    if file_format == Format.CSV:
        file.writelines(_csv(award_list))
    else:
        writers()[file_format].write(award_list, file)


@cache
def writers() -> dict[str, Writer]:
    """What writes each format at once: the workbook here, and what apps above name (`award_list_writers`)."""
    above = [place for config in apps.get_app_configs() for place in getattr(config, "award_list_writers", ())]
    return {
        Format.XLSX: Writer(XLSX_TYPE, write_workbook),
        **{k: v for place in above for k, v in import_string(place).items()},
    }


def _csv(award_list: AwardList) -> Iterator[bytes]:
    return csv_pieces(*award_list.table(harmless))


def record(award_list: AwardList, file_format: str, *, by: Any, court: int | None = None) -> None:
    """The line in the log. `by` is None for the operator of the system, who names the court."""
    ExportLog.objects.create(
        by=by,
        court_id=by.court_id if by else court,
        what=award_list.description()[:LONGEST_WHAT],
        file_format=file_format,
        rows=award_list.rows,
    )


def file_name(award_list: AwardList, file_format: str) -> str:
    """青屿区人民法院_2023年度_表彰名单.xlsx; a CSV also names its order, which nothing in it says."""
    with translation.override(LANGUAGE):
        parts = [award_list.years(), award_list.name]
        if file_format == Format.CSV:
            parts.append(str(Conference.Order(award_list.order).label))
        courts = award_list.courts(at_most=1)
    end = NOT_IN_NAMES.sub("", "_".join(["", *parts])) + f".{file_format}"
    room = LONGEST_NAME - len(end.encode())
    return NOT_IN_NAMES.sub("", courts).lstrip(".").encode()[:room].decode(errors="ignore") + end
