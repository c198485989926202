"""Entries that may be one person, in the admin: noticed, compared, merged or told apart, and that undone."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from courts.acting import attempt
from courts.desk_pages import desk_page
from courts.merging import ask_again, counts, keep_apart, merge, undo
from courts.models import Person
from courts.refusals import Refused

COMPARED = ("name", "department", "post", "staff_category", "organisation", "sort_key", "is_active")
PAIR = 2


class DuplicatesFilter(admin.SimpleListFilter):
    title = _("possible duplicates")
    parameter_name = "duplicates"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Only possible duplicates"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.possible_duplicates() if self.value() == "yes" else queryset


class MergePages:
    """Adds to the people: the hint on a person's page, the action of the list, and the page that compares two."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<int:pk>/merge/", view, name="courts_person_merge"), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and self.has_delete_permission(request)

    def render_change_form(self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        person = context["original"]
        if person and self.has_merge_permission(request):
            context = {**context, "duplicates": self.get_queryset(request).duplicates_of(person), "may_merge": True}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.action(description=_("Merge two entries of one person"), permissions=["merge"])
    def merge_entries(self, request: HttpRequest, queryset: QuerySet[Person]) -> HttpResponse | None:
        chosen = list(queryset.order_by("pk").values_list("pk", flat=True)[: PAIR + 1])
        if len(chosen) == PAIR:
            return HttpResponseRedirect(_address(*chosen))
        messages.error(request, _("Choose two entries."))
        return None

    def merge_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Compares two entries; a POST merges them or says that they are two people.

        Without a second one, offers those that it may be.
        """
        person = self.get_object(request, str(pk))
        if person is None or not self.has_merge_permission(request):
            raise Http404
        other = self._other(request, person)
        if other and request.method == "POST":
            return (self._tell_apart if "apart" in request.POST else self._merge)(request, person, other)
        return desk_page(
            self,
            request,
            "admin/courts/merge.html",
            title=_("Merge two entries of one person"),
            about=person,
            person=person,
            people=[person, other] if other else [],
            duplicates=self.get_queryset(request).duplicates_of(person),
            rows=_compared(person, other) if other else [],
        )

    def _other(self, request: HttpRequest, person: Person) -> Person | None:
        """The second entry that the address names; what is not the user's is not there."""
        named = request.GET.get("other", "")
        if not named:
            return None
        other = self.get_object(request, named) if named.isascii() and named.isdecimal() else None
        if other is None or other == person:
            raise Http404
        return other

    def _tell_apart(self, request: HttpRequest, person: Person, other: Person) -> HttpResponse:
        def act() -> Any:
            keep_apart(person, other, by=request.user)
            self.log_change(request, person, str(_("These are two people")))
            return _("Nobody is asked about these two again. “Namesakes” can undo it.")

        attempt(request, act)
        return HttpResponseRedirect(reverse("admin:courts_person_change", args=[person.pk]))

    def _merge(self, request: HttpRequest, person: Person, other: Person) -> HttpResponse:
        """`keep` says which of the two stays."""
        keeps_other = request.POST.get("keep") == str(other.pk)
        keep, removed = (other, person) if keeps_other else (person, other)

        def act() -> Any:
            merge(keep, removed, by=request.user)
            self.log_change(request, keep, str(_("Merge two entries of one person")))
            return _("The entries are one now. “Merges of entries” can undo it.")

        if not attempt(request, act):
            return HttpResponseRedirect(_address(person.pk, other.pk))
        return HttpResponseRedirect(reverse("admin:courts_person_change", args=[keep.pk]))


def _address(pk: int, other: int) -> str:
    return f"{reverse('admin:courts_person_merge', args=[pk])}?other={other}"


def _compared(*people: Person) -> list[tuple[Any, list[Any]]]:
    """Label and one value for each of the two: their fields, then how much hangs on each."""
    fields = [Person._meta.get_field(name) for name in COMPARED]
    values = [(field.verbose_name, [_shown(person, field) for person in people]) for field in fields]
    return [*values, *counts(*people)]


def _shown(person: Person, field: Any) -> Any:
    value = getattr(person, field.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return getattr(person, f"get_{field.name}_display", lambda: value)() or "—"


class UndoPages:
    """What was said about two entries, read by whoever may see it; whoever may change the people may undo it.

    `undo_act` does it; the other words say it on the page.
    """

    undo_act: Callable[..., None]
    undo_label: Any
    undo_explanation: Any
    undo_done: Any

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view(self.undo_view), f"courts_{self.opts.model_name}_undo"
        return [path("<int:pk>/undo/", view, name=name), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        said = {"undo_label": self.undo_label, "undo_page": f"admin:courts_{self.opts.model_name}_undo"}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **said})

    def undo_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Asks first; does it on POST. What is not the user's is not there."""
        row = self.get_object(request, str(pk))
        if row is None or not request.user.has_perm("courts.change_person"):
            raise Http404
        if request.method == "POST":
            return self._undo(request, row)
        return desk_page(
            self,
            request,
            "admin/courts/undo.html",
            title=self.undo_label,
            about=row,
            row=row,
            explanation=self.undo_explanation,
        )

    def _undo(self, request: HttpRequest, row: Any) -> HttpResponse:
        try:
            type(self).undo_act(row, by=request.user)
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            self.log_change(request, row, str(self.undo_label))
            messages.success(request, self.undo_done)
        return HttpResponseRedirect(reverse(f"admin:courts_{self.opts.model_name}_change", args=[row.pk]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class UndoMergePages(UndoPages):
    undo_act = undo
    undo_label = _("Undo the merging")
    undo_explanation = _("The removed entry comes back with everything that was its own and was not changed since.")
    undo_done = _("Both entries are there again.")


class UndoNamesakesPages(UndoPages):
    undo_act = ask_again
    undo_label = _("They may be one person")
    undo_explanation = _("The register names them again among the possible duplicates, and they can be merged.")
    undo_done = _("They are possible duplicates again.")
