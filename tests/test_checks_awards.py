"""The awards of a conference: counts against the list, somebody twice, names that reach too high."""

from typing import Any

import pytest
from django.utils import timezone

from awards import checks
from awards.models import Family
from conferences.checks.record import Record
from conferences.models import AgendaItem, Conference
from courts.anchors import anchor_of
from courts.models import Court
from tests import make

pytestmark = pytest.mark.django_db


def found(conference: Conference) -> list[tuple[str, str, bool]]:
    """Code, anchor and whether it blocks."""
    record = Record(Conference.objects.get(pk=conference.pk))
    return [(one.code, one.place.anchor, one.blocks) for rule in checks.RULES for one in rule(record)]


def with_winners(count: int = 3, award: str = "先进个人", **given: Any) -> Conference:
    conference = make.conference(**given)
    category = make.category(court=conference.court, name=award)
    for _ in range(count):
        make.commendation(conference=conference, category=category)
    return conference


def test_awards_without_winners_are_one_finding():
    conference = with_winners()
    for name in ("先进集体", "办案标兵"):
        make.award_given(conference=conference, category=make.category(court=conference.court, name=name))

    record = Record(conference)

    assert [(one.code, one.values) for one in checks.awards_without_winners(record)] == [
        ("award-without-winners", ("先进集体", "办案标兵"))
    ]


def test_awards_on_the_agenda_are_entered_somewhere():
    item = make.agenda_item(kind=AgendaItem.Kind.AWARDS)
    assert found(item.conference) == [("awards-on-the-agenda", "commendations", False)]

    make.commendation(conference=item.conference)

    assert found(item.conference) == []


QUANTITIES = {
    "as many": ("3名", []),
    "wide digits": ("３名", []),
    "in Chinese": ("三名", []),
    "nothing said": ("", []),
    "vague": ("若干", []),
    "more": ("4名", ["quantity-differs"]),
    "more in Chinese": ("十三名", ["quantity-differs"]),
}


@pytest.mark.parametrize(("quantity", "expected"), QUANTITIES.values(), ids=QUANTITIES)
def test_how_many_was_said_against_the_list(quantity, expected):
    conference = with_winners()
    winner = conference.commendations.first()
    make.award_given(conference=conference, category=winner.category, quantity=quantity)

    assert [code for code, _place, _blocks in found(conference)] == expected


