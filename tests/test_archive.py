"""The archive package of a conference, read back: names, numbers and checksums are those of the record."""

import errno
import hashlib
import io
import json
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from pypdf import PdfReader

from archive import packing
from archive.items import plan
from archive.machine import as_json
from archive.models import ArchivePackage
from archive.naming import safe_name
from archive.papers import MAKERS
from archive.record_pdf import whole_record
from conferences.models import Conference
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON, STAFF
from papers.kinds import KINDS
from tests import make

pytestmark = pytest.mark.django_db
QPDF = shutil.which("qpdf")
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
DIRECTORY = "00_目录和缺件清单"


def full_conference():
    """One of everything that a package holds."""
    court = make.court(name="青屿区人民法院", document_prefix="青")
    made = make.published(court=court, venue="第一审判庭", theme="公正与效率")
    make.participant(conference=made, name="杨某")
    make.agenda_item(conference=made, private_note="备好话筒")
    make.speech(conference=made, text="一、把牢方向\n认真学习。\n（一）抓好落实\n每月检查。")
    make.speech(conference=made, text="向英雄致敬😀。")
    make.speech(conference=made, name="何某", text="")
    make.figure(conference=made, rank=2, rank_kind="exact", rank_scope="全市")
    make.measure(task=make.task(conference=made), lead=make.department(court=court))
    make.honour(conference=made)
    decision = make.decision(conference=made, prefix="青法", year=2024, serial=3, text="决定如下。")
    category = make.category(court=court, name="先进个人")
    for name in ("张伟", "李娜", "王䶮"):
        make.commendation(conference=made, category=category, name=name, decision=decision, announced=name == "张伟")
    make.certificate(commendation=made.commendations.first())
    file = SimpleUploadedFile("会场.png", PHOTO)
    make.attachment(conference=made, title="会场照片", kind="photo", file=file, filename="会场.png")
    make.attachment(conference=made, title="领导讲话", file="00/none", filename="讲话.docx")
    return made


