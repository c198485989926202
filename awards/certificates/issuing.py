"""Commendations get the numbers of their certificates."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.certificates import numbering
from awards.models import Certificate, CertificateSettings, Commendation
from conferences.models import Conference
from courts.access import may
from courts.models import Court
from courts.refusals import Refused

SHOWN = 5  # numbers in one sentence


@transaction.atomic
def issue(
    conference: Conference, keys: Iterable[int], *, by: Any, now: datetime.datetime | None = None
) -> list[Certificate]:
    """Numbers those of these commendations that have no certificate yet, in the order of the roll; gives all of theirs.

    A number that a clerk typed is kept as it is written. Revoked ones get none. Twice changes nothing. Refused where a
    typed number stands twice, and where the court's prefix makes a number too long.
    """
    may(by, "awards.print_certificate", conference)
    # Conference before court before rows, as the screens lock them. Whoever holds the court counts alone.
    Conference.objects.hold(conference.pk)
    court = Court.objects.select_for_update(of=("self",)).get(pk=conference.court_id)
    rows = Commendation.objects.filter(conference=conference, pk__in=list(keys)).valid().listed(conference.roll_order)
    winners = list(rows.select_related("certificate").prefetch_related("decision"))
    for winner in winners:
        winner.conference = conference
    _refuse_doubled(court, winners)
    _follow_the_roll(winners)
    new = [winner for winner in winners if _certificate(winner) is None]
    _number(court, new, by=by, now=now or timezone.now())
    return [winner.certificate for winner in winners]


def next_number(commendation: Commendation) -> str:
    """The number that the certificate has, or would have if it were numbered now; nothing is stored."""
    if written := commendation.certificate_number:
        return written
    court = commendation.conference.court
    settings, year = CertificateSettings.of(court), year_of(commendation)
    serials = _serials(court, settings.pattern, year)
    return numbering.number(settings.pattern, prefix=court.document_prefix, year=year, serial=next(serials))


def year_of(commendation: Commendation) -> int:
    """The year that the number says: of the decision, else of the conference."""
    decision, conference = commendation.decision, commendation.conference
    if decision and (decision.year or decision.signed_on):
        return decision.year or decision.signed_on.year  # type: ignore[union-attr]
    return conference.starts_on.year if conference.starts_on else conference.year_planned


def _certificate(winner: Commendation) -> Certificate | None:
    return getattr(winner, "certificate", None)


def _refuse_doubled(court: Court, winners: list[Commendation]) -> None:
    """A typed number that another certificate has, or that was typed twice."""
    typed = {winner.pk: winner.certificate_number for winner in winners if winner.certificate_number}
    of_court = Commendation.objects.filter(conference__court=court, certificate_number__in=set(typed.values()))
    written = Counter(of_court.valid().values_list("certificate_number", flat=True))
    taken = Certificate.objects.filter(court=court, number__in=set(typed.values())).exclude(
        commendation__in=list(typed)
    )
    twice = {number for number, times in written.items() if times > 1}
    if doubled := sorted(twice | set(taken.values_list("number", flat=True))):
        text = _("These numbers stand at more than one certificate; correct them on the honour roll: %(numbers)s.")
        raise Refused(text % {"numbers": "、".join(doubled[:SHOWN])}, code="doubled")


def _follow_the_roll(winners: list[Commendation]) -> None:
    """Where a clerk wrote another number, the certificate takes it; where the number was wiped out, it comes back."""
    numbered = [winner for winner in winners if _certificate(winner)]
    wiped = [winner for winner in numbered if not winner.certificate_number]
    for winner in wiped:
        winner.certificate_number = winner.certificate.number
    changed = [winner for winner in numbered if winner.certificate.number != winner.certificate_number]
    # First out of the way of each other: two numbers may have changed places.
    for take in (lambda winner: winner.certificate.key, lambda winner: winner.certificate_number):
        for winner in changed:
            winner.certificate.number, winner.certificate.series, winner.certificate.serial = take(winner), 0, None
        Certificate.objects.bulk_update([winner.certificate for winner in changed], ["number", "series", "serial"])
    Commendation.objects.bulk_update(wiped, ["certificate_number"])


def _number(court: Court, winners: list[Commendation], *, by: Any, now: datetime.datetime) -> None:
    pattern = CertificateSettings.of(court).pattern
    by_year: dict[int, list[Commendation]] = defaultdict(list)
    certificates, numbered = [], []
    for winner in winners:
        if winner.certificate_number:
            certificates.append(Certificate(number=winner.certificate_number, commendation=winner))
        else:
            by_year[year_of(winner)].append(winner)
    for year, unnumbered in by_year.items():
        for winner, serial in zip(unnumbered, _serials(court, pattern, year), strict=False):
            number = numbering.number(pattern, prefix=court.document_prefix, year=year, serial=serial)
            winner.certificate_number = number
            series = numbering.series(pattern, year)
            certificates.append(Certificate(number=number, commendation=winner, series=series, serial=serial))
            numbered.append(winner)
    if any(len(winner.certificate_number) > numbering.LONGEST for winner in numbered):
        raise Refused(_("With this document prefix the numbers would be longer than 40 characters."), code="long")
    for certificate in certificates:
        certificate.court, certificate.issued_at, certificate.issued_by = court, now, by
    Certificate.objects.bulk_create(certificates)
    Commendation.objects.bulk_update(numbered, ["certificate_number"])


def _serials(court: Court, pattern: str, year: int) -> Iterator[int]:
    """Serial numbers that are free: behind the last one, without those that a clerk had typed."""
    certificates = Certificate.objects.filter(court=court)
    last = certificates.filter(series=numbering.series(pattern, year)).aggregate(last=Max("serial"))["last"] or 0
    ahead = count(last + 1)
    while True:
        numbers = {
            numbering.number(pattern, prefix=court.document_prefix, year=year, serial=serial): serial
            for serial in islice(ahead, 500)
        }
        typed = Commendation.objects.filter(conference__court=court, certificate_number__in=numbers)
        taken = {*typed.values_list("certificate_number", flat=True)}
        taken |= {*certificates.filter(number__in=numbers).values_list("number", flat=True)}
        yield from (serial for number, serial in numbers.items() if number not in taken)
