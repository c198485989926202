"""Which court: who may read and write what. The one home of the rule, for admin, pages, files and exports.

- A user writes only for the user's own court.
- Of the own court, clerks and approvers read everything, other staff what is published.
- Whoever may read the courts below (`courts.read_courts_below`) reads all that they published, for staff too.
- Of other courts everyone reads what was published to everyone.
- Until a winner is announced, only the clerks and approvers of that court know.

The system administrator (superuser) stands outside these rules.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, Q, QuerySet

from courts.models import Court
from courts.refusals import NotAllowed

LEVELS_BELOW = 3  # from the supreme court down to a basic one


def writes_for(user: Any, court_id: int | None) -> bool:
    """Whether `user` works for this court."""
    return user.is_active and (user.is_superuser or (user.court_id is not None and user.court_id == court_id))


def may(user: Any, permission: str, record: Any) -> None:
    """Raises NotAllowed unless `user` holds `permission` and writes for the record's court."""
    if not (writes_for(user, court_of(record)) and user.has_perm(permission)):
        raise NotAllowed


def own(queryset: QuerySet, user: Any) -> QuerySet:
    """The rows of the user's own court; of tables that all courts share, all rows; of any other table none."""
    if user.is_superuser:
        return queryset
    if queryset.model is Court:
        return queryset.filter(pk=user.court_id)
    try:
        path = queryset.model.court_path
    except AttributeError:
        return queryset.none()
    if path is None:
        return queryset
    # Whoever works for no court owns nothing, rows without a court included.
    return queryset.filter(**{path: user.court_id}) if user.court_id else queryset.none()


def are_own(model: type[Model], keys: Collection[Any], user: Any) -> bool:
    """Whether all the rows of these primary keys are of the user's own court, or of a table that all courts share."""
    return own(model._base_manager.filter(pk__in=keys), user).count() == len(keys)


def court_of(record: Any) -> int | None:
    """The id of the court that owns a record; None where all courts share it."""
    if isinstance(record, Court):
        return record.pk
    if record.court_path is None:
        return None
    *path, last = record.court_path.split("__")
    for step in path:
        record = getattr(record, step)
    return getattr(record, f"{last}_id")


def see_drafts(user: Any) -> bool:
    """Whether `user` reads drafts and unannounced winners of the own court."""
    return user.is_authenticated and (user.is_superuser or user.has_perm("courts.read_drafts"))


def sees_everything_of(user: Any, court_id: int | None) -> bool:
    """Whether drafts, private notes, internal ranks and unannounced winners of this court are open to `user`."""
    return see_drafts(user) and writes_for(user, court_id)


def courts_below(user: Any) -> QuerySet[Court]:
    """The courts whose published record, for staff too, `user` reads from above."""
    if not user.is_authenticated or not user.court_id or not user.has_perm("courts.read_courts_below"):
        return Court.objects.none()
    above = Q()
    for depth in range(1, LEVELS_BELOW + 1):
        above |= Q(**{"__".join(["parent"] * depth): user.court_id})
    return Court.objects.filter(above)


def reads_as_staff(user: Any, court_id: int) -> bool:
    """Whether what this court published for staff only is open to `user`."""
    if not user.is_authenticated:
        return False
    if user.is_superuser or user.court_id == court_id:
        return True
    return courts_below(user).filter(pk=court_id).exists()
