"""Rows of a record on one screen: many light forms, checked without and saved with few queries.

Stock inlines ask the database for every row and every foreign key, on opening and on saving. Here a page of any
number of rows takes a fixed number of queries: one to read each part, and at most one each to remove, change and
add its rows. Saving is all or nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router
from django.db.models import ProtectedError, Q, UniqueConstraint
from django.db.models.deletion import Collector
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.models import BaseInlineFormSet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from courts.anchors import anchor_of
from courts.constraints import CheckedForm
from courts.history import ADDED, CHANGED, keep
from courts.widgets import LightCheckbox, LightHidden, light_formfield, spelt_out


class RowField(BoundField):
    """Has an id only where an error points to it: labels wrap their inputs, and ids would be a third of the page."""

    @property
    def auto_id(self) -> str:
        # Not `self.errors`: a field is made before its form may be checked, and that would check it.
        return f"id_{self.html_name}" if self.name in (self.form._errors or ()) else ""

    def cell(self) -> str:
        """Label and input, written without a template: there are 6,000 of them on a screen."""
        attributes = {}
        if self.auto_id:
            attributes = {"id": self.auto_id, "aria-invalid": "true", "aria-describedby": f"{self.auto_id}_error"}
        widget = self.field.widget.render(self.html_name, self.value(), attributes)
        return f'<label class="f-{self.name}"><span>{escape(str(self.field.label))}</span>{widget}</label>'


class RowForm(CheckedForm):
    """One row. `main` and `more`: names of the fields shown at once and folded away."""

    main: ClassVar[tuple[str, ...]] = ()
    more: ClassVar[tuple[str, ...]] = ()
    bound_field_class = RowField
    nested: "RowFormSet | None" = None
    was_there = False  # when the page was opened, and is no more

    class Meta:
        formfield_callback = light_formfield

    def __init__(self, *args: Any, page: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self._stored = self._columns()

    def _columns(self) -> dict[str, Any]:
        return {
            field.attname: getattr(self.instance, field.attname) for field in self._meta.model._meta.concrete_fields
        }

    @property
    def is_new(self) -> bool:
        return self.instance._state.adding

    @property
    def is_blank(self) -> bool:
        return self.is_new and not (self.is_bound and self.has_changed())

    @property
    def anchor(self) -> str:
        """The id of the row: with a mistake as the summary of mistakes has it, else as findings have it."""
        if self.is_bound and self.errors:
            return str(self.prefix)
        return "" if self.is_new else anchor_of(self.instance)

    @property
    def css_class(self) -> str:
        """Names the rows of one kind in the stylesheet."""
        return str(self._meta.model._meta.model_name)

    def has_changed(self) -> bool:
        """A new row counts as empty as long as nothing but its place is filled in."""
        return bool(set(self.changed_data) - ({"order"} if self.is_new else set()))

    def make_ready(self) -> None:
        """Derives what the model's own save would; bulk writers call it for each row."""

    def written(self) -> list[str]:
        """Names of the columns that differ from what is stored."""
        now = self._columns()
        names = {field.attname: field.name for field in self._meta.model._meta.concrete_fields}
        return [names[column] for column, value in self._stored.items() if now[column] != value]

    def _cells(self, *names: str) -> SafeString:
        return mark_safe("".join(self[name].cell() for name in names if name in self.fields))  # noqa: S308 - escaped by cell()

    def head(self) -> SafeString:
        """The cells that are shown at once."""
        return self._cells("order", *self.main, "DELETE")

    def folded(self) -> SafeString:
        return self._cells(*self.more)

    @property
    def mistaken(self) -> list[BoundField]:
        """The fields with a mistake: a row has room for the messages only below its cells."""
        return [self[name] for name in self.errors if name != NON_FIELD_ERRORS]

    @property
    def count_folded(self) -> int:
        """How many of the folded fields say something of their own."""
        fields = [self[name] for name in self.more]
        return sum(field.value() not in {None, "", field.field.initial} for field in fields)

    @property
    def opens(self) -> bool:
        return any(name in self.errors for name in self.more)

    @property
    def about(self) -> Any:
        """What is to be known about this row."""
        return ""

    @property
    def said(self) -> list[tuple[Any, Any]]:
        """Label and text of each field that says something, for whoever may only read."""
        fields = [self[name] for name in (*self.main, *self.more) if name in self.fields]
        return [(field.label, _shown(field)) for field in fields if field.value()]


def _shown(field: BoundField) -> Any:
    """The value as its widget would show it, or the label of what was chosen."""
    value, choices = field.value(), dict(getattr(field.field, "choices", ()))
    return choices.get(value) or (_("yes") if value is True else field.field.widget.format_value(value))


