"""The findings in the admin: folded on top of the screens, and on a page of their own where they are waived."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from conferences.checks import assess
from conferences.checks.findings import Finding
from conferences.checks.waiving import LONGEST_REASON, take_back, waive
from conferences.models import Conference, Waiver
from courts.acting import attempt
from courts.desk_pages import desk_page


class Line(NamedTuple):
    """A finding as it is shown: where to mend it, and who let it pass."""

    finding: Finding
    address: str
    waiver: Waiver | None


@dataclass(frozen=True)
class Panel:
    """All findings about a conference. `address`: of the page where they are waived; `words`: how many of which."""

    address: str
    words: str
    blocking: list[Line]
    to_look_at: list[Line]
    waived: list[Line]

    @property
    def lists(self) -> list[tuple[str, str, list[Line]]]:
        """Name in the stylesheet, heading and lines of each list that has any."""
        lists = [
            ("blocking", _("To be mended or waived before the next step"), self.blocking),
            ("look", _("To look at"), self.to_look_at),
            ("waived", _("Waived"), self.waived),
        ]
        return [one for one in lists if one[2]]


def panel_of(conference: Conference) -> Panel:
    assessment = assess(conference)

    def lines(found: Iterable[Finding]) -> list[Line]:
        return [Line(one, one.place.address(conference), assessment.waivers.get(one.key)) for one in found]

    return Panel(
        reverse("admin:conferences_conference_findings", args=[conference.pk]),
        assessment.words,
        lines(assessment.blocking),
        lines(assessment.to_look_at),
        lines(finding for finding, _waiver in assessment.waived),
    )


class PanelMixin:
    """Shows the panel on the screen of a conference, whichever part of it the screen is about."""

    change_form_template: Any = "admin/conferences/screen.html"

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        # Not over a form with mistakes: what was typed is not what is stored.
        record = context["original"] if request.method == "GET" else None
        panel = panel_of(record) if record else None
        return super().render_change_form(request, {**context, "panel": panel}, *args, **kwargs)  # type: ignore[misc]


class FindingsPageMixin(PanelMixin):
    """Adds the page of the findings, where the approver waives them."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.findings_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/findings/", view, name="conferences_conference_findings"), *super().get_urls()]  # type: ignore[misc]

    def findings_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Lists them; a POST waives one or takes that back. What is not the user's is not there."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not self.has_view_permission(request, conference):  # type: ignore[attr-defined]
            raise Http404
        if request.method == "POST":
            attempt(request, lambda: self._decide(request, conference))
            return HttpResponseRedirect(reverse("admin:conferences_conference_findings", args=[pk]))
        return desk_page(
            self,
            request,
            "admin/conferences/findings.html",
            title=_("Findings"),
            about=conference,
            conference=conference,
            panel=panel_of(conference),
            may_waive=request.user.has_perm("conferences.waive_finding"),
            longest_reason=LONGEST_REASON,
        )

    def _decide(self, request: HttpRequest, conference: Conference) -> str:
        key, is_taken_back = request.POST.get("key", ""), "take_back" in request.POST
        if is_taken_back:
            take_back(conference, key, by=request.user)
        else:
            waive(conference, key, reason=request.POST.get("reason", ""), by=request.user)
        # Without the text: it may name a winner, and a log tells none before the announcement.
        done = str(_("The waiver was taken back.") if is_taken_back else _("The finding was waived."))
        self.log_change(request, conference, done)  # type: ignore[attr-defined]
        return done
