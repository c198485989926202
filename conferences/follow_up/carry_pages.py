"""The page of a new conference in the admin on which last year's unfinished measures are carried over."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.promised import carry_over, promised, year_before
from conferences.models import Conference
from courts.acting import attempt, ticked
from courts.desk_pages import desk_page


class CarryPage:
    """Adds the page to the admin of conferences."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.carry_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/carry-over/", view, name="conferences_conference_carry"), *super().get_urls()]  # type: ignore[misc]

    def carry_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Shows what became of last year's measures; a POST takes over what was ticked."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not request.user.has_perm("conferences.add_measure"):
            raise Http404
        found = promised(conference, year_before(conference), private=True)
        if request.method == "POST":
            keys = [one.measure.pk for one in found.outcomes] if found else []
            attempt(request, lambda: self._carry(request, conference, keys))
            return HttpResponseRedirect(reverse("admin:conferences_conference_carry", args=[pk]))
        return desk_page(
            self,
            request,
            "admin/conferences/carry_over.html",
            title=_("Carry over from last year"),
            about=conference,
            conference=conference,
            promised=found,
        )

    def _carry(self, request: HttpRequest, conference: Conference, keys: list[int]) -> str:
        chosen = ticked(request, keys, nothing=_("Choose the measures first."))
        count = carry_over(conference, chosen, by=request.user)
        done = str(_("Carried over: %(count)d measures. Set their days anew.") % {"count": count})
        self.log_change(request, conference, done)  # type: ignore[attr-defined]
        return done
