"""Certificates are numbered and printed, piece by piece: what has many pages shows how far it is and can be stopped."""

import datetime
import json
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards.certificates.issuing import issue
from awards.models import Certificate, CertificateSettings, Commendation
from conferences.models import Conference
from courts.access import may
from courts.piecework import SECONDS, for_a_while
from courts.refusals import NotAllowed, Refused
from papers.certificates.missing import findings
from papers.certificates.sheets import TEMPLATE, Layout, day_of, pdf, sheets, winners_of
from papers.delivery import file_name
from papers.models import Printing
from papers.typesetting import typeset_each

PERMISSION = "awards.print_certificate"
KEPT = datetime.timedelta(days=1)  # a file
CLAIM = datetime.timedelta(minutes=2)  # longer than any piece may take
PIECES = {Printing.Output.PDF: 100, Printing.Output.ZIP: 25}
Output = Printing.Output


def begin(  # noqa: PLR0913 - what is printed and how, each said by name
    conference: Conference, keys: Sequence[int], layout: Layout, *, output: str, by: Any, address: str
) -> Printing:
    """Notes what is to be printed; nothing is numbered yet. Refused where something is missing that would be printed.

    `keys`: of the commendations; `address`: of the site, as the QR codes name it. Files of yesterday are removed.
    """
    may(by, PERMISSION, conference)
    winners = winners_of(conference, keys)
    if not winners:
        raise Refused(_("Nobody is chosen whose certificate could be printed."), code="nobody")
    if blocking := [finding.text for finding in findings(conference, winners) if finding.blocks]:
        raise Refused(" ".join(blocking), code="missing")
    for old in Printing.objects.left_behind(timezone.now() - KEPT):
        _remove_files(old)
    return Printing.objects.create(
        by=by,
        court_id=conference.court_id,
        conference=conference,
        size=layout.size,
        stock=layout.stock,
        output=output,
        offset_x=layout.x,
        offset_y=layout.y,
        winners=json.dumps([winner.pk for winner in winners]),
        address=address,
        total=len(winners),
    )


def proceed(printing: Printing, *, seconds: float = SECONDS) -> None:
    """Does more of it, for about so long. Does nothing while another request is at it. Raises Refused."""
    now = timezone.now()
    if not Printing.objects.filter(pk=printing.pk).free(now).update(claimed_until=now + CLAIM):
        printing.refresh_from_db()
        return
    try:
        for_a_while(lambda: _step(printing), seconds=seconds)
    finally:
        Printing.objects.filter(pk=printing.pk).update(claimed_until=None)
        printing.refresh_from_db()
        if printing.cancelled_at:
            _remove_files(printing)


def cancel(printing: Printing, *, by: Any) -> None:
    """Raises NotAllowed and Refused."""
    may(by, PERMISSION, printing)
    printing.cancel(by=by)
    if printing.claimed_until is None:
        _remove_files(printing)


def _step(printing: Printing) -> bool:
    """Numbers the next ones and, for a ZIP, sets them; at last the whole file. False where nothing is left to do."""
    printing.refresh_from_db()
    if not printing.is_open:
        return False
    conference = printing.conference
    if conference is None:
        raise Refused(_("The conference was deleted."), code="gone")
    if printing.done >= printing.total:
        _finish(printing, conference)
        return False
    keys = printing.keys[printing.done : printing.done + PIECES[Output(printing.output)]]
    _number(conference, keys, printing.by)
    parts = 0
    if printing.output == Output.ZIP:
        parts = 1
        _store(_part(printing, printing.parts), _zipped(conference, keys, printing))
    step = {"done": F("done") + len(keys), "parts": F("parts") + parts}
    return bool(Printing.objects.filter(pk=printing.pk, done=printing.done).unended().update(**step))


def _number(conference: Conference, keys: Sequence[int], by: Any) -> None:
    """In the name of whoever began; refused where they have lost the right to it."""
    try:
        issue(conference, keys, by=by)
    except NotAllowed as error:
        text = _("Whoever began this may not print certificates any more. Stop it, and begin anew.")
        raise Refused(text, code="not_allowed") from error


