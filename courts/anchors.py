"""Where a row stands: on its screen in the admin, and on the page of its conference."""

from django.db.models import Model


def anchor_of(row: Model) -> str:
    """The id of a stored row on its page: short, because there are hundreds of them."""
    return anchor(type(row), row.pk)


def anchor(model: type[Model], pk: int | None) -> str:
    """The same, where only the number of the row is known."""
    return f"{str(model._meta.model_name)[:3]}-{pk}"
