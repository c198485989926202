"""Rules for every model: Chinese labels, who and when in pairs, short names, one base in the admin."""

import re

import pytest
from django.contrib import admin
from django.db import models
from django.utils import translation

from courts.admin import CourtScopedAdmin, CourtScopedInline
from courts.models import User
from tests.source import our_models

OUR_MODELS = our_models()
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAME_LENGTH = 30
# Who and when that the database cannot pair: known from the moment of entry on, so neither is ever empty.
PAIRED_BY_NATURE = {
    "archive.ArchivePackage": ("at", "by"),
    "awards.ExportLog": ("at", "by"),
    "courts.BinnedRecord": ("at", "by"),
    "intake.Import": ("at", "by"),
    "papers.Printing": ("at", "by"),
    "courts.Merge": ("at", "by"),
    "courts.Namesakes": ("at", "by"),
}


def own_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.local_fields + model._meta.local_many_to_many if not field.auto_created]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_and_field_has_a_chinese_label(model):
    with translation.override("zh-hans"):
        labels = {"model": str(model._meta.verbose_name), "models": str(model._meta.verbose_name_plural)}
        labels |= {field.name: str(field.verbose_name) for field in own_fields(model)}

    assert {name: label for name, label in labels.items() if not CHINESE.search(label)} == {}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_choice_has_a_chinese_label(model):
    # Names of formats are the same everywhere.
    unchanged = {"CSV", "XLSX", "DOCX", "PDF", "ZIP"}
    with translation.override("zh-hans"):
        labels = {str(label) for field in own_fields(model) for _value, label in field.flatchoices}

    assert {label for label in labels - unchanged if not CHINESE.search(label)} == set()


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_constraint_says_in_chinese_what_is_wrong(model):
    with translation.override("zh-hans"):
        said = {constraint.name: str(constraint.violation_error_message) for constraint in model._meta.constraints}

    assert {name: message for name, message in said.items() if not CHINESE.search(message)} == {}


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_who_and_when_come_in_pairs(model):
    fields = {field.name: field for field in own_fields(model)}
    moments = {name[:-3] for name, field in fields.items() if is_decision(field)}
    people = {name[:-3] for name, field in fields.items() if name.endswith("_by") and field.related_model is User}
    paired = {
        what
        for what in moments & people
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and {f"{what}_at__isnull", f"{what}_by__isnull"} <= set(keys(constraint.condition))
    }

    assert paired == moments
    # What changes with every save has a moment of its own, without a decision.
    assert people - paired <= {name[:-3] for name, field in fields.items() if getattr(field, "auto_now", False)}


def is_decision(field: models.Field) -> bool:
    """A moment that may be empty is a decision that was not taken yet."""
    return isinstance(field, models.DateTimeField) and field.name.endswith("_at") and field.null


def keys(condition: models.Q) -> list[str]:
    """The lookups of a condition, whatever is nested in it."""
    found = []
    for child in condition.children:
        found += keys(child) if isinstance(child, models.Q) else [child[0]]
    return found


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_names_are_short_enough_for_every_database(model):
    meta = model._meta
    names = [meta.db_table, *(column for field in meta.local_fields if (column := field.column))]
    names += [item.name for item in [*meta.constraints, *meta.indexes]]
    names += [field.m2m_db_table() for field in meta.local_many_to_many]

    assert [name for name in names if len(name) > NAME_LENGTH] == []


def test_every_page_of_the_admin_is_limited_to_the_own_court():
    wrong = []
    for model, page in admin.site._registry.items():
        if not isinstance(page, CourtScopedAdmin):
            wrong.append(f"{model._meta.label}: {type(page).__name__}")
        wrong += [
            f"{model._meta.label}: inline {inline.__name__}"
            for inline in page.inlines
            if not issubclass(inline, CourtScopedInline)
        ]

    assert wrong == []
