"""What stands in the files of papers, read back: names, numbers, order, margins, fonts, sizes."""

import datetime
import io

import docx
import pypdf
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from awards.exports import AwardList, counted
from awards.models import Commendation, ExportLog, Family
from conferences.models import Conference
from papers.award_lists import write_docx, write_pdf
from papers.delivery import file_of
from papers.kinds.decision import decision_paper
from papers.kinds.register import register_paper
from papers.kinds.sheet import sheet_paper
from tests import make

pytestmark = pytest.mark.django_db
LONG = "阿卜杜热合曼·买买提吐尔逊江"
NAMES = ["张㛃", "䶮小宁", "𬴂小宁", "李堃", "王喆", "欧阳犇", LONG]
THEMES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
MM = 72 / 25.4  # points


@pytest.fixture
def decision():
    conference = make.conference(court=make.court(name="青屿区人民法院"))
    text = "各部门：\n经研究，决定如下。\n一、先进集体\n（一）办案\n1. 表彰立案庭。"
    made = make.decision(
        conference=conference, prefix="青法", year=2024, serial=3, text=text, signed_on=datetime.date(2024, 2, 2)
    )
    collective = make.category(court=conference.court, name="先进集体", recipient_kind="department")
    make.commendation(conference=conference, category=collective, department_name="立案庭", decision=made)
    category = make.category(court=conference.court, name="先进个人", order=1)
    for order, name in enumerate(NAMES):
        make.commendation(
            conference=conference,
            category=category,
            name=name,
            department_name="民事审判庭",
            post="法官",
            decision=made,
            order=order,
        )
    return made


def opened(made):
    return docx.Document(io.BytesIO(file_of(made, "docx")))


def pages(made):
    return pypdf.PdfReader(io.BytesIO(file_of(made, "pdf"))).pages


def paragraph(document, text):
    return next(one for one in document.paragraphs if one.text == text)


def font(run):
    """The font of a run for Chinese text, from the run itself."""
    return run._element.rPr.rFonts.get(qn("w:eastAsia"))


def text_of(page):
    return page.extract_text().replace("\u3000", "").replace(" ", "")


def test_the_page_has_the_margins_grid_and_numbers_of_the_standard(decision):
    document = opened(decision_paper(decision))
    section = document.sections[0]
    size = [round(side.mm) for side in (section.page_width, section.page_height)]
    margins = [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (size, [round(one.mm) for one in margins]) == ([210, 297], [37, 26, 35, 28])
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert document.settings.odd_and_even_pages_header_footer is True
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        number = footer.paragraphs[0]
        assert (number.alignment, number.text.replace("1", "n")) == (side, "— n —")
        assert {(font(run), run.font.size.pt) for run in number.runs} == {("宋体", 14)}
        assert " PAGE " in [one.text for one in number._p.iter(qn("w:instrText"))]


def test_the_text_is_16_points_in_the_fonts_of_its_levels(decision):
    document = opened(decision_paper(decision))
    normal = document.styles["Normal"]
    fonts = normal.element.rPr.rFonts
    assert normal.font.size.pt == 16
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"仿宋_GB2312"}
    body = paragraph(document, "经研究，决定如下。")
    indent = body._p.pPr.ind
    assert (indent.get(qn("w:firstLineChars")), font(body.runs[0])) == ("200", "仿宋_GB2312")
    assert font(paragraph(document, "一、先进集体").runs[0]) == "黑体"
    assert font(paragraph(document, "（一）办案").runs[0]) == "楷体_GB2312"
    assert font(paragraph(document, "1. 表彰立案庭。").runs[0]) == "仿宋_GB2312"
    for element in (document.element, document.styles.element):
        for one in element.iter(qn("w:rFonts")):
            assert [theme for theme in THEMES if one.get(qn(f"w:{theme}"))] == []


def test_mark_number_line_title_and_signature_stand_as_in_the_standard(decision):
    document = opened(decision_paper(decision))
    mark, number = paragraph(document, "青屿区人民法院文件"), paragraph(document, "青法〔2024〕3号")
    assert (font(mark.runs[0]), str(mark.runs[0].font.color.rgb)) == ("方正小标宋简体", "E60012")
    assert round(mark.paragraph_format.space_before.mm) == 35
    line = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (line.get(qn("w:color")), round(int(line.get(qn("w:space"))) / MM)) == ("E60012", 4)
    between = [one.text for one in document.paragraphs]
    assert between[between.index(mark.text) + 1 : between.index(number.text)] == ["", ""]
    title = paragraph(document, decision.title)
    assert (font(title.runs[0]), title.runs[0].font.size.pt, title.alignment) == (
        "方正小标宋简体",
        22,
        WD_ALIGN_PARAGRAPH.CENTER,
    )
    assert paragraph(document, "各部门：").paragraph_format.first_line_indent is None
    date = paragraph(document, "2024年2月2日")
    assert (date.alignment, date._p.pPr.ind.get(qn("w:rightChars"))) == (WD_ALIGN_PARAGRAPH.RIGHT, "400")
    assert "附件：1. 表彰集体名单" in between
    assert "2. 表彰个人名单" in between


