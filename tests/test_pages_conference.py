"""The page of a conference and of a speech: what stands there, in which order, and at which cost."""

import datetime
import gzip
import json
import re
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from awards.models import AwardCategory, Family
from conferences.models import Figure, Indicator, MeasureHelper
from conferences.pages import conference_page, find_series
from tests import make

pytestmark = pytest.mark.django_db
KINDS = AwardCategory.RecipientKind


def page_of(conference, user=None) -> dict:
    """What the template gets, for a visitor unless `user` is given."""
    user = user or AnonymousUser()
    meeting = (conference.kind, conference.number)
    series = find_series(user, court=conference.court.slug, year=conference.year_reviewed, meeting=meeting)
    return conference_page(series, user)


def words(response) -> str:
    """The text of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def fill(conference, number: int) -> None:
    """`number` rows of everything."""
    categories = [make.category(court=conference.court), make.category(court=conference.court, family=Family.PARTY)]
    decision = make.decision(conference=conference)
    speech = make.speech(conference=conference, text="一、甲\n乙。")
    indicator = Indicator.objects.create(name=f"结案率{number}", direction="up")
    for n in range(number):
        department = make.department(court=conference.court)
        make.participant(conference=conference, department=department)
        make.keynote(conference=conference)
        make.agenda_item(conference=conference, department=department)
        make.speech(conference=conference, department=department)
        make.figure(conference=conference, indicator=indicator, group=f"组{n % 3}")
        task = make.task(conference=conference, speech=speech)
        for _ in range(2):
            measure = make.measure(task=task, lead=department)
            MeasureHelper.objects.create(measure=measure, department=department)
        make.honour(conference=conference, court=conference.court, department=department)
        make.attachment(conference=conference, audience="public")
        make.commendation(
            conference=conference, category=categories[n % 2], decision=decision, department=department, announced=True
        )


# --- Cost ---


@pytest.mark.parametrize("number", [0, 1, 30])
def test_eight_queries_whatever_the_number_of_rows(client, django_assert_num_queries, number):
    conference = make.published()
    make.published(court=conference.court, year_reviewed=2022)
    fill(conference, number)

    with django_assert_num_queries(8):
        client.get(conference.get_absolute_url())


def test_eighty_winners_fit_into_ten_kilobytes(client):
    conference = make.published()
    fill(conference, 12)
    departments = [make.department(court=conference.court) for _ in range(10)]
    category = make.category(court=conference.court)
    for n in range(80):
        make.commendation(conference=conference, category=category, department=departments[n % 10], announced=True)

    assert len(gzip.compress(client.get(conference.get_absolute_url()).content)) <= 10 * 1024


def test_a_further_winner_adds_little_to_the_page(client):
    conference = make.published()
    category = make.category(court=conference.court)
    department = make.department(court=conference.court, name="立案庭（诉讼服务中心）")
    sizes = []
    for _ in range(2):
        for _ in range(10):
            make.commendation(
                conference=conference, category=category, name="欧阳少东", department=department, announced=True
            )
        sizes.append(len(client.get(conference.get_absolute_url()).content))

    assert (sizes[1] - sizes[0]) / 10 <= 0.35 * 1024


@pytest.mark.parametrize("address", ["", "speeches/{speech}/"])
def test_a_visitors_page_has_no_token_and_sets_no_cookie(client, address):
    conference = make.published()
    speech = make.speech(conference=conference, text="甲。")

    response = client.get(conference.get_absolute_url() + address.format(speech=speech.pk))

    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "csrfmiddlewaretoken" not in response.content.decode()


# --- The roll of honour ---


def test_families_stay_apart_and_collectives_come_first():
    conference = make.published()
    for name, family, kind, order in [
        ("优秀共产党员", Family.PARTY, KINDS.PERSON, 1),
        ("先进个人", Family.IN_HOUSE, KINDS.PERSON, 2),
        ("先进集体", Family.IN_HOUSE, KINDS.DEPARTMENT, 3),
        ("嘉奖", Family.CIVIL, KINDS.PERSON, 0),
        ("办案能手", Family.IN_HOUSE, KINDS.PERSON, 1),
    ]:
        category = make.category(court=conference.court, name=name, family=family, recipient_kind=kind, order=order)
        make.commendation(conference=conference, category=category, announced=True)

    roll = page_of(conference)["roll"]

    assert [(str(family), [group.category.name for group in groups]) for family, groups in roll.families] == [
        (Family.IN_HOUSE.label, ["先进集体", "办案能手", "先进个人"]),
        (Family.CIVIL.label, ["嘉奖"]),
        (Family.PARTY.label, ["优秀共产党员"]),
    ]


@pytest.mark.parametrize(
    ("order", "names"),
    [("entered", ["欧阳少东", "丁小宁", "王文"]), ("strokes", ["丁小宁", "王文", "欧阳少东"])],
)
def test_names_stand_in_the_order_that_is_said(client, order, names):
    conference = make.published(roll_order=order)
    category = make.category(court=conference.court)
    for n, name in enumerate(["欧阳少东", "丁小宁", "王文"]):
        make.commendation(conference=conference, category=category, name=name, order=n, announced=True)

    ((_family, (group,)),) = page_of(conference)["roll"].families

    assert [winner.name for winner in group.winners] == names
    assert str(conference.get_roll_order_display()) in words(client.get(conference.get_absolute_url()))


@pytest.mark.parametrize(
    ("kind", "given", "setting"),
    [
        (KINDS.PERSON, {"name": "王文"}, "two"),
        (KINDS.PERSON, {"name": "\U00020087文"}, "two"),  # a rare character is one character
        (KINDS.PERSON, {"name": "欧阳少东"}, ""),
        (KINDS.PERSON, {"name": "阿卜杜热合曼·吾买尔江"}, "long"),
        (KINDS.DEPARTMENT, {"department_name": "民庭"}, ""),  # only names of people are set as wide as three
    ],
)
def test_names_of_two_characters_are_set_as_wide_as_three_and_stay_two(client, kind, given, setting):
    conference = make.published()
    category = make.category(court=conference.court, recipient_kind=kind)
    make.commendation(conference=conference, category=category, announced=True, **given)

    ((_family, ((group),)),) = page_of(conference)["roll"].families

    assert [(winner.name, winner.setting) for winner in group.winners] == [(*given.values(), setting)]
    assert next(iter(given.values())) in client.get(conference.get_absolute_url()).content.decode()


def test_a_revoked_award_is_counted_and_not_named(client):
    conference = make.published()
    for name, announced in [("欧阳少东", True), ("丁小宁", False)]:
        award = make.commendation(conference=conference, name=name, announced=announced)
        type(award).objects.filter(pk=award.pk).update(
            revoked_at=timezone.now(), revoked_by=make.user(), revocation_reason="弄虚作假"
        )

    roll = page_of(conference)["roll"]

    assert (roll.families, roll.revoked) == ([], 1)
    page = client.get(conference.get_absolute_url()).content.decode()
    assert [word for word in ("欧阳少东", "丁小宁", "弄虚作假") if word in page] == []


def test_the_decision_is_named_under_the_title(client):
    conference = make.published()
    decision = make.decision(conference=conference, prefix="青法", year=2024, serial=3)
    make.commendation(conference=conference, decision=decision, announced=True)

    assert f"《{decision.title}》（青法〔2024〕3号）" in words(client.get(conference.get_absolute_url()))


def test_a_decision_shows_no_earlier_than_its_winners(client):
    conference = make.published()
    make.commendation(conference=conference, decision=make.decision(conference=conference, title="秘密决定"))

    assert "秘密决定" not in words(client.get(conference.get_absolute_url()))


@pytest.mark.parametrize(
    ("role", "own", "seen"),
    [("clerk", True, True), ("approver", True, True), ("staff", True, False), ("clerk", False, False)],
)
def test_only_own_clerks_and_approvers_see_who_is_not_announced_yet(client, role, own, seen):
    conference = make.published()
    make.commendation(conference=conference, name="欧阳少东")
    client.force_login(make.user(role, court=conference.court if own else make.court()))

    response = client.get(conference.get_absolute_url())

    assert ("欧阳少东" in words(response), response.context["roll"].unannounced) == (seen, int(seen))


# --- Figures ---


@pytest.mark.parametrize(
    ("given", "value", "change"),
    [
        ({"value": Decimal("12478.0000"), "unit": "件"}, "12,478", ""),
        (
            {"value": Decimal("97.85"), "change": Decimal("1.2"), "change_unit": "points", "change_direction": "up"},
            "97.85",
            "上升 1.2 个百分点",
        ),
        ({"value": 48, "change": 6, "change_unit": "days", "change_direction": "down"}, "48", "下降 6 天"),
        ({"value": 9, "unit": "件", "change": 20, "change_unit": "count", "change_direction": "up"}, "9", "上升 20 件"),
        ({"value": 9, "change_direction": "level"}, "9", "持平"),
        ({"value": None, "value_text": "40余"}, "40余", ""),
        ({"value": None, "value_text": "清零"}, "清零", ""),
        # Without a number the change stands where the number would.
        ({"value": None, "change_text": "实现双下降"}, "实现双下降", ""),
        (
            {"value": None, "change": Decimal("37.5"), "change_unit": "percent", "change_direction": "up"},
            "上升 37.5%",
            "",
        ),
    ],
)
def test_figures_stand_as_they_were_said(given, value, change):
    conference = make.published()
    make.figure(conference=conference, **given)

    ((_group, (figure,)),) = page_of(conference)["figures"]

    assert (figure["value"], figure["change"]) == (value, change)


@pytest.mark.parametrize(
    ("better", "change", "judgement"),
    [
        ("up", "up", "优于上年"),
        ("up", "down", "不及上年"),
        ("down", "down", "优于上年"),
        ("neither", "up", ""),
        ("up", "level", ""),
    ],
)
def test_better_and_worse_are_said_by_the_indicator(better, change, judgement):
    conference = make.published()
    indicator = Indicator.objects.create(name="指标", direction=better)
    make.figure(conference=conference, indicator=indicator, change_direction=change)

    ((_group, (figure,)),) = page_of(conference)["figures"]

    assert figure["judgement"] == judgement


@pytest.mark.parametrize(
    ("role", "opened", "rank"),
    [("", False, ""), ("", True, "全省第4名"), ("staff", False, ""), ("clerk", False, "全省第4名")],
)
def test_a_rank_is_internal_until_it_is_opened(role, opened, rank):
    conference = make.published()
    figure = make.figure(conference=conference, rank_scope="全省", rank_kind="exact", rank=4, quote="排全省第4名")
    if opened:
        Figure.objects.filter(pk=figure.pk).update(rank_opened_at=timezone.now(), rank_opened_by=make.user())

    ((_group, (said,)),) = page_of(conference, make.user(role, court=conference.court) if role else None)["figures"]

    assert (said["rank"], said["rank_is_internal"]) == (rank, bool(rank) and not opened)
    assert said["quote"] == ("排全省第4名" if role == "clerk" else "")  # the sentence holds the rank


def test_a_figure_that_is_nothing_but_an_internal_rank_is_left_out(client):
    conference = make.published()
    make.figure(conference=conference, label="执行质效", value=None, rank_scope="全市", rank_kind="exact", rank=2)

    assert page_of(conference)["figures"] == []
    assert "执行质效" not in words(client.get(conference.get_absolute_url()))
    client.force_login(make.user("clerk", court=conference.court))
    assert "执行质效 全市第2名 内部" in words(client.get(conference.get_absolute_url()))


# --- Tasks, honours, agenda ---


def test_each_list_of_tasks_stands_under_its_own_speech():
    conference = make.published()
    report, address = make.speech(conference=conference, order=2), make.speech(conference=conference, order=1)
    for speech, heading in [(report, "报告甲"), (address, "讲话甲"), (None, "会议甲"), (report, "报告乙")]:
        make.task(conference=conference, speech=speech, heading=heading)

    lists = page_of(conference)["task_lists"]

    assert [(speech, [task.heading for task in tasks]) for speech, tasks in lists] == [
        (address, ["讲话甲"]),
        (report, ["报告甲", "报告乙"]),
        (None, ["会议甲"]),
    ]


def test_each_measure_has_its_own_departments():
    conference = make.published()
    lead, one, two = (make.department(court=conference.court, name=name, order=n) for n, name in enumerate("甲乙丙"))
    task = make.task(conference=conference)
    first = make.measure(task=task, order=1, text="举措一", lead=lead, target="全年六百件")
    make.measure(task=task, order=2, text="举措二", all_help=True)
    make.task(conference=conference, heading="没有举措", order=9)
    for department in (two, one):
        MeasureHelper.objects.create(measure=first, department=department)

    ((_speech, (with_measures, without)),) = page_of(conference)["task_lists"]

    measures = list(with_measures.measures.values())
    assert [(one.text, one.lead, one.helpers, one.all_help) for one in measures] == [
        ("举措一", "甲", ["乙", "丙"], False),
        ("举措二", None, [], True),
    ]
    assert without.measures == {}


def test_who_is_responsible_for_a_measure_is_not_published(client):
    conference = make.published()
    make.measure(task=make.task(conference=conference), responsible_name="欧阳少东")

    assert "欧阳少东" not in words(client.get(conference.get_absolute_url()))


def test_honours_from_above_begin_with_the_highest_level():
    conference = make.published()
    for level in ("", "district", "national", "city"):
        make.honour(conference=conference, level=level, title=level or "无")

    found = [[honour.title for honour in group] for _label, group in page_of(conference)["honours"]]

    assert found == [["national"], ["city"], ["district"], ["无"]]


@pytest.mark.parametrize(("role", "seen"), [("", False), ("staff", False), ("clerk", True), ("approver", True)])
def test_the_hosts_notes_are_for_own_clerks_and_approvers(client, role, seen):
    conference = make.published()
    make.agenda_item(conference=conference, private_note="提醒候场", starts_at=datetime.time(9, 5))
    if role:
        client.force_login(make.user(role, court=conference.court))

    page = words(client.get(conference.get_absolute_url()))

    assert ("提醒候场" in page, "09:05" in page) == (seen, True)


@pytest.mark.parametrize(
    ("role", "offered"),
    [("", False), ("staff", False), ("clerk", True), ("approver", True), ("superior", True), ("beside", False)],
)
def test_the_award_list_is_offered_to_whoever_may_export_it(client, role, offered):
    above = make.court()
    conference = make.published(court=make.court(parent=above))
    court = {"superior": above, "beside": make.court()}.get(role, conference.court)
    if role:
        client.force_login(make.user("clerk" if role == "beside" else role, court=court))

    page = client.get(conference.get_absolute_url()).content.decode()

    assert (f"/awards/export/?conference={conference.pk}" in page) == offered


# --- Head, neighbours, speeches ---


def test_the_years_before_and_after_are_those_the_reader_may_open():
    court = make.court()
    found = {year: make.published(court=court, year_reviewed=year) for year in (2019, 2021, 2023)}
    make.conference(court=court, year_reviewed=2022)
    make.published(court=court, year_reviewed=2020, kind="half-year")

    page = page_of(found[2021])

    assert (page["previous"], page["next"]) == (found[2019], found[2023])
    assert (page_of(found[2019])["previous"], page_of(found[2023])["next"]) == (None, None)


def test_machines_are_told_what_the_head_of_the_page_says(client):
    conference = make.published(title="</script><b>会议&", venue="第一审判庭", theme='主题"<i>')
    make.commendation(conference=conference, name="欧阳少东")

    page = client.get(conference.get_absolute_url()).content.decode()
    (event,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    head = page.partition("</head>")[0]

    assert {key: json.loads(event)[key] for key in ("@type", "name", "startDate", "location", "url")} == {
        "@type": "Event",
        "name": "</script><b>会议&",
        "startDate": "2024-02-02",
        "location": {"@type": "Place", "name": "第一审判庭"},
        "url": f"http://testserver{conference.get_absolute_url()}",
    }
    assert [re.findall(f'<meta property="og:{name}" content="(.*?)">', head) for name in ("title", "description")] == [
        ["&lt;/script&gt;&lt;b&gt;会议&amp;"],
        ["主题&quot;&lt;i&gt;"],
    ]


def test_the_code_for_phones_is_part_of_the_page_and_has_no_style(client):
    conference = make.published()

    (code,) = re.findall(r"<svg .*?</svg>", client.get(conference.get_absolute_url()).content.decode())

    assert [word for word in ("style=", "http", "<script") if word in code] == []


@pytest.mark.parametrize("given", [{}, {"starts_on": None}, {"title": "长" * 120}, {"year_planned": 2023}])
def test_a_conference_of_which_little_is_known_has_a_page(client, given):
    conference = make.published(**given)

    assert conference.title in words(client.get(conference.get_absolute_url()))


def test_a_speech_has_its_contents_beside_it_and_its_neighbours_below(client):
    conference = make.published()
    first = make.speech(conference=conference, order=1, name="甲某")
    second = make.speech(
        conference=conference, order=2, name="乙某", text="同志们：\n一、讲政治\n要把牢方向。\n二、顾大局"
    )
    third = make.speech(conference=conference, order=3, name="丙某")

    response = client.get(second.get_absolute_url())

    page = response.content.decode()
    anchors = re.findall(r'<a href="#(p\d+)">(.*?)</a>', page)
    assert anchors == [("p2", "一、讲政治"), ("p4", "二、顾大局")]
    assert re.findall(r'<h2 id="(p\d+)">', page) == ["p2", "p4"]
    assert (response.context["previous"], response.context["next"]) == (first, third)


def test_a_speech_without_text_says_so(client):
    speech = make.speech(conference=make.published())

    response = client.get(speech.get_absolute_url())

    assert (response.status_code, response.context["blocks"], response.context["minutes"]) == (200, [], 0)


def test_a_speech_of_another_conference_is_not_there(client):
    conference = make.published()
    other = make.speech(conference=make.published())

    assert client.get(f"{conference.get_absolute_url()}speeches/{other.pk}/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_says_its_language(client, language):
    client.cookies["django_language"] = language

    page = client.get(make.published().get_absolute_url()).content.decode()

    assert re.findall(r'<html lang="(.*?)">', page) == [language]
