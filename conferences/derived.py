"""The change of a figure as last year's record has it, in words, beside what was said."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from conferences.checks.changes import Derived, derived
from conferences.models.figures import change_in_words


class Beside(NamedTuple):
    """`before`: last year's value with its unit; `change`: empty where no percent follows; `differs`: not as said."""

    before: str
    change: str
    differs: bool

    def __str__(self) -> str:
        parts = [_("A year before: %(before)s") % {"before": self.before}]
        if self.change:
            parts.append(_("computed: %(change)s") % {"change": self.change})
        if self.differs:
            parts.append(_("not as said"))
        return " · ".join(parts)


def beside(figures: Collection[Any], figures_before: Collection[Any]) -> dict[int, Beside]:
    """By the key of the figure, for those that last year's record knows too."""
    return {one.figure.pk: Beside(_before(one), words(one), one.differs) for one in derived(figures, figures_before)}


def _before(one: Derived) -> str:
    return f"{one.before.value_as_said}{one.before.unit}"


def words(one: Derived) -> str:
    """Up 3.25%; empty where there is no percent from nothing."""
    return "" if one.change is None else change_in_words(one.change, one.unit, one.figure.unit)