def test_each_attachment_begins_a_page_with_its_label_and_a_table_whose_head_is_repeated(decision):
    document = opened(decision_paper(decision))
    for label, title in (("附件1", "表彰集体名单"), ("附件2", "表彰个人名单")):
        one = paragraph(document, label)
        assert (one.paragraph_format.page_break_before, font(one.runs[0])) == (True, "黑体")
        assert (one.alignment, one._p.pPr.ind) == (None, None)
        assert paragraph(document, title).runs[0].font.size.pt == 22
    collectives, persons = document.tables
    assert [[cell.text for cell in row.cells] for row in collectives.rows] == [
        ["序号", "奖项", "获奖集体"],
        ["1", "先进集体", "立案庭"],
    ]
    assert [[cell.text for cell in row.cells] for row in persons.rows] == [
        ["序号", "奖项", "姓名", "部门", "职务"],
        *[
            [str(number), "先进个人", "\u3000".join(name) if len(name) == 2 else name, "民事审判庭", "法官"]
            for number, name in enumerate(NAMES, 1)
        ],
    ]
    head = persons._tbl.tr_lst[0]
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert sum(int(one.get(qn("w:w"))) for one in persons._tbl.tblGrid) == pytest.approx(156 * MM * 20, abs=5)
    assert "共7人次。排序：按录入顺序。" in [one.text for one in document.paragraphs]


def test_the_pdf_says_the_same_on_pages_of_the_same_measure(decision):
    made = decision_paper(decision)
    found = pages(made)
    assert [round(float(side) / MM) for side in found[0].mediabox[2:]] == [210, 297]
    texts = [text_of(page) for page in found]
    assert "青法〔2024〕3号" in texts[0]
    assert "—1—" in texts[0]
    assert [text.splitlines()[0] for text in texts[-2:]] == ["附件1", "附件2"]
    assert [name for name in NAMES if name not in texts[-1].replace("\n", "")] == []


def test_rare_names_are_text_in_both_files(decision):
    made = decision_paper(decision)
    cells = [cell.text.replace("\u3000", "") for row in opened(made).tables[1].rows for cell in row.cells]
    assert [name for name in NAMES if name not in cells] == []
    assert made.missing[0].code == "no-signer"


def test_the_sheet_is_one_page_in_both(decision):
    made = sheet_paper(decision.conference)
    assert len(pages(made)) == 1
    assert "李\u3000堃（kūn）" in "".join(one.text for one in opened(made).paragraphs)
    assert "张㛃（jié）" in text_of(pages(made)[0]).replace("\n", "")


def test_the_register_is_a_wide_page(decision):
    made = register_paper(decision.conference.court, 2023)
    section = opened(made).sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height, section.top_margin)] == [297, 210, 28]
    assert [round(float(side) / MM) for side in pages(made)[0].mediabox[2:]] == [297, 210]


@pytest.fixture
def listed(decision):
    party = make.category(court=decision.conference.court, name="优秀共产党员", family=Family.PARTY)
    make.commendation(conference=decision.conference, category=party, name="丁宁")
    chosen = Commendation.objects.exportable_by(make.user(is_superuser=True), unannounced=True)
    return AwardList(
        chosen, counted(chosen, Conference.objects.all()), "strokes", ["number", "court", "recipient", "state"]
    )


def test_an_award_list_has_the_rows_order_and_totals_of_the_workbook(listed):
    file = io.BytesIO()
    write_docx(listed, file)
    document = docx.Document(file)
    inside, party = document.tables
    assert [cell.text for cell in inside.rows[0].cells] == ["序号", "获奖者", "状态"]  # one court: the title says it
    names = [row.cells[1].text for row in inside.rows[1:]]
    assert names[:2] == ["立案庭", "王\u3000喆"]
    assert [row.cells[1].text for row in party.rows[1:]] == ["丁\u3000宁"]
    notes = [one.text for one in document.paragraphs if "排序" in one.text]
    assert notes == [
        "先进集体：1；先进个人：7；合计：8；排序：按姓氏笔画为序；以下汉字缺少笔画数据，排在最后：㛃、䶮、𬴂。",
        "优秀共产党员：1；合计：1；排序：按姓氏笔画为序。",
    ]
    titles = "".join(one.text for one in document.paragraphs).replace("\n", "")
    assert "青屿区人民法院2023年度表彰名单（院内表彰）" in titles
    assert "青屿区人民法院2023年度表彰名单（党内表彰）" in titles


def test_an_award_list_as_pdf_begins_a_page_for_each_family(listed):
    file = io.BytesIO()
    write_pdf(listed, file)
    texts = [text_of(page).replace("\n", "") for page in pypdf.PdfReader(file).pages]
    assert ["院内表彰" in texts[0], "丁宁" in texts[0]] == [True, False]
    assert ["党内表彰" in texts[1], "丁宁" in texts[1]] == [True, True]


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_the_page_of_exports_gives_both_with_their_line_in_the_log(client, listed, file_format):
    court = Conference.objects.get().court
    user = make.user("clerk", court=court)
    client.force_login(user)
    choice = {
        "columns": ["recipient"],
        "order": "entered",
        "file_format": file_format,
        "download": "1",
        "unannounced": "on",
    }
    response = client.post("/awards/export/", choice)
    content = b"".join(response.streaming_content)
    assert content[:4] == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}[file_format]
    log = ExportLog.objects.get()
    assert (log.by, log.file_format, log.rows) == (user, file_format, 9)


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_lists_that_come_in_again_do_not_leave_as_papers(client, decision, file_format):
    client.force_login(make.user("clerk", court=decision.conference.court))
    address = f"/admin/lists/{decision.conference_id}/out/"
    assert client.post(address, {"kind": "commendations", "file_format": file_format}).status_code == 404