def packed(conference, by):
    package = packing.begin(conference, by=by)
    while package.is_open:
        packing.proceed(package, by=by)
    return package


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker, tmp_path_factory):
    """A package of a full conference, and the bytes of its ZIP; made once for all tests that read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
            conference = full_conference()
            package = packed(conference, make.user(CLERK, court=conference.court))
            with default_storage.open(package.file.name) as file:
                yield package, file.read()
        transaction.set_rollback(True)


@pytest.fixture
def archive(whole):
    return zipfile.ZipFile(io.BytesIO(whole[1]))


@pytest.fixture
def package(whole):
    return whole[0]


@pytest.fixture
def conference(monkeypatch):
    """With little in it, and set in no time: what is packed does not matter here."""
    monkeypatch.setattr("archive.record_pdf.typeset", lambda _template, data, **_given: b"%PDF-" + str(data).encode())
    made = make.published()
    make.speech(conference=made, text="认真学习。")
    make.figure(conference=made)
    make.attachment(conference=made, title="../会场照片", file=SimpleUploadedFile("x.pdf", b"%PDF-"))
    return made


@pytest.fixture
def clerk(conference):
    return make.user(CLERK, court=conference.court)


def opened(package):
    return zipfile.ZipFile(default_storage.open(package.file.name))


def text(archive, ending):
    """The text of the PDF whose name ends so, without spaces."""
    name = next(one for one in archive.namelist() if one.endswith(ending))
    pages = PdfReader(io.BytesIO(archive.read(name))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "").replace("\u3000", "")


def rows(archive, name, sheet=0):
    book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    return list(book.worksheets[sheet].iter_rows(values_only=True))


def whys(package):
    return [f"{what}：{why}" for _about, what, why in package.gaps]


# --- What is in it ---


def test_the_package_holds_the_whole_record_under_chinese_names(archive):
    names = archive.namelist()
    assert archive.testzip() is None
    assert all(one.flag_bits & 0x800 or one.filename.isascii() for one in archive.infolist())
    assert [name.partition("/")[2].partition("_")[2] for name in names if "/" in name] == [
        "2023年度工作总结暨表彰大会全记录.pdf",
        *("表彰名单.xlsx", "与会人员.xlsx", "会议议程.xlsx", "数据.xlsx", "重点工作举措.xlsx", "任务分解与进展表.xlsx"),
        *("上级荣誉.xlsx", "证书登记.xlsx"),
        *(f"表彰决定_关于表彰先进集体和先进个人的决定.{one}" for one in ("docx", "pdf")),
        *(f"宣读名单_2023年度工作总结暨表彰大会.{one}" for one in ("docx", "pdf")),
        *(f"任务分解表_2023年度工作总结暨表彰大会.{one}" for one in ("docx", "pdf")),
        *(f"目标责任书_2023年度工作总结暨表彰大会.{one}" for one in ("docx", "pdf")),
        *(f"年度荣誉登记表_2023年度.{one}" for one in ("docx", "pdf")),
        "照片_会场照片.png",
        "会议数据.json",
    ]
    assert names[-3:] == [f"{DIRECTORY}.pdf", f"{DIRECTORY}.xlsx", "00_校验值.sha256"]


def test_every_file_has_the_size_and_checksum_that_the_lists_say(package, archive, whole):
    listed = {row[5]: row for row in rows(archive, f"{DIRECTORY}.xlsx")[1:] if row[0]}
    content = {name: archive.read(name) for name in archive.namelist()}
    sums = {name: hashlib.sha256(one).hexdigest() for name, one in content.items()}
    said = dict(reversed(line.split("  ")) for line in content["00_校验值.sha256"].decode().splitlines())
    assert said == {name: digest for name, digest in sums.items() if name != "00_校验值.sha256"}
    assert {name: (row[7], row[9]) for name, row in listed.items()} == {
        name: (len(content[name]), sums[name]) for name in content if "/" in name
    }
    pages = {name: row[6] for name, row in listed.items() if name.endswith(".pdf")}
    assert pages == {name: len(PdfReader(io.BytesIO(content[name])).pages) for name in pages}
    assert (package.sha256, package.size) == (hashlib.sha256(whole[1]).hexdigest(), len(whole[1]))


def test_the_record_says_what_its_clerks_read_page_by_page(archive):
    said = text(archive, "全记录.pdf")

    wanted = (
        "备好话筒",
        "全市",
        "张伟",
        "王䶮",
        "把牢方向",
        "每月检查",
        "全市法院先进集体",
        "青法〔2024〕3号",
        "会场.png",
    )
    assert [word for word in wanted if word not in said] == []
    pages = PdfReader(io.BytesIO(archive.read(archive.namelist()[0]))).pages
    running = "青屿区人民法院2023年度工作总结暨表彰大会"
    assert all(running in page.extract_text().replace("\u3000", "").replace(" ", "") for page in pages[1:])


def test_the_list_of_winners_is_that_of_the_record(archive):
    head, *found = rows(archive, "02_名单与数据/01_表彰名单.xlsx")

    place = head.index("获奖者")
    assert {row[place] for row in found if row[0] and str(row[0]).isdigit()} == {"张伟", "李娜", "王䶮"}


def test_files_that_people_brought_are_there_byte_for_byte(archive):
    assert archive.read("04_附件/01_照片_会场照片.png") == PHOTO


def test_the_periods_are_those_of_the_settings(package, archive):
    terms = {row[5].partition("/")[2][:9]: row[8] for row in rows(archive, f"{DIRECTORY}.xlsx")[1:] if row[0]}

    assert [terms[begins] for begins in ("01_照片_会场照", "01_表彰决定_关", "03_宣读名单_2")] == [
        "永久",
        "永久",
        "10年",
    ]


def test_a_court_sets_its_own_periods(conference, clerk, settings):
    settings.ARCHIVE_TERMS = {**settings.ARCHIVE_TERMS, "data": "30"}

    assert packed(conference, clerk).entries[-1]["term"] == "30年"


def test_the_same_record_gives_the_same_pdf_and_data():
    made = make.published()
    make.speech(conference=made, text="认真学习。")

    assert whole_record(made) == whole_record(made)
    assert as_json(made) == as_json(Conference.objects.get(pk=made.pk))


@pytest.mark.skipif(QPDF is None, reason="no qpdf")
def test_the_pdfs_are_sound(archive, tmp_path):
    for number, name in enumerate(one for one in archive.namelist() if one.endswith(".pdf")):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(archive.read(name))
        assert subprocess.run([QPDF, "--check", path], capture_output=True, check=False).returncode == 0


def test_every_kind_of_paper_has_its_place_in_the_package():
    assert set(MAKERS) == set(KINDS)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "01_etcpasswd.pdf"),
        ("C:\\x|y?.pdf.", "01_Cxy.pdf.pdf"),
        ("\u202e倒\u200b置\x00", "01_倒置.pdf"),
        ("...", "01_无题.pdf"),
        ("长" * 200, "01_" + "长" * 47 + ".pdf"),
    ],
)
def test_names_are_safe_on_every_system(title, name):
    assert safe_name(1, title, "pdf") == name
    assert len(name.encode()) <= 150


def test_two_files_of_one_title_do_not_clash(conference, clerk):
    make.attachment(conference=conference, title="../会场照片", file=SimpleUploadedFile("x.PDF", b"%PDF-"))

    names = [name for name in opened(packed(conference, clerk)).namelist() if name.startswith("04")]

    assert names == ["04_附件/01_其他_会场照片.pdf", "04_附件/02_其他_会场照片.pdf"] or len(set(names)) == 2
    assert not any(".." in name for name in names)


# --- What is missing ---


def test_a_file_that_is_not_on_the_disk_is_said_to_be_missing(package, archive):
    assert [one for one in whys(package) if "领导讲话" in one] == [
        "其他_领导讲话：文件已不在磁盘上；原文件名：讲话.docx"
    ]
    assert not any("领导讲话" in name for name in archive.namelist())
    lacking = [row for row in rows(archive, f"{DIRECTORY}.xlsx", 1) if row[0]]
    assert [list(row[1:]) for row in lacking[1:]] == package.gaps


def test_a_file_that_changed_on_the_disk_is_packed_and_said_to_differ(conference, clerk):
    with default_storage.open(conference.attachments.get().file.name, "wb") as file:
        file.write(b"%PDF-other")

    package = packed(conference, clerk)

    assert opened(package).read("04_附件/01_其他_会场照片.pdf") == b"%PDF-other"
    assert [one for one in whys(package) if "会场照片" in one and "校验值不符" in one]


def test_what_the_record_lacks_is_listed(package):
    assert [one for one in whys(package) if "何某" in one and "待核对" in one]
    assert [one for one in whys(package) if "未锁定" in one]


def test_a_character_that_no_font_has_does_not_stop_the_record(package, archive):
    assert "向英雄致敬〓。" in text(archive, "全记录.pdf")
    assert [one for one in whys(package) if "😀" in one and "〓" in one]


def test_a_paper_that_cannot_be_made_is_missing_with_the_reason(conference, clerk, monkeypatch):
    def refuse(*_args, **_given):
        raise Refused("字体不足")

    make.decision(conference=conference)
    monkeypatch.setattr("archive.papers.file_of", refuse)

    package = packed(conference, clerk)

    assert [one.partition("：")[2] for one in whys(package) if "字体不足" in one] == [
        "未能生成DOCX：字体不足",
        "未能生成PDF：字体不足",
    ]
    assert not any("表彰决定" in name for name in opened(package).namelist())


# --- How it is made ---


def test_whoever_is_neither_clerk_nor_approver_of_the_court_makes_none(conference, clerk):
    for user in (
        make.user(STAFF, court=conference.court),
        make.user(LIAISON, court=conference.court),
        make.user(CLERK, APPROVER, court=make.court()),
    ):
        with pytest.raises(NotAllowed):
            packing.begin(conference, by=user)
    assert not ArchivePackage.objects.of_conference(conference).exists()


def test_two_at_once_make_one_package(conference, clerk):
    first = packing.begin(conference, by=clerk)

    assert packing.begin(conference, by=make.user(APPROVER, court=conference.court)) == first


def test_while_one_request_works_another_does_nothing(conference, clerk):
    package = packing.begin(conference, by=clerk)
    ArchivePackage.objects.update(claimed_until=package.at + packing.CLAIM)

    packing.proceed(package, by=clerk)

    assert (package.done, default_storage.exists(package.file.name)) == (0, False)


def test_it_goes_on_where_it_stopped(conference, clerk):
    package = packing.begin(conference, by=clerk)
    packing.proceed(package, by=clerk, seconds=0)
    assert package.done == 1

    packing.proceed(package, by=clerk, seconds=0)

    assert (package.done, package.total) == (2, len(plan(conference)) + 1)
    assert opened(package).namelist() == [entry["path"] for entry in package.entries]


@pytest.mark.parametrize("broken", ["more", "half"])
def test_what_broke_off_begins_anew(conference, clerk, broken):
    package = packing.begin(conference, by=clerk)
    packing.proceed(package, by=clerk, seconds=0)
    with default_storage.open(package.file.name, "r+b") as file:
        if broken == "half":
            file.truncate(100)
        else:
            with zipfile.ZipFile(file, "a") as archive:
                archive.writestr("x", "x")

    while package.is_open:
        packing.proceed(package, by=clerk)

    assert opened(package).testzip() is None
    assert len(opened(package).namelist()) == len(package.entries) + 3


def test_a_record_that_changes_meanwhile_is_packed_anew(conference, clerk):
    package = packing.begin(conference, by=clerk)
    packing.proceed(package, by=clerk, seconds=0)
    conference.speeches.update(text="改过的讲话。")

    while package.is_open:
        packing.proceed(package, by=clerk)

    assert "改过的讲话" in opened(package).read(package.entries[0]["path"]).decode()


def test_a_full_disk_leaves_nothing_behind_and_can_be_gone_on_from(conference, clerk, monkeypatch):
    def full(*_args, **_given):
        raise OSError(errno.ENOSPC, "No space left on device")

    package = packing.begin(conference, by=clerk)
    packing.proceed(package, by=clerk, seconds=0)
    with monkeypatch.context() as patched:
        patched.setattr(packing.shutil, "copyfileobj", full)
        with pytest.raises(Refused):
            packing.proceed(package, by=clerk)
    assert (package.done, package.claimed_until) == (0, None)
    assert not default_storage.exists(package.file.name)

    while package.is_open:
        packing.proceed(package, by=clerk)

    assert package.finished_by == clerk


def test_a_stopped_one_leaves_no_file(conference, clerk):
    package = packing.begin(conference, by=clerk)
    packing.proceed(package, by=clerk, seconds=0)
    name = package.file.name

    packing.cancel(package, by=clerk)

    assert (package.is_open, default_storage.exists(name)) == (False, False)
    packing.proceed(package, by=clerk)
    assert not default_storage.exists(name)


def test_the_newest_one_is_kept(conference, clerk):
    old = packed(conference, clerk)
    name = old.file.name

    new = packed(conference, clerk)

    old.refresh_from_db()
    assert (bool(old.file), default_storage.exists(name), len(old.sha256)) == (False, False, 64)
    assert ArchivePackage.objects.kept(conference) == new


def test_an_empty_draft_has_a_package_too(conference):
    draft = make.conference()

    package = packed(draft, make.user(CLERK, court=draft.court))

    assert any("尚未发布" in one for one in whys(package))
    names = [name.partition("/")[0] for name in opened(package).namelist()]
    assert names[:2] == ["01_会议记录", "05_数据交换"]
    assert json.loads(opened(package).read("05_数据交换/01_会议数据.json"))
