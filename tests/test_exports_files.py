"""What stands in the files: rows, orders, harmless cells, totals, names."""

import csv
import datetime
import io
import random
from contextlib import closing

import openpyxl
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.utils import timezone

from awards.exports import AwardList, counted, export_response
from awards.exports.csv_file import harmless
from awards.exports.delivery import file_name
from awards.models import AwardCategory, Commendation, Family
from conferences.models import Conference
from tests import make

HEADINGS = ["序号", "法院", "年度", "会议", "类别", "奖项", "获奖者", "部门", "职务", "决定文号", "状态"]


def bytes_of(response):
    with closing(response):
        return b"".join(response.streaming_content)


def read_csv(response):
    """The rows of a CSV download, headings first."""
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = bytes_of(response).decode()
    assert text[0] == "\ufeff"
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def open_xlsx(response):
    return openpyxl.load_workbook(io.BytesIO(bytes_of(response)))


def read_xlsx(response):
    """The rows of every sheet of a workbook, by the name of the sheet; empty cells are None."""
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in open_xlsx(response)}


@pytest.fixture(autouse=True)
def _open_connection():
    """Closing a response ends the request, and with it the connection that the test still needs."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def court(db):
    return make.court(name="青屿区人民法院", short_name="青屿法院")


@pytest.fixture
def conference(court):
    return make.published(court=court, title="2023年度总结表彰大会")


@pytest.fixture
def clerk(court):
    return make.user("clerk", court=court)


@pytest.fixture
def category(court):
    return make.category(court=court, name="先进个人", order=2)


def export(user, file_format="csv", **chosen):
    return export_response(Commendation.objects.all(), user=user, file_format=file_format, **chosen)


def names(user, order):
    return [row[0] for row in read_csv(export(user, order=order, columns=["recipient"]))[1:]]


def test_a_csv_is_headings_and_one_row_for_each_award(court, conference, clerk, category):
    decision = make.decision(conference=conference, prefix="青法", year=2024, serial=3)
    given = {"conference": conference, "announced": True, "decision": decision}
    collective = make.category(court=court, name="先进集体", order=1, recipient_kind="department")
    make.commendation(**given, category=category, name="李一鸣", department_name="民事审判庭", post="副庭长", order=2)
    make.commendation(**given, category=category, name="王小宁", order=1)
    make.commendation(**given, category=collective, department_name="执行局")
    place = ["青屿区人民法院", "2023", "2023年度总结表彰大会", "院内表彰"]
    assert read_csv(export(clerk)) == [
        HEADINGS,
        ["1", *place, "先进集体", "执行局", "执行局", "", "青法〔2024〕3号", "已公布"],
        ["2", *place, "先进个人", "王小宁", "", "", "青法〔2024〕3号", "已公布"],
        ["3", *place, "先进个人", "李一鸣", "民事审判庭", "副庭长", "青法〔2024〕3号", "已公布"],
    ]


def test_a_workbook_holds_the_same_rows_as_text_and_numbers(conference, clerk, category):
    decision = make.decision(conference=conference, signed_on=datetime.date(2024, 1, 31))
    make.commendation(
        conference=conference,
        category=category,
        announced=True,
        decision=decision,
        name="李一鸣",
        certificate_number="0042",
        posthumous=True,
    )
    columns = ["number", "year", "recipient", "posthumous", "signed_on", "certificate"]
    assert read_xlsx(export(clerk, "xlsx", columns=columns)) == {
        "院内表彰": [
            ["序号", "年度", "获奖者", "追授", "签发日期", "证书编号"],
            [1, 2023, "李一鸣", "追授", datetime.datetime(2024, 1, 31), "0042"],  # noqa: DTZ001 - a date of Excel
            [None] * 6,
            ["先进个人：1", *[None] * 5],
            ["合计：1", *[None] * 5],
            ["排序：按录入顺序", *[None] * 5],
        ]
    }


def test_files_are_chinese_whatever_the_language_of_the_reader(conference, clerk, category, client):
    make.commendation(conference=conference, category=category, announced=True, name="李一鸣")
    client.force_login(clerk)
    client.cookies["django_language"] = "en"
    chosen = {"columns": ["family", "recipient", "state"], "order": "entered", "file_format": "csv", "download": "1"}
    assert read_csv(client.post("/awards/export/", chosen)) == [
        ["类别", "获奖者", "状态"],
        ["院内表彰", "李一鸣", "已公布"],
    ]


def test_families_never_mix_in_one_sheet(court, conference, clerk):
    for number, family in enumerate(["party", "in-house", "civil"]):
        category = make.category(court=court, name=f"奖项{family}", family=family)
        make.commendation(conference=conference, category=category, announced=True, name=f"王{number}")
    rows = read_xlsx(export(clerk, "xlsx", columns=["number", "category", "recipient"]))
    assert {sheet: lines[1] for sheet, lines in rows.items()} == {
        "院内表彰": [1, "奖项in-house", "王1"],
        "公务员奖励": [1, "奖项civil", "王2"],
        "党内表彰": [1, "奖项party", "王0"],
    }
    assert list(rows) == ["院内表彰", "公务员奖励", "党内表彰"]


# DOMAIN: fewer strokes first, then the shapes, then the second character, a single given name before a double one.
STROKES = [
    *("丁小宁", "王文", "王小宁", "文王", "方一", "邓一", "李一鸣", "李大鸣", "陈一", "林一"),
    *("欧一", "欧阳少东", "洪少东", "高富", "高大富"),
]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_by_strokes_of_the_surname(conference, clerk, category, file_format):
    for order, name in enumerate(random.Random(1).sample(STROKES, len(STROKES))):  # noqa: S311 - a shuffled list
        make.commendation(conference=conference, category=category, announced=True, name=name, order=order)
    chosen = {"order": Conference.Order.STROKES, "columns": ["recipient"]}
    if file_format == "csv":
        assert read_csv(export(clerk, **chosen)) == [["获奖者"], *[[name] for name in STROKES]]
    else:
        assert read_xlsx(export(clerk, "xlsx", **chosen))["院内表彰"] == [
            ["获奖者"],
            *[[name] for name in STROKES],
            [None],
            ["先进个人：15"],
            ["合计：15"],
            ["排序：按姓氏笔画为序"],
        ]


def test_a_workbook_by_strokes_names_the_characters_without_strokes(conference, clerk, category, court):
    given = make.person(court=court, name="𬴂小宁", sort_key="𬴂=55121112111")
    make.commendation(conference=conference, category=category, announced=True, person=given)
    make.commendation(conference=conference, category=category, announced=True, name="䶮小宁")
    make.commendation(conference=conference, category=category, announced=True, name="丁小宁")
    by_strokes = read_xlsx(export(clerk, "xlsx", columns=["recipient"], order="strokes"))["院内表彰"]
    assert by_strokes[1:] == [
        ["丁小宁"],
        ["𬴂小宁"],
        ["䶮小宁"],
        [None],
        ["先进个人：3"],
        ["合计：3"],
        ["排序：按姓氏笔画为序"],
        ["以下汉字缺少笔画数据，排在最后：䶮"],
    ]
    as_entered = read_xlsx(export(clerk, "xlsx", columns=["recipient"]))["院内表彰"]
    assert as_entered[-1] == ["排序：按录入顺序"]


def test_by_pinyin_surnames_are_read_as_surnames(conference, clerk, category):
    for name in ["王丽", "单丽", "汪丽", "曾丽", "仇丽", "安丽"]:
        make.commendation(conference=conference, category=category, announced=True, name=name)
    assert names(clerk, Conference.Order.PINYIN) == ["安丽", "仇丽", "单丽", "汪丽", "王丽", "曾丽"]


def test_by_department_in_the_order_of_the_court_and_unknown_ones_last(court, conference, clerk, category):
    civil = make.department(court=court, name="民事审判庭", order=2)
    filing = make.department(court=court, name="立案庭", order=1)
    make.commendation(conference=conference, category=category, announced=True, name="甲", department_name="某局")
    make.commendation(conference=conference, category=category, announced=True, name="乙", department=civil, order=9)
    make.commendation(conference=conference, category=category, announced=True, name="丙", department=filing)
    make.commendation(conference=conference, category=category, announced=True, name="丁", department=civil, order=8)
    assert names(clerk, Conference.Order.DEPARTMENT) == ["丙", "丁", "乙", "甲"]


def test_several_conferences_follow_each_other(court, clerk, category):
    for year in (2024, 2022, 2023):
        held = make.published(court=court, year_reviewed=year)
        make.commendation(conference=held, category=category, announced=True, name=f"丁{year}")
        make.commendation(conference=held, category=category, announced=True, name=f"王{year}")
    assert names(clerk, Conference.Order.STROKES) == ["丁2022", "王2022", "丁2023", "王2023", "丁2024", "王2024"]


def test_a_revoked_award_stays_says_so_and_does_not_count(conference, clerk, category):
    approver = make.user("approver", court=conference.court)
    revoked = make.commendation(conference=conference, category=category, announced=True, name="甲", order=1)
    make.commendation(conference=conference, category=category, announced=True, name="乙", order=2)
    at = datetime.datetime(2024, 5, 5, 17, tzinfo=datetime.UTC)  # the sixth in Shanghai
    revoked.revoke(by=approver, reason="材料不实", now=at)
    assert read_xlsx(export(clerk, "xlsx", columns=["recipient", "state"]))["院内表彰"] == [
        ["获奖者", "状态"],
        ["甲", "已撤销 2024-05-06"],
        ["乙", "已公布"],
        [None, None],
        ["先进个人：1", None],
        ["合计：1", None],
        ["已撤销（不计入合计）：1", None],
        ["排序：按录入顺序", None],
    ]


FORMULAS = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_of_a_csv_cannot_become_a_formula(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", [*FORMULAS, *(f"'{text}" for text in FORMULAS), "李", "'李", "''", "", "1=1"])
def test_one_apostrophe_less_gives_back_what_was_there(text):
    cell = harmless(text)
    taken = cell[1:] if cell.lstrip("'")[:1] in {*"=+-@\t\r＝＋－＠"} and cell.lstrip("'") else cell
    assert taken == text


def test_numbers_stay_numbers_in_a_csv():
    assert [harmless(-1), harmless(2023), harmless(None)] == [-1, 2023, None]


def test_formulas_and_mark_up_are_text_in_a_workbook(conference, clerk, category):
    texts = ["=1+1", "{=1}", "http://example.com", "<r><t>甲</t></r>", "<script>", "a\x01\x0bb"]
    for order, text in enumerate(texts):
        made = make.commendation(conference=conference, category=category, announced=True, name="甲", order=order)
        Commendation.objects.filter(pk=made.pk).update(post=text)
    sheet = open_xlsx(export(clerk, "xlsx", columns=["post"])).active
    cells = [sheet.cell(row, 1) for row in range(2, 2 + len(texts))]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("=1+1", "s", None),
        ("{=1}", "s", None),
        ("http://example.com", "s", None),
        ("<r><t>甲</t></r> ", "s", None),
        ("<script>", "s", None),
        ("ab", "s", None),
    ]


def test_a_sheet_is_ready_for_the_printer(conference, clerk, category):
    make.commendation(conference=conference, category=category, announced=True)
    sheet = open_xlsx(export(clerk, "xlsx")).active
    assert {
        "paper": sheet.page_setup.paperSize,
        "orientation": sheet.page_setup.orientation,
        "one page wide": sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToWidth in {None, 1},
        "any pages high": sheet.page_setup.fitToHeight == 0,
        "titles": sheet.print_title_rows,
        "frozen": sheet.freeze_panes,
        "wide columns": sheet.column_dimensions["B"].width > 20,
        "long text in several lines": sheet["D2"].alignment.wrap_text,
        "header": sheet.oddHeader.center.text,
        "footer": sheet.oddFooter.center.text,
    } == {
        "paper": 9,
        "orientation": "landscape",
        "one page wide": True,
        "any pages high": True,
        "titles": "$1:$1",
        "frozen": "A2",
        "wide columns": True,
        "long text in several lines": True,
        "header": "青屿区人民法院2023年度表彰名单（院内表彰）",
        "footer": "第 &P 页，共 &N 页",
    }


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_the_file_is_named_in_chinese_for_every_browser(conference, clerk, category, file_format):
    make.commendation(conference=conference, category=category, announced=True)
    name = {
        "csv": "%E9%9D%92%E5%B1%BF%E5%8C%BA%E4%BA%BA%E6%B0%91%E6%B3%95%E9%99%A2_2023%E5%B9%B4%E5%BA%A6"
        "_%E8%A1%A8%E5%BD%B0%E5%90%8D%E5%8D%95_%E6%8C%89%E5%BD%95%E5%85%A5%E9%A1%BA%E5%BA%8F.csv",
        "xlsx": "%E9%9D%92%E5%B1%BF%E5%8C%BA%E4%BA%BA%E6%B0%91%E6%B3%95%E9%99%A2_2023%E5%B9%B4%E5%BA%A6"
        "_%E8%A1%A8%E5%BD%B0%E5%90%8D%E5%8D%95.xlsx",
    }[file_format]
    with closing(export(clerk, file_format)) as response:
        assert response.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"


def test_a_file_name_has_150_bytes_and_no_path(category):
    court = make.court(name="../../" + "某" * 54)
    made = make.commendation(conference=make.published(court=court), announced=True)
    chosen = Commendation.objects.filter(pk=made.pk)
    name = file_name(AwardList(chosen, counted(chosen, Conference.objects.all())), "xlsx")
    assert len(name.encode()) <= 150
    assert name == "某" * 40 + "_2023年度_表彰名单.xlsx"


def test_several_courts_and_years_are_said_in_the_name(db):
    for year in (2021, 2023):
        made = make.commendation(conference=make.published(year_reviewed=year), announced=True)
        Commendation.objects.filter(pk=made.pk).update(announced_at=timezone.now())
    chosen = Commendation.objects.all()
    first = counted(chosen, Conference.objects.all())[0].court_name
    assert (
        file_name(AwardList(chosen, counted(chosen, Conference.objects.all())), "xlsx")
        == f"{first}等2个_2021-2023年度_表彰名单.xlsx"
    )


def test_the_citation_and_the_deeds_are_in_no_column(conference, clerk, category):
    make.commendation(
        conference=conference, category=category, announced=True, name="甲", deeds="密事", citation="密语"
    )
    everything = ["number", "court", "year", "conference", "family", "category", "recipient", "department", "post"]
    everything += ["posthumous", "decision", "signed_on", "certificate", "state"]
    assert read_csv(export(clerk, columns=everything))[1] == [
        *("1", "青屿区人民法院", "2023", "2023年度总结表彰大会", "院内表彰", "先进个人", "甲"),
        *("", "", "", "", "", "", "已公布"),
    ]


def test_totals_agree_with_the_rows_of_each_category(court, conference, clerk):
    wanted = {"先进集体": 2, "办案标兵": 3, "办案能手": 1}
    for order, (name, number) in enumerate(wanted.items()):
        kind = AwardCategory.RecipientKind.DEPARTMENT if name == "先进集体" else AwardCategory.RecipientKind.PERSON
        category = make.category(court=court, name=name, order=order, recipient_kind=kind, family=Family.IN_HOUSE)
        for _unused in range(number):
            make.commendation(conference=conference, category=category, announced=True)
    sheet = read_xlsx(export(clerk, "xlsx", columns=["category"]))["院内表彰"]
    rows = [row[0] for row in sheet[1:7]]
    assert sheet[8:] == [
        *[[f"{name}：{rows.count(name)}"] for name in wanted],
        ["合计：6"],
        ["排序：按录入顺序"],
    ]


def test_totals_do_not_set_courts_against_each_other(db):
    above = make.court(level="intermediate")
    for number in (1, 2):
        court = make.court(parent=above)
        held = make.published(court=court)
        category = make.category(court=court, name="先进个人")
        for _unused in range(number):
            make.commendation(conference=held, category=category, announced=True)
    sheet = read_xlsx(export(make.user("superior", court=above), "xlsx", columns=["category"]))["院内表彰"]
    assert sheet[5:] == [["先进个人：3"], ["合计：3"], ["排序：按录入顺序"]]
