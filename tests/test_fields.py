"""Names are kept as typed, but for characters that nobody can see."""

import pytest
from django.core.exceptions import ValidationError

from courts.fields import NameField, validate_no_private_use, without_invisible
from courts.models import Department, Person
from tests import make

KEPT = {
    "an ordinary name": "王小宁",
    "a character beyond the first plane": "𬴂某",
    "a compatibility character, which NFC would change": "\uf9d1某",  # looks like 六
    "a middle dot": "买买提·艾力",
    "a letter and its accent apart": "e\u0301",
    "an ideographic space within": "张\u3000三",
    "an ideographic description": "⿰马某",
}


@pytest.mark.parametrize("name", KEPT.values(), ids=KEPT.keys())
def test_a_name_is_kept_as_typed(name):
    assert without_invisible(name) == name


TAKEN_AWAY = {
    "zero-width space": "王\u200b小宁",
    "zero-width joiner": "王\u200d小宁",
    "byte order mark": "\ufeff王小宁",
    "soft hyphen": "王小\u00ad宁",
    "right-to-left override": "\u202e王小宁",
    "isolate": "\u2067王小宁\u2069",
    "tag character": "王小宁\U000e0041",
    "NUL": "王小宁\0",
    "line end": "王小宁\r\n",
    "escape": "\x1b王小宁",
    "space around": "  王小宁\u3000",
}


@pytest.mark.parametrize("typed", TAKEN_AWAY.values(), ids=TAKEN_AWAY.keys())
def test_what_nobody_sees_is_taken_away(typed):
    assert NameField(max_length=60).clean(typed, None) == "王小宁"


PRIVATE = {
    "first of the plane": "\ue000",
    "GB18030 with an old code point": "王\ue863",
    "last of the plane": "\uf8ff",
    "plane 15": "\U000f0000",
}


@pytest.mark.parametrize("name", PRIVATE.values(), ids=PRIVATE.keys())
def test_a_character_of_one_computer_alone_is_refused_and_named(name):
    with pytest.raises(ValidationError) as refused:
        validate_no_private_use(name)

    assert (refused.value.code, refused.value.params) == ("private_use", {"value": name})


@pytest.mark.django_db
def test_two_names_that_look_alike_are_one():
    department = make.department(name="立案庭")

    with pytest.raises(ValidationError) as refused:
        Department(court=department.court, name="立案\u200b庭").full_clean()

    assert len(refused.value.messages) == 1


@pytest.mark.django_db
def test_a_form_of_the_register_cleans_and_refuses():
    court = make.court()
    clean = Person(court=court, name="王\u200b小宁")

    clean.full_clean()
    with pytest.raises(ValidationError) as refused:
        Person(court=court, name="王\ue863").full_clean()

    assert (clean.name, list(refused.value.message_dict)) == ("王小宁", ["name"])


def test_script_in_a_name_is_text():
    assert without_invisible("<script>alert(1)</script>") == "<script>alert(1)</script>"
