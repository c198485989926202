"""The format of the JSON: every field of the record has its place in it, and what was promised in docs/ holds."""

import json

import jsonschema
import pytest
from django.test import Client

from exchange.document import as_bytes, paths
from exchange.schema import schema
from exchange.shape import CONFERENCE, COURT, HELPERS, LEFT_OUT, REGISTERS
from tests.source import ROOT

SHAPES = {shape.model.__name__: shape for shape in (COURT, CONFERENCE, *REGISTERS.values(), *dict(paths()).values())}


@pytest.mark.parametrize("name", SHAPES)
def test_every_field_stands_in_the_format_or_is_left_out_for_a_reason(name):
    shape = SHAPES[name]
    fields = {field.name for field in (*shape.model._meta.concrete_fields, *shape.model._meta.local_many_to_many)}

    said = {*shape.fields, *shape.links, HELPERS}

    assert fields - said - LEFT_OUT == set()
    assert said - fields - {HELPERS} == set()


def test_every_row_is_found_by_words_that_the_format_has():
    assert {name for name, shape in SHAPES.items() if not {*shape.key} <= {*shape.fields, *shape.links}} == set()


def test_the_schema_in_the_docs_is_the_one_that_is_served():
    """After a change of the format that its readers were told of: manage.py export_conference --schema."""
    promised = (ROOT / "docs" / "conference-1.schema.json").read_bytes()

    assert as_bytes(schema()) == promised


@pytest.mark.django_db
def test_the_schema_is_one_and_has_an_address():
    response = Client().get("/schemas/conference-1.json")

    jsonschema.Draft202012Validator.check_schema(response.json())
    assert (response["Content-Type"], response.json()) == ("application/schema+json", json.loads(as_bytes(schema())))
