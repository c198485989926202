"""The base of every admin page: a user sees and changes only the own court's rows, whatever the address or form says.

Stock pages limited by `get_queryset` alone leak through filters, selects, query strings and related rows;
each method here closes one of these ways. No model is registered without this base.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db import models, router
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courts.access import are_own, court_of, own, writes_for
from courts.bin import discard, goes_to_bin, put_back
from courts.history_admin import HistoryMixin
from courts.left_off_pages import LeftOffFilter, LeftOffPages
from courts.merge_pages import DuplicatesFilter, MergePages, UndoMergePages, UndoNamesakesPages
from courts.models import BinnedRecord, Court, Department, Holiday, Merge, Person, User
from courts.namesakes import Namesakes
from courts.refusals import Refused
from courts.service import Appraisal, Discipline
from courts.sign_ins import FailedSignIn, SignIn

# What the built-in filters and the date navigation put behind a field's name in the address.
FILTER_SUFFIXES = ("", "__exact", "__id__exact", "__in", "__isnull", "__gte", "__gt", "__lt", "__lte")
LONGEST_KEY = 18  # digits that a key may have
DATE_PARTS = ("__year", "__month", "__day")
DATE_SUFFIXES = (*DATE_PARTS, "__gte", "__lt")
LONGEST_YEAR = 4  # digits


class CappedPaginator(Paginator):
    """Counts no further than the cap: a full count of a long table on each page is what makes lists slow."""

    CAP = 10_000

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows.order_by()[: self.CAP].count() if isinstance(rows, QuerySet) else len(rows)


class CappedChangeList(ChangeList):
    """A list that says when there is more than it pages through, and sorts only by what its headings offer."""

    def get_ordering_field(self, field_name: Any) -> Any:
        # Stock lists obey any column in the address, offered or not; without an index that sorts the whole table.
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None

    def get_results(self, request: HttpRequest) -> None:
        """A number that no column holds only shows when the rows are read; the stock list breaks off then."""
        try:
            super().get_results(request)
        except (OverflowError, ValueError) as error:
            raise IncorrectLookupParameters(error) from error

    @property
    def is_capped(self) -> bool:
        return self.result_count >= CappedPaginator.CAP


class CourtFilter(admin.RelatedFieldListFilter):
    """A filter by a related row that offers only rows of the own court."""

    MOST = 100  # never a list of every person

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        rows = own(field.remote_field.model._default_manager.all(), request.user)
        return [(row.pk, str(row)) for row in rows[: self.MOST]]


# For every relation in a `list_filter`, so that no page can forget it.
admin.FieldListFilter.register(lambda field: bool(field.remote_field), CourtFilter, take_priority=True)


class CourtForm(forms.ModelForm):
    """A form whose court is given and not chosen: no field, yet part of every uniqueness check."""

    given_court_id: ClassVar[int | None] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.given_court_id and self.instance._state.adding and hasattr(self.instance, "court_id"):
            self.instance.court_id = self.given_court_id

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"court"}


class CourtScoped:
    """What pages and inlines have in common."""

    form = CourtForm
    model: type[models.Model]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return own(super().get_queryset(request), request.user)  # type: ignore[misc]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """No clerk chooses a court: a row belongs to the court of whoever enters it."""
        excluded = list(super().get_exclude(request, obj) or [])  # type: ignore[misc]
        return excluded if request.user.is_superuser else [*excluded, "court"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self._limited(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = self._limited(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _limited(self, db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> QuerySet:
        rows = kwargs.get("queryset")
        if rows is None:
            rows = db_field.remote_field.model._default_manager.all()
        return own(rows, request.user)


class CourtScopedInline(CourtScoped):
    """Rows of a record that was found for this user already. Mix into a stock inline class."""

    extra = 0
    show_change_link = False
    view_on_site = False  # as on the pages

    def _parent_is_own(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or _is_own(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_is_own(request, obj) and super().has_view_permission(request, obj)  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_is_own(request, obj) and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_is_own(request, obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_is_own(request, obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class CourtScopedAdmin(HistoryMixin, CourtScoped, admin.ModelAdmin):
    """The admin page of one model, limited to the user's court."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200
    view_on_site = False  # its redirect tells addresses of drafts; pages link to theirs themselves
    save_on_top = False
    # Lookups in the address beyond those of list_filter and date_hierarchy.
    lookups: ClassVar[tuple[str, ...]] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the court where it is no field (see get_exclude)."""
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field != "court"]})
            for name, options in fieldsets
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change=change, **kwargs)
        if not request.user.is_superuser:
            form.given_court_id = request.user.court_id
        return form

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CappedChangeList

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what the page itself offers: every column, shown or not, could be guessed letter by letter otherwise."""
        if lookup.endswith(DATE_PARTS) and len(str(value)) > LONGEST_YEAR:
            return False  # the date navigation would make a date of it
        return lookup in self._offered_lookups(request)

    def _offered_lookups(self, request: HttpRequest | None) -> Iterable[str]:
        yield from self.lookups
        for item in self.list_filter:
            name = item[0] if isinstance(item, tuple) else item
            if isinstance(name, str):
                yield from (f"{name}{suffix}" for suffix in FILTER_SUFFIXES)
            else:
                yield name.parameter_name
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}{suffix}" for suffix in DATE_SUFFIXES)

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> Any:
        """Of a row that is no number the stock page makes an error of the program."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(one.isdecimal() and len(one) <= LONGEST_KEY for one in chosen):
            raise BadRequest("No such row")
        return super().response_action(request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Where rows of another court hang on these, none of them is named and nothing can be deleted."""
        if _reaches_other_courts(objs, request.user):
            return [], {}, set(), [_("Rows of another court belong to it.")]
        rows, counts, _perms, protected = super().get_deleted_objects(objs, request)
        # Whoever may delete the record needs no right of their own for each kind of row that goes along.
        return rows, counts, set(), protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        return super().delete_view(
            request, object_id, {**(extra_context or {}), "goes_to_bin": goes_to_bin(self.model)}
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if goes_to_bin(type(obj)):
            discard(obj, by=request.user)
        else:
            super().delete_model(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and _is_own(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _is_own(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever works for no court has no court to enter something for."""
        return super().has_add_permission(request) and (request.user.is_superuser or request.user.court_id is not None)


class LogAdmin(CourtScopedAdmin):
    """Rows that the system writes: read by whoever may, added, changed and deleted by nobody."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _is_own(request: HttpRequest, obj: Any) -> bool:
    if obj is None or request.user.is_superuser:
        return True
    court_id = court_of(obj)
    return court_id is None or writes_for(request.user, court_id)


def _reaches_other_courts(objs: Any, user: Any) -> bool:
    """Whether anything that hangs on these rows is not the user's own."""
    collector = NestedObjects(using=router.db_for_write(objs[0]._meta.model))
    collector.collect(objs)
    keys = defaultdict(set)
    for row in chain(collector.protected, *collector.model_objs.values()):
        keys[type(row)].add(row.pk)
    return not all(are_own(model, pks, user) for model, pks in keys.items())


@admin.register(Court)
class CourtAdmin(CourtScopedAdmin):
    list_display = ("name", "short_name", "level", "code", "parent")
    list_filter = ("level",)
    list_select_related = ("parent",)
    search_fields = ("name", "short_name", "code")
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "short_name", "slug", "level", "parent")}),
        (_("Codes"), {"fields": ("code", "division_code", "document_prefix")}),
        (_("For new conferences"), {"fields": ("default_venue",)}),
        (_("Sample data"), {"fields": ("is_invented",)}),
    )


