"""What the check page of a certificate says: that it is genuine or revoked, and only what is public anyway."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from awards.models import Certificate, CertificateSettings
from courts.left_off import NOT_LISTED

MOST = 20  # courts that may have one number


class Confirmed(NamedTuple):
    """One certificate. `said`: label and value of each line; `revoked_at`: None for one that is valid."""

    number: str
    court: str
    said: list[tuple[Any, str]]
    revoked_at: Any


def confirmed(user: Any, *, key: str) -> Confirmed | None:
    """The certificate of this address; None for what `user` may not look up, as for what never existed."""
    found = _open_to(user).filter(key=key).first()
    return _confirmed(found) if found else None


def numbered(user: Any, number: str) -> list[Confirmed]:
    """All that have this number and that `user` may look up."""
    return [_confirmed(certificate) for certificate in _open_to(user).numbered(number)[:MOST]]


def issuer_of(certificate: Certificate) -> str:
    settings: CertificateSettings | None = getattr(certificate.court, "certificate_settings", None)
    return (settings and settings.issuer) or certificate.court.name


def _open_to(user: Any) -> Any:
    return Certificate.objects.open_to(user).select_related(
        "court__certificate_settings", "commendation__category", "commendation__conference", "commendation__person"
    )


def _confirmed(certificate: Certificate) -> Confirmed:
    winner: Any = certificate.commendation
    lines = [
        *_recipient(winner),
        (_("award"), winner.category.name),
        (_("year"), str(winner.conference.year_reviewed)),
        (_("issuer"), issuer_of(certificate)),
        (_("certificate number"), certificate.number),
    ]
    said = [(label, text) for label, text in lines if text]
    return Confirmed(certificate.number, certificate.court.name, said, winner.revoked_at)


def _recipient(winner: Any) -> list[tuple[Any, str]]:
    """Of whoever is left off public pages neither name nor department nor post, which would tell who it is."""
    if winner.person and winner.person.is_left_off:
        return [(_("recipient"), str(NOT_LISTED))]
    return [
        (_("recipient"), winner.recipient),
        (_("department"), winner.department_name if winner.name else ""),
        (_("post"), winner.post),
    ]
