"""A court's own template of a decision: what it may hold, which fields it may ask for, and how it is filled."""

import base64
import json
import logging
import re
import subprocess
import sys
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Decision
from courts.packages import DAMAGED, opened_package
from courts.refusals import Refused
from papers.content import Note, Paper, Table, Text, attachment_lines
from papers.template_child import WRONG
from papers.typesetting import PROJECT

DOCUMENT = "word/document.xml"
LARGEST = 5 * 1024 * 1024
SECONDS, MEMORY = 15, 1024**3
# Programs and foreign files inside a document; a template needs none of them.
FORBIDDEN = re.compile(r"vbaProject|vbaData|(^|/)(embeddings|activeX|afchunk)", re.IGNORECASE)
MACROS = re.compile(rb"macroEnabled", re.IGNORECASE)
ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
# What a clerk may write into a template, {{ number }} for instance, and what stands there then.
FIELDS: dict[str, Any] = {
    "court": gettext_lazy("full name of the court"),
    "title": gettext_lazy("title of the decision"),
    "number": gettext_lazy("document number, 青法〔2024〕3号"),
    "addressee": gettext_lazy("whom it goes to, without the colon"),
    "paragraphs": gettext_lazy("the paragraphs of the text, one after the other: {%p for one in paragraphs %}"),
    "attachments": gettext_lazy("the lines that name the attachments"),
    "signer": gettext_lazy("who signed"),
    "date": gettext_lazy("date of the signature, 2024年2月2日"),
    "year": gettext_lazy("year whose work is honoured"),
    "conference": gettext_lazy("title of the conference"),
    "lists": gettext_lazy(
        "the lists of winners; each has label, title, note and rows, and each row number, award, name, department, post"
    ),
}
COLUMNS = ("number", "award", "name", "department", "post")
UNDER = "\u3000" * 3  # as wide as 附件：
logger = logging.getLogger(__name__)


def context_of(decision: Decision, paper: Paper) -> dict[str, Any]:
    """What a template sees: texts, and lists of texts."""
    return {
        "court": decision.conference.court.name,
        "title": "\n".join(paper.lines_of(paper.title)),
        "number": paper.number,
        "addressee": paper.addressee,
        "paragraphs": [f"{one.lead}{one.text}" for one in paper.blocks if isinstance(one, Text)],
        "attachments": [f"{begins or UNDER}{title}" for begins, title in attachment_lines(paper)],
        "signer": decision.signed_by,
        "date": paper.date,
        "year": str(decision.conference.year_reviewed),
        "conference": decision.conference.title,
        "lists": [
            {
                "label": one.label,
                "title": one.title,
                "rows": [_row(cells) for table in one.blocks if isinstance(table, Table) for cells in table.rows],
                "note": " ".join(block.text for block in one.blocks if isinstance(block, Note)),
            }
            for one in paper.attachments
        ],
    }


def _row(cells: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(COLUMNS, [*cells, "", ""], strict=False))


SAMPLE: dict[str, Any] = {
    **dict.fromkeys(FIELDS, "样"),
    "paragraphs": ["样"],
    "attachments": ["样"],
    "lists": [{"label": "附件", "title": "样", "note": "样", "rows": [dict.fromkeys(COLUMNS, "样")]}],
}


def checked_fields(file: Any) -> list[str]:
    """The fields that an uploaded template asks for. Raises Refused for whatever is no template, or a dangerous one."""
    _check_package(file)
    file.seek(0)
    content = file.read()
    asked = json.loads(_run("fields", content))
    if unknown := [name for name in asked if name not in FIELDS]:
        said = _("The template asks for fields that do not exist: %(names)s.")
        raise Refused(said % {"names": "、".join(unknown)}, code="fields")
    fill(content, SAMPLE)
    return asked


def fill(content: bytes, context: dict[str, Any]) -> bytes:
    """The template with the texts in it. Raises Refused."""
    return _run("fill", content, context=context)


def _check_package(file: Any) -> None:
    """By what is in it, whatever it is called."""
    if file.size > LARGEST:
        raise Refused(_("The file is larger than %(max)s MB.") % {"max": LARGEST // 1024**2}, code="too_big")
    file.seek(0)
    if not file.read(4).startswith(b"PK\x03\x04"):
        raise Refused(_("This is no DOCX file."), code="kind")
    with opened_package(file) as package:
        names = package.namelist()
        if DOCUMENT not in names:
            raise Refused(_("This is no DOCX file."), code="kind")
        if any(FORBIDDEN.search(name) for name in names) or MACROS.search(_part(package, "[Content_Types].xml")):
            raise Refused(_("The template holds a macro or another file. Save it as DOCX without them."), code="macro")
        for name in names:
            if name.endswith((".xml", ".rels")):
                _check_part(_part(package, name), name)


def _check_part(content: bytes, name: str) -> None:
    if ENTITIES.search(content):
        raise Refused(_("The file unpacks to more than this system takes."), code="bomb")
    if not name.endswith(".rels"):
        return
    for relation in RELATION.findall(content):
        if b'"External"' in relation and b"/hyperlink" not in relation:
            raise Refused(_("The template loads something from elsewhere. Put it into the file itself."), code="loads")


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    try:
        return package.read(name)
    except DAMAGED as error:
        raise Refused(_("The file is damaged."), code="damaged") from error


def _run(act: str, content: bytes, **more: Any) -> bytes:
    job = {"act": act, "template": base64.b64encode(content).decode(), "seconds": SECONDS, "memory": MEMORY, **more}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "papers.template_child"],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=SECONDS * 2,
            check=False,
            cwd=PROJECT,
            env={"PYTHONPATH": str(PROJECT)},
        )
    except subprocess.TimeoutExpired as expired:
        raise Refused(_("The template takes too much time or memory."), code="too-long") from expired
    if ended.returncode == WRONG:
        wrong = ended.stderr.decode(errors="replace")
        raise Refused(_("The template cannot be filled: %(wrong)s") % {"wrong": wrong}, code="wrong")
    if ended.returncode:
        logger.error("papers.template_child: exit code %s", ended.returncode)  # no text: it may name a winner
        raise Refused(_("The template takes too much time or memory."), code="too-long")
    return ended.stdout
