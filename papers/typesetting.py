"""A template and data become a paper, set by typst in a process of its own with limits of time and memory.

Nothing but the data comes from people, and typst reads them as JSON: no text of theirs is ever run.
"""

import datetime
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, overload

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from courts.refusals import Refused
from papers.fonts import folders, texts_in, unprintable_texts
from papers.typeset_child import WRONG

PROJECT = Path(__file__).resolve().parent.parent
ROOT = PROJECT / "papers" / "typst"  # templates read nothing outside
SECONDS, MEMORY = 60, 2 * 1024**3
STANDARD = "a-2b"  # PDF/A-2b: what archives take
PPI = 144  # of a picture, dots per inch
SHOWN = 40  # characters of a text that is quoted in a refusal
# Each thread reserves memory of its own; with many of them that alone would pass the limit.
ENVIRONMENT = {"RAYON_NUM_THREADS": str(min(os.cpu_count() or 1, 4)), "MALLOC_ARENA_MAX": "4"}
logger = logging.getLogger(__name__)

Form = Literal["pdf", "png", "svg"]


@overload
def typeset(
    template: str, data: Any, *, date: datetime.date, format: Literal["pdf"] = ..., standard: str | None = ...
) -> bytes: ...
@overload
def typeset(
    template: str, data: Any, *, date: datetime.date, format: Literal["png", "svg"], ppi: int = ...
) -> list[bytes]: ...
def typeset(  # noqa: PLR0913 - what is set, and how, each said by name
    template: str,
    data: Any,
    *,
    date: datetime.date,
    format: Form = "pdf",  # noqa: A002 - typst's own word
    standard: str | None = STANDARD,
    ppi: int = PPI,
) -> bytes | list[bytes]:
    """A PDF, or a picture of each page. `template`: a file in papers/typst/, where `data` are `sys.inputs.data`.

    `date`: of the document, also in the file's own metadata: the same record gives the same file. Raises Refused.
    """
    files = next(_run(template, [data], date=date, form=format, standard=standard, ppi=ppi))
    return files[0] if format == "pdf" else files


def typeset_each(
    template: str, all_data: Iterable[Any], *, date: datetime.date, standard: str | None = STANDARD
) -> list[bytes]:
    """A PDF of its own for each of the data, in one process. Raises Refused."""
    return [files[0] for files in _run(template, all_data, date=date, form="pdf", standard=standard, ppi=PPI)]


def _run(  # noqa: PLR0913 - what is set, and how, each said by name
    template: str, all_data: Iterable[Any], *, date: datetime.date, form: Form, standard: str | None, ppi: int
) -> Iterator[list[bytes]]:
    """The files of each document."""
    all_data = list(all_data)
    if form == "pdf" and standard:
        _refuse_holes(all_data)
    at = datetime.datetime.combine(date, datetime.time(), tzinfo=timezone.get_default_timezone())
    job = {
        "template": str(ROOT / template),
        "root": str(ROOT),
        "fonts": [str(folder) for folder in folders()],
        "data": [json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False) for data in all_data],
        "format": form,
        "standard": [standard] if standard and form == "pdf" else [],
        "ppi": ppi if form == "png" else None,
        "date": at.isoformat(),
        "seconds": SECONDS,
        "memory": MEMORY,
    }
    output = BytesIO(_output(job))
    while line := output.readline():
        yield [output.read(int(length)) for length in line.split()]


def _refuse_holes(all_data: list[Any]) -> None:
    """A file for the archive has no holes; typst would refuse it too, in words that help nobody."""
    if holes := unprintable_texts(texts_in(all_data)):
        text, missing = next(iter(holes.items()))
        said = _("No font here has %(characters)s of “%(text)s”. Put one that has it into the court's folder of fonts.")
        raise Refused(said % {"characters": "、".join(missing), "text": text[:SHOWN]}, code="no-glyph")


def _output(job: dict[str, Any]) -> bytes:
    command = [sys.executable, "-m", "papers.typeset_child"]
    try:
        ended = subprocess.run(  # noqa: S603 - our own words
            command,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=job["seconds"],
            check=False,
            cwd=PROJECT,
            env=ENVIRONMENT,
        )
    except subprocess.TimeoutExpired as expired:
        raise Refused(_("Setting the paper took too long. Choose fewer at once."), code="too-long") from expired
    if ended.returncode == WRONG:
        _log(job, ended)
        raise Refused(
            _("The paper could not be set. The system administrator finds the reason in the log."), code="wrong"
        )
    if ended.returncode:
        _log(job, ended)
        raise Refused(_("The paper needs more time or memory than it may have. Choose fewer at once."), code="too-big")
    return ended.stdout


def _log(job: dict[str, Any], ended: subprocess.CompletedProcess[bytes]) -> None:
    """Without any text of the paper: no line names a winner before the announcement."""
    said = re.sub(r"\".*?\"", "...", ended.stderr.decode(errors="replace"), flags=re.DOTALL)
    for text in sorted(set(texts_in([json.loads(data) for data in job["data"]])), key=len, reverse=True):
        said = said.replace(text, "...") if text else said
    logger.error("%s: exit code %s\n%s", job["template"], ended.returncode, said)
