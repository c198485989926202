"""Files in: known by their content, bounded before they are opened, stored under a random name, sent as downloads."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conferences.files import content_type, validate_attachment
from conferences.models import Attachment, Audience
from courts import packages
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from tests import make

PDF, PNG, JPEG = b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0..."


def office(*members: str, size: int = 10) -> bytes:
    """An archive with these members, of `size` bytes each when unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, b"0" * size)
    return file.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")
TAKEN = {
    "notice.pdf": PDF,
    "NOTICE.PDF": PDF,
    "photo.png": PNG,
    "photo.jpg": JPEG,
    "photo.jpeg": JPEG,
    "report.docx": DOCX,
    "winners.xlsx": XLSX,
    "two.endings.pdf": PDF,
}


@pytest.mark.parametrize(("name", "content"), TAKEN.items(), ids=TAKEN.keys())
def test_the_kinds_on_the_list_are_taken(name, content):
    file = SimpleUploadedFile(name, content)

    validate_attachment(file)

    assert (file.tell(), content_type(name) != "application/octet-stream") == (0, True)


REFUSED: dict[str, tuple[str, bytes, str]] = {
    "a page": ("page.html", b"<script>alert(1)</script>", "kind"),
    "a drawing with script": ("drawing.svg", b"<svg onload=alert(1)>", "kind"),
    "a page renamed to a picture": ("photo.png", b"<script>alert(1)</script>", "kind"),
    "a program renamed to a document": ("notice.pdf", b"MZ\x90\x00", "kind"),
    "a document renamed to a program": ("notice.exe", PDF, "kind"),
    "a picture named as another kind": ("photo.png", JPEG, "kind"),
    "a workbook named as a text": ("report.docx", XLSX, "kind"),
    "an archive named as a workbook": ("winners.xlsx", office("readme.txt"), "kind"),
    "a workbook with macros": ("winners.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "kind"),
    "a workbook for macros": ("winners.xlsm", office("xl/workbook.xml"), "kind"),
    "an old workbook": ("winners.xls", b"\xd0\xcf\x11\xe0", "kind"),
    "no ending": ("notice", PDF, "kind"),
    "two endings, the last one wrong": ("notice.pdf.html", PDF, "kind"),
    "empty": ("notice.pdf", b"", "kind"),
    "the mark of a document further down": ("notice.pdf", b" " * 20 + PDF, "kind"),
    "a damaged archive": ("report.docx", DOCX[:-30], "damaged"),
    "an archive of nothing but its mark": ("report.docx", b"PK\x03\x04", "damaged"),
    "unpacks to a hundred times its size": ("winners.xlsx", office("xl/workbook.xml", size=10_000_000), "bomb"),
    "too many members": ("winners.xlsx", office("xl/workbook.xml", *map(str, range(200))), "bomb"),
}


@pytest.mark.parametrize(("name", "content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_every_other_file_is_refused(name, content, code):
    with pytest.raises(ValidationError) as refused:
        validate_attachment(SimpleUploadedFile(name, content))

    assert refused.value.code == code


def test_the_size_after_unpacking_is_summed_and_not_tried(monkeypatch):
    file = SimpleUploadedFile("winners.xlsx", office("xl/workbook.xml", size=100))
    monkeypatch.setattr(packages, "MAX_UNPACKED", 99)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("opened a member"))

    with pytest.raises(ValidationError) as refused:
        validate_attachment(file)

    assert refused.value.code == "bomb"


@pytest.mark.parametrize(("size", "fits"), [(1024 * 1024, True), (1024 * 1024 + 1, False)])
def test_a_file_larger_than_allowed_is_refused(settings, size, fits):
    settings.ATTACHMENT_MAX_MB = 1
    file = SimpleUploadedFile("notice.pdf", PDF.ljust(size))

    if fits:
        validate_attachment(file)
        return
    with pytest.raises(ValidationError) as refused:
        validate_attachment(file)

    assert (refused.value.code, refused.value.params) == ("too_big", {"max": 1})


# --- Stored and sent ---


def stored(name: str = "通知.pdf", **given) -> Attachment:
    given.setdefault("conference", make.published())
    return make.attachment(file=SimpleUploadedFile(name, PDF), filename=name, **given)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["通知.pdf", "../../etc/passwd.pdf", "a\0b.pdf", "名" * 200 + ".pdf"])
def test_what_a_person_typed_never_reaches_the_disk(settings, name):
    attachment = make.attachment(file=SimpleUploadedFile(name, PDF))

    path = Path(attachment.file.path).relative_to(settings.MEDIA_ROOT)

    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", path.as_posix())


@pytest.mark.django_db
@pytest.mark.parametrize("build", [make.attachment, make.evidence, make.honour_file, make.progress_file])
def test_a_name_that_is_too_long_keeps_its_ending(build):
    kept = build(file=SimpleUploadedFile("名" * 300 + ".pdf", PDF), filename="")

    assert (len(kept.filename), kept.filename[-4:]) == (200, ".pdf")


@pytest.mark.django_db
def test_a_file_leaves_as_a_download_of_its_own_kind_and_name(client):
    attachment = stored("关于“表彰”的通知;.pdf", audience=Audience.PUBLIC)

    response = client.get(attachment.get_absolute_url())

    assert (
        b"".join(response.streaming_content),
        response["Content-Type"],
        response["X-Content-Type-Options"],
        response["Content-Disposition"].split(";")[0],
        response["Content-Disposition"].isascii(),
    ) == (PDF, "application/pdf", "nosniff", "attachment", True)


@pytest.mark.django_db
def test_a_name_of_an_unknown_kind_is_sent_as_plain_bytes(client):
    attachment = stored("page.html", audience=Audience.PUBLIC)

    assert client.get(attachment.get_absolute_url())["Content-Type"] == "application/octet-stream"


@pytest.mark.django_db
def test_nothing_on_the_way_keeps_a_file(client):
    conference = make.published()
    public, internal = (stored(conference=conference, audience=audience) for audience in Audience)
    told = client.get(public.get_absolute_url())["Cache-Control"]

    client.force_login(make.user(STAFF, court=conference.court))

    kept = [client.get(one.get_absolute_url())["Cache-Control"] for one in (public, internal)]
    assert (told, kept) == ("public, no-cache", ["private, no-store"] * 2)


@pytest.mark.django_db
def test_a_file_whose_bytes_are_gone_is_not_there(client):
    attachment = stored(audience=Audience.PUBLIC)
    Path(attachment.file.path).unlink()

    assert client.get(attachment.get_absolute_url()).status_code == 404


NOBODY, OTHER = "visitor", "clerk of another court"
# Who reads a file for staff of a conference that is published to everyone; to staff; a draft.
READERS = {
    NOBODY: (False, False, False),
    OTHER: (False, False, False),
    CLERK: (True, True, True),
    APPROVER: (True, True, True),
    LIAISON: (True, True, False),
    STAFF: (True, True, False),
    SUPERIOR: (True, True, False),
}


def reader(who: str, court):
    if who == SUPERIOR:
        court.parent = make.court()
        court.save()
        return make.user(SUPERIOR, court=court.parent)
    if who == OTHER:
        return make.user(CLERK, court=make.court())
    return make.user(who, court=court)


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "expected"), READERS.items(), ids=READERS.keys())
def test_who_gets_a_file_for_staff(client, who, expected):
    court = make.court()
    conferences = (
        make.published(court=court, year_reviewed=2021),
        make.published(court=court, year_reviewed=2022, audience=Audience.STAFF),
        make.conference(court=court, year_reviewed=2023, audience=Audience.PUBLIC),
    )
    addresses = [stored(conference=one, audience=Audience.STAFF).get_absolute_url() for one in conferences]
    if who != NOBODY:
        client.force_login(reader(who, court))

    got = tuple(client.get(address).status_code == 200 for address in addresses)

    assert got == expected


@pytest.mark.django_db
def test_a_key_is_not_to_be_guessed():
    keys = {make.attachment().key for _ in range(20)}

    assert (len(keys), {len(key) for key in keys}) == (20, {32})


@pytest.mark.django_db
def test_no_address_leads_to_the_folder_of_files(client):
    attachment = stored(audience=Audience.PUBLIC)

    answers = [
        client.get(f"{start}{attachment.file.name}").status_code
        for start in ("/", "/media/", "/attachments/", "/static/")
    ]

    assert (answers, client.get(reverse("conferences:attachment", args=["none"])).status_code) == ([404] * 4, 404)
