"""The glossary, the code and the screen call one thing by one word."""

import re

from django.utils import translation

from awards.models import Family
from conferences.models import AgendaItem, Conference, Speech
from courts.models import Court
from courts.roles import LABELS
from tests.source import ROOT, our_models


def section(title: str) -> dict[str, str]:
    """The Chinese by code name, from one table of the glossary."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    table = re.search(rf"^## {title} .*?$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (\S+) \| (.*?) \|", table[1], re.MULTILINE)
    return {code: chinese for code, chinese in rows if code not in {"code", "---"}}


def chinese(labels: dict) -> dict[str, str]:
    with translation.override("zh-hans"):
        return {code: str(label) for code, label in labels.items()}


def test_every_model_is_called_as_in_the_glossary():
    assert section("Models") == chinese({model.__name__: model._meta.verbose_name for model in our_models()})


def test_every_role_is_called_as_in_the_glossary():
    assert section("Roles") == chinese(LABELS)


def test_levels_kinds_and_families_are_called_as_in_the_glossary():
    steps = dict(AgendaItem.Kind.choices) | dict(Speech.Kind.choices)
    steps.pop("other")

    assert section("Levels of courts") == chinese(dict(Court.Level.choices))
    assert section("Kinds of conferences") == chinese(dict(Conference.Kind.choices))
    assert section("Kinds of speeches and steps") == chinese(steps)
    assert section("Families of awards") == chinese(dict(Family.choices))
