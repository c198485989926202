"""A province of any size, here a tiny one."""

import pytest
from django.core.management import CommandError, call_command

from awards.models import Commendation, Honour
from conferences.models import Conference, Figure, Measure, PriorityTask, Speech
from courts.models import Court, Person

pytestmark = pytest.mark.django_db
TINY = {"courts": 2, "years": 2, "verbosity": 0}


def rows() -> list:
    columns = {
        Court: ("name", "slug", "parent__slug"),
        Person: ("name", "department__name", "stroke_key", "pinyin"),
        Conference: ("title", "starts_on", "audience"),
        Speech: ("name", "department_name", "text"),
        Measure: ("text", "lead__name"),
        Commendation: ("name", "department_name", "category__name", "pinyin_key"),
    }
    return [list(model.objects.order_by("pk").values_list(*names)) for model, names in columns.items()]


def test_each_conference_has_its_share():
    call_command("make_province", **TINY)

    counted = {model: model.objects.count() for model in (Court, Conference, Commendation, Speech, PriorityTask)}
    assert counted == {Court: 2, Conference: 4, Commendation: 240, Speech: 40, PriorityTask: 24}
    assert (Measure.objects.count(), Figure.objects.count(), Honour.objects.count()) == (72, 48, 12)


def test_a_seed_makes_the_same_province_again_and_another_one_another():
    made = []
    for seed in (7, 7, 8):
        call_command("make_province", **TINY, seed=seed)
        made.append(rows())
        for model in (Commendation, Honour, Conference):
            model.objects.all().delete()
        for court in Court.objects.order_by("-pk"):
            court.award_categories.all().delete()
            court.people.all().delete()
            court.departments.all().delete()
            court.delete()

    assert (made[0] == made[1], made[0] == made[2]) == (True, False)


def test_every_court_is_marked_as_invented_and_stands_below_the_high_court():
    call_command("make_province", courts=22, years=1, verbosity=0)

    high = Court.objects.get(level=Court.Level.HIGH)
    assert set(Court.objects.values_list("is_invented", flat=True)) == {True}
    assert list(Court.objects.filter(level=Court.Level.INTERMEDIATE).values_list("parent", flat=True)) == [high.pk]


def test_what_is_made_reads_well():
    call_command("make_province", courts=1, years=1, verbosity=0)

    texts = list(Speech.objects.values_list("text", flat=True))
    assert [text for text in texts if "{" in text or len(text) < 60] == []
    assert Conference.objects.get().commendations.exclude(announced_at=None).count() == 60


@pytest.mark.parametrize("wrong", [{"courts": 0}, {"years": 51}, {"courts": 9999}])
def test_numbers_beyond_reason_are_refused(wrong):
    with pytest.raises(CommandError):
        call_command("make_province", **TINY | wrong)


def test_a_second_province_is_refused():
    call_command("make_province", courts=1, years=1, verbosity=0)

    with pytest.raises(CommandError):
        call_command("make_province", courts=1, years=1, verbosity=0)
