"""The lookup `zh`: the same on both databases, whatever is typed."""

import pytest
from django.apps import apps
from django.db import connection, models

from awards.models import Commendation
from conferences.models import Conference, Speech
from courts.models import Person
from courts.pinyin import SPELLED_LENGTH, spelled
from courts.search import folded, is_enough, pair_of, words_of
from tests import make

pytestmark = pytest.mark.django_db

TEXT = "全年执行到位5.6亿元，诉源治理再上台阶。\n方𬴂、王䶮、何㛃同志负责ＡＩ办案２０２４，结案率95%_x。\\完"
CASES = {
    # what is typed: whether it stands there
    "执行": True,
    "执行 治理": True,
    "治理　执行": True,
    "诉源治理": True,
    "诉源执行": False,
    "治理诉源": False,
    "台阶方𬴂": False,
    "方𬴂": True,
    "𬴂": True,
    "方𬴃": False,
    "王䶮 何㛃": True,
    "王䶮何㛃": False,
    "ai办案": True,
    "AI": True,
    "ａｉ": True,
    "ＡＩ办": True,
    "2024": True,
    "２０２４": True,
    "2025": False,
    "5.6亿": True,
    "5_6亿": False,
    "%": True,
    "95%": True,
    "9%5": False,
    "95%_X": True,
    "5%x": False,
    "\\": True,
    "\\完": True,
    "\\\\": False,
    "(执行|治理)": False,
    ".*": False,
    "执行'": False,
    '"执行"': False,
    "😀": False,
    "执 治": True,
    "执 冶": False,
    "执行\0": False,
    "\ud800": False,
    "执行" * 5000: False,
    "": True,
    "  ": True,
}


@pytest.mark.parametrize(("typed", "found"), CASES.items(), ids=[ascii(typed)[:30] for typed in CASES])
def test_a_text_is_found_by_every_word_of_it_and_by_nothing_else(typed, found):
    make.speech(text=TEXT)

    plain, indexed = Speech.objects.filter(text__zh=typed), Speech.objects.containing(typed)

    assert (plain.exists(), indexed.exists()) == (found, found)


def test_words_may_stand_in_several_columns_and_none_runs_over():
    speech = make.speech(title="工作报告", name="杜晓明", text="执行")

    found = {typed: list(Speech.objects.containing(typed)) for typed in ("报告 执行 晓明", "行杜", "执行 没有")}

    assert found == {"报告 执行 晓明": [speech], "行杜": [], "执行 没有": []}


def test_what_is_excluded_is_what_would_not_be_found():
    speech = make.speech(text="执行")

    assert [list(Speech.objects.exclude(text__zh=typed)) for typed in ("执行", "治理", "", "\0")] == [
        [],
        [speech],
        [],
        [speech],
    ]


def test_words_are_told_apart_by_spaces_and_by_the_dot_of_names():
    assert words_of("　阿卜杜·买买提  ＡＢ1 ab1 ") == ["阿卜杜", "买买提", "ab1"]


@pytest.mark.parametrize(
    ("typed", "enough"), [("", False), ("法", False), ("执 行", False), ("执行 法", True), ("𬴂", False), ("ai", True)]
)
def test_one_character_is_too_short(typed, enough):
    assert is_enough(typed) == enough


def test_folding_keeps_the_length():
    assert folded("Ｄd𬴂％　９İß") == "dd𬴂％　9İß"


# --- People by pinyin ---


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("李明", "liming lm"),
        ("单立诚", "shanlicheng slc"),
        ("欧阳少东", "ouyangshaodong oysd"),
        ("吕布", "lvbu lb"),
        ("方𬴂", "fangfei ff"),
        ("阿依古丽·买买提", "ayigulimaimaiti ayglmmt"),
        ("Tom", ""),
        ("", ""),
    ],
)
def test_a_name_is_spelled_with_syllables_and_initials(name, typed):
    assert spelled(name) == typed


def test_a_long_name_is_spelled_as_far_as_there_is_room():
    assert len(spelled("庄" * 60)) == SPELLED_LENGTH


@pytest.mark.parametrize("typed", ["李明", "liming", "LM", "ｌｍ", "ming li", "李 审判", "民一 lm", "审判员"])
def test_a_person_is_found_by_name_pinyin_department_and_post(typed):
    court = make.court()
    person = make.person(
        court=court, name="李明", post="审判员", department=make.department(court=court, name="民一庭")
    )
    make.person(court=court, name="王强", post="法警")

    assert list(Person.objects.containing(typed)) == [person]


# --- Awards ---


@pytest.mark.parametrize("typed", ["王小 标兵", "办案标兵", "民一庭 王小明", "小明"])
def test_a_commendation_is_found_by_recipient_department_and_award(typed):
    category = make.category(name="办案标兵")
    won = make.commendation(category=category, name="王小明", department_name="民一庭")
    make.commendation(name="李大", department_name="刑庭")

    assert list(Commendation.objects.containing(typed)) == [won]


# --- The index on PostgreSQL ---

SEARCHED = [
    model
    for model in apps.get_models()
    if getattr(model, "searched", ()) and model is not Person and not model._meta.proxy
]


def explained(rows: models.QuerySet) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        return rows.explain()


@pytest.mark.postgresql
@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("typed", ["执行", "诉源治理", "执行 治理", "ai"])
def test_every_searched_model_has_its_index(model, typed):
    assert f"{model.__name__.lower()}_pairs" in explained(model.objects.containing(typed))


@pytest.mark.postgresql
def test_the_database_makes_the_pairs_that_the_search_asks_for():
    with connection.cursor() as cursor:
        cursor.execute("SELECT zh_pairs('方𬴂Ab')")
        (pairs,) = cursor.fetchone()

    assert pairs == [pair_of("方", "𬴂"), pair_of("𬴂", "a"), pair_of("a", "b")]


@pytest.mark.postgresql
def test_without_the_index_the_search_finds_the_same(settings):
    settings.SEARCH_INDEX = False
    conference = make.conference(title="诉源治理ＡＩ")

    assert [list(Conference.objects.containing(typed)) for typed in ("治理 ai", "治源")] == [[conference], []]
    assert "zh_pairs" not in str(Conference.objects.containing("治理").query)
