"""The board of a selection: everything about its nominations for clerks and approvers, and the acts on it."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Nomination, Override
from courts.roles import APPROVER, CLERK, LIAISON
from tests import make

pytestmark = pytest.mark.django_db


class Case:
    def __init__(self) -> None:
        self.court = make.court()
        self.department = make.department(court=self.court)
        self.liaison = make.user(LIAISON, court=self.court, department=self.department)
        self.clerk, self.approver = make.user(CLERK, court=self.court), make.user(APPROVER, court=self.court)
        self.selection = make.selection(court=self.court)
        self.award = make.quota(selection=self.selection, number=2).category
        self.board = reverse("admin:awards_selection_board", args=[self.selection.pk])

    def nominate(self, **given: Any) -> Nomination:
        usual = {"selection": self.selection, "category": self.award, "by_department": self.department}
        if not {"person", "name"} & set(given):
            given["person"] = make.person(court=self.court, department=self.department)
        return make.nomination(**usual | {"nominated": self.liaison} | given)

    def page(self, row: Nomination) -> str:
        return reverse("admin:awards_selection_nomination", args=[self.selection.pk, row.pk])


@pytest.fixture
def case():
    return Case()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stages(*rows: Nomination) -> list[str]:
    return [Nomination.objects.get(pk=row.pk).stage for row in rows]


def test_the_board_shows_all_nominations_by_award_with_quota_findings_and_opinions(case):
    row = case.nominate(name="外聘某", person=None)
    approved = case.nominate(checked=case.clerk, approved=case.approver)
    gone = case.nominate()
    gone.reject(by=case.clerk, reason="不符合条件")
    make.opinion(nomination=row)

    response = client_of(case.clerk).get(case.board)

    (group,) = response.context["board"].groups
    (ended,) = response.context["board"].ended
    assert (group.category, group.limit, group.nominated, group.approved) == (case.award, 2, 2, 1)
    assert [line.nomination for line in group.lines] == [row, approved]
    assert [one.finding.code for one in group.lines[0].found] == ["not-in-register"]
    assert (ended.nomination, ended.ended) == (gone, ("不符合条件", case.clerk))
    text = response.content.decode()
    assert [word for word in ("外聘某", "派驻纪检监察组", "不符合条件") if word not in text] == []


def test_nominations_stand_by_rank_then_as_they_came(case):
    third, fourth, first, second = case.nominate(), case.nominate(), case.nominate(rank=1), case.nominate(rank=2)

    (group,) = client_of(case.clerk).get(case.board).context["board"].groups

    assert [line.nomination for line in group.lines] == [first, second, third, fourth]


def test_several_are_checked_by_the_clerk_and_approved_by_the_approver(case):
    rows = [case.nominate(), case.nominate(), case.nominate()]
    chosen = [row.pk for row in rows[:2]]

    client_of(case.clerk).post(case.board, {"act": "check", "chosen": chosen})
    assert stages(*rows) == ["checked", "checked", "nominated"]
    client_of(case.clerk).post(case.board, {"act": "approve", "chosen": chosen})
    assert stages(*rows) == ["checked", "checked", "nominated"]
    client_of(case.approver).post(case.board, {"act": "approve", "chosen": chosen})
    assert stages(*rows) == ["approved", "approved", "nominated"]


@pytest.mark.parametrize(("act", "stage"), [("return", "returned"), ("reject", "rejected"), ("withdraw", "withdrawn")])
def test_a_step_back_takes_its_reason_from_the_board(case, act, stage):
    row = case.nominate()
    client = client_of(case.clerk)

    client.post(case.board, {"act": act, "chosen": [row.pk], "reason": ""})
    assert stages(row) == ["nominated"]
    client.post(case.board, {"act": act, "chosen": [row.pk], "reason": "材料不全"})

    assert stages(row) == [stage]


BAD: dict[str, dict[str, Any]] = {
    "nothing chosen": {"act": "check"},
    "no act": {"chosen": "own"},
    "an unknown act": {"act": "decide", "chosen": "own"},
    "no number": {"act": "check", "chosen": ["x"]},
    "a row of another selection": {"act": "check", "chosen": "foreign"},
    "a rank that is none": {"act": "ranks", "rank": "0"},
    "a rank of letters": {"act": "ranks", "rank": "一"},
    "nobody to ask": {"act": "ask", "chosen": "own", "body": " "},
}


@pytest.mark.parametrize("sent", BAD.values(), ids=BAD.keys())
def test_bad_input_is_answered_with_a_sentence_and_changes_nothing(case, sent):
    row = case.nominate()
    foreign = case.nominate(selection=make.selection(court=case.court))
    keys = {"own": [row.pk], "foreign": [foreign.pk]}
    data = {**sent, "chosen": keys.get(str(sent.get("chosen")), sent.get("chosen", []))}
    data[f"rank-{row.pk}"] = data.pop("rank", "")
    before = list(Nomination.objects.values())

    response = client_of(case.clerk).post(case.board, data, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert list(Nomination.objects.values()) == before


def test_ranks_and_questions_are_recorded_from_the_board(case):
    row = case.nominate()
    client = client_of(case.approver)

    client.post(case.board, {"act": "ranks", f"rank-{row.pk}": "1"})
    client.post(case.board, {"act": "ask", "chosen": [row.pk], "body": "派驻纪检监察组"})
    opinion = row.opinions.get()
    client.post(case.page(row), {"act": "opinion", "key": opinion.pk, "verdict": "objects", "text": "有信访"})

    row.refresh_from_db()
    opinion.refresh_from_db()
    assert (row.rank, opinion.verdict, opinion.text, opinion.asked_by) == (1, "objects", "有信访", case.approver)


def test_a_finding_is_let_pass_and_counts_again_from_the_page_of_the_nomination(case):
    row = case.nominate(checked=case.clerk)
    make.discipline(person=row.person, since=datetime.date(2023, 5, 1))
    approver = client_of(case.approver)
    (found,) = approver.get(case.page(row)).context["line"].found
    typed = {"key": found.finding.key, "reason": "影响期内表现突出"}

    client_of(case.clerk).post(case.page(row), {"act": "let-pass", **typed})
    assert not Override.objects.exists()
    approver.post(case.page(row), {"act": "let-pass", **typed})
    assert approver.get(case.page(row)).context["line"].holding == 0
    approver.post(case.page(row), {"act": "take-back", **typed})

    assert not Override.objects.exists()


def test_what_ended_has_a_page_without_findings(case):
    row = case.nominate()
    make.discipline(person=row.person, since=datetime.date(2023, 5, 1))
    row.reject(by=case.clerk, reason="不符")

    line = client_of(case.clerk).get(case.page(row)).context["line"]

    assert (line.found, line.ended) == ([], ("不符", case.clerk))


def test_a_nomination_is_found_only_under_its_own_selection(case):
    row = case.nominate()
    other = make.selection(court=case.court)

    response = client_of(case.clerk).get(reverse("admin:awards_selection_nomination", args=[other.pk, row.pk]))

    assert response.status_code == 404


def test_the_desk_says_what_waits(case):
    case.nominate()
    case.nominate()
    case.nominate(checked=case.clerk)
    case.nominate(checked=case.clerk, approved=case.approver)
    case.nominate().reject(by=case.clerk, reason="不符")
    make.selection()  # of another court
    make.selection(court=case.court, opens_on=None, closes_on=None)

    (line,) = client_of(case.clerk).get(reverse("admin:index")).context["selections"]

    assert (line, line.to_check, line.to_approve) == (case.selection, 2, 1)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_board_takes_the_same_number_of_queries(case, rows, django_assert_num_queries):
    for _ in range(rows):
        row = case.nominate(category=make.quota(selection=case.selection).category)
        make.opinion(nomination=row)
        make.override(nomination=row)
        make.evidence(nomination=row)
        case.nominate().reject(by=case.clerk, reason="不符")
    client = client_of(case.clerk)

    with django_assert_num_queries(21):
        client.get(case.board)
