"""A paper is set in a process of its own: what comes out, and what is refused."""

import datetime
import logging
from io import BytesIO

import pytest
from pypdf import PdfReader

from courts.refusals import Refused
from papers import typesetting
from papers.typesetting import typeset, typeset_each

TEMPLATES = typesetting.ROOT
DATE = datetime.date(2024, 2, 2)
PAGES = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: auto)
#set page(width: 100mm, height: 50mm)
#set text(font: "Noto Serif SC")
#for name in data.names { page(name) }
"""
RARE = ["王㛃", "䶮𬴂", "堃喆犇", "阿卜杜热合曼·买买提"]


@pytest.fixture(autouse=True)
def templates(monkeypatch, tmp_path):
    """A folder of templates of the test's own; `pages.typ` sets a page for each name."""
    monkeypatch.setattr(typesetting, "ROOT", tmp_path / "typst")
    (tmp_path / "typst").mkdir()
    (tmp_path / "typst" / "pages.typ").write_text(PAGES)
    (tmp_path / "secret.txt").write_text("not for templates")
    return tmp_path / "typst"


def test_a_pdf_says_what_the_data_say_and_is_made_for_the_archive():
    read = PdfReader(BytesIO(typeset("pages.typ", {"title": "证书", "names": RARE}, date=DATE)))

    assert [page.extract_text() for page in read.pages] == RARE
    assert (read.metadata.title, read.metadata.creation_date.date()) == ("证书", datetime.date(2024, 2, 1))  # in UTC
    xmp = read.xmp_metadata
    assert (xmp.pdfaid_part, xmp.pdfaid_conformance) == ("2", "B")


def test_the_same_data_and_date_give_the_same_file():
    data = {"title": "证书", "names": ["张伟"]}

    assert typeset("pages.typ", data, date=DATE) == typeset("pages.typ", data, date=DATE)


@pytest.mark.parametrize(("form", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_pictures_come_page_by_page(form, begins):
    pictures = typeset("pages.typ", {"title": "", "names": ["张伟", "李娜"]}, date=DATE, format=form)

    assert [picture.startswith(begins) for picture in pictures] == [True, True]


def test_many_files_come_from_one_process_in_the_order_asked_for():
    files = typeset_each("pages.typ", ({"title": name, "names": [name]} for name in RARE), date=DATE)

    assert [PdfReader(BytesIO(file)).pages[0].extract_text() for file in files] == RARE


@pytest.mark.parametrize("text", ['#read("/etc/passwd")', "$ x $", '"; panic()', "#import", "\\ * _ ` < > @ //"])
def test_what_people_typed_is_text_and_never_run(text):
    read = PdfReader(BytesIO(typeset("pages.typ", {"title": text, "names": [text]}, date=DATE)))

    assert (read.pages[0].extract_text(), read.metadata.title) == (text, text)


def refusal(*arguments, **named) -> Refused:
    with pytest.raises(Refused) as refused:
        typeset(*arguments, date=DATE, **named)
    return refused.value


@pytest.mark.parametrize(
    "template",
    ["#panic(json(bytes(sys.inputs.data)).names.first())", '#read("../secret.txt")', "#let"],
    ids=["panics", "reads outside", "is broken"],
)
def test_a_template_that_fails_is_refused_and_no_name_stands_in_the_log(templates, caplog, template):
    (templates / "wrong.typ").write_text(template)

    with caplog.at_level(logging.ERROR):
        refused = refusal("wrong.typ", {"names": ["王秘密"]})

    assert refused.code == "wrong"
    assert [(record.name, "王秘密" in record.getMessage()) for record in caplog.records] == [
        ("papers.typesetting", False)
    ]


def test_nothing_in_the_folder_of_the_templates_leads_out_of_it():
    assert [path for path in TEMPLATES.rglob("*") if path.is_symlink()] == []


def test_a_character_that_no_font_has_is_said_before_anything_is_set():
    data = {"title": "", "names": ["张伟", "𠮷田"]}

    refused = refusal("pages.typ", data)

    assert (refused.code, "𠮷田" in refused.message) == ("no-glyph", True)
    assert len(typeset("pages.typ", data, date=DATE, format="png")) == 2  # a preview shows the hole


def test_a_paper_that_takes_too_long_is_stopped(templates, monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", 1)
    (templates / "long.typ").write_text("#for a in range(100000) { for b in range(100000) { let c = a * b } }")

    # Whichever clock is first: the wall's or the processor's.
    assert refusal("long.typ", {}).code in {"too-long", "too-big"}


def test_a_paper_that_needs_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(typesetting, "MEMORY", 300 * 1024**2)

    assert refusal("pages.typ", {"title": "", "names": ["字" * 300] * 3000}).code == "too-big"
