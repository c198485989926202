"""Files that are refused, and cells that cannot be read: each with its reason, and nothing changed."""

import datetime
import io
import zipfile

import openpyxl
import pytest

from courts.models import Department
from courts.refusals import Refused
from intake.cells import Clock, Day, Number
from intake.files import Fault, read_table
from intake.kinds import Scope
from intake.models import Import
from tests import make
from tests.lists import as_csv, as_xlsx, brought, faults, results

HEADINGS = ("名称", "类型", "序号")
BOOK = as_xlsx(HEADINGS, ("立案庭", "立案", 1))
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def rows_of(content):
    table = read_table(io.BytesIO(content), len(content))
    return [(row.line, row.cells) for row in table.rows]


def with_member(name, data, *, instead=b""):
    """The workbook with one member replaced or added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return buffer.getvalue()


def sheet(body, *, tail=""):
    xml = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_member("xl/worksheets/sheet1.xml", f"{xml}{body}</sheetData>{tail}</worksheet>")


def text_row(number, *texts):
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{number}">{cells}</row>'


def merged(cells):
    book = openpyxl.Workbook()
    for row in (HEADINGS, ("立案庭", "立案", 1), ("执行局", "", 2)):
        book.active.append(row)
    book.active.merge_cells(cells)
    return as_xlsx(book=book)


def other_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def changed_in_every_header(places, change):
    """The workbook with one byte of every member's two headers changed; `places`: in the one and in the other."""
    content = bytearray(BOOK)
    for mark, place in zip((b"PK\x03\x04", b"PK\x01\x02"), places, strict=True):
        at = content.find(mark)
        while at >= 0:
            content[at + place] = change(content[at + place])
            at = content.find(mark, at + 4)
    return bytes(content)


