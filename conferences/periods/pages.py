"""The page of a conference in the admin on which figures of periods become those of the year."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference
from conferences.periods.rolling import Proposal, proposed, take_over
from courts.acting import attempt, ticked
from courts.desk_pages import desk_page


class PeriodsPage:
    """Adds the page to the admin of conferences."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.periods_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/periods/", view, name="conferences_conference_periods"), *super().get_urls()]  # type: ignore[misc]

    def periods_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Shows what the periods make beside what the record says; a POST takes over what was ticked."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not request.user.has_perm("conferences.change_figure"):
            raise Http404
        proposals = proposed(conference)
        if request.method == "POST":
            attempt(request, lambda: self._take_over(request, conference, proposals))
            return HttpResponseRedirect(reverse("admin:conferences_conference_periods", args=[pk]))
        return desk_page(
            self,
            request,
            "admin/conferences/periods.html",
            title=_("Figures from periods"),
            about=conference,
            conference=conference,
            proposals=proposals,
            may_take=conference.is_editable and any(one.is_open for one in proposals),
        )

    def _take_over(self, request: HttpRequest, conference: Conference, proposals: list[Proposal]) -> str:
        keys = [one.key for one in proposals]
        chosen = ticked(request, keys, nothing=_("Tick the figures first."))
        count = take_over(conference, chosen, by=request.user)
        done = str(_("Taken over: %(count)d figures.") % {"count": count})
        self.log_change(request, conference, done)  # type: ignore[attr-defined]
        return done