@dataclass(frozen=True)
class Batch:
    """What is to be written of one model. `columns`: names of the fields that changed rows write."""

    model: type[models.Model]
    deleted: list[Any]
    changed: list[Any]
    added: list[Any]
    columns: set[str]

    def write(self) -> None:
        """At most one statement each to change and to add.

        Through the base manager, which raises no revision: the screen saves its conference in the same
        transaction, and that raises the court's revision once.
        """
        rows = self.model._base_manager
        if self.deleted:
            _collect(self.deleted).delete()
        if self.changed and self.columns:
            rows.bulk_update(self.changed, sorted(self.columns | self._released()))
            keep(self.changed, CHANGED)
        if self.added:
            keep(rows.bulk_create(self.added), ADDED)

    def _released(self) -> set[str]:
        """Empties the unique columns that will be written: two rows may change places. Returns their names."""
        released: set[str] = set()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and self.columns & set(constraint.fields):
                released |= {name for name in constraint.fields if self.model._meta.get_field(name).null}
        if released:
            rows = self.model._base_manager.filter(pk__in=[row.pk for row in self.changed])
            rows.update(**dict.fromkeys(released))
        return released


def _collect(rows: list[Any]) -> Collector:
    """All that goes along with these rows. Raises ProtectedError where something holds them."""
    collector = Collector(using=router.db_for_write(type(rows[0])), origin=rows[0])
    collector.collect(rows)
    return collector


class RowFormSet(BaseInlineFormSet):
    """The rows of one part. `page`: what its rows share, such as the register; `rows`: if loaded already."""

    related: ClassVar[tuple[str, ...]] = ()
    fetched: ClassVar[tuple[str, ...]] = ()  # of many: one query each

    def __init__(self, *args: Any, page: Any = None, rows: list[Any] | None = None, **kwargs: Any) -> None:
        self.page = page
        # The class was made for this page (see RowInline): other languages keep their own.
        self.form.base_fields = spelt_out(self.form.base_fields)
        super().__init__(*args, **kwargs)
        self.auto_id = False
        self.form_kwargs = {**self.form_kwargs, "page": page}
        page.parts[self.model] = self
        self.removed_objects: list[Any] = []
        if rows is not None:
            self._queryset = rows

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset"):
            rows = super().get_queryset().select_related(*self.related).prefetch_related(*self.fetched)
            self._queryset = list(rows) if self.instance.pk else []
        return self._queryset

    def get_deletion_widget(self) -> forms.Widget:
        return LightCheckbox()

    def add_fields(self, form: Any, index: int | None) -> None:
        """Adds the row's id and the box to delete it.

        The id is no ModelChoiceField, which asks the database for each row, and there is no field for the parent:
        both are known, and what a request says about them is compared, not believed.
        """
        BaseFormSet.add_fields(self, form, index)
        form.fields["id"] = forms.IntegerField(required=False, widget=LightHidden, initial=form.instance.pk)
        if "order" not in form.fields:
            return
        form.fields["order"].required = False
        if form.is_new and index is not None:
            form.fields["order"].initial = self._last_order + 1 + index - self.initial_form_count()

    @property
    def row_name(self) -> Any:
        return self.model._meta.verbose_name

    @property
    def _last_order(self) -> int:
        return max((row.order for row in self.get_queryset()), default=0)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        form.fields["id"].required = False  # a row that is brought back has none
        if self.is_bound and not form.is_new and not form.has_changed():
            form.empty_permitted = True  # stored as it is, so there is nothing to complain about
        return form

    def live_forms(self) -> list[Any]:
        """The rows that will be there after saving."""
        removed = self.deleted_forms
        return [form for form in self.forms if form not in removed and (not form.is_new or form.has_changed())]

    def clean(self) -> None:
        for form in self.initial_forms:
            # Without a number it is brought back by choice; see courts/conflicts.py for this and for `was_there`.
            if form.is_new and form["id"].data and not form.was_there:
                raise ValidationError(_("A row is not there any more. Open the page anew."), code="gone")
        self.removed_objects = [form.instance for form in self.deleted_forms if not form.is_new]
        self._refuse_protected()
        self._refuse_doubles()

    def _refuse_protected(self) -> None:
        if not self.removed_objects:
            return
        try:
            _collect(self.removed_objects)
        except ProtectedError as error:
            held = Counter(type(row)._meta.verbose_name for row in error.protected_objects)
            raise ValidationError(
                _("“%(row)s” cannot be deleted: %(count)s × %(what)s still belong to it."),
                code="protected",
                params={
                    "row": self.removed_objects[0],
                    "count": held.total(),
                    "what": "、".join(str(name) for name in held),
                },
            ) from error

    def _refuse_doubles(self) -> None:
        """Unique constraints, compared within the page and, with one query each, with what else is stored."""
        forms_to_write = [form for form in self.live_forms() if not form.errors and form.has_changed()]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and forms_to_write:
                self._refuse_doubles_of(constraint, forms_to_write)

    def _refuse_doubles_of(self, constraint: UniqueConstraint, forms_to_write: list[Any]) -> None:
        names = [name for name in constraint.fields if name != self.fk.name]
        places = Counter(_place(form.instance, names) for form in self.live_forms())
        stored = [form for form in forms_to_write if _is_stored(_place(form.instance, names))]
        taken: set[tuple[Any, ...]] = set()
        if stored:
            condition = Q(
                *(Q(*zip(names, _place(form.instance, names), strict=True)) for form in stored), _connector=Q.OR
            )
            if self.fk.name in constraint.fields:
                condition &= Q((self.fk.name, self.instance.pk))
            here = [form.instance.pk for form in self.initial_forms]
            others = self.model._base_manager.filter(condition).exclude(pk__in=here)
            taken = set(others.values_list(*names))
        for form in forms_to_write:
            place = _place(form.instance, names)
            if None not in place and (places[place] > 1 or place in taken):
                form.report(constraint.name, constraint.get_violation_error_message())
                self._errors[self.forms.index(form)] = form.errors

    def batches(self) -> Iterator[Batch]:
        """What to write, computed once the rows are valid and their parent is stored."""
        changed, added, columns = [], [], set()
        last = self._last_order if "order" in self.form.base_fields else 0
        for form in self.live_forms():
            row = form.instance
            setattr(row, self.fk.name, self.instance)
            if "order" in form.fields and row.order is None:
                row.order = last = last + 1
            if form.is_new or form.has_changed():
                form.make_ready()
            if form.is_new:
                added.append(row)
            elif names := form.written():
                changed.append(row)
                columns.update(names)
        yield Batch(self.model, self.removed_objects, changed, added, columns)

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        self.written = list(self.batches())
        for batch in self.written:
            batch.write()
        # What the stock admin reads.
        self.new_objects, self.changed_objects, self.deleted_objects = [], [], []
        return []

    save.alters_data = True  # type: ignore[attr-defined]


