"""The lists of a conference as workbooks: those that the desk gives away anyway, and what else was written down."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, NamedTuple

from django.utils import timezone

from awards.exports import COLUMNS, AwardList, counted
from awards.exports.award_list import Sheet
from awards.exports.columns import chinese, readable
from awards.exports.xlsx_file import write_workbook
from awards.models import Certificate
from awards.register.export import ABOVE_COLUMNS
from conferences.follow_up.table import write_table
from conferences.models import Conference, Participant
from courts.workbooks import new_sheet, new_workbook, write_row
from intake.kinds import KINDS, Scope
from intake.leaving import workbook_of
from papers.certificates.printing import printed


class Workbook(NamedTuple):
    """One list. `write`: into a binary file."""

    title: str
    write: Callable[[IO[bytes]], None]


# Of the lists that come in again, those of one conference but for the winners, whose list has more columns.
AGAIN = {"agenda": "会议议程", "figures": "数据", "measures": "重点工作举措"}


def sheets_of(conference: Conference) -> Iterator[Workbook]:
    """Those that have rows. A fixed number of queries; the rows are read when the list is written."""
    if conference.commendations.exists():
        yield Workbook("表彰名单", lambda file: _winners(conference, file))
    if conference.participants.exists():
        yield Workbook("与会人员", lambda file: write_sheets(file, conference.title, [_people(conference)]))
    scope = Scope(conference.court, conference)
    for name, title in AGAIN.items():
        if KINDS[name].rows(scope).exists():
            yield Workbook(title, lambda file, kind=KINDS[name]: _again(kind, scope, file))  # type: ignore[misc]
    if KINDS["measures"].rows(scope).exists():
        yield Workbook("任务分解与进展表", lambda file: write_table(conference, file))
    if conference.honours.exists():
        yield Workbook("上级荣誉", lambda file: write_sheets(file, conference.title, [_honours(conference)]))
    if certificates_of(conference).exists():
        yield Workbook("证书登记", lambda file: write_sheets(file, conference.title, [_certificates(conference)]))


def write_sheets(file: Any, title: str, sheets: Iterable[Sheet]) -> None:
    """A workbook in constant memory, ready for the printer."""
    with new_workbook(file) as workbook:
        bold = workbook.add_format({"bold": True, "valign": "vcenter", "bottom": 1, "text_wrap": True})
        for one in sheets:
            sheet = new_sheet(workbook, one.label, one.widths, title)
            sheet.write_row(0, 0, one.headings, bold)
            for line, row in enumerate(one.rows, start=1):
                write_row(sheet, line, map(readable, row))


def _winners(conference: Conference, file: IO[bytes]) -> None:
    """Every column, and whoever is not announced or was revoked: the clerk's own list."""
    rows: Any = conference.commendations.with_all_names()
    counts = counted(rows, Conference.objects.filter(pk=conference.pk))
    write_workbook(AwardList(rows, counts, conference.roll_order, tuple(COLUMNS)), file)


def _again(kind: Any, scope: Scope, file: IO[bytes]) -> None:
    file.write(workbook_of(kind, scope))


def _people(conference: Conference) -> Sheet:
    roles = dict(Participant.Role.choices)
    rows: Iterator[list[Any]] = (
        [number, str(roles[row.role]), row.name, row.department_name, row.post]
        for number, row in enumerate(conference.participants.order_by("order", "id"), 1)
    )
    return Sheet("与会人员", ["序号", "身份", "姓名", "部门", "职务"], [6, 14, 18, 30, 36], rows)


def _honours(conference: Conference) -> Sheet:
    headings = [chinese(heading) for heading, _width, _cell in ABOVE_COLUMNS]
    widths = [width for _heading, width, _cell in ABOVE_COLUMNS]
    honours = conference.honours.select_related("court").order_by("order", "id")
    rows = ([cell(one) for _heading, _width, cell in ABOVE_COLUMNS] for one in honours)
    return Sheet("上级荣誉", headings, widths, rows)


def certificates_of(conference: Conference) -> Any:
    return Certificate.objects.filter(commendation__conference=conference)


def _certificates(conference: Conference) -> Sheet:
    headings = ["证书编号", "奖项", "获得者", "部门", "编号日期", "编号人", "打印次数"]
    times = printed(conference)
    rows: Iterator[list[Any]] = (
        [
            one.number,
            one.commendation.category.name,
            one.commendation.recipient,
            one.commendation.department_name if one.commendation.name else "",
            timezone.localdate(one.issued_at) if one.issued_at else None,
            str(one.issued_by or ""),
            times.get(one.commendation_id, 0),
        ]
        for one in certificates_of(conference).in_order().select_related("issued_by")
    )
    return Sheet("证书登记", headings, [24, 22, 18, 24, 12, 14, 10], rows)