@admin.register(Department)
class DepartmentAdmin(CourtScopedAdmin):
    list_display = ("name", "kind", "order")
    list_filter = ("kind",)
    search_fields = ("name",)
    ordering = ("order", "id")
    fields = ("court", "name", "kind", "order")


class DisciplineInline(CourtScopedInline, admin.StackedInline):  # the stock table has a heading without words
    model = Discipline
    fields = (("kind", "since", "until"), "document")
    readonly_fields = ("until",)


class AppraisalInline(CourtScopedInline, admin.StackedInline):
    model = Appraisal
    fields = (("year", "grade"),)


@admin.register(Person)
class PersonAdmin(MergePages, LeftOffPages, CourtScopedAdmin):
    list_display = ("name", "department", "post", "staff_category", "organisation", "is_active")
    list_filter = ("department", "staff_category", "is_active", LeftOffFilter, DuplicatesFilter)
    list_select_related = ("department",)
    actions = ("merge_entries",)
    search_fields = ("name", "post", "organisation")
    ordering = ("stroke_key", "id")
    sortable_by = ("name",)
    fieldsets = (
        (None, {"fields": ("court", "name", "department", "post", "staff_category", "is_active")}),
        (_("Guest"), {"fields": ("organisation",)}),
        (_("Order of names"), {"fields": ("sort_key",)}),
        (_("Public pages"), {"fields": ("left_off_since", "left_off_reason")}),
        (_("Service"), {"fields": ("service_since", "left_on")}),
    )
    inlines = (DisciplineInline, AppraisalInline)


