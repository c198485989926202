"""The pages of one commendation in the admin: it is revoked, the revocation is completed, or the row is corrected."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from awards.decisions.forms import CorrectionForm, DocumentForm, RevocationForm, SettlementForm
from awards.models import Commendation
from courts.desk_pages import desk_page
from courts.refusals import Refused


class Act(NamedTuple):
    """What can be done to one commendation: what the form asks goes to `act` by name."""

    label: Any
    explanation: Any
    done: Any
    permission: str
    form: type[DocumentForm]
    act: Callable[..., Any]


REVOKE = Act(
    _("Revoke"),
    _(
        "The award is taken back. The register keeps it with the reason; the public page no longer lists it. The"
        " decision and the day on which the certificate came back can be added later on this page."
    ),
    _("The commendation was revoked; the register keeps it and says so."),
    "awards.revoke_commendation",
    RevocationForm,
    Commendation.revoke,
)
SETTLE = Act(
    _("Complete the revocation"),
    _("The award was revoked. Add the decision on it and the day on which the certificate came back."),
    _("The revocation was completed."),
    "awards.revoke_commendation",
    SettlementForm,
    Commendation.settle,
)
CORRECT = Act(
    _("Correct"),
    _(
        "For what was announced with a mistake in it. Type over what is wrong; the register keeps what stood there"
        " before, and says who corrected it and why."
    ),
    _("The commendation was corrected."),
    "awards.correct_commendation",
    CorrectionForm,
    Commendation.correct,
)


class CommendationPages:
    """Adds these pages to the admin of the commendations."""

    def get_urls(self) -> list[Any]:
        revoke, correct = map(self.admin_site.admin_view, (self.revoke_view, self.correct_view))  # type: ignore[attr-defined]
        return [
            path("<int:pk>/revoke/", revoke, name="awards_commendation_revoke"),
            path("<int:pk>/correct/", correct, name="awards_commendation_correct"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def revoke_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Revokes; what was revoked already is completed here."""
        commendation = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        return self._page(request, commendation, SETTLE if commendation and commendation.revoked_at else REVOKE)

    def correct_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        return self._page(request, self.get_object(request, str(pk)), CORRECT)  # type: ignore[attr-defined]

    def _page(self, request: HttpRequest, commendation: Commendation | None, act: Act) -> HttpResponse:
        """Asks first; does it on POST. What is not the user's is not there."""
        if commendation is None or not request.user.has_perm(act.permission):
            raise Http404
        form = act.form(request.POST or None, commendation=commendation)
        if form.is_valid() and self._take(request, commendation, act, form.cleaned_data):
            return HttpResponseRedirect(reverse("admin:awards_commendation_change", args=[commendation.pk]))
        return desk_page(
            self,
            request,
            "admin/awards/commendation_act.html",
            title=act.label,
            about=commendation,
            commendation=commendation,
            act=act,
            form=form,
        )

    def _take(self, request: HttpRequest, commendation: Commendation, act: Act, said: dict[str, Any]) -> bool:
        try:
            act.act(commendation, by=request.user, **said)
        except PermissionDenied:
            messages.error(request, _("You may not do that."))
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
            return False
        else:
            self.log_change(request, commendation, str(act.label))  # type: ignore[attr-defined]
            messages.success(request, act.done)
        return True
