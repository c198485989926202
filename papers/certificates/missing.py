"""What is missing before certificates are printed: said by name, before a sheet of paper is wasted."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from awards.certificates import numbering
from awards.models import CertificateSettings, Commendation
from conferences.checks.findings import Finding, Place, at_field, at_part, at_row
from conferences.models import Conference
from papers.certificates.sheets import day_of
from papers.certificates.wording import LONGEST, body, salutation, unknown_fields
from papers.fonts import missing_glyphs

ROLL = "awards_honourroll"
SHOWN = 8  # names in one sentence


def findings(conference: Conference, winners: Sequence[Commendation]) -> list[Finding]:
    """What blocks first. `winners`: those whose certificates are to be printed."""
    settings = CertificateSettings.of(conference.court)
    found = [
        *names_without_glyphs(winners),
        *texts_without_glyphs(conference, settings),
        *without_a_day(winners),
        *wordings(winners),
        *too_long(winners),
        *doubled_numbers(winners),
        *without_a_prefix(conference, settings),
        *without_a_decision(winners),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def some(winners: Sequence[Any]) -> str:
    names = "、".join(winner.recipient for winner in winners[:SHOWN])
    return names if len(winners) <= SHOWN else _("%(names)s and others") % {"names": names}


def names_without_glyphs(winners: Sequence[Commendation]) -> Iterator[Finding]:
    """Each by name; what else stands on the certificate is looked at too."""
    for winner in winners:
        said = salutation(winner) + "".join(part.text for part in body(winner))
        if lost := missing_glyphs(said):
            text = _("%(name)s: no font here has %(characters)s. Put one that has it into the court's folder of fonts.")
            text %= {"name": winner.recipient, "characters": "、".join(lost)}
            yield Finding("no-glyph", text, at_row(winner, ROLL), (winner.pk, lost), blocks=True)


def texts_without_glyphs(conference: Conference, settings: CertificateSettings) -> Iterator[Finding]:
    """What stands on every certificate: issuer, signatories, heading and closing lines."""
    said = (settings.issuer or conference.court.name, settings.signatories, settings.heading, settings.closing)
    if lost := missing_glyphs("".join((*said, settings.posthumous_closing))):
        text = _("%(name)s: no font here has %(characters)s. Put one that has it into the court's folder of fonts.")
        text %= {"name": settings._meta.verbose_name, "characters": "、".join(lost)}
        yield Finding("no-glyph", text, at_settings(settings), (lost,), blocks=True)


def without_a_day(winners: Sequence[Commendation]) -> Iterator[Finding]:
    without = [winner for winner in winners if day_of(winner) is None]
    if without:
        text = _("Certificates without a date: neither the decision nor the conference has a day (%(names)s).")
        yield Finding("no-day", text % {"names": some(without)}, at_field("starts_on"), blocks=True)


def wordings(winners: Sequence[Commendation]) -> Iterator[Finding]:
    """A field that nothing fills would be printed with its braces."""
    for category in dict.fromkeys(winner.category for winner in winners):
        if unknown := unknown_fields(category.citation_template):
            text = _("The wording of “%(award)s” asks for {%(field)s}; known are {name}, {year}, {period} and {award}.")
            text %= {"award": category, "field": unknown[0]}
            place = Place("awards_awardcategory", "id_citation_template", category.pk)
            yield Finding("unknown-field", text, place, (category.citation_template,), blocks=True)


def too_long(winners: Sequence[Commendation]) -> Iterator[Finding]:
    for winner in winners:
        length = sum(len(part.text) for part in body(winner))
        if length > LONGEST:
            text = _("%(name)s: the text has %(length)d characters; %(most)d fit on a certificate.")
            text %= {"name": winner.recipient, "length": length, "most": LONGEST}
            yield Finding("too-long", text, at_row(winner, ROLL), (length,), blocks=True)


def doubled_numbers(winners: Sequence[Commendation]) -> Iterator[Finding]:
    written = Counter(winner.certificate_number for winner in winners if winner.certificate_number)
    for number, times in written.items():
        if times > 1:
            of = [winner for winner in winners if winner.certificate_number == number]
            text = _("The number %(number)s stands at %(names)s.") % {"number": number, "names": some(of)}
            yield Finding("doubled-number", text, at_row(of[1], ROLL), (number,), blocks=True)


def without_a_prefix(conference: Conference, settings: CertificateSettings) -> Iterator[Finding]:
    if "{prefix}" in settings.pattern and not conference.court.document_prefix:
        text = _("The numbers begin with the court's document prefix, but the court has none: %(number)s.")
        example = numbering.number(settings.pattern, prefix="", year=conference.year_planned, serial=1)
        yield Finding("no-prefix", text % {"number": example}, at_settings(settings), (settings.pattern,))


def without_a_decision(winners: Sequence[Commendation]) -> Iterator[Finding]:
    without = [winner for winner in winners if winner.decision_id is None]
    if without:
        text = _("No decision stands behind these awards; the certificates bear the day of the conference: %(names)s.")
        yield Finding("no-decision", text % {"names": some(without)}, at_part("commendations", ROLL), (len(without),))


def at_settings(settings: CertificateSettings) -> Place:
    """Where they are changed; the list, where the court has none stored yet."""
    return Place("awards_certificatesettings", "", settings.pk)
