"""Public notices and objections in the admin: read by clerks and approvers of the court, changed by acts alone."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Objection, PublicNotice, Selection
from awards.notices.acts import DECIDE, HANDLE, NOTICE_ACTS, START, Act, Said, Shown, due, fingerprint
from awards.selections.shortlist import shortlist
from courts.access import own
from courts.admin import LogAdmin
from courts.desk_pages import desk_page
from courts.refusals import Refused


class ActPages(LogAdmin):
    """Shows what an act will write, asks for what it needs, and does it on POST."""

    def act_page(self, request: HttpRequest, act: Act, record: Any, *, back: str) -> HttpResponse:
        """Does it only where what was shown is what will be written; anything else is shown first."""
        is_allowed = request.user.has_perm(act.permission)
        form: Any = act.form(request.POST if request.method == "POST" else None, record)
        said = form.cleaned_data if form.is_valid() else None if form.is_bound else form.initial
        shown, refusal = self._shown(act, record, said, request.user)
        seen = fingerprint(shown)
        is_read = request.POST.get("seen", seen) == seen and "show" not in request.POST
        if form.is_valid() and is_allowed and is_read and not refusal:
            refusal = self._take(request, act, record, form.cleaned_data)
            if not refusal:
                return HttpResponseRedirect(back)
        return desk_page(
            self,
            request,
            "admin/awards/notice_act.html",
            title=act.label,
            about=record,
            act=act,
            form=form,
            shown=shown,
            seen=seen,
            refusal=refusal,
            is_allowed=is_allowed,
            is_news=form.is_bound and not is_read and not refusal,
            back=back,
        )

    def _shown(self, act: Act, record: Any, said: Said | None, user: Any) -> tuple[list[Shown], str]:
        if said is None:
            return [], ""
        try:
            return act.shown(record, said, user), ""
        except Refused as refused:
            return [], " ".join(refused.messages)

    def _take(self, request: HttpRequest, act: Act, record: Any, said: Said) -> str:
        """Why it was refused; empty where it was done."""
        try:
            act.act(record, by=request.user, **said)
        except PermissionDenied:
            return str(_("You may not do that."))
        except Refused as refused:
            return " ".join(refused.messages)
        self.log_change(request, record, str(act.label))
        messages.success(request, act.done)
        return ""


@admin.register(PublicNotice)
class PublicNoticeAdmin(ActPages):
    list_display = ("title", "selection", "starts_on", "ends_on", "audience", "received", "outcome")
    list_filter = ("audience", "outcome")
    list_select_related = ("selection",)
    search_fields = ("title",)
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "-id")
    sortable_by = ("starts_on", "ends_on")
    fieldsets = (
        (None, {"fields": ("title", "selection", ("starts_on", "ends_on", "days"), "audience", "contact")}),
        (_("Text"), {"fields": ("text",)}),
    )
    concluded = (_("Conclusion"), {"fields": ("outcome", "conclusion", "concluded_at", "concluded_by")})

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.concluded] if obj and obj.concluded_at else fieldsets

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        notices: Any = super().get_queryset(request)
        return notices.with_counts().select_related("selection__court")

    @admin.display(description=_("objections"))
    def received(self, notice: Any) -> int:
        return notice.received

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("start/<int:selection>/", view(self.start_view), name="awards_publicnotice_start"),
            path("decide/<int:selection>/", view(self.decide_view), name="awards_publicnotice_decide"),
            path("<int:pk>/steps/<slug:step>/", view(self.step_view), name="awards_publicnotice_step"),
            *super().get_urls(),
        ]

    def start_view(self, request: HttpRequest, *, selection: int) -> HttpResponse:
        return self._about_selection(request, START, selection, "awards_publicnotice_changelist")

    def decide_view(self, request: HttpRequest, *, selection: int) -> HttpResponse:
        return self._about_selection(request, DECIDE, selection, "awards_honourroll_changelist")

    def _about_selection(self, request: HttpRequest, act: Act, pk: int, back: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise Http404
        selection = get_object_or_404(own(Selection.objects.select_related("court", "conference"), request.user), pk=pk)
        return self.act_page(request, act, selection, back=reverse(f"admin:{back}"))

    def step_view(self, request: HttpRequest, *, pk: int, step: str) -> HttpResponse:
        notice = self.get_object(request, str(pk))
        act = next((one for one in NOTICE_ACTS if one.name == step), None)
        if notice is None or act is None or not self.has_view_permission(request, notice):
            raise Http404
        return self.act_page(request, act, notice, back=reverse("admin:awards_publicnotice_change", args=[pk]))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """With the names, the objections and the acts that are due."""
        notice = self.get_object(request, object_id)
        about: dict[str, Any] = {}
        if notice is not None and self.has_view_permission(request, notice):
            about = {
                "acts": [act for act in due(notice) if request.user.has_perm(act.permission)],
                "listed": shortlist(notice.nominations.all()),
                "objections": notice.objections.with_names(),
            }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **about})


@admin.register(Objection)
class ObjectionAdmin(ActPages):
    list_display = ("received_at", "notice", "about", "who", "outcome", "handled_at")
    list_filter = ("outcome", "channel")
    list_select_related = ("notice", "nomination__category")
    ordering = ("-received_at", "-id")
    sortable_by = ("received_at",)
    fields = (
        *("notice", "about", "channel", "received_at", "name", "contact", "text"),
        *("handling", "outcome", "handled_at", "handled_by"),
    )
    readonly_fields = ("about",)

    @admin.display(description=_("about whom"))
    def about(self, objection: Objection) -> Any:
        return objection.nomination or _("the list as a whole")

    @admin.display(description=_("objector"))
    def who(self, objection: Objection) -> Any:
        return objection.name or _("anonymous")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.handle_view)
        return [path("<int:pk>/steps/handle/", view, name="awards_objection_handle"), *super().get_urls()]

    def handle_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        objection = self.get_object(request, str(pk))
        if objection is None or not self.has_view_permission(request, objection):
            raise Http404
        back = reverse("admin:awards_publicnotice_change", args=[objection.notice_id])
        return self.act_page(request, HANDLE, objection, back=back)
