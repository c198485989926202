"""The papers of the follow-up, read back against the record: letters of responsibility, table of the tasks."""

import datetime
import io

import docx
import pypdf
import pytest
from django.utils import timezone

from awards.models import ExportLog
from conferences.models import Measure
from courts.roles import CLERK
from papers.content import Sides, Table
from papers.delivery import file_of
from papers.kinds import KINDS
from papers.kinds.letters import letters_paper
from papers.kinds.task_table import task_table
from tests import make

pytestmark = pytest.mark.django_db
HEAD = ["序号", "重点工作", "举措", "责任领导", "责任人", "完成时限", "目标"]


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院", short_name="青屿法院", slug="qingyu")


@pytest.fixture
def conference(court):
    """The bureau leads two measures and helps with none; the office leads one, with which the bureau helps."""
    conference = make.published(court=court, year_reviewed=2023, title="青屿法院2023年度工作总结会")
    bureau, office = (make.department(court=court, name=name) for name in ("执行局", "综合办公室"))
    make.department(court=court, name="立案庭")
    task = make.task(conference=conference, heading="提升质效")
    whole = {"leader_name": "李明", "responsible_name": "欧阳少东", "due_on": datetime.date(2024, 6, 30)}
    make.measure(task=task, text="集中清理积案", lead=bureau, target="清零", order=1, **whole)
    make.measure(task=task, text="每月通报", lead=bureau, target="十二次", order=2, **whole)
    last = make.task(conference=conference, heading="强化保障", order=1)
    helped = make.measure(task=last, text="更新设备", lead=office, target="全部更新", **whole)
    helped.helpers.add(bureau)
    return conference


def bureau_of(conference):
    return conference.court.departments.get(name="执行局")


def codes(made):
    return [finding.code for finding in made.missing]


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def opened(made):
    return docx.Document(io.BytesIO(file_of(made, "docx")))


def pdf(made):
    pages = pypdf.PdfReader(io.BytesIO(file_of(made, "pdf"))).pages
    return [page.extract_text().replace("\u3000", "").replace(" ", "").replace("\n", "") for page in pages]


DUE = "2024年\n6月30日"


def test_a_letter_holds_what_its_department_leads_and_helps_with(conference):
    made = letters_paper(conference, bureau_of(conference).pk)

    led, helped = opened(made).tables
    assert cells(led) == [
        HEAD,
        ["1", "提升质效", "集中清理积案", "李明", "欧阳少东", DUE, "清零"],
        ["2", "提升质效", "每月通报", "李明", "欧阳少东", DUE, "十二次"],
    ]
    assert cells(helped) == [
        ["序号", "重点工作", "举措", "牵头部门", "完成时限"],
        ["1", "强化保障", "更新设备", "综合办公室", DUE],
    ]
    assert (made.about, made.number, codes(made)) == ("2024年度重点工作目标责任书_执行局", 3, [])


def test_both_sides_have_a_place_to_sign_in_either_file(conference):
    made = letters_paper(conference, bureau_of(conference).pk)
    lines = ["青屿区人民法院\t执行局", "院领导（签字）：\t部门负责人（签字）："]

    signed = [one.text for one in opened(made).paragraphs if "\t" in one.text]
    page = pdf(made)[-1]

    assert signed[:2] == lines
    assert [line.replace("\t", "") in page for line in lines] == [True, True]


def test_the_letters_of_all_departments_each_begin_a_page(conference):
    made = letters_paper(conference)
    document = opened(made)

    begins = [one for one in document.paragraphs if one.paragraph_format.page_break_before]
    titles = [page for page in pdf(made) if page.startswith("青屿区人民法院2024年度重点工作目标责任书")]
    assert (len(document.tables), len(begins), len(titles)) == (3, 1, 2)
    assert ([department.name for department in made.departments], made.number) == (["执行局", "综合办公室"], 4)


def test_all_departments_help_means_every_one_of_them(conference):
    Measure.objects.filter(text="更新设备").update(all_help=True)

    made = letters_paper(conference)

    assert [department.name for department in made.departments] == ["执行局", "综合办公室", "立案庭"]


def test_what_a_letter_lacks_is_said_beside_it(conference):
    Measure.objects.filter(text="集中清理积案").update(leader_name="", responsible_name="", target="", due_on=None)
    by = make.user(CLERK, court=conference.court)
    Measure.objects.get(text="每月通报").cancel(by=by, reason="已并入其他工作")
    make.measure(task=conference.tasks.first(), text="无人牵头", all_help=True, due_on=datetime.date(2024, 6, 30))

    made = letters_paper(conference, bureau_of(conference).pk)

    assert codes(made) == ["no-lead", "no-leader", "no-responsible", "no-target", "no-due-date", "cancelled"]
    assert "每月通报" not in made.paper.text
    assert "2024年\n12月31日" in made.paper.text


