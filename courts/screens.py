"""A record with all its rows on one screen of the admin: what the two big screens have in common."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.db.transaction import get_connection
from django.forms.models import inlineformset_factory
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from courts.admin import CourtForm, CourtScopedAdmin, CourtScopedInline
from courts.conflicts import Comparison, opened_state, read, written
from courts.constraints import RecordForm
from courts.models import Court
from courts.problems import problems_of
from courts.register import NewNames, Register
from courts.rows import Batch, NamedRows, RowForm, RowFormSet
from courts.typed_screens import KeepsTyping, is_put_back
from courts.versions import saved_since

SCRIPTS = ("rows", "order", "paste", "focus", "draft")
CHOOSE = "choose-"  # begins the names of the buttons that choose between two people's values
ADDS_TO_REGISTER = ("courts.add_person", "courts.add_department")


class Page:
    """What the parts of one screen share: the record, the register of its court, and each other."""

    def __init__(self, request: HttpRequest, record: Any, court: Court | None) -> None:
        self.record = record
        self.court = court or Court()
        self.may_add = request.user.has_perms(ADDS_TO_REGISTER)
        new_names = request.POST.get("new_names", "")
        if new_names not in NewNames.values or (new_names == NewNames.ADD and not self.may_add):
            new_names = NewNames.STOP
        typed = [str(value) for key, value in request.POST.items() if key.endswith("name")]
        self.register = Register(self.court, typed, new_names=new_names)
        self.parts: dict[type[models.Model], RowFormSet] = {}
        self._named: dict[type[models.Model], NamedRows] = {}

    @property
    def lists(self) -> dict[str, list[str]]:
        """What else is offered while typing: texts by the name of the list."""
        return {}

    def save_new(self) -> None:
        """Writes what is added while typing, before the rows that point to it."""
        self.register.save()

    def named(self, model: type[models.Model]) -> NamedRows:
        """The rows of a part by what they are called."""
        if model not in self._named:
            self._named[model] = NamedRows(self.parts[model])
        return self._named[model]


class RowInline(CourtScopedInline, InlineModelAdmin):
    """One part of a record. `hint`: what a clerk should know before typing; `pasted_as`: its name among the lists."""

    template = "admin/rows/part.html"
    formset = RowFormSet
    row_form: type[RowForm]
    extra = 1
    hint: ClassVar[Any] = ""
    pasted_as: ClassVar[str] = ""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Without the stock widgets and the stock form, which looks for protected rows one by one."""
        return inlineformset_factory(
            self.parent_model,
            self.model,
            form=self.row_form,
            formset=self.formset,
            extra=self.extra,
            max_num=self.max_num,
            can_delete=self.has_delete_permission(request, obj),
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return []  # the row form says which fields it has


class Part:
    """One part as its template sees it: the rows, and whether this user may change them."""

    def __init__(self, inline: RowInline, formset: RowFormSet, *, is_open: bool) -> None:
        self.opts, self.formset, self.is_open = inline, formset, is_open
        self.media = forms.Media()
        # By these the stock page decides on its buttons.
        self.has_add_permission = self.has_change_permission = self.has_delete_permission = is_open

    @property
    def count(self) -> int:
        return len(self.formset.get_queryset())


class ScreenForm(CourtForm, RecordForm):
    """The record's own form. It knows which state was shown, and lets nobody write over a newer one unasked."""

    request: ClassVar[Any]  # the class is made for one request
    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen_at"] = self._stored_at()
        self.comparison = Comparison({}, {})

    def _stored_at(self) -> str:
        return self.instance.changed_at.isoformat() if self.instance.pk else ""

    @property
    def parts(self) -> list[RowFormSet]:
        """The parts of the screen in its order, without those that stand inside a row."""
        return [part for part in self.request.page.parts.values() if part.instance is self.instance]

    def full_clean(self) -> None:
        """Before anything is checked, what the other saved meanwhile is put where nothing else was typed."""
        if self.is_bound and self.instance.pk:
            self._compare()
        super().full_clean()

    def _compare(self) -> None:
        self.data = self.data.copy()
        chosen = {name[len(CHOOSE) :]: self.data[name] for name in self.data if name.startswith(CHOOSE)}
        self.comparison = Comparison(read(self.data.get("opened", "")), chosen)
        self.comparison.record(self)
        for part in self.parts:
            self.comparison.rows(part)

    def is_valid(self) -> bool:
        """What is put back from a draft, and what someone else saved meanwhile, is shown before anything is saved."""
        return super().is_valid() and not self.comparison and not is_put_back(self.request)

    @property
    def meanwhile(self) -> Any:
        """Who saved what this user had not seen."""
        try:
            seen_at = datetime.fromisoformat(self.data.get("seen_at", ""))
            savers = saved_since(self.instance, seen_at if seen_at.tzinfo else timezone.make_aware(seen_at))
        except (ValueError, OverflowError):
            savers = {self.instance.changed_at: self.instance.changed_by}  # a page that does not say what it showed
        if not savers:
            return _("Something of this was changed on another page after you had opened it.")
        who = "、".join(f"{who or '—'} {timezone.localtime(when):%H:%M:%S}" for when, who in savers.items())
        return _("Saved after you had opened it: %(who)s.") % {"who": who}


class ScreenAdmin(KeepsTyping, CourtScopedAdmin):
    """The page of a record with all its rows. Goes with `StepsMixin`, whose buttons it shows."""

    change_form_template = "admin/rows/screen.html"
    page_class: type[Page] = Page
    names_people = True  # and departments, which may be missing in the register
    media = forms.Media(
        css={"all": ["css/typed.css"]}, js=[forms.Script(f"js/{name}.js", defer=True) for name in SCRIPTS]
    )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Locked while it is saved: of two clerks the second waits, and then sees that the first was there."""
        if request.method == "POST" and get_connection().in_atomic_block:
            locked = self.get_queryset(request).select_for_update(of=("self",))
            return locked.filter(pk=object_id).first() if object_id.isdecimal() else None
        return super().get_object(request, object_id, from_field)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        return form

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**kwargs, "page": self._page(request, obj)}

    def _page(self, request: Any, obj: Any) -> Page:
        if not hasattr(request, "page"):
            request.page = self.page_class(request, obj, self.court_for(request, obj))
        return request.page

    def court_for(self, request: Any, obj: Any) -> Court | None:
        """The court of the record; of one that is being added, the user's, or what an administrator chose."""
        if obj.pk:
            return obj.court
        chosen = request.POST.get("court", "") if request.user.is_superuser else ""
        court_id = int(chosen) if chosen.isdecimal() else request.user.court_id
        courts = Court.objects.filter(pk=court_id)
        # Locked, so that of two new conferences alike the second one finds the first.
        return (courts.select_for_update() if request.method == "POST" else courts).first()

    def get_inline_formsets(
        self, request: HttpRequest, formsets: list[Any], inline_instances: list[Any], obj: Any = None
    ) -> list[Any]:
        is_open = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        return [
            Part(inline, formset, is_open=is_open and inline.has_change_permission(request, obj))
            for inline, formset in zip(inline_instances, formsets, strict=True)
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)

    def restored(self, request: HttpRequest, record: Any) -> None:
        """A screen that was opened before the row was put back knows nothing of it."""
        record.changed_by = request.user
        record.save(update_fields=["changed_at", "changed_by"])

    def save_related(self, request: HttpRequest, form: Any, formsets: list[RowFormSet], change: bool) -> None:  # noqa: FBT001 - Django's signature
        self._page(request, form.instance).save_new()
        for formset in formsets:
            formset.instance = form.instance
            formset.save()
        self.forget_typed(request)

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: list[RowFormSet] | None,
        add: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> list[dict[str, Any]]:
        """Kind and number of the rows, not sixty names: a log tells no winner before the announcement."""
        message = super().construct_change_message(request, form, None, add)  # type: ignore[arg-type]
        batches = [batch for formset in formsets or () for batch in formset.written]
        return [*message, *(line for batch in batches for line in _log_lines(batch))]

    def render_change_form(self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        form, parts = context["adminform"].form, context["inline_admin_formsets"]
        page = self._page(request, context["original"] or form.instance)
        return super().render_change_form(
            request,
            {
                **context,
                "show_save_and_add_another": False,
                "problems": problems_of(form, [part.formset for part in parts]) if form.is_bound else [],
                "is_open": any(part.is_open for part in parts),
                "page": page,
                "new_names": self._new_names(page),
                "links": list(self.links(request, context["original"])),
                "notes": list(self.notes(context["original"])) if context["original"] else [],
                "opened": written(form.comparison.opened) if form.is_bound else opened_state(form, form.parts),
                "comparison": form.comparison,
                "meanwhile": form.meanwhile if form.comparison else "",
                **self.typed_context(request, context["original"]),
            },
            *args,
            **kwargs,
        )

    def _new_names(self, page: Page) -> list[tuple[Any, Any, bool]]:
        if not self.names_people:
            return []
        choices = [choice for choice in NewNames if page.may_add or choice != NewNames.ADD]
        return [(choice.value, choice.label, choice == page.register.new_names) for choice in choices]

    def links(self, request: HttpRequest, record: Any) -> Iterable[tuple[Any, str]]:
        """Label and address of what is one click away: the steps that are due."""
        for step in self.steps_due(request, record) if record else ():
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_step"
            yield step.label, reverse(name, args=[record.pk, step.name])


def _log_lines(batch: Batch) -> Iterable[dict[str, Any]]:
    """In the shape of the stock log, whose names are translated when it is read."""
    with override(None):
        name = str(batch.model._meta.verbose_name)
        fields = [str(batch.model._meta.get_field(column).verbose_name) for column in sorted(batch.columns)]
    for act, rows in (("added", batch.added), ("changed", batch.changed), ("deleted", batch.deleted)):
        if rows:
            count = ngettext("%(count)d row", "%(count)d rows", len(rows)) % {"count": len(rows)}
            yield {act: {"name": name, "object": count, **({"fields": fields} if act == "changed" else {})}}
