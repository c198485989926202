"""Every fact of the two real reports is in the record, as docs/coverage.md lists them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from tests import coverage_hubin, coverage_nantong, coverage_nantong_tasks

DOCUMENT = Path(__file__).parent.parent / "docs" / "coverage.md"
ROW = re.compile(r"^\| ([HN]\d+) \| .+ \| (\w+: [\w, ]+) \|$", re.MULTILINE)
CASES = coverage_hubin.CASES | coverage_nantong.CASES | coverage_nantong_tasks.CASES
COURTS = {"H": "hubin", "N": "nantong-kaifaqu"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def place(model: Any, fields: dict[str, Any]) -> str:
    """Where a fact stands, as the document writes it: Figure: label, value."""
    names = dict.fromkeys(field.split("__")[0] for field in fields)
    return f"{model.__name__}: {', '.join(names)}"


def rows_of(number: str) -> QuerySet:
    """The rows of that court that say what the case says."""
    model, fields = CASES[number]
    return of_court(model, number[0]).filter(**fields)


def of_court(model: Any, letter: str) -> QuerySet:
    court = f"{model.court_path}__slug" if model.court_path else "slug"
    return model._base_manager.filter(**{court: COURTS[letter]})


@pytest.mark.parametrize("number", CASES)
def test_a_fact_stands_once_in_the_record(number):
    assert rows_of(number).count() == 1


def test_the_document_and_the_cases_list_the_same_facts_in_the_same_places():
    listed = dict(ROW.findall(DOCUMENT.read_text(encoding="utf-8")))

    assert listed == {number: place(model, fields) for number, (model, fields) in CASES.items()}


def test_every_row_of_the_two_conferences_has_its_line():
    """The other way round: nothing was added to what the reports say."""
    listed = {row for number in CASES for row in rows_of(number)}
    models = {model for model, _fields in CASES.values()}

    assert {row for model in models for letter in COURTS for row in of_court(model, letter)} == listed
