"""Papers made from the record: who, what is missing, how the numbers agree, in which order."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import AwardCategory, ExportLog, Family
from courts.pinyin import hard_readings
from papers.content import Table, spaced, text_of, title_lines
from papers.delivery import file_name
from papers.kinds.decision import NO_DATE, NO_NUMBER, decision_paper
from papers.kinds.notice import notice_paper
from papers.kinds.register import register_paper
from papers.kinds.sheet import sheet_paper
from papers.kinds.summary import summary_paper
from papers.made import Count
from tests import make

pytestmark = pytest.mark.django_db
LONG = "阿卜杜热合曼·买买提吐尔逊江"  # 14 characters
NAMES = ["张㛃", "䶮小宁", "𬴂小宁", "李堃", "王喆", "王犇", "欧阳少东", LONG]
BY_STROKES = ["王喆", "王犇", "李堃", "张㛃", LONG, "欧阳少东"]  # the two others need strokes of their own
WHOLE = {"prefix": "青法", "year": 2024, "serial": 3, "signed_on": datetime.date(2024, 2, 2), "signed_by": "某院长"}


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院", short_name="青屿法院")


@pytest.fixture
def conference(court):
    return make.conference(court=court, roll_order="strokes")


@pytest.fixture
def decision(conference):
    """A collective and eight persons with hard names."""
    made = make.decision(conference=conference, text="各部门：\n经研究，决定予以表彰。\n附件：1.先进个人名单", **WHOLE)
    collective = make.category(court=conference.court, name="先进集体", recipient_kind="department", order=2)
    person = make.category(court=conference.court, name="先进个人", order=1)
    make.commendation(conference=conference, category=collective, department_name="立案庭", decision=made)
    for name in NAMES:
        make.commendation(
            conference=conference, category=person, name=name, department_name="民事审判庭", post="法官", decision=made
        )
    return made


def tables(blocks):
    return [block for block in blocks if isinstance(block, Table)]


def codes(made):
    return [finding.code for finding in made.missing]


def unspaced(name):
    return name.replace("\u3000", "")


def test_a_decision_lists_collectives_before_persons_in_the_order_of_the_conference(decision):
    paper = decision_paper(decision).paper
    assert [(one.label, one.title) for one in paper.attachments] == [
        ("附件1", "表彰集体名单"),
        ("附件2", "表彰个人名单"),
    ]
    collectives, persons = (tables(one.blocks)[0] for one in paper.attachments)
    assert collectives.rows == (("1", "先进集体", "立案庭"),)
    assert [column.label for column in persons.columns] == ["序号", "奖项", "姓名", "部门", "职务"]
    listed = [unspaced(row[2]) for row in persons.rows]
    assert [name for name in listed if name in BY_STROKES] == BY_STROKES
    assert set(listed) == set(NAMES)
    assert [row[0] for row in persons.rows] == [str(number) for number in range(1, 9)]
    assert persons.rows[0][1:] == ("先进个人", "王\u3000喆", "民事审判庭", "法官")


def test_a_decision_says_its_number_date_and_text_and_lists_its_attachments_itself(decision):
    paper = decision_paper(decision).paper
    assert (paper.mark, paper.number, paper.date) == ("青屿区人民法院文件", "青法〔2024〕3号", "2024年2月2日")
    assert (paper.addressee, [block.text for block in paper.blocks]) == ("各部门", ["经研究，决定予以表彰。"])
    assert decision_paper(decision).missing == []


def test_what_a_decision_lacks_is_said_beside_it_and_in_it(conference):
    bare = make.decision(conference=conference)
    made = decision_paper(bare)
    assert codes(made) == ["no-number", "no-date", "no-signer", "no-text", "no-winners"]
    assert (made.paper.number, made.paper.date) == (NO_NUMBER, NO_DATE)


def test_what_the_list_lacks_is_said(conference, decision):
    category = make.category(court=conference.court, name="办案标兵")
    make.commendation(conference=conference, category=category, name="丁某")
    make.award_given(conference=conference, category=category, quantity="3名")
    make.award_given(conference=conference, category=make.category(court=conference.court, name="办案能手"))
    made = decision_paper(decision)
    assert codes(made) == ["no-decision", "award-without-winners", "quantity-differs"]
    assert made.counts == [
        Count("先进集体", 1, 1),
        Count("先进个人", 8, 8),
        Count("办案标兵", 0, 1, "3名"),
        Count("办案能手", 0, 0),
    ]
    assert [count.agrees for count in made.counts] == [True, True, False, True]


def test_a_character_that_no_font_has_is_said(conference, decision):
    category = AwardCategory.objects.get(name="先进个人")
    make.commendation(conference=conference, category=category, name="李丁", department_name="㠪", decision=decision)
    assert codes(decision_paper(decision)) == []
    decision.commendations.filter(name="李丁").update(post="\U0003134a")
    assert codes(decision_paper(decision)) == ["no-glyph"]


def test_each_of_two_decisions_answers_for_its_own_awards(conference, decision):
    party = make.category(court=conference.court, name="优秀共产党员", family=Family.PARTY)
    other = make.decision(conference=conference, **WHOLE | {"prefix": "青法党"})
    make.commendation(conference=conference, category=party, name="丁某", decision=other)
    assert decision_paper(decision).counts == [Count("先进集体", 1, 1), Count("先进个人", 8, 8)]
    assert decision_paper(other).counts == [Count("优秀共产党员", 1, 1)]


def test_families_never_mix_in_one_list(conference, decision):
    party = make.category(court=conference.court, name="优秀共产党员", family=Family.PARTY)
    make.commendation(conference=conference, category=party, name="丁某", decision=decision)
    titles = [one.title for one in decision_paper(decision).paper.attachments]
    assert titles == ["院内表彰集体名单", "院内表彰个人名单", "党内表彰个人名单"]


def test_a_decision_keeps_who_was_revoked_and_the_sheet_does_not(conference, decision):
    approver = make.user("approver", court=conference.court)
    decision.commendations.get(name="王喆").revoke(by=approver, reason="材料不实")
    made, sheet = decision_paper(decision), sheet_paper(conference)
    assert next(unspaced(row[2]) for row in tables(made.paper.attachments[1].blocks)[0].rows) == "王喆"
    assert codes(made) == ["revoked"]
    assert "王喆" not in unspaced(sheet.paper.text)
    assert (codes(sheet), sheet.number) == (["revoked"], 8)


def test_the_sheet_says_how_hard_names_are_read(conference, decision):
    category = AwardCategory.objects.get(name="先进个人")
    for name in ("单雄信", "仇某", "万俟明"):
        make.commendation(conference=conference, category=category, name=name, decision=decision)
    text = unspaced(sheet_paper(conference).paper.text)
    for said in (
        "张㛃（jié）",
        "䶮（yǎn）小宁",
        "李堃（kūn）",
        "王喆（zhé）",
        "单（shàn）雄信",
        "仇（qiú）某",
        "万（mò）俟（qí）明",
    ):
        assert said in text
    assert LONG in text


@pytest.mark.parametrize(
    ("name", "readings"),
    [("欧阳少东", {}), ("解放路人民法庭", {}), ("乐正明", {"乐": "yuè", "正": "zhèng"}), ("", {}), ("李明", {})],
)
def test_readings_stand_only_where_they_are_needed(name, readings):
    assert hard_readings(name) == readings


@pytest.mark.parametrize("count", [3, 40])
def test_the_sheet_fits_one_page(conference, count):
    category = make.category(court=conference.court, name="先进个人")
    for number in range(count):
        make.commendation(conference=conference, category=category, name=f"王{chr(0x4E00 + number)}明")
    made = sheet_paper(conference)
    assert "too-long" not in codes(made)
    assert sum(len(row) for row in made.paper.blocks[-1].rows) == count


def test_so_many_names_that_no_size_fits_are_said(conference):
    for place in range(45):
        category = make.category(court=conference.court, name=f"奖项{place}")
        make.commendation(conference=conference, category=category, name="王明")
    assert "too-long" in codes(sheet_paper(conference))


def test_the_register_has_what_was_given_and_received_with_families_apart(court, conference, decision):
    party = make.category(court=court, name="优秀共产党员", family=Family.PARTY)
    make.commendation(conference=conference, category=party, name="丁某", announced=True)
    make.honour(court=court, title="全市法院先进集体", bodies="某中院", document="某字1号", year=2023)
    make.honour(court=court, title="别的年度", year=2022)
    revoked = decision.commendations.get(name="王喆")
    revoked.revoke(by=make.user("approver", court=court), reason="材料不实")
    made = register_paper(court, 2023)
    assert [block.lead for block in made.paper.blocks if getattr(block, "lead", "")] == [
        "一、院内表彰（9项）",
        "二、党内表彰（1项）",
        "三、上级荣誉（1项）",
    ]
    given = tables(made.paper.blocks)[0]
    note = next(row[-1] for row in given.rows if unspaced(row[2]) == "王喆")
    assert re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日撤销", note)
    assert given.rows[0][1:] == ("先进集体", "立案庭", "", "", "青法〔2024〕3号", "2024年2月2日", "未公布")
    assert tables(made.paper.blocks)[2].rows == (
        ("1", "全市法院先进集体", "青屿区人民法院", "", "某中院", "某字1号", ""),
    )
    assert codes(made) == ["no-decision", "unannounced", "revoked"]
    assert made.number == 11


def test_a_notice_names_nobodys_rank(court):
    selection = make.selection(court=court)
    category = make.quota(selection=selection, number=1).category
    by = make.user(court=court)
    named = [
        make.nomination(selection=selection, category=category, name=name, rank=rank, approved=by)
        for rank, name in enumerate(["高富", "丁宁"], 1)
    ]
    made = notice_paper(make.notice(selection=selection, nominations=named))
    assert [unspaced(row[2]) for row in tables(made.paper.attachments[0].blocks)[0].rows] == ["丁宁", "高富"]
    assert codes(made) == ["no-contact"]


def test_a_summary_has_rank_and_deeds_and_says_what_is_over_the_quota(court):
    selection = make.selection(court=court)
    category = make.quota(selection=selection, number=1).category
    empty = make.quota(selection=selection, number=2, order=1).category
    by = make.user(court=court)
    for rank, name in enumerate(["高富", "丁宁"], 1):
        make.nomination(
            selection=selection, category=category, name=name, rank=rank, deeds="某事" * rank * 50, nominated=by
        )
    make.nomination(selection=selection, category=category, name="未推")
    made = summary_paper(selection)
    rows = tables(made.paper.blocks)[0].rows
    assert [(unspaced(row[1]), row[5], len(row[6])) for row in rows] == [("高富", "1", 100), ("丁宁", "2", 122)]
    assert [(finding.code, finding.values[0]) for finding in made.missing] == [
        ("nobody", empty.pk),
        ("over-quota", category.pk),
    ]


@pytest.mark.parametrize(
    ("line", "lead", "text", "level"),
    [
        ("一、先进集体", "一、先进集体", "", 1),
        ("一、加强学习。每月一次。", "一、加强学习。", "每月一次。", 1),
        ("（一）办案标兵", "（一）办案标兵", "", 2),
        ("1. 办案", "", "1. 办案", 3),
        ("1.5亿元", "", "1.5亿元", 0),
        ("（1）办案", "", "（1）办案", 4),
        ("十分重要", "", "十分重要", 0),
    ],
)
def test_the_numeral_says_the_level(line, lead, text, level):
    found = text_of(line)
    assert (found.lead, found.text, found.level) == (lead, text, level)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于表彰先进的决定", ["关于表彰先进的决定"]),
        ("关于表彰2023年度先进集体和先进个人的决定", ["关于表彰2023年度", "先进集体和先进个人的决定"]),
        ("青屿区人民法院关于2024年工作总结的表彰决定", ["青屿区人民法院", "关于2024年工作总结的表彰决定"]),
    ],
)
def test_a_long_title_is_broken_where_it_reads_on(title, lines):
    assert title_lines(title) == lines
    assert "".join(title_lines(title)) == title


def test_names_of_two_characters_are_as_wide_as_three():
    assert [spaced(name) for name in ("张三", "欧阳少东", "王小明")] == ["张\u3000三", "欧阳少东", "王小明"]


def test_a_file_name_has_150_bytes_and_no_path():
    name = file_name("../../某" * 30, "决定_青法〔2024〕3号", "docx")
    assert len(name.encode()) <= 150
    assert name.endswith(".docx")
    assert "/" not in name


def test_each_download_is_logged_with_how_many_names_and_read_by_no_other_court(client, decision, court):
    clerk = make.user("clerk", court=court)
    client.force_login(clerk)
    address = f"/admin/papers/of/decision/{decision.pk}/file/"
    response = client.post(address, {"file_format": "docx"})
    assert "%E9%9D%92%E5%B1%BF" in response.headers["Content-Disposition"]
    log = ExportLog.objects.get()
    assert (log.by, log.court, log.file_format, log.rows) == (clerk, court, "docx", 9)
    assert log.what == f"表彰决定：{decision.title}_青法〔2024〕3号"
    client.force_login(make.user("clerk"))
    nobodys = address.replace(str(decision.pk), "999999")
    theirs, missing = (client.post(one, {"file_format": "docx"}) for one in (address, nobodys))
    assert (theirs.status_code, theirs.content) == (missing.status_code, missing.content) == (404, theirs.content)
    assert ExportLog.objects.count() == 1


def test_the_pages_ask_as_often_for_one_winner_as_for_thirty(client, court, conference, decision):
    client.force_login(make.user("clerk", court=court))
    category = AwardCategory.objects.get(name="先进个人")

    def asked(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    places = ["/admin/papers/", f"/admin/papers/of/decision/{decision.pk}/", "/admin/papers/of/register/2023/"]
    few = [asked(place) for place in places]
    for _unused in range(30):
        make.commendation(conference=conference, category=category, decision=decision)
        make.conference(court=court, year_reviewed=2000 + _unused % 20, kind="quarterly", number=1 + _unused // 20)
    assert [asked(place) for place in places] == few


def test_what_no_font_has_is_a_refusal_and_no_page(client, court, decision):
    decision.commendations.filter(name="王喆").update(post="\U0003134a")
    client.force_login(make.user("clerk", court=court))
    response = client.post(f"/admin/papers/of/decision/{decision.pk}/file/", {"file_format": "pdf"}, follow=True)
    assert len(list(response.context["messages"])) == 1
    assert ExportLog.objects.count() == 0
