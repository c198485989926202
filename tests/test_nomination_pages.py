"""The pages of a department's liaison: nominating, what came back and why, files; and nothing of other departments."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.models import DepartmentQuota, Evidence, Nomination
from awards.models.dossiers import MOST_FILES
from courts.models import Person
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from tests import make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 "


class Case:
    def __init__(self) -> None:
        self.court = make.court()
        self.department = make.department(court=self.court, name="民事审判庭")
        self.liaison = make.user(LIAISON, court=self.court, department=self.department)
        self.selection = make.selection(court=self.court)
        self.client = client_of(self.liaison)

    def award(self, kind: str = "person", **given: Any) -> Any:
        category = make.category(court=self.court, recipient_kind=kind)
        make.quota(selection=self.selection, category=category, **given)
        return category

    def person(self, **given: Any) -> Person:
        return make.person(department=self.department, **given)

    def draft(self, **given: Any) -> Nomination:
        if "category" not in given:
            given["category"] = self.award()
        usual = {"selection": self.selection, "by_department": self.department, "person": self.person()}
        return make.nomination(**usual | given)

    def send(self, act: str = "nominate", **given: Any) -> Any:
        data = {"deeds": "结案三百件", act: act} | given
        return self.client.post(reverse("nominations:add", args=[self.selection.pk]), data)


@pytest.fixture
def case():
    return Case()


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(nomination: Nomination) -> str:
    return reverse("nominations:nomination", args=[nomination.pk])


def text_of(response: Any) -> str:
    return response.content.decode()


def test_a_person_of_the_own_department_is_nominated(case):
    award, person = case.award(), case.person(post="审判员")

    response = case.send(category=award.pk, person=person.pk)

    row = Nomination.objects.get()
    assert response["Location"] == page(row)
    assert (row.stage, row.person, row.by_department, row.nominated_by) == (
        "nominated",
        person,
        case.department,
        case.liaison,
    )
    assert (row.name, row.department_name, row.post) == (person.name, "民事审判庭", "审判员")


def test_a_draft_is_saved_changed_and_nominated(case):
    award, person = case.award(), case.person()
    case.send("save", category=award.pk, person=person.pk, deeds="")
    row = Nomination.objects.get()
    assert row.stage == "draft"

    case.client.post(page(row), {"category": award.pk, "person": person.pk, "deeds": "办案标兵", "nominate": "x"})

    row.refresh_from_db()
    assert (row.stage, row.deeds) == ("nominated", "办案标兵")


def test_the_own_department_is_nominated_with_nothing_to_type(case):
    case.send(category=case.award("department").pk)

    row = Nomination.objects.get()
    assert (row.department, row.name, row.department_name, row.stage) == (
        case.department,
        "",
        "民事审判庭",
        "nominated",
    )


def test_a_family_is_nominated_by_its_name(case):
    case.send(category=case.award("family").pk, name="王某家庭")

    row = Nomination.objects.get()
    assert (row.name, row.person, row.department_name) == ("王某家庭", None, "民事审判庭")


def test_a_typed_name_finds_its_entry_in_the_register(case):
    person = make.person(court=case.court, name="欧阳少东", department=make.department(court=case.court))

    case.send(category=case.award().pk, name="欧阳 少东")

    row = Nomination.objects.get()
    assert (row.person, row.department, row.by_department) == (person, person.department, case.department)


def test_whoever_is_in_no_register_is_nominated_by_name(case):
    case.send(category=case.award().pk, name="人民陪审员某")

    row = Nomination.objects.get()
    assert (row.person, row.name) == (None, "人民陪审员某")


WRONG: dict[str, Any] = {
    "nobody": lambda case: {"category": case.award().pk},
    "a person and a name": lambda case: {"category": case.award().pk, "person": case.person().pk, "name": "某某"},
    "a person of another department": lambda case: {
        "category": case.award().pk,
        "person": make.person(department=make.department(court=case.court)).pk,
    },
    "an award outside the plan": lambda case: {
        "category": make.category(court=case.court).pk,
        "person": case.person().pk,
    },
    "no award": lambda case: {"person": case.person().pk},
    "a person for a department's award": lambda case: {
        "category": case.award("department").pk,
        "person": case.person().pk,
    },
    "a family without a name": lambda case: {"category": case.award("family").pk},
    "deeds beyond all measure": lambda case: {
        "category": case.award().pk,
        "person": case.person().pk,
        "deeds": "长" * 5001,
    },
    "a file of another kind than it says": lambda case: {
        "category": case.award().pk,
        "person": case.person().pk,
        "evidence": SimpleUploadedFile("x.pdf", b"MZ"),
    },
    "too many files": lambda case: {
        "category": case.award().pk,
        "person": case.person().pk,
        "evidence": [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(MOST_FILES + 1)],
    },
}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG.keys())
def test_what_the_form_refuses_is_not_stored(case, given):
    response = case.send(**given(case))

    assert response.status_code == 200
    assert (Nomination.objects.count(), Evidence.objects.count()) == (0, 0)


def test_the_same_form_sent_twice_nominates_once(case):
    award, person = case.award(), case.person()

    first = case.send(category=award.pk, person=person.pk)
    second = case.send(category=award.pk, person=person.pk)

    assert (first.status_code, second.status_code, Nomination.objects.count()) == (302, 200, 1)


def test_of_two_forms_at_once_the_second_is_refused_by_the_database(case, monkeypatch):
    # As if the other form had been stored after this one had looked.
    award, person = case.award(), case.person()
    case.send(category=award.pk, person=person.pk)
    monkeypatch.setattr(type(Nomination.objects.all()), "of_recipient", lambda rows, _row: rows.none())

    second = case.send(category=award.pk, person=person.pk)

    assert (second.status_code, Nomination.objects.count()) == (200, 1)


def test_a_nomination_that_was_handed_in_is_not_changed_by_a_form_that_is_still_open(case):
    row = case.draft(nominated=case.liaison)

    case.client.post(page(row), {"category": row.category_id, "person": row.person_id, "deeds": "改", "save": "x"})

    row.refresh_from_db()
    assert row.deeds != "改"


@pytest.mark.parametrize("days", [-9, 9])
def test_outside_the_days_there_is_no_form_and_nothing_is_stored(case, days):
    day = timezone.localdate() + datetime.timedelta(days=days)
    case.selection.opens_on = case.selection.closes_on = day
    case.selection.save()

    response = case.send(category=case.award().pk, person=case.person().pk)

    assert f"{day:%Y-%m-%d}" in text_of(response)
    assert not Nomination.objects.exists()


def test_the_overview_says_the_quota_and_what_came_back(case):
    award = case.award()
    DepartmentQuota.objects.create(quota=award.quotas.get(), department=case.department, number=3)
    row = case.draft(category=award, nominated=case.liaison)
    back = case.draft(category=award, nominated=case.liaison)
    back.give_back(by=make.user(CLERK, court=case.court), reason="事迹太短了")

    response = case.client.get(reverse("nominations:nominations"))

    (line,) = response.context["opened"][0].lines
    assert (line.used, line.limit, line.left) == (1, 3, 2)
    assert (response.context["returned"], response.context["others"]) == ([back], [row])
    assert "事迹太短了" in text_of(response)


def test_a_liaison_without_a_department_is_told_so(case):
    case.award()
    client = client_of(make.user(LIAISON, court=case.court))

    listed = client.get(reverse("nominations:nominations"))
    added = client.get(reverse("nominations:add", args=[case.selection.pk]))

    assert (listed.status_code, listed.context["lacks_department"], added.status_code) == (200, True, 404)


def test_a_liaison_sees_the_own_department_alone(case):
    mine = case.draft(deeds="民庭事迹")
    other = case.draft(by_department=make.department(court=case.court), deeds="别庭事迹", name="别人", person=None)
    file = Evidence.objects.create(nomination=other, file=SimpleUploadedFile("x.pdf", PDF))

    listed = case.client.get(reverse("nominations:nominations"))

    assert (listed.context["others"], "别人" in text_of(listed)) == ([mine], False)
    assert case.client.get(page(mine)).status_code == 200
    for address in (page(other), file.get_absolute_url()):
        missing = case.client.get(
            address.replace(str(other.pk), "999999") if address == page(other) else address[:-5] + "0/"
        )
        answer = case.client.get(address)
        assert (answer.status_code, answer.content) == (404, missing.content)
    assert case.client.post(page(other), {"withdraw": "x", "reason": "误"}).status_code == 404
    assert Nomination.objects.get(pk=other.pk).stage == "draft"


def test_a_department_reads_nothing_about_sanctions_appraisals_opinions_and_ranks(case):
    person = case.person(staff_category="contract")
    make.discipline(person=person, since=datetime.date(2023, 5, 1), document="处分决定书")
    for year in (2021, 2022, 2023):
        make.appraisal(person=person, year=year)
    award = case.award()
    award.staff_categories = "judge"
    award.save()
    row = case.draft(category=award, person=person, nominated=case.liaison, rank=7)
    make.opinion(nomination=row, body="派驻纪检监察组意见处")

    response = case.client.get(page(row))

    assert [finding.code for finding in response.context["findings"]] == ["staff-category"]
    assert not [word for word in ("处分", "2023-05-01", "纪检监察", "考核") if word in text_of(response)]


def test_files_are_brought_taken_away_and_downloaded_by_whoever_may_read_the_nomination(case):
    award, person = case.award(), case.person()
    files = [SimpleUploadedFile(name, PDF) for name in ("证明一.pdf", "证明二.pdf")]
    case.send("save", category=award.pk, person=person.pk, evidence=files)
    row = Nomination.objects.get()
    first, second = row.evidence.all()

    got = case.client.get(first.get_absolute_url())
    assert (got["Content-Disposition"].startswith("attachment"), b"".join(got.streaming_content)) == (True, PDF)
    readers = {
        "clerk": make.user(CLERK, court=case.court),
        "approver": make.user(APPROVER, court=case.court),
        "staff": make.user(STAFF, court=case.court, department=case.department),
        "another liaison": make.user(LIAISON, court=case.court, department=make.department(court=case.court)),
        "another court": make.user(CLERK, court=make.court()),
    }
    opened = {
        name for name, user in readers.items() if client_of(user).get(first.get_absolute_url()).status_code == 200
    }
    assert opened == {"clerk", "approver"}

    case.client.post(
        page(row), {"category": award.pk, "person": person.pk, "deeds": "甲", "remove": [first.pk], "save": "x"}
    )
    assert list(row.evidence.all()) == [second]


def test_no_file_of_another_nomination_is_taken_away(case):
    row, other = case.draft(), case.draft()
    file = make.evidence(nomination=other)

    case.client.post(
        page(row),
        {"category": row.category_id, "person": row.person_id, "deeds": "甲", "remove": [file.pk], "save": "x"},
    )

    assert Evidence.objects.filter(pk=file.pk).exists()


def test_a_nomination_is_withdrawn_with_a_reason(case):
    row = case.draft(nominated=case.liaison)

    case.client.post(page(row), {"withdraw": "x", "reason": ""})
    assert Nomination.objects.get(pk=row.pk).stage == "nominated"
    case.client.post(page(row), {"withdraw": "x", "reason": "本人放弃"})

    row.refresh_from_db()
    assert (row.stage, row.withdrawal_reason) == ("withdrawn", "本人放弃")


def test_over_the_quota_it_is_nominated_with_a_warning(case):
    award = case.award(kind="person")
    quota = award.quotas.get()
    quota.kind, quota.number = "departments", 0
    quota.save()

    case.send(category=award.pk, person=case.person().pk)

    row = Nomination.objects.get()
    found = case.client.get(page(row)).context["findings"]
    assert (row.stage, [finding.code for finding in found]) == ("nominated", ["over-department-quota"])


def test_a_clerk_nominates_for_a_department_or_for_the_court(case):
    clerk = client_of(make.user(CLERK, court=case.court))
    award, person = case.award(), case.person(name="买买提·艾力")
    address = reverse("nominations:add", args=[case.selection.pk])

    clerk.post(
        address,
        {"category": award.pk, "by_department": case.department.pk, "name": "买买提·艾力", "deeds": "甲", "save": "x"},
    )
    clerk.post(address, {"category": award.pk, "by_department": "", "name": "外聘专家", "deeds": "乙", "save": "x"})

    made = Nomination.objects.order_by("pk").values_list("person", "name", "by_department")
    assert list(made) == [(person.pk, "买买提·艾力", case.department.pk), (None, "外聘专家", None)]


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_take_the_same_number_of_queries(case, rows, django_assert_num_queries):
    award = case.award()
    for _ in range(rows):
        case.award()
        case.draft(category=award, nominated=case.liaison)
        make.evidence(nomination=case.draft(category=award))
    row = Nomination.objects.latest("pk")

    with django_assert_num_queries(15):
        case.client.get(reverse("nominations:nominations"))
    with django_assert_num_queries(23):
        case.client.get(page(row))