def _finish(printing: Printing, conference: Conference) -> None:
    winners = winners_of(conference, printing.keys)
    if not winners:
        raise Refused(_("Nobody is chosen whose certificate could be printed."), code="nobody")
    whole = _joined(printing) if printing.output == Output.ZIP else pdf(winners, **_how(printing, conference))
    certificates = [winner.certificate for winner in winners]
    now = timezone.now()
    with transaction.atomic():
        before = Certificate.objects.filter(pk__in=[one.pk for one in certificates])
        again = before.filter(printings__finished_at__isnull=False).distinct().count()
        said = {
            "finished_at": now,
            "finished_by": printing.by,
            "again": again,
            "total": len(winners),
            "done": len(winners),
        }
        if not Printing.objects.filter(pk=printing.pk).unended().update(**said):
            return
        printing.refresh_from_db()
        printing.certificates.set(certificates)
        printing.filename = _name(conference, winners, printing.output)
        printing.file.save(printing.filename, ContentFile(whole), save=False)
        printing.save(update_fields=["file", "filename"])
    _remove_parts(printing)


def _how(printing: Printing, conference: Conference) -> dict[str, Any]:
    layout = Layout(printing.size, printing.stock, printing.offset_x, printing.offset_y)
    return {"court": conference.court, "layout": layout, "base": printing.address}


def _zipped(conference: Conference, keys: Sequence[int], printing: Printing) -> bytes:
    """A PDF for each of them, numbered as they stand on the roll."""
    winners = winners_of(conference, keys)
    data = [sheets([winner], **_how(printing, conference)) for winner in winners]
    first, file = printing.done + 1, BytesIO()
    date = max(filter(None, map(day_of, winners)), default=timezone.localdate())
    with zipfile.ZipFile(file, "w") as archive:
        for number, (winner, content) in enumerate(
            zip(winners, typeset_each(TEMPLATE, data, date=date), strict=True), first
        ):
            about = f"{winner.category.name}_{winner.recipient}"
            archive.writestr(file_name(f"{number:04}", about, "pdf"), content)
    return file.getvalue()


def _joined(printing: Printing) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as whole:
        for number in range(printing.parts):
            with default_storage.open(_part(printing, number)) as part, zipfile.ZipFile(part) as archive:
                for name in archive.namelist():
                    whole.writestr(name, archive.read(name))
    return file.getvalue()


def _name(conference: Conference, winners: Sequence[Commendation], ending: str) -> str:
    """青屿区人民法院_2023年度_荣誉证书_张三.pdf, or _12份."""
    with translation.override("zh-hans"):
        heading = CertificateSettings.of(conference.court).heading
        whose = winners[0].recipient if len(winners) == 1 else f"{len(winners)}份"
    return file_name(conference.court.name, f"{conference.year_reviewed}年度_{heading}_{whose}", ending)


def _part(printing: Printing, number: int) -> str:
    return f"printings/{printing.key}-{number}"


def _store(name: str, content: bytes) -> None:
    default_storage.delete(name)  # of a request that broke off
    default_storage.save(name, ContentFile(content))


def _remove_parts(printing: Printing) -> None:
    for number in range(printing.parts):
        default_storage.delete(_part(printing, number))
    Printing.objects.filter(pk=printing.pk).update(parts=0)


def _remove_files(printing: Printing) -> None:
    _remove_parts(printing)
    if printing.file:
        printing.file.delete(save=False)
        Printing.objects.filter(pk=printing.pk).update(file="")


def printed(conference: Conference) -> dict[int, int]:
    """How often the certificate of each commendation of the conference was printed; without those of none."""
    finished = Count("certificate__printings", filter=Q(certificate__printings__finished_at__isnull=False))
    rows: Any = conference.commendations.annotate(times=finished).filter(times__gt=0)
    return dict(rows.values_list("pk", "times"))
