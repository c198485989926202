"""The page of the admin that says what was changed on a record, and puts back what it said before."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from courts.history import are_kept
from courts.refusals import Refused
from courts.versions import MOST, changes, find_version, restore

LONGEST_NUMBER = 18  # digits


class HistoryMixin:
    """Shows the kept versions; for models without them the stock page. `get_object` finds only what is the user's."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not are_kept(self.model):  # type: ignore[attr-defined]
            return super().history_view(request, object_id, extra_context)  # type: ignore[misc]
        record = self.get_object(request, object_id)  # type: ignore[attr-defined]
        if record is None or not self.has_view_permission(request, record):  # type: ignore[attr-defined]
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        may_restore = self.has_change_permission(request, record)  # type: ignore[attr-defined]
        if request.method == "POST" and may_restore:
            return self._put_back(request, record)
        found = changes(record)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("History"),
            "subtitle": str(record),
            "opts": self.opts,  # type: ignore[attr-defined]
            "record": record,
            "changes": found,
            "is_cut": len(found) == MOST,
            "may_restore": may_restore,
        }
        return TemplateResponse(request, "admin/history.html", context)

    def _put_back(self, request: HttpRequest, record: Any) -> HttpResponse:
        number = request.POST.get("version", "")
        is_number = number.isdecimal() and len(number) <= LONGEST_NUMBER
        version = find_version(record, request.POST.get("model", ""), int(number)) if is_number else None
        if version is None:
            raise Http404
        try:
            with transaction.atomic():
                restore(version)
                self.restored(request, record)
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("It says again what it said then. This is a change too, and can be undone."))
        return HttpResponseRedirect(request.path)

    def restored(self, request: HttpRequest, record: Any) -> None:
        """What else is to be written when a row of the record was put back."""