# There are three 先进个人.
TEXTS: dict[str, tuple[str, list[str]]] = {
    "as many": ("表彰先进个人3名。", []),
    "in Chinese": ("表彰三名先进个人。", []),
    "in quotation marks": ("授予“先进个人”称号3人。", []),
    "more": ("表彰先进个人30名。", ["先进个人30名"]),
    "more, the number first": ("会议表彰了30名先进个人。", ["30名先进个人"]),
    "more, in a list": ("表彰先进集体5个、先进个人30名。", ["先进个人30名"]),
    "more, of the year": ("对2023年度先进个人30名予以表彰。", ["先进个人30名"]),
    "more in Chinese": ("表彰十三名先进个人。", ["十三名先进个人"]),
    "of another year": ("2022年表彰先进个人30名。", []),
    "some of them speak": ("两名先进个人作了发言。", []),
    "one of them": ("先进个人1名代表发言。", []),
    "from above": ("荣获全省先进个人2名。", []),
    "one round of several": ("为第一批先进个人2名颁奖。", []),
    "a list with one number": ("表彰先进集体、先进个人30名。", []),
    "proposed": ("推荐先进个人8名。", []),
    "no number": ("表彰先进个人和先进集体。", []),
    "times": ("获评先进个人30人次。", []),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_how_many_a_text_says_against_the_list(text, expected):
    conference = with_winners()
    make.speech(conference=conference, text=text)

    assert [one.values[0] for one in checks.counts_in_texts(Record(conference))] == expected


def test_a_longer_name_of_an_award_is_not_taken_for_a_shorter_one():
    conference = with_winners(2)
    category = make.category(court=conference.court, name="先进个人标兵")
    make.commendation(conference=conference, category=category)
    make.keynote(conference=conference, text="表彰先进个人2名、先进个人标兵5名")

    found_in_text = [one.values for one in checks.counts_in_texts(Record(conference))]

    assert found_in_text == [("先进个人标兵5名", 1)]


NUMBERS = {"30": 30, "三": 3, "十": 10, "十三": 13, "三十": 30, "九十九": 99, "两": 2}


@pytest.mark.parametrize(("written", "expected"), NUMBERS.items())
def test_small_numbers_are_read_in_chinese_too(written, expected):
    assert checks.number(written) == expected


Who = dict[str, Any]
# Two winners of one award.
TWICE: dict[str, tuple[Who, Who, bool]] = {
    "name and department": ({"name": "张伟", "department_name": "执行局"},) * 2 + (True,),
    "the name spaced out": ({"name": "张伟"}, {"name": "张　伟"}, True),
    "of two departments": (
        {"name": "张伟", "department_name": "执行局"},
        {"name": "张伟", "department_name": "政治部"},
        False,
    ),
    "once without the department": ({"name": "张伟", "department_name": "执行局"}, {"name": "张伟"}, True),
    "a department": ({"department_name": "执行局"}, {"department_name": "执行局"}, True),
    "a department and somebody of it": (
        {"department_name": "执行局"},
        {"name": "张伟", "department_name": "执行局"},
        False,
    ),
    "two people": ({"name": "张伟"}, {"name": "李伟"}, False),
}


@pytest.mark.parametrize(("first", "second", "doubled"), TWICE.values(), ids=TWICE)
def test_somebody_twice_in_one_award_blocks(first, second, doubled):
    one = make.commendation(**first)
    other = make.commendation(conference=one.conference, category=one.category, order=2, **second)
    make.commendation(conference=one.conference, category=make.category(court=one.conference.court), **first)

    assert found(one.conference) == [("winner-doubled", anchor_of(other), True)] * doubled


def test_two_entries_of_the_register_are_two_people():
    department = make.department()
    one = make.commendation(
        conference=make.conference(court=department.court), person=make.person(name="张伟", department=department)
    )
    namesake = make.person(name="张伟", department=department)
    make.commendation(conference=one.conference, category=one.category, person=namesake)

    assert found(one.conference) == []


def test_what_was_revoked_counts_for_nothing():
    one = make.commendation(
        name="张伟", revoked_at=timezone.now(), revoked_by=make.user(), revocation_reason="弄虚作假"
    )
    make.commendation(conference=one.conference, category=one.category, name="张伟")
    make.keynote(conference=one.conference, text=f"表彰{one.category}1名")

    assert found(one.conference) == []


def test_a_winner_of_another_department_than_in_the_register_is_found_until_publication():
    bureau = make.department(name="执行局")
    conference = make.conference(court=bureau.court)
    person = make.person(name="张伟", department=bureau)
    winner = make.commendation(conference=conference, person=person, department_name="政治部")
    for name in ("执行局", "执 行 局", ""):
        made = make.person(name=f"李{name}", department=bureau)
        make.commendation(conference=conference, category=winner.category, person=made, department_name=name)
    assert found(conference) == [("winner-department", anchor_of(winner), False)]

    Conference.objects.filter(pk=conference.pk).update(published_at=timezone.now(), published_by=make.user())

    assert found(conference) == []


LEVEL = Court.Level
AWARDS = {
    "of the court": (LEVEL.BASIC, "先进个人", Family.IN_HOUSE, []),
    "national": (LEVEL.BASIC, "全国优秀法官", Family.IN_HOUSE, ["award-name-too-high"]),
    "provincial": (LEVEL.INTERMEDIATE, "省级先进个人", Family.IN_HOUSE, ["award-name-too-high"]),
    "municipal of a basic court": (LEVEL.BASIC, "全市法院先进个人", Family.IN_HOUSE, ["award-name-too-high"]),
    "municipal of the city's court": (LEVEL.INTERMEDIATE, "全市法院先进个人", Family.IN_HOUSE, []),
    "provincial of the province's court": (LEVEL.HIGH, "全省法院先进个人", Family.IN_HOUSE, []),
    "national of the highest court": (LEVEL.SUPREME, "全国优秀法官", Family.IN_HOUSE, []),
    "of another family": (LEVEL.BASIC, "全国优秀共产党员", Family.PARTY, []),
}


@pytest.mark.parametrize(("level", "name", "family", "expected"), AWARDS.values(), ids=AWARDS)
def test_an_award_of_the_court_does_not_call_itself_higher(level, name, family, expected):
    court = make.court(level=level)
    category = make.category(court=court, name=name, family=family)
    conference = make.conference(court=court)
    make.commendation(conference=conference, category=category)

    assert [code for code, _place, _blocks in found(conference)] == expected


def test_a_winner_with_a_rare_character_is_found_unless_the_conference_says_so_already():
    winner = make.commendation(name="王䶮")
    assert found(winner.conference) == [("rare-character", anchor_of(winner), False)]

    make.speech(conference=winner.conference, name="王䶮")

    assert found(winner.conference) == []
