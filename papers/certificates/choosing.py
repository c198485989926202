"""The page that chooses certificates: what is offered, what was chosen, and what is missing for it."""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from awards.models import CertificateSettings
from conferences.models import Conference
from papers.certificates import printing
from papers.certificates.forms import PrintForm
from papers.certificates.missing import findings
from papers.certificates.sheets import winners_of
from papers.models import Printing

RECENT = 5  # printings of the conference that the page names


class Choice:
    """One conference's certificates, as a clerk chooses them. A fixed number of queries, however many winners."""

    def __init__(self, conference: Conference, data: QueryDict | None) -> None:
        self.conference = conference
        self.settings = CertificateSettings.of(conference.court)
        winners = winners_of(conference)
        self.form = PrintForm(data, conference=conference, winners=winners, times=printing.printed(conference))
        self.is_to_print = data is not None and "print" in data and self.form.is_valid()
        self.chosen = self.form.chosen
        self.findings = [
            (finding.text, finding.place.address(conference), finding.blocks)
            for finding in findings(conference, self.chosen)
        ]

    @property
    def groups(self) -> list[Any]:
        return list(self.form.groups())

    @property
    def preview(self) -> str:
        """The address of the picture of the first certificate; empty where there is none."""
        if not self.chosen:
            return ""
        address = reverse("papers:certificate_preview", args=[self.conference.pk, self.chosen[0].pk])
        return f"{address}?{urlencode(asdict(self.form.usual))}"

    @property
    def settings_address(self) -> str:
        """Where the court's settings are changed, or entered for the first time."""
        page, keys = ("change", [self.settings.pk]) if self.settings.pk else ("add", [])
        return reverse(f"admin:awards_certificatesettings_{page}", args=keys)

    @property
    def unannounced(self) -> int:
        return sum(not winner.is_known for winner in self.chosen)

    @property
    def revoked(self) -> int:
        """How many of the conference are not offered, because they were revoked."""
        commendations: Any = self.conference.commendations
        return commendations.revoked().count()

    @property
    def again(self) -> int:
        """How many of the chosen were printed before."""
        return sum(winner.pk in self.form.times for winner in self.chosen)

    @property
    def recent(self) -> Any:
        return Printing.objects.of_conference(self.conference).select_related("by")[:RECENT]

    def begin(self, request: HttpRequest) -> Printing:
        """Begins to print what was chosen, and does what can be done at once. Raises Refused."""
        keys, base = [winner.pk for winner in self.chosen], request.build_absolute_uri("/").rstrip("/")
        output = self.form.cleaned_data["output"]
        one = printing.begin(self.conference, keys, self.form.layout, output=output, by=request.user, address=base)
        printing.proceed(one)
        return one
