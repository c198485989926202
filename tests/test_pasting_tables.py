"""Figures, agenda and measures by pasting a table: it takes the way of a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conferences.models import AgendaItem, Figure, Measure
from courts.refusals import Refused
from courts.roles import CLERK
from intake.files import Fault
from intake.kinds import KINDS, Scope
from intake.models import Import
from intake.pasting import pasted_table
from tests import make
from tests.test_reading_names import PIECES

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    return make.conference()


@pytest.fixture
def clerk(conference):
    return make.user(CLERK, court=conference.court)


@pytest.fixture
def client(clerk):
    client = Client()
    client.force_login(clerk)
    return client


def heading(kind: str, name: str) -> str:
    return KINDS[kind].column(name).heading


def table(kind: str, conference, text: str):
    read = pasted_table(text, KINDS[kind], Scope(conference.court, conference))
    return read.headings, [row.cells for row in read.rows]


def page(conference, kind: str = "") -> str:
    return reverse("intake:paste_table", args=[conference.pk]) + (f"?kind={kind}" if kind else "")


def confirmed(client, conference, kind: str, text: str) -> Import:
    answer = client.post(page(conference), {"kind": kind, "text": text, "new_names": "stop"})
    assert answer.status_code == 302, answer.context["form"].errors
    client.post(answer.headers["Location"], {"act": "confirm"})
    return Import.objects.get()


def test_headings_may_stand_in_any_order(conference):
    label, unit, value = (heading("figures", name) for name in ("label", "unit", "value"))

    read = table("figures", conference, f"{unit}\t{label}\t{value}\n件\t受理案件\t12,487\n\n件\t结案\t1\t\n")

    assert read == ([unit, label, value], [["件", "受理案件", "12,487"], ["件", "结案", "1"]])


def test_without_headings_the_columns_are_those_of_the_template(conference):
    names = [column.heading for column in KINDS["measures"].columns]

    read = table("measures", conference, "把牢方向\t1\t每月学习\n")

    assert read == (names[:3], [["把牢方向", "1", "每月学习"]])


def test_a_text_without_tabs_is_the_column_that_must_be_filled_in(conference):
    title = KINDS["agenda"].required(Scope(conference.court, conference))[0].heading

    assert table("agenda", conference, "奏唱国歌\n宣读决定\n") == ([title], [["奏唱国歌"], ["宣读决定"]])


def test_a_cell_of_several_lines_and_short_rows_are_read_whole(conference):
    names = [heading("measures", name) for name in ("task", "text", "target")]

    read = table("measures", conference, "\t".join(names) + '\n把牢方向\t"第一行\n第二行"\n')

    assert read == (names, [["把牢方向", "第一行\n第二行", ""]])


def test_characters_of_one_computer_are_a_fault_of_their_cell(conference):
    _headings, rows = table("agenda", conference, "\ue000歌")

    assert isinstance(rows[0][0], Fault)


@pytest.mark.parametrize(
    "text", ["", " \n\t\n", "a" + "\tb" * 40, "x" * 140_000], ids=["none", "blank", "wide", "long"]
)
def test_what_cannot_be_read_is_refused(conference, text):
    with pytest.raises(Refused):
        table("agenda", conference, text)


def test_pasted_figures_are_compared_and_written_once_they_are_confirmed(client, conference):
    label, value, unit = (heading("figures", name) for name in ("label", "value", "unit"))
    make.figure(conference=conference, label="结案", value=1, unit="件")
    text = f"{label}\t{value}\t{unit}\n受理案件\t12487\t件\n结案\t2\t件"

    one = confirmed(client, conference, "figures", text)

    assert (one.new, one.changed, one.wrong, one.confirmed_by) == (1, 1, 0, one.by)
    assert dict(Figure.objects.values_list("label", "value")) == {"受理案件": 12487, "结案": 2}


def test_a_pasted_agenda_is_written_in_its_order(client, conference):
    confirmed(client, conference, "agenda", "奏唱国歌\n宣读决定\n颁奖")

    found = AgendaItem.objects.filter(conference=conference).order_by("order", "id")
    assert list(found.values_list("title", flat=True)) == ["奏唱国歌", "宣读决定", "颁奖"]


def test_pasted_measures_go_under_their_task(client, conference):
    task = make.task(conference=conference, heading="把牢方向")

    confirmed(client, conference, "measures", "把牢方向\t\t每月学习")

    assert [(measure.task, measure.text) for measure in Measure.objects.all()] == [(task, "每月学习")]


def test_one_wrong_row_holds_everything_back(client, conference):
    confirmed(client, conference, "measures", "把牢方向\t\t每月学习")

    assert (Import.objects.get().wrong, Measure.objects.count()) == (1, 0)


def test_a_refusal_is_said_at_the_field(client, conference):
    answer = client.post(page(conference), {"kind": "agenda", "text": "x" * 140_000})

    assert list(answer.context["form"].errors) == ["text"]
    assert Import.objects.count() == 0


def test_only_a_draft_of_the_own_court_takes_a_table(client, clerk, conference):
    typed = {"kind": "agenda", "text": "奏唱国歌"}
    conference.submit(by=clerk)

    assert client.post(page(make.conference()), typed).status_code == 404
    assert client.post(page(conference), typed).context["form"].kinds == []
    assert (Import.objects.count(), AgendaItem.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", ["agenda", "figures", "measures"])
def test_the_parts_of_the_conference_lead_to_the_page(client, conference, kind):
    screen = client.get(reverse("admin:conferences_conference_change", args=[conference.pk])).content.decode()

    assert page(conference, kind) in screen
    assert client.get(page(conference, kind)).context["form"]["kind"].value() == kind


CELLS = [
    *PIECES,
    "\t",
    "\t",
    "\n",
    '"',
    "'=1+1",
    "12,487",
    "%",
    "2024-02-30",
    "09:30",
    "数据",
    "名称",
    "单位",
    "重点工作",
]


@given(
    text=st.text() | st.lists(st.sampled_from(CELLS)).map("".join),
    kind=st.sampled_from(["agenda", "figures", "measures"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_page_and_nothing_is_written_before_it_is_confirmed(text, kind, client, conference):
    answer = client.post(page(conference), {"kind": kind, "text": text, "new_names": "keep"})

    if answer.status_code == 302:
        assert client.get(answer.headers["Location"]).status_code == 200
    else:
        assert answer.status_code in {200, 400}
    assert (AgendaItem.objects.count(), Figure.objects.count(), Measure.objects.count()) == (0, 0, 0)


# --- correcting a list where it stands ---


@pytest.mark.parametrize("how", ["pasted", "file"])
def test_the_rows_of_a_list_with_mistakes_are_corrected_on_the_page(how, client, conference):
    """Whether it was pasted or came as a file; with all that it said, and nothing is written on the way."""
    headings = "\t".join(heading("figures", name) for name in ("label", "value", "quote"))
    text = f'{headings}\n受理\t一万件\t"全年受理""一万件""\n共计"\n结案\t9000\t\n'
    if how == "pasted":
        answer = client.post(page(conference), {"kind": "figures", "text": text, "new_names": "keep"})
    else:
        file = SimpleUploadedFile("数据.csv", text.replace("\t", ",").encode())
        asked = {"kind": "figures", "file": file, "new_names": "keep"}
        answer = client.post(reverse("intake:conference_lists", args=[conference.pk]), asked)
    one = Import.objects.get()
    address = f"{page(conference)}?list={one.pk}"
    linked = address in client.get(answer.headers["Location"]).content.decode()

    form = client.get(address).context["form"]
    corrected = {name: form.initial[name] for name in ("kind", "new_names", "text")}
    corrected["text"] = corrected["text"].replace("一万件\t", "10000\t")
    client.post(client.post(page(conference), corrected).headers["Location"], {"act": "confirm"})

    assert (linked, one.wrong, corrected["new_names"]) == (True, 1, "keep")
    assert list(conference.figures.order_by("order").values_list("label", "value", "quote")) == [
        ("受理", 10000, '全年受理"一万件"\n共计'),
        ("结案", 9000, ""),
    ]


@pytest.mark.parametrize("named", ["x", "²", "0", "-1", "1" * 30])
def test_a_list_that_is_no_number_or_not_there_answers_404(named, client, conference):
    assert client.get(f"{page(conference)}?list={named}").status_code == 404


def test_a_list_of_another_conference_or_court_or_one_that_was_put_away_is_not_there(client, conference, clerk):
    put_away = make.imported(court=conference.court, conference=conference, kind="figures", columns="label")
    put_away.cancel(by=clerk)
    lists = [
        make.imported(court=conference.court, kind="departments"),
        make.imported(conference=make.conference(court=conference.court, year_reviewed=2001), court=conference.court),
        make.imported(conference=make.conference()),
        put_away,
    ]

    assert [client.get(f"{page(conference)}?list={one.pk}").status_code for one in lists] == [404] * 4


def test_a_list_of_the_court_leads_back_to_its_file(client, conference):
    file = SimpleUploadedFile("部门.csv", "名称,类型\n执行局,没有这种\n".encode())
    answer = client.post(reverse("intake:lists"), {"kind": "departments", "file": file})

    shown = client.get(answer.headers["Location"]).content.decode()

    assert f"{reverse('intake:lists')}?kind=departments" in shown
    assert "?list=" not in shown
    again = client.get(f"{reverse('intake:lists')}?kind=departments").context["form"]
    assert again["kind"].initial == "departments"
