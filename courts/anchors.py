"""Where a row stands on its screen in the admin."""

from django.db.models import Model


def anchor_of(row: Model) -> str:
    """The id of a stored row on its screen: short, because there are hundreds of them."""
    return f"{str(row._meta.model_name)[:3]}-{row.pk}"
