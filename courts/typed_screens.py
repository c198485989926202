"""Screens that keep what is typed: where the browser sends it, and how it comes back.

Nothing of it is kept in the browser: court machines are shared, and what one clerk typed about winners must not lie
in a profile that the next one opens. The server gives it back to its owner alone.
"""

import json
import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from courts.typed_drafts import MOST_BYTES, PAGE_LENGTH, NothingToAddTo, TooMuch, TypedDraft

PUT_BACK, THROW_AWAY, PAGE = "_put_back", "_throw_away", "typed_page"
NOT_KEPT = {"csrfmiddlewaretoken", PUT_BACK, THROW_AWAY}
PAGE_SHAPE = re.compile(rf"[A-Za-z0-9]{{{PAGE_LENGTH}}}")
MOST_FIELDS = 20_000  # as a form may have
REFUSED, TOO_MUCH = 409, 413


def is_put_back(request: Any) -> bool:
    """Whether the page is filled from a draft."""
    return hasattr(request, "put_back")


class KeepsTyping:
    """Mix into the admin of a screen. Its form carries the number of the page in `typed_page`."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.typed_view)  # type: ignore[attr-defined]
        return [
            path("add/typed/", view, name=f"{self._name}_add_typed"),
            path("<int:pk>/typed/", view, name=f"{self._name}_typed"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"  # type: ignore[attr-defined]

    def typed_view(self, request: Any, *, pk: int = 0) -> HttpResponse:
        """POST keeps what was typed; GET gives a fresh token to whoever had to sign in again.

        Body: JSON with `user` (whose page it is), `page`, `fields` (name and text of each field), and `gone` where
        these are only the changes. 404 where the record is not there for this user, 403 where the user may not change
        it or someone else has signed in since, 409 where there is no draft that the changes belong to, 413 where it is
        too much.
        """
        self._refuse(request, pk)
        if request.method != "POST":
            return JsonResponse({"token": get_token(request)})
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return JsonResponse({}, status=TOO_MUCH)
        owner, draft, gone = _read(request.body)
        if owner != str(request.user.pk):
            raise PermissionDenied  # machines are shared: another account signed in beside the page
        draft.user, draft.screen, draft.record = request.user, self.opts.label_lower, pk  # type: ignore[attr-defined]
        try:
            kept = TypedDraft.objects.keep(draft, gone=gone)
        except NothingToAddTo:
            return JsonResponse({}, status=REFUSED)
        except TooMuch:
            return JsonResponse({}, status=TOO_MUCH)
        return JsonResponse({"time": timezone.localtime(kept.saved_at).strftime("%H:%M")})

    def _refuse(self, request: HttpRequest, pk: int) -> None:
        """As the screen itself refuses."""
        if not pk:
            if not self.has_add_permission(request):  # type: ignore[attr-defined]
                raise PermissionDenied
            return
        record = self.get_queryset(request).filter(pk=pk).first()  # type: ignore[attr-defined]
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            raise PermissionDenied

    def changeform_view(
        self, request: Any, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Fills the page from a draft as if its owner had just posted that, without saving it; or throws it away."""
        given = request.POST if request.method == "POST" else {}
        if PUT_BACK in given or THROW_AWAY in given:
            drafts = TypedDraft.objects.of_page(request.user, _page(given.get(PUT_BACK) or given.get(THROW_AWAY)))
            draft = drafts.first()
            if draft is None or THROW_AWAY in given:
                drafts.delete()
                messages.success(request, _("What you typed was thrown away."))
                return HttpResponseRedirect(request.path)
            request.put_back = draft
            request.POST = QueryDict(mutable=True)
            request.POST.update(draft.typed | {PAGE: draft.page})
        return super().changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc]

    def forget_typed(self, request: HttpRequest) -> None:
        """What was typed on this page is saved now. Drafts of other pages stay, and are offered again."""
        TypedDraft.objects.of_page(request.user, _page(request.POST.get(PAGE))).delete()

    def typed_context(self, request: Any, record: Any) -> dict[str, Any]:
        """For the template: the number of the page, what is offered, and where to send what is typed."""
        page = _page(request.POST.get(PAGE)) or get_random_string(PAGE_LENGTH)
        pk = record.pk if record else 0
        found = TypedDraft.objects.of(request.user, self.opts.label_lower, pk)  # type: ignore[attr-defined]
        return {
            "typed_page": page,
            "typed_url": reverse(f"admin:{self._name}{'' if pk else '_add'}_typed", args=[pk] if pk else []),
            "typed_drafts": [draft for draft in found if draft.page != page],
            "put_back": getattr(request, "put_back", None),
        }


def _read(body: bytes) -> tuple[str, TypedDraft, list[str] | None]:
    """Whose page it was, the draft that was sent, and what is no more. Raises BadRequest."""
    try:
        sent = json.loads(body)
        owner, page, fields, gone = sent["user"], sent["page"], sent["fields"], sent.get("gone")
        texts = [owner, page, *fields, *fields.values(), *(gone or [])]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadRequest("no draft") from error
    if not all(isinstance(text, str) for text in texts) or not _page(page):
        raise BadRequest("no draft")
    if len(fields) > MOST_FIELDS:
        raise BadRequest("too many fields")
    kept = {_clean(name): _clean(text) for name, text in fields.items() if name not in NOT_KEPT}
    return owner, TypedDraft(page=page, fields=json.dumps(kept, ensure_ascii=False)), gone


def _page(text: str | None) -> str:
    """The number of a page; empty where it is none."""
    return text if text and PAGE_SHAPE.fullmatch(text) else ""


def _clean(text: str) -> str:
    """Without halves of characters, which no page can be written with."""
    return text.encode(errors="replace").decode()
