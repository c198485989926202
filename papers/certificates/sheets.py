"""Certificates as data for papers/typst/certificate.typ."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any

import segno
from django.urls import reverse

from awards.certificates.issuing import next_number
from awards.models import CertificateSettings, Commendation
from conferences.models import Conference
from courts.models import Court
from papers.certificates.wording import body, closing, salutation, written
from papers.models import Printing
from papers.typesetting import typeset

TEMPLATE = "certificate.typ"
PREVIEW_PPI = 110
SAMPLE_KEY = "0000000000000000"  # of a certificate that has no number yet, in a preview


@dataclass(frozen=True)
class Layout:
    """How the sheets are; `x` and `y` move the text, in millimetres."""

    size: str = Printing.Size.A4
    stock: str = Printing.Stock.PLAIN
    x: Decimal = Decimal(0)
    y: Decimal = Decimal(0)


def winners_of(conference: Conference, keys: Iterable[int] | None = None) -> list[Commendation]:
    """Whose certificates can be printed, in the order of the roll; all of the conference, or those of `keys`."""
    rows: Any = conference.commendations.valid().listed(conference.roll_order)
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    # Awards and decisions are few, winners many: each of the few is loaded once.
    winners = list(rows.select_related("certificate").prefetch_related("category", "decision"))
    for winner in winners:
        winner.conference = conference  # one, with its court, and not each a copy with all its texts
    return winners


def day_of(winner: Commendation) -> datetime.date | None:
    """Of the decision; of the conference where none is dated."""
    return (winner.decision and winner.decision.signed_on) or winner.conference.starts_on


def sheets(winners: list[Commendation], court: Court, layout: Layout, *, base: str) -> dict[str, Any]:
    """What the template needs. `base`: the address of the site, without a slash at its end."""
    settings = CertificateSettings.of(court)
    return {
        "title": f"{court.name}{settings.heading}",
        "issuer": settings.issuer or court.name,
        "heading": settings.heading,
        "signatories": settings.signatories.splitlines(),
        "layout": {**asdict(layout), "x": float(layout.x), "y": float(layout.y), "marks_seal": settings.marks_seal},
        "certificates": [_sheet(winner, settings, base) for winner in winners],
    }


def preview(winner: Commendation, court: Court, layout: Layout, *, base: str) -> bytes:
    """A picture of the page with the text, as PNG. Nothing is numbered."""
    data = sheets([winner], court, layout, base=base)
    return typeset(TEMPLATE, data, date=_date([winner]), format="png", ppi=PREVIEW_PPI)[-1]


def pdf(winners: list[Commendation], court: Court, layout: Layout, *, base: str) -> bytes:
    """One file of all of them. Raises Refused."""
    return typeset(TEMPLATE, sheets(winners, court, layout, base=base), date=_date(winners))


def _date(winners: list[Commendation]) -> datetime.date:
    """Of the file: the latest day that stands on one of them, so that the same record gives the same file."""
    return max(day_of(winner) or datetime.date(winner.conference.year_planned, 1, 1) for winner in winners)


def _sheet(winner: Commendation, settings: CertificateSettings, base: str) -> dict[str, Any]:
    certificate, day = getattr(winner, "certificate", None), day_of(winner)
    in_characters = settings.date_style == settings.DateStyle.CHARACTERS
    return {
        "salutation": salutation(winner),
        "body": [part._asdict() for part in body(winner)],
        "closing": closing(winner, settings),
        "date": written(day, in_characters=in_characters) if day else "",
        "number": certificate.number if certificate else next_number(winner),
        "code": code(base + _address(certificate.key if certificate else SAMPLE_KEY)) if settings.prints_code else "",
    }


def _address(key: str) -> str:
    return reverse("certificates:certificate", args=[key])


@lru_cache(maxsize=2048)
def code(address: str) -> str:
    """The address as a QR code: an SVG document. Kept, because drawing one takes longer than setting a certificate."""
    file = BytesIO()
    segno.make(address, micro=False, error="m").save(file, kind="svg", border=0, xmldecl=False)
    return file.getvalue().decode()
