"""Queries whose SQL is kept: the values are those of each call, whatever was asked before."""

import datetime

import pytest
from django.db.models import Value
from django.db.models.functions import Upper
from django.utils import timezone

from awards.models import Commendation
from conferences.models import Conference, Figure
from courts.compiled import Compiled, columns, instance
from tests import make

pytestmark = pytest.mark.django_db


def test_each_call_asks_with_its_own_value():
    first, second = make.conference(), make.conference()
    ask = Compiled(lambda pk: Conference.objects.filter(pk=pk).values_list("pk"))

    assert [list(ask(first.pk)), list(ask(second.pk))] == [[(first.pk,)], [(second.pk,)]]


def test_a_moment_is_the_one_of_the_call():
    winner = make.commendation(announced=True)
    ask = Compiled(lambda now: Commendation.objects.announced(now).values_list("pk"))

    before = list(ask(winner.announced_at - datetime.timedelta(seconds=1)))

    assert [before, list(ask(timezone.now()))] == [[], [(winner.pk,)]]


def test_each_kind_has_a_plan_of_its_own():
    make.keynote(text="提升年")
    ask = Compiled(lambda text, *, shown: Conference.objects.filter(keynotes__text=text).values_list(Value(shown)))

    assert [list(ask("提升年", shown="a")), list(ask("提升年", shown="b"))] == [[("a",)], [("b",)]]


def test_values_come_as_the_model_has_them():
    figure = make.figure(value="97.85", rank=2, rank_kind="exact", rank_scope="全市")
    ask = Compiled(lambda pk: Figure.objects.filter(pk=pk).values_list(*columns(Figure)))

    (row,) = ask(figure.pk)

    stored = Figure.objects.get(pk=figure.pk)
    found = instance(Figure, row, conference=figure.conference)
    assert {name: getattr(found, name) for name in columns(Figure)} == {
        name: getattr(stored, name) for name in columns(Figure)
    }


def test_a_choice_is_asked_for_by_its_value():
    made = make.conference(kind=Conference.Kind.QUARTERLY)
    ask = Compiled(lambda kind: Conference.objects.filter(kind=kind).values_list("pk"))

    assert list(ask(Conference.Kind.QUARTERLY)) == [(made.pk,)]


def test_a_query_that_changes_a_value_is_refused():
    ask = Compiled(lambda text: Conference.objects.filter(title__contains=text).values_list(Upper("title")))

    with pytest.raises(ValueError, match="does not reach"):
        ask("大会")
