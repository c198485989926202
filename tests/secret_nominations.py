"""The words that tests/test_secret_words.py hides in a nomination of a department and in what belongs to it."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from courts.models import Court
from tests import make


def proposed(secrets: Any, what: str, court: Court) -> None:
    """Somebody with a sanction is nominated, with a file; a body was asked and answered."""
    quota = secrets.fill(what, make.quota(selection=make.selection(court=court)), "conditions")
    person = make.person(court=court)
    secrets.fill(what, make.discipline(person=person, since=datetime.date(2023, 5, 1)), "document")
    row = make.nomination(
        selection=quota.selection,
        category=quota.category,
        person=person,
        by_department=make.department(court=court),
        nominated=make.user(court=court),
    )
    secrets.fill(what, row, "name", "department_name", "post", "deeds")
    secrets.fill(what, make.opinion(nomination=row, verdict="remarks"), "body", "text")
    word = f"qzx{next(secrets.numbers)}"
    secrets.places[word] = (what, "content of the evidence")
    file = SimpleUploadedFile("x.pdf", b"%PDF-" + word.encode())
    secrets.fill(what, make.evidence(nomination=row, file=file), "filename")
