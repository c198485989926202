"""Who exports which awards: the page, its form, the log, and the command."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.exports import export_response
from awards.models import Commendation, ExportLog
from conferences.models import Audience
from conferences.roll import honour_roll
from courts.refusals import NotAllowed
from tests import make

ADDRESS = "/awards/export/"
CHOICE = {"columns": ["court", "recipient", "state"], "order": "entered", "file_format": "csv", "download": "1"}


def rows_of(response):
    """The rows of a CSV download without the headings."""
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def sent(client, user, **chosen):
    client.force_login(user)
    return client.post(ADDRESS, CHOICE | chosen)


@pytest.fixture
def above(db):
    return make.court(name="甲市中级人民法院", level="intermediate")


@pytest.fixture
def court(above):
    return make.court(name="乙区人民法院", parent=above)


@pytest.fixture
def everywhere(above, court):
    """Awards of every kind, in the own court, a court beside it and the one above, named for what they are."""
    for held_by in (court, make.court(name="丙区人民法院", parent=above), make.court(name="丁市中级人民法院")):
        states = {
            "公开": make.published(court=held_by, year_reviewed=2023),
            "内部": make.published(court=held_by, year_reviewed=2022, audience=Audience.STAFF),
            "草稿": make.conference(court=held_by, year_reviewed=2021),
        }
        category = make.category(court=held_by, name="先进个人")
        for state, conference in states.items():
            make.commendation(conference=conference, category=category, name=f"{state}已公布", announced=True)
            make.commendation(conference=conference, category=category, name=f"{state}未公布")


OWN = [["乙区人民法院", f"{state}已公布", "已公布"] for state in ("草稿", "内部", "公开")]
SECRET = [["乙区人民法院", f"{state}未公布", "未公布"] for state in ("草稿", "内部", "公开")]


@pytest.mark.parametrize("role", ["clerk", "approver"])
def test_clerk_and_approver_export_what_their_court_announced(client, court, everywhere, role):
    assert rows_of(sent(client, make.user(role, court=court))) == OWN


@pytest.mark.parametrize("role", ["clerk", "approver"])
def test_unannounced_winners_only_on_request_and_only_of_the_own_court(client, court, everywhere, role):
    rows = rows_of(sent(client, make.user(role, court=court), unannounced="on"))
    assert rows == [row for pair in zip(OWN, SECRET, strict=True) for row in pair]


@pytest.mark.parametrize("unannounced", [{}, {"unannounced": "on"}])
def test_a_superior_exports_what_the_courts_below_published_and_announced(client, above, everywhere, unannounced):
    rows = rows_of(sent(client, make.user("superior", court=above), **unannounced))
    assert rows == [
        ["乙区人民法院", "内部已公布", "已公布"],
        ["乙区人民法院", "公开已公布", "已公布"],
        ["丙区人民法院", "内部已公布", "已公布"],
        ["丙区人民法院", "公开已公布", "已公布"],
    ]


def test_clerk_of_a_superior_court_has_no_drafts_of_the_courts_below(client, above, everywhere):
    user = make.user("clerk", "superior", court=above)
    rows = rows_of(sent(client, user, unannounced="on"))
    assert [row[1] for row in rows] == ["内部已公布", "公开已公布"] * 2


@pytest.mark.parametrize("roles", [(), ("staff",), ("liaison",)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_exports(client, court, everywhere, roles, method):
    client.force_login(make.user(*roles, court=court))
    assert getattr(client, method)(ADDRESS, CHOICE).status_code == 403
    assert ExportLog.objects.count() == 0


def test_a_visitor_is_sent_to_the_login(client, everywhere):
    assert client.post(ADDRESS, CHOICE).headers["Location"] == f"/login/?next={ADDRESS}"


def test_export_response_asks_for_the_permission_itself(court, everywhere):
    with pytest.raises(NotAllowed):
        export_response(Commendation.objects.all(), user=make.user("staff", court=court), file_format="csv")


def test_the_form_offers_only_what_the_user_may_export(client, above, everywhere):
    client.force_login(make.user("superior", court=above))
    fields = client.get(ADDRESS).context["form"].fields
    offered = {name: [label for _value, label in fields[name].choices] for name in ("court", "year", "category")}
    assert offered == {
        "court": ["乙区人民法院", "丙区人民法院"],
        "year": ["2023", "2022"],
        "category": ["先进个人"],
    }
    assert "unannounced" not in fields


@pytest.mark.parametrize("field", ["court", "conference", "year", "category"])
def test_a_foreign_value_is_refused_at_its_field(client, court, everywhere, field):
    foreign = make.commendation(
        conference=make.published(year_reviewed=2020), category=make.category(name="秘奖"), announced=True
    )
    value = {
        "court": foreign.conference.court_id,
        "conference": foreign.conference_id,
        "year": 2020,
        "category": "秘奖",
    }[field]
    response = sent(client, make.user("clerk", court=court), **{field: [value]})
    assert list(response.context["form"].errors) == [field]
    assert ExportLog.objects.count() == 0


@pytest.mark.parametrize(
    "nonsense",
    [
        {"court": ["x"]},
        {"year": ["99999999999999999999"]},
        {"order": "x"},
        {"file_format": "exe"},
        {"columns": ["deeds"]},
        {"columns": []},
        {"conference": ["\x00"]},
    ],
)
def test_nonsense_is_an_error_of_the_form(client, court, everywhere, nonsense):
    response = sent(client, make.user("clerk", court=court), **nonsense)
    assert list(response.context["form"].errors) == list(nonsense)
    assert ExportLog.objects.count() == 0


def test_the_choice_narrows_the_list(client, court, everywhere):
    user = make.user("clerk", court=court)
    rows = rows_of(sent(client, user, year=[2022, 2023], kind=["annual"], court=[court.pk], category=["先进个人"]))
    assert rows == OWN[1:]


def test_an_address_names_a_conference(client, court, everywhere):
    conference = court.conferences.get(year_reviewed=2023)
    client.force_login(make.user("clerk", court=court))
    form = client.get(ADDRESS, {"conference": conference.pk, "order": "strokes"}).context["form"]
    assert (form.titles, form.award_list.rows, form.award_list.order) == ([conference.title], 1, "strokes")
    assert rows_of(sent(client, make.user("clerk", court=court), conference=[conference.pk])) == [OWN[2]]


def test_an_empty_result_is_said_before_a_file_is_made(client, court):
    response = sent(client, make.user("clerk", court=court))
    assert response.context["form"].non_field_errors() == ["没有符合条件的表彰。"]
    assert ExportLog.objects.count() == 0


def test_two_families_are_refused_for_csv_and_counted_all_the_same(client, court):
    held = make.published(court=court)
    for family in ("in-house", "party"):
        make.commendation(conference=held, category=make.category(court=court, family=family), announced=True)
    form = sent(client, make.user("clerk", court=court)).context["form"]
    assert form.non_field_errors() == ["一个CSV文件只放一个类别的表彰，所选内容有2个类别。请只选一个类别，或改用XLSX。"]
    assert form.award_list.rows == 2
    assert ExportLog.objects.count() == 0


def test_a_workbook_that_would_take_too_long_is_refused(client, court, everywhere, monkeypatch):
    monkeypatch.setattr("awards.exports.award_list.MOST_ROWS", {"xlsx": 2})
    user = make.user("clerk", court=court)
    form = sent(client, user, file_format="xlsx").context["form"]
    assert [error.code for error in form.non_field_errors().as_data()] == ["long"]
    assert len(rows_of(sent(client, user))) == 3


def test_export_response_refuses_before_a_file_is_made(court):
    with pytest.raises(ValidationError, match="没有符合条件的表彰。"):
        export_response(Commendation.objects.all(), user=make.user("clerk", court=court), file_format="csv")
    assert ExportLog.objects.count() == 0


def test_the_page_shows_the_totals_that_the_conference_has(client, court, everywhere):
    held = court.conferences.get(year_reviewed=2023)
    revoked = make.commendation(conference=held, category=court.award_categories.get(), announced=True)
    revoked.revoke(by=make.user("approver", court=court), reason="材料不实")
    client.force_login(make.user("clerk", court=court))
    (total,) = client.get(ADDRESS, {"conference": held.pk}).context["form"].award_list.totals()
    roll = honour_roll(held, private=False)
    on_the_page = [(group.category.name, len(group.winners)) for _family, groups in roll.families for group in groups]
    assert total == ("in-house", on_the_page, 1, roll.revoked)
    assert on_the_page == [("先进个人", 1)]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_each_download_is_logged_once_with_who_what_and_how_many(client, court, everywhere, file_format):
    user = make.user("clerk", court=court)
    client.force_login(user)
    client.get(ADDRESS, CHOICE)
    download = sent(client, user, file_format=file_format, year=[2023], order="strokes", unannounced="on")
    assert b"".join(download.streaming_content)
    log = ExportLog.objects.get()
    assert (log.by, log.court, log.file_format, log.rows, log.what) == (
        user,
        court,
        file_format,
        2,
        "乙区人民法院；2023年度；2023年度工作总结暨表彰大会；院内表彰；先进个人；含未公布；按姓氏笔画为序",
    )


def test_counting_alone_makes_no_file_and_no_line_in_the_log(client, court, everywhere):
    client.force_login(make.user("clerk", court=court))
    response = client.post(ADDRESS, {name: value for name, value in CHOICE.items() if name != "download"})
    assert response.context["form"].award_list.rows == 3
    assert ExportLog.objects.count() == 0


def test_a_download_is_kept_by_no_cache(client, court, everywhere):
    response = sent(client, make.user("clerk", court=court))
    assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_names_are_text_on_the_page(client, court):
    text = "<script>{{ request }}{% now 'Y' %}"
    made = make.published(court=court, title=text)
    for name in (text, "先进个人"):  # of one alone nobody is asked
        make.commendation(conference=made, category=make.category(court=court, name=name), announced=True)
    client.force_login(make.user("clerk", court=court))
    page = client.get(ADDRESS).content.decode()
    assert page.count("&lt;script&gt;{{ request }}{% now &#x27;Y&#x27; %}") == 3
    assert "<script>{{" not in page


def queries_of(client, file_format):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        b"".join(client.post(ADDRESS, CHOICE | {"file_format": file_format}).streaming_content)
    about_awards = ("awards_commendation", "awards_exportlog")
    return [query["sql"] for query in captured if any(table in query["sql"] for table in about_awards)]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_an_export_of_any_size_asks_three_times(client, court, everywhere, file_format):
    client.force_login(make.user("clerk", court=court))
    few = queries_of(client, file_format)
    held = court.conferences.get(year_reviewed=2023)
    for _unused in range(30):
        make.commendation(conference=held, category=make.category(court=court), announced=True)
    many = queries_of(client, file_format)
    assert (len(few), len(many)) == (3, 3)


def test_the_operator_exports_what_is_announced(court, everywhere, tmp_path):
    output = tmp_path / "list.csv"
    words = f"--court={court.slug} --year=2022 --year=2023 --format=csv --order=strokes --output={output}"
    call_command("export_awards", *words.split())
    rows = list(csv.reader(io.StringIO(output.read_text("utf-8-sig"), newline="")))
    assert [row[6] for row in rows] == ["获奖者", "内部已公布", "公开已公布"]
    log = ExportLog.objects.get()
    assert (log.by, log.court, log.file_format, log.rows) == (None, court, "csv", 2)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--court=nowhere"], "There is no court with the address nowhere."),
        (["--year=1950"], "没有符合条件的表彰。"),
        (["--output=/nowhere/list"], "[Errno 2] No such file or directory: '/nowhere/list'"),
        (
            ["--format=exe"],
            "Error: argument --format: invalid choice: 'exe' (choose from 'csv', 'xlsx', 'docx', 'pdf')",
        ),
    ],
)
def test_the_operator_is_told_why_there_is_no_file(everywhere, tmp_path, words, message):
    output = tmp_path / "list.xlsx"
    with pytest.raises(CommandError) as refused:
        call_command("export_awards", f"--output={output}", *words)
    assert str(refused.value) == message
    assert not output.exists()
    assert ExportLog.objects.count() == 0