class _New(NamedTuple):
    """Stands for the number of a related row that is still to be added."""

    identity: int


def _place(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    """What a unique constraint compares."""
    return tuple(_number(row, row._meta.get_field(name)) for name in names)


def _number(row: Any, field: Any) -> Any:
    value = getattr(row, field.attname)
    related = row._state.fields_cache.get(field.name) if field.is_relation and value is None else None
    return value if related is None else related.pk or _New(id(related))


def _is_stored(place: tuple[Any, ...]) -> bool:
    return all(part is not None and not isinstance(part, _New) for part in place)


class Named(NamedTuple):
    """A row of another part of the screen, as it is called there."""

    number: int
    label: str
    row: Any


class NamedRows:
    """The rows of one part, for other parts that point to them by what they are called, stored or still typed.

    `formset`: the part. A row is found by its number, its label or the beginning of its label.
    """

    def __init__(self, formset: RowFormSet) -> None:
        self.formset = formset
        self.stored = {one.row.pk: one.label for one in self._labelled(formset.get_queryset())}

    @staticmethod
    def _labelled(rows: Iterable[Any]) -> Iterator[Named]:
        """Label and row; rows of one label are told apart by their number."""
        rows = list(rows)
        count = Counter(str(row) for row in rows)
        for number, row in enumerate(rows, start=1):
            label = f"{row} ({number})" if count[str(row)] > 1 else str(row)
            yield Named(getattr(row, "order", None) or number, label, row)

    @property
    def removed(self) -> set[int]:
        """Numbers of the stored rows that this save deletes."""
        return {row.pk for row in self.formset.removed_objects}

    def label(self, pk: int | None) -> str:
        return self.stored.get(pk, "")

    def find(self, typed: str) -> Any:
        """The row meant. Raises ValidationError where none or several are."""
        live = [form.instance for form in self.formset.live_forms()]
        named = [*self._labelled(live), *(Named(0, self.label(row.pk), row) for row in live if row.pk)]
        tries = (
            lambda one: one.label == typed,
            lambda one: typed == str(one.number),
            lambda one: one.label.startswith(typed),
        )
        for meant in tries:
            found = {id(one.row): one.row for one in named if meant(one)}
            if len(found) == 1:
                return next(iter(found.values()))
        choices = "；".join(f"{one.number} {one.label}" for one in self._labelled(live)) or "—"
        raise ValidationError(
            _("Not found. Type a number or a name of: %(choices)s"), code="unknown", params={"choices": choices}
        )


class PointingRowForm(RowForm):
    """A row that points to rows of other parts. `points`: typed field -> foreign key."""

    points: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for typed, key in self.points.items():
            self.initial[typed] = self._part(key).label(getattr(self.instance, f"{key}_id"))

    def _part(self, key: str) -> NamedRows:
        return self.page.named(self._meta.model._meta.get_field(key).related_model)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for typed, key in self.points.items():
            part = self._part(key)
            if typed in self.changed_data or self.is_new or getattr(self.instance, f"{key}_id") in part.removed:
                self._point(part, typed, key)
        return cleaned

    def _point(self, part: NamedRows, typed: str, key: str) -> None:
        try:
            setattr(self.instance, key, part.find(self.cleaned_data[typed]) if self.cleaned_data[typed] else None)
        except ValidationError as error:
            self.add_error(typed, error)
