"""What is missing in a record, what was left from the old one, and what is too long or cannot be printed."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils.translation import gettext, override

from conferences.checks import completeness, limits
from conferences.checks.record import Record
from conferences.models import AgendaItem, Conference, Measure, Speech
from courts.anchors import anchor_of
from courts.fonts import unprintable
from tests import make

pytestmark = pytest.mark.django_db
Found = list[tuple[str, str, bool]]


def complete(**given: Any) -> Conference:
    """A conference of which nothing is missing."""
    conference = make.conference(**{"venue": "三楼会议室", "summary": "总结一年的工作。"} | given)
    make.agenda_item(conference=conference)
    make.speech(conference=conference, name="杜某", text="同志们：")
    lead = make.department(court=conference.court, name="执行局")
    for _ in range(2):
        make.measure(task=make.task(conference=conference), lead=lead)
    return conference


def found(conference: Conference, module: Any = completeness) -> Found:
    """Code, anchor and whether it blocks."""
    record = Record(Conference.objects.get(pk=conference.pk))
    return [(one.code, one.place.anchor, one.blocks) for rule in module.RULES for one in rule(record)]


def test_of_a_complete_record_nothing_is_said():
    assert found(complete()) == []


FIELDS: dict[str, tuple[dict[str, Any], Found]] = {
    "no date": ({"starts_on": None}, [("no-date", "id_starts_on", True)]),
    "no venue": ({"venue": " "}, [("no-venue", "id_venue", False)]),
    "no summary": ({"summary": ""}, [("no-summary", "id_summary", False)]),
    "held in the year reviewed": ({"starts_on": datetime.date(2023, 12, 28)}, []),
    "held a year before": ({"starts_on": datetime.date(2022, 2, 2)}, [("date-other-year", "id_starts_on", True)]),
    "held two years after": ({"starts_on": datetime.date(2025, 2, 2)}, [("date-other-year", "id_starts_on", True)]),
    "title of the year planned": ({"title": "2024年工作部署会"}, []),
    "title of both years": ({"title": "2023年度总结暨2024年部署会"}, []),
    "title of five years": ({"title": "2019年至2023年工作总结会"}, []),
    "title without a year": ({"title": "年度总结大会"}, []),
    "title of an old year": ({"title": "2022年度总结大会"}, [("title-other-year", "id_title", False)]),
    "number left open": ({"summary": "受理案件XX件，表彰××名"}, [("number-left-open", "id_summary", False)]),
    "a name left out": ({"summary": "被告人王××、某某公司，编号XX"}, []),
}


YEARS: dict[str, tuple[list[dict[str, Any]], Found]] = {
    "the first of its court": ([], []),
    "the year before is there": ([{"year_reviewed": 2022}], []),
    "two years are missing": ([{"year_reviewed": 2020}], [("years-missing", "id_year_reviewed", False)]),
    "later years say nothing": ([{"year_reviewed": 2025}], []),
    "of another kind": ([{"year_reviewed": 2020, "kind": "deployment"}], []),
}


@pytest.mark.parametrize(("others", "expected"), YEARS.values(), ids=YEARS)
def test_years_that_are_missing_before_an_annual_conference(others, expected):
    conference = complete()
    make.conference(year_reviewed=2020)  # of another court
    for given in others:
        make.conference(court=conference.court, **given)

    assert found(conference) == expected


def test_the_missing_years_are_named():
    conference = complete()
    make.conference(court=conference.court, year_reviewed=2020)

    (finding,) = completeness.missing_years(Record(Conference.objects.get(pk=conference.pk)))

    assert "2021、2022" in finding.text


@pytest.mark.parametrize(("given", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields_of_the_conference(given, expected):
    assert found(complete(**given)) == expected


def without(relation: str) -> Callable[[Conference], Any]:
    return lambda conference: getattr(conference, relation).all().delete()


def lead_of(number: int) -> Callable[[Conference], Any]:
    """Takes away the lead of as many measures."""

    def act(conference: Conference) -> None:
        for measure in Measure.objects.filter(task__conference=conference)[:number]:
            measure.lead = None
            measure.save()

    return act


PARTS: dict[str, tuple[Callable[[Conference], Any], list[str]]] = {
    "no agenda": (without("agenda"), ["no-agenda agenda"]),
    "no speeches": (without("speeches"), ["no-speeches speeches"]),
    "no tasks": (without("tasks"), []),
    "one task without a lead": (lead_of(1), ["task-without-lead task 0"]),
    "no task with a lead": (lead_of(2), ["tasks-without-lead tasks"]),
    "a task without a measure": (
        lambda conference: make.task(conference=conference, order=9),
        ["task-without-measure task 2"],
    ),
    "a measure without a lead beside one with": (
        lambda conference: make.measure(task=conference.tasks.first()),
        ["measure-without-lead measure 2"],
    ),
    "the only speech without text": (
        lambda conference: conference.speeches.update(text=" "),
        ["speech-without-text speech 0"],
    ),
    "one of two speeches without text": (
        lambda conference: make.speech(conference=conference, order=9),
        ["speech-without-text speech 1"],
    ),
    "no speech with text": (
        lambda conference: (conference.speeches.update(text=""), make.speech(conference=conference)),
        ["speeches-without-text speeches"],
    ),
}


@pytest.mark.parametrize(("act", "expected"), PARTS.values(), ids=PARTS)
def test_parts_of_the_conference(act, expected):
    conference = complete()
    act(conference)
    rows = {
        "task": list(conference.tasks.all()),
        "measure": list(Measure.objects.filter(task__conference=conference).order_by("id")),
        "speech": list(conference.speeches.all()),
    }
    places = {anchor_of(row): f"{part} {at}" for part, some in rows.items() for at, row in enumerate(some)}

    assert [f"{code} {places.get(anchor, anchor)}" for code, anchor, _blocks in found(conference)] == expected


@pytest.mark.parametrize("language", [code for code, _name in django_settings.LANGUAGES])
def test_a_value_still_to_be_filled_in_blocks(language):
    conference = complete()
    with override(language):
        figure = make.figure(conference=conference, value=None, value_text=gettext("to be filled in"))
    make.figure(conference=conference, value=None, value_text="40余")

    assert found(conference) == [("figure-placeholder", anchor_of(figure), True)]


# --- Length and characters ---

KIND = Speech.Kind
LENGTHS = {
    "as long as allowed, spaces not counted": (KIND.REPORT, 5000, []),
    "one character more": (KIND.REPORT, 5001, ["speech-too-long"]),
    "the deployment": (KIND.DEPLOYMENT, 5001, ["speech-too-long"]),
    "a guest's address": (KIND.ADDRESS, 5001, []),
}


@pytest.mark.parametrize(("kind", "length", "expected"), LENGTHS.values(), ids=LENGTHS)
def test_the_main_speech_has_a_limit(kind, length, expected):
    speech = make.speech(kind=kind, text="字 \n" * length)

    assert [code for code, _place, _blocks in found(speech.conference, limits)] == expected


def test_a_main_speech_that_takes_more_than_an_hour_is_too_long(settings):
    settings.MAIN_SPEECH_CHARACTERS = 100_000
    speech = make.speech(text="字" * 13_000)
    make.speech(conference=speech.conference, order=2, text="字" * 14_000)

    assert [code for code, _place, _blocks in found(speech.conference, limits)] == ["speech-too-long"]


@pytest.mark.parametrize(("minutes", "expected"), [(None, []), (60, []), (61, ["agenda-too-long"])])
def test_an_hour_on_the_agenda_is_the_limit(minutes, expected):
    item = make.agenda_item(kind=AgendaItem.Kind.REPORT, minutes=minutes)
    make.agenda_item(conference=item.conference, kind=AgendaItem.Kind.AWARDS, minutes=90)

    assert [code for code, _place, _blocks in found(item.conference, limits)] == expected


CHARACTERS = {
    "common": ("张伟", []),
    "less common, in every font": ("王喆、李堃、刘翀", []),
    "of the extensions": ("方𬴂、王䶮、何㛃", ["𬴂", "䶮", "㛃"]),
    "the same twice": ("䶮䶮", ["䶮"]),
    "of the private use area, which no form takes": ("\ue000", []),
    "of another script": ("阿卜杜热合曼·买买提 José", []),
}


@pytest.mark.parametrize(("name", "expected"), CHARACTERS.values(), ids=CHARACTERS)
def test_what_gbk_lacks_may_be_missing_on_paper(name, expected):
    assert unprintable(name) == expected


def test_a_name_with_a_rare_character_is_found_once_where_it_stands_first():
    item = make.agenda_item(name="王䶮")
    make.speech(conference=item.conference, name="王䶮")
    make.participant(conference=item.conference, name="张伟")

    assert found(item.conference, limits) == [("rare-character", anchor_of(item), False)]