REFUSED = {
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "kind"),
    "a PDF": (b"%PDF-1.7\n\0\xff", "kind"),
    "another kind of Office file": (other_zip(), "kind"),
    "an empty file": (b"", "empty"),
    "a protected workbook": (OLE + b"\0" * 20 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an old workbook": (OLE + b"\0" * 600, "old"),
    "an encrypted archive": (changed_in_every_header((6, 8), lambda flags: flags | 1), "encrypted"),
    "an archive of a version that nobody reads": (changed_in_every_header((4, 6), lambda _version: 64), "damaged"),
    "an archive in a packing that nobody reads": (changed_in_every_header((8, 10), lambda _packing: 97), "damaged"),
    "half a workbook": (BOOK[: len(BOOK) // 2], "damaged"),
    "a workbook whose sheet is no XML": (with_member("xl/worksheets/sheet1.xml", "<worksheet><row>"), "damaged"),
    "a workbook without its sheet": (with_member("xl/workbook.xml", "<workbook/>"), "empty"),
    "merged headings": (merged("A1:B1"), "merged"),
    "merged cells of the list": (merged("B2:B3"), "merged"),
    "a zip bomb": (with_member("xl/media/x.bin", b"\0" * 5_000_000), "bomb"),
    "a row that would fill the memory": (sheet('<row r="1">' + "<c/>" * 600_000 + "</row>"), "bomb"),
    "text in UTF-16": ("名称\n立案庭".encode("utf-16"), "encoding"),
    "no text in any encoding": (b"\xff\xff\xff\n", "encoding"),
    "quotation marks without end": ('名称\n"立案庭\n'.encode(), "damaged"),
    "an empty first row": (as_csv((), HEADINGS), "empty"),
    "a heading twice": (as_csv(("名称", "名称"), ("甲", "乙")), "doubled"),
    "the same column under two headings": (as_csv(("名称", "部门"), ("甲", "乙")), None),
    "a missing column": (as_csv(("类型", "序号"), ("立案", "1")), "missing"),
    "headings without rows": (as_csv(HEADINGS), "empty"),
    "too many columns": (as_csv([f"列{number}" for number in range(101)]), "columns"),
    "more rows than allowed": (as_csv(HEADINGS, *[(f"第{number}庭",) for number in range(6)]), "rows"),
    "a workbook with more rows than allowed": (as_xlsx(HEADINGS, *[(f"第{number}庭",) for number in range(6)]), "rows"),
    "a file that is too large": (as_csv(HEADINGS, ("甲" * 400_000,)), "too_big"),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED)
def test_a_file_is_refused_with_its_reason_and_nothing_is_kept(settings, content, code):
    settings.IMPORT_MAX_ROWS, settings.IMPORT_MAX_MB = 5, 1
    court = make.court()
    with pytest.raises(Refused) as refused:
        brought("departments", Scope(court), content)
    assert refused.value.code == code
    assert (Import.objects.count(), Department.objects.count()) == (0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_the_encoding_is_recognised_and_said(encoding):
    rare = "𬴂" if encoding == "gb18030" else "立"
    content = as_csv(("名称",), (f"{rare}案庭",), encoding=encoding)
    table = read_table(io.BytesIO(content), len(content))
    said = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "gbk": "GBK", "gb18030": "GB18030"}[encoding]
    assert (table.form, table.headings) == (f"CSV, {said}", ["名称"])
    assert [row.cells for row in table.rows] == [[f"{rare}案庭"]]


def test_a_character_of_one_computer_is_a_fault_at_its_cell():
    content = as_csv(("名称", "类型"), ("\ue81e案庭", "立案"), encoding="gb18030")
    [(line, cells)] = rows_of(content)
    assert (line, type(cells[0]), cells[1]) == (2, Fault, "立案")


def test_reading_stops_at_the_first_empty_row_and_says_so():
    rows = (HEADINGS, ("立案庭", "", 1), (None, None, None), ("合计", "", 1))
    for content in (as_csv(*rows), as_xlsx(*rows)):
        table = read_table(io.BytesIO(content), len(content))
        assert [row.cells for row in table.rows] == [["立案庭", "", "1"]]
        assert len(table.notes) == 1


def test_a_far_cell_holds_nobody():
    far = sheet(text_row(1, "名称") + text_row(2, "立案庭") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    wide = sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c><c r="XFD1"><v>1</v></c></row>')
    assert len(far) < 10_000
    assert rows_of(far) == [(2, ["立案庭"])]
    assert rows_of(wide) == []


def test_an_apostrophe_of_an_export_is_taken_away():
    texts = ["=1+1", "'=1", "-1", "＝1", "'李", "\t=1"]
    armed = ["'=1+1", "''=1", "'-1", "'＝1", "'李", "'\t=1"]
    assert [cells[0] for _line, cells in rows_of(as_csv(("名称",), *[(text,) for text in armed]))] == texts


def test_a_formula_without_a_value_is_a_fault_and_one_with_a_value_is_read():
    book = openpyxl.Workbook()
    book.active.append(("名称", "序号"))
    book.active.append(("立案庭", "=1+1"))
    [(_line, cells)] = rows_of(as_xlsx(book=book))
    assert (cells[0], type(cells[1])) == ("立案庭", Fault)
    assert "B2" in cells[1].message
    calculated = sheet(
        text_row(1, "名称", "序号") + '<row r="2"><c t="str"><v>庭</v></c><c><f>1+1</f><v>2</v></c></row>'
    )
    assert rows_of(calculated) == [(2, ["庭", "2"])]
    broken = sheet(text_row(1, "名称") + '<row r="2"><c t="e"><v>#REF!</v></c></row>')
    assert type(rows_of(broken)[0][1][0]) is Fault


def test_cells_of_a_workbook_are_read_as_they_are_seen():
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙", "丙", "丁", "戊", "己", "庚"])
    at = datetime.datetime(2024, 1, 5)  # noqa: DTZ001 - a date of Excel
    book.active.append([12, 12.5, at, 0.375, datetime.time(9, 30), 0.1 + 0.2, 12345678901234])
    book.active["D2"].number_format = "0.0%"
    assert rows_of(as_xlsx(book=book)) == [(2, ["12", "12.5", "2024-01-05", "37.5%", "09:30", "0.3", "12345678901234"])]


def test_sheets_of_the_same_headings_are_one_list():
    book = openpyxl.Workbook()
    for name, rows in {"院内": [HEADINGS, ("甲",)], "党内": [HEADINGS, ("乙",)], "说明": [("说明",), ("丙",)]}.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    content = as_xlsx(book=book)
    table = read_table(io.BytesIO(content), len(content))
    assert [(row.sheet, row.line, row.cells[0]) for row in table.rows] == [("院内", 2, "甲"), ("党内", 2, "乙")]
    assert len(table.notes) == 1
    assert "说明" in table.notes[0]


SPELLINGS = ["2024-01-05", "2024/1/5", "2024.1.5", "2024年1月5日", "20240105", "２０２４－０１－０５", " 2024-1-5 "]


@pytest.mark.parametrize("text", SPELLINGS)
def test_five_spellings_of_a_day_are_read(text):
    assert Day().read(text) == datetime.date(2024, 1, 5)


@pytest.mark.parametrize(
    "text", ["2024-02-30", "2024/13/1", "20230229", "2024年0月1日", "0001-01-01", "5.1.2024", "明天"]
)
def test_a_day_that_never_was_is_none(text):
    with pytest.raises(Exception) as error:  # noqa: PT011 - two codes, compared below
        Day().read(text)
    assert error.value.code in {"no_day", "date"}


@pytest.mark.parametrize(
    ("text", "value"), {"12,487": "12487", "１２．５": "12.5", "37.5%": "37.5", "-3": "-3"}.items()
)
def test_numbers_are_read_as_they_are_typed(text, value):
    assert str(Number().read(text)) == value


@pytest.mark.parametrize("text", ["9:30", "09:30", "9时30分", "９：３０", "09:30:00"])
def test_a_time_of_day_is_read(text):
    assert Clock().read(text) == datetime.time(9, 30)


# Rows of the conference “年度大会”, each with one fault, and the column where it is said.
FAULTY = {
    "announced": (("年度大会", "先进个人", "李一鸣", "庭长", "", "2024"), [""]),
    "no such conference": (("没有的会", "先进个人", "李一鸣", "", "", ""), ["conference"]),
    "published": (("公开大会", "先进个人", "李一鸣", "", "", ""), [""]),
    "no such award": (("年度大会", "没有的奖", "李一鸣", "", "", ""), ["category"]),
    "nobody": (("年度大会", "先进个人", "王没有", "", "", ""), ["recipient"]),
    "two of one name": (("年度大会", "先进个人", "张伟", "", "", ""), ["recipient"]),
    "too long": (("年度大会", "先进个人", "长" * 101, "", "", ""), ["recipient"]),
    "neither yes nor no": (("年度大会", "先进个人", "李一", "", "也许", ""), ["posthumous"]),
    "no year": (("年度大会", "先进个人", "李二", "", "", "二〇二四"), ["year"]),
    "a private character": (("年度大会", "先进个人", "\ue81e", "", "", ""), ["recipient"]),
    "no recipient": (("年度大会", "先进个人", "", "", "", ""), ["recipient"]),
    "once": (("年度大会", "先进个人", "赵六", "", "", ""), ["recipient"]),
    "twice": (("年度大会", "先进个人", "赵六", "", "", ""), [""]),
}


@pytest.mark.django_db
def test_every_fault_of_a_list_is_said_at_its_place():
    court = make.court()
    make.published(court=court, title="公开大会")
    draft = make.conference(court=court, year_reviewed=2024, title="年度大会")
    category = make.category(court=court, name="先进个人")
    for name in ("执行局", "立案庭"):
        make.person(court=court, name="张伟", department=make.department(court=court, name=name))
    known = make.person(court=court, name="李一鸣")
    make.commendation(conference=draft, category=category, person=known, announced=True, post="法官")
    headings = ("会议", "奖项", "获奖者", "职务", "追授", "年度")
    content = as_csv(headings, *(row for row, _columns in FAULTY.values()), encoding="gb18030")

    one = brought("commendations", Scope(court), content)

    assert one.form == "CSV, GB18030"
    expected = {case: columns for case, (_row, columns) in FAULTY.items()}
    assert dict(zip(FAULTY, faults(one).values(), strict=True)) == expected
    assert all(messages for result in results(one) for _column, messages in result["errors"])