@admin.register(Merge)
class MergeAdmin(UndoMergePages, CourtScopedAdmin):
    """Read by clerk and approver; written by the act alone."""

    list_display = ("removed_name", "kept", "at", "by", "undone_at")
    list_select_related = ("kept", "by")
    date_hierarchy = "at"
    fields = ("removed_name", "kept", "at", "by", "undone_at", "undone_by")
    change_form_template = "admin/courts/undoable.html"


@admin.register(Namesakes)
class NamesakesAdmin(UndoNamesakesPages, CourtScopedAdmin):
    """Read by clerk and approver; written by the act alone."""

    list_display = ("__str__", "at", "by", "undone_at")
    list_select_related = ("one__department", "other__department", "by")
    date_hierarchy = "at"
    fields = ("one", "other", "at", "by", "undone_at", "undone_by")
    change_form_template = "admin/courts/undoable.html"


@admin.register(Holiday)
class HolidayAdmin(CourtScopedAdmin):
    list_display = ("date", "kind", "name")
    list_filter = ("kind",)
    date_hierarchy = "date"


@admin.register(BinnedRecord)
class BinnedRecordAdmin(CourtScopedAdmin):
    """What was deleted in the last 30 days. Nothing is entered or changed here, only put back."""

    list_display = ("name", "kind", "rows", "at", "by")
    list_select_related = ("by",)
    search_fields = ("name",)
    date_hierarchy = "at"
    fields = ("name", "kind", "rows", "at", "by")
    actions = ("put_back",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("record")

    @admin.display(description=_("kind"), ordering="model")
    def kind(self, binned: BinnedRecord) -> str:
        return binned.kind

    @admin.action(description=_("Put back"), permissions=["put_back"])
    def put_back(self, request: HttpRequest, queryset: QuerySet) -> None:
        for binned in queryset:
            try:
                put_back(binned)
            except Refused as refused:
                messages.error(request, " ".join(refused.messages))
            else:
                messages.success(request, _("“%(name)s” was put back.") % {"name": binned.name})

    def has_put_back_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("courts.put_back_binnedrecord")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(CourtScopedAdmin, StockUserAdmin):
    form = StockUserAdmin.form
    list_display = ("username", "get_full_name", "court", "department", "is_active", "last_login")
    list_filter = ("is_active", "groups", "court")
    list_select_related = ("court", "department")
    search_fields = ("username", "last_name", "first_name")
    autocomplete_fields = ("court", "department", "person")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("last_name", "first_name", "court", "department", "person")}),
        (_("Roles"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        (_("Person"), {"fields": ("last_name", "first_name", "court", "department", "person")}),
        (_("Roles"), {"fields": ("is_staff", "groups")}),
    )


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(LogAdmin, StockGroupAdmin):
    """Roles come from courts/roles.py; here they can only be looked at."""

    form = StockGroupAdmin.form


class SignInLogAdmin(LogAdmin):
    """What the sign-ins and the failed ones have in common."""

    list_display: tuple[str, ...] = ("at", "who", "address")
    search_fields = ("username", "ip_address")
    date_hierarchy = "attempt_time"
    ordering = ("-attempt_time", "-id")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.list_display, "browser")

    get_readonly_fields = get_fields

    @admin.display(description=_("at"), ordering="attempt_time")
    def at(self, row: Any) -> Any:
        return row.attempt_time

    @admin.display(description=_("user name, as typed"), ordering="username")
    def who(self, row: Any) -> str:
        return row.username

    @admin.display(description=_("address of the machine"), ordering="ip_address")
    def address(self, row: Any) -> str:
        return row.ip_address

    @admin.display(description=_("browser"))
    def browser(self, row: Any) -> str:
        return row.user_agent


@admin.register(SignIn)
class SignInAdmin(SignInLogAdmin):
    list_display = ("at", "who", "address", "signed_out_at")

    @admin.display(description=_("signed out at"), ordering="logout_time")
    def signed_out_at(self, row: Any) -> Any:
        return row.logout_time


@admin.register(FailedSignIn)
class FailedSignInAdmin(SignInLogAdmin):
    list_display = ("at", "who", "address", "was_locked")

    @admin.display(description=_("locked from then on"), boolean=True, ordering="locked_out")
    def was_locked(self, row: Any) -> bool:
        return row.locked_out