def test_letters_of_a_draft_and_of_a_conference_without_measures_say_so(court):
    assert codes(letters_paper(make.conference(court=court))) == ["not-published", "no-letters"]


def test_a_department_without_a_measure_has_no_letter(client, conference):
    idle = conference.court.departments.get(name="立案庭")
    client.force_login(make.user(CLERK, court=conference.court))
    page = f"/admin/papers/of/letters/{conference.pk}/"

    answers = {key: client.get(page, {"department": key}).status_code for key in (idle.pk, 0, "", "x", 10**30)}

    assert letters_paper(conference, idle.pk) is None
    assert answers == {idle.pk: 404, 0: 404, "": 200, "x": 200, 10**30: 404}


def test_the_page_and_the_download_are_of_the_chosen_department(client, conference):
    bureau = bureau_of(conference)
    client.force_login(make.user(CLERK, court=conference.court))
    page = f"/admin/papers/of/letters/{conference.pk}/"

    shown = client.get(page, {"department": bureau.pk})
    address = f"{page}file/?department={bureau.pk}"
    assert address in shown.content.decode()
    file = client.post(address, {"file_format": "docx"})

    assert len(docx.Document(io.BytesIO(file.content)).tables) == 2
    log = ExportLog.objects.get()
    assert (log.what, log.rows) == ("目标责任书：2024年度重点工作目标责任书_执行局", 3)


def test_the_table_says_each_measure_with_what_was_reported_of_each_quarter(conference):
    measure = Measure.objects.get(text="集中清理积案")
    make.progress(measure=measure, year=2024, quarter=1, text="已清理\n一半", percent=50)
    make.progress(measure=measure, year=2024, quarter=2, text="已清零", percent=100, problems="缺车", next_step="调配")
    told = {"returned_at": timezone.now(), "returned_by": make.user(), "return_reason": "不实"}
    make.progress(measure=measure, year=2024, quarter=3, text="退回的说法", **told)

    made = task_table(conference)
    (table,) = opened(made).tables
    head, first, *_others = cells(table)

    done = "一季度：已清理 一半（50%）\n二季度：已清零（100%）\n存在问题：缺车\n下步措施：调配"
    labels = ["序号", "任务名称", "任务内容", "牵头部门", "配合部门", *HEAD[3:], "落实情况", "状态"]
    about = ["1", "提升质效", "集中清理积案", "执行局", "", "李明", "欧阳少东", DUE, "清零"]
    assert (head, first) == (labels, [*about, done, "逾期"])
    printed = "".join(pdf(made))
    assert ["更新设备" in printed, "已清理一半（50%）" in printed, "退回的说法" in printed] == [True, True, False]


def test_a_task_s_name_is_one_cell_over_its_measures(conference):
    (table,) = opened(task_table(conference)).tables

    names = [[cell._tc for cell in row.cells][1] for row in table.rows]
    assert [names[1] is names[2], names[2] is names[3]] == [True, False]
    assert "".join(pdf(task_table(conference))).count("提升质效") == 1


def test_the_table_stands_on_wide_pages_and_fills_them(conference):
    Measure.objects.update(leader_name="", responsible_name="", target="")
    made = task_table(conference)

    section, table = opened(made).sections[0], made.paper.blocks[0]

    assert section.page_width > section.page_height
    assert [column.label for column in table.columns if column.label in {"责任领导", "责任人", "目标"}] == []
    assert sum(column.width for column in table.columns) == 225
    assert made.paper.wide is True


def test_a_table_without_tasks_or_measures_says_so(court):
    empty, bare = make.conference(court=court), make.conference(court=court, year_reviewed=2022)
    make.task(conference=bare)

    assert [codes(task_table(one)) for one in (empty, bare)] == [["no-tasks"], ["task-without-measure"]]


@pytest.mark.parametrize("kind", ["tasks", "letters"])
def test_both_papers_ask_as_much_for_thirty_measures_as_for_one(conference, django_assert_max_num_queries, kind):
    user, task = make.user(CLERK, court=conference.court), conference.tasks.first()
    for _ in range(30):
        make.measure(task=task, lead=bureau_of(conference)).helpers.add(bureau_of(conference))

    with django_assert_max_num_queries(8):
        made = KINDS[kind].made(user, conference.pk)

    tables = [one for one in made.paper.blocks if isinstance(one, Table)]
    assert max(len(table.rows) for table in tables) >= 32
    assert [isinstance(made.paper.blocks[-1], Sides), kind] in ([False, "tasks"], [True, "letters"])
