"""Whose name readers do not see: whoever asked to be left off public pages (docs/decisions/0013).

What is made for readers asks here, whoever they are; the lists of the court's own clerks and approvers do not.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NOT_LISTED = _("name not listed")


def left_off(person: str = "person") -> Any:  # a Q, which `values_list` takes without saying so
    """The condition that the person of a row is left off; `person` leads from the row to them."""
    return Q(**{f"{person}__left_off_since__isnull": False})


def in_place_of_name(department: str, post: str) -> tuple[str, str]:
    """What a reader gets where the name of such a person stood, and what is still said beside it."""
    if department:
        return department, post
    return post or str(NOT_LISTED), ""
