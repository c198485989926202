"""Each court counts the changes of its record, so that pages know when they are out of date.

Whoever writes to a record raises `Court.revision` in the same transaction. Caches and ETags carry that number;
nothing has to be invalidated by hand. It is coarse on purpose: a court changes rarely and is read often.
"""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models, router, transaction
from django.db.models import F, Q

from courts.history import ADDED, CHANGED, are_kept, keep
from courts.search import Indexed

CHUNK = 2000  # rows read at once for their versions


def raise_revisions(court_ids: models.QuerySet | list[int] | None, using: str) -> None:
    """Raises the revision of these courts (None: of all) by one, in one statement."""
    courts = apps.get_model("courts", "Court")._base_manager.using(using)
    if court_ids is not None:
        courts = courts.filter(pk__in=court_ids)
    models.QuerySet.update(courts.all(), revision=F("revision") + 1)


class RevisedQuerySet(models.QuerySet):
    """A queryset whose bulk writes raise the revisions too."""

    def with_searched(self) -> Self:
        """Lets the rows be asked for `searched`: the texts of their model in which the search looks."""
        return self.alias(searched=Indexed(*self.model.searched))

    def containing(self, text: str) -> Self:
        """The rows in whose texts every word stands somewhere (courts/search.py)."""
        return self.with_searched().filter(searched__zh=text)

    def courts_concerned(self) -> list[int] | None:
        """Ids of the courts that own these rows; None where every court shows them."""
        path = self.model.court_path
        return None if path is None else list(self.order_by().values_list(path, flat=True).distinct())

    def update(self, **kwargs: Any) -> int:
        with transaction.atomic(using=self.db):
            # Where rows may go from one court to another, all are raised: it hardly ever happens.
            concerned = None if self.model.leads_to_court(kwargs) else self.courts_concerned()
            # Read before: afterwards the condition may hold for other rows.
            keys = list(self.order_by().values_list("pk", flat=True)) if are_kept(self.model) else []
            raise_revisions(concerned, self.db)  # before the rows, as `save`: who holds a row waits for no court
            rows = super().update(**kwargs)
            self._keep_changed(keys)
        return rows

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic(using=self.db):
            before = self.courts_concerned()
            deleted = super().delete()
            raise_revisions(before, self.db)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list:
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **kwargs)
            keep([row for row in made if row.pk is not None], ADDED)
            self._raise_for(made)
        return made

    def bulk_update(self, objs: Any, *args: Any, **kwargs: Any) -> int:
        # Django's own bulk_update goes through update(), which raises the revision.
        return super().bulk_update(list(objs), *args, **kwargs)

    def _keep_changed(self, keys: list[Any]) -> None:
        rows = self.model._base_manager.using(self.db)
        for start in range(0, len(keys), CHUNK):
            keep(list(rows.filter(pk__in=keys[start : start + CHUNK])), CHANGED)

    def _raise_for(self, objs: list) -> None:
        if any(obj.pk is None for obj in objs):  # ignored conflicts: nobody knows which rows are new
            raise_revisions(None, self.db)
        elif objs:
            rows = self.model._base_manager.using(self.db).filter(pk__in=[obj.pk for obj in objs])
            path = self.model.court_path
            raise_revisions(None if path is None else rows.values(path), self.db)


class Revised(models.Model):
    """A row of a court's record. `court_path` leads from the row to the court that owns it."""

    court_path: ClassVar[str | None] = "court"
    # Whether whoever may change the record may have an old version of the row back.
    may_be_put_back: ClassVar[bool] = True
    # The columns in which the search looks: only what the pages show to whoever sees the row.
    searched: ClassVar[tuple[str, ...]] = ()

    objects = RevisedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def leads_to_court(cls, fields: Iterable[str]) -> bool:
        """Whether the first step of the way to the court is among these fields."""
        step = (cls.court_path or "").split("__")[0]
        return not {step, f"{step}_id"}.isdisjoint(fields)

    @classmethod
    def belongs_to(cls) -> str:
        """The field that leads to the row of which this one is a part; empty where it stands by itself."""
        step = (cls.court_path or "court").split("__")[0]
        return "" if step == "court" else step

    def save(self, *args: Any, **kwargs: Any) -> None:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        fields = kwargs.get("update_fields")
        with transaction.atomic(using=using):
            may_move = not self._state.adding and (fields is None or self.leads_to_court(fields))
            if self.court_path is not None:
                self._raise_revision(using, here=self._state.adding or may_move, stored=not self._state.adding)
            super().save(*args, **kwargs)
            if self.court_path is None:
                raise_revisions(None, using)  # afterwards: a court writes its own revision, as it was read

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        using = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using):
            # Before: afterwards nothing leads to the court any more.
            self._raise_revision(using)
            return super().delete(*args, **kwargs)

    def _raise_revision(self, using: str, *, here: bool = False, stored: bool = True) -> None:
        """Of the court to which the row is to belong (`here`), and of that which has it (`stored`): one statement."""
        path = self.court_path
        if path is None:
            return raise_revisions(None, using)
        concerned = Q()
        if stored:
            concerned |= Q(pk__in=type(self)._base_manager.using(using).filter(pk=self.pk).values(path))
        if here:
            step, _dash, rest = path.partition("__")
            field: Any = self._meta.get_field(step)
            key, owner = getattr(self, field.attname), field.related_model
            concerned |= Q(pk__in=owner._base_manager.using(using).filter(pk=key).values(rest)) if rest else Q(pk=key)
        courts = apps.get_model("courts", "Court")._base_manager.using(using)
        return raise_revisions(courts.filter(concerned).values("pk"), using)
