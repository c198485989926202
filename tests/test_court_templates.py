"""A court's own template of a decision: what is taken, what is refused and why, and what becomes of it."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courts.refusals import Refused
from papers import court_templates
from papers.court_templates import FIELDS, checked_fields, fill
from papers.docx.template import standard_template
from papers.kinds.decision import decision_paper
from papers.models import CourtTemplate
from tests import make

COURT = "青屿区人民法院"


def written(*lines):
    """A DOCX with these paragraphs."""
    document, file = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(file)
    return file.getvalue()


def changed(content, changes, *, without=()):
    """The package with other parts: name -> bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in {*changes, *without}:
                after.writestr(name, before.read(name))
        for name, part in changes.items():
            after.writestr(name, part)
    return file.getvalue()


def uploaded(content, name="模板.docx"):
    return SimpleUploadedFile(name, content)


def relation(kind, target):
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return f'{head}<Relationship Id="r1" Type="x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


RELS = "word/_rels/settings.xml.rels"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'


def test_the_standard_template_asks_for_known_fields_alone():
    assert set(checked_fields(uploaded(standard_template(COURT)))) <= set(FIELDS)


def test_unknown_fields_are_refused_by_name():
    with pytest.raises(Refused) as refused:
        checked_fields(uploaded(written("{{ title }}", "{{ salary }} {{ secret }}")))
    assert refused.value.messages == ["模板用到了不存在的字段：salary、secret。"] or refused.value.code == "fields"
    assert all(name in refused.value.messages[0] for name in ("salary", "secret"))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"not a zip", "kind", id="no package"),
        pytest.param(b"PK\x03\x04broken", "damaged", id="broken package"),
        pytest.param(changed(written("x"), {}, without=("word/document.xml",)), "kind", id="another package"),
        pytest.param(changed(written("x"), {"word/vbaProject.bin": b"x"}), "macro", id="a macro"),
        pytest.param(changed(written("x"), {"word/embeddings/x.bin": b"x"}), "macro", id="another file inside"),
        pytest.param(
            changed(written("x"), {"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "macro",
            id="macros by the kind",
        ),
        pytest.param(changed(written("x"), {RELS: relation("attachedTemplate", "http://a/b")}), "loads", id="loads"),
        pytest.param(changed(written("x"), {"word/x.xml": ENTITY}), "bomb", id="entities"),
        pytest.param(changed(written("x"), {"word/x.xml": b"0" * 60_000_000}), "bomb", id="unpacks to too much"),
        pytest.param(written("{% for one in paragraphs %}"), "wrong", id="a loop without an end"),
        pytest.param(written("{{ title.nothing }}"), "wrong", id="a field of a field"),
        pytest.param(written("{{ lists[0].salary }}"), "wrong", id="an unknown field of a list"),
        pytest.param(written("{{ ''.__class__.__mro__[1].__subclasses__() }}"), "wrong", id="out of the sandbox"),
        pytest.param(written("{{ 'x' * 10 ** 10 }}"), "too-long", id="too much memory"),
        pytest.param(
            written("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"),
            "too-long",
            id="too much time",
        ),
    ],
)
def test_what_is_no_template_or_a_dangerous_one_is_refused(monkeypatch, content, code):
    monkeypatch.setattr(court_templates, "SECONDS", 5)
    with pytest.raises(Refused) as refused:
        checked_fields(uploaded(content))
    assert refused.value.code == code


def test_links_are_no_danger():
    content = changed(written("{{ title }}"), {RELS: relation("hyperlink", "http://court/")})
    assert checked_fields(uploaded(content)) == ["title"]


def test_texts_stay_texts():
    """What looks like a tag in a name is written, not run."""
    text = "<w:p>{{ title }}</w:p> & {% for %}"
    content = fill(written("{{ signer }}"), {**court_templates.SAMPLE, "signer": text})
    assert [one.text for one in docx.Document(io.BytesIO(content)).paragraphs] == [text]


@pytest.fixture
def decision(db):
    conference = make.conference(court=make.court(name=COURT))
    made = make.decision(conference=conference, prefix="青法", year=2024, serial=3, text="经研究，决定予以表彰。")
    category = make.category(court=conference.court, name="先进个人")
    for name in ("张㛃", "欧阳犇"):
        make.commendation(conference=conference, category=category, name=name, post="法官", decision=made)
    return made


def test_the_standard_template_filled_says_what_the_decision_says(decision):
    made = decision_paper(decision)
    document = docx.Document(io.BytesIO(fill(standard_template(COURT), made.context)))
    texts = [one.text for one in document.paragraphs if one.text]
    assert [
        COURT + "文件",
        "青法〔2024〕3号",
        decision.title,
        "各部门：",
        "经研究，决定予以表彰。",
        "附件：表彰个人名单",
    ] == texts[:6]
    assert texts[-3:] == ["附件", "表彰个人名单", "共2人次。排序：按录入顺序。"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["序号", "奖项", "获奖者", "部门", "职务"],
        ["1", "先进个人", "张\u3000㛃", "", "法官"],
        ["2", "先进个人", "欧阳犇", "", "法官"],
    ]


def test_a_clerk_brings_replaces_and_uses_the_template(client, decision):
    court = decision.conference.court
    clerk = make.user("clerk", court=court)
    client.force_login(clerk)
    add = "/admin/papers/courttemplate/add/"
    assert client.post(add, {"kind": "decision", "file": uploaded(written("{{ salary }}"))}).status_code == 200
    assert CourtTemplate.objects.count() == 0
    client.post(add, {"kind": "decision", "file": uploaded(written("一 {{ title }}"))})
    one = CourtTemplate.objects.get()
    assert (one.court, one.uploaded_by, one.filename, one.fields) == (court, clerk, "模板.docx", "title")
    first = one.file.path
    second = uploaded(written("二 {{ number }}"), "新模板.docx")
    client.post(f"/admin/papers/courttemplate/{one.pk}/change/", {"kind": "decision", "file": second})
    one.refresh_from_db()
    assert (one.filename, one.fields, one.file.storage.exists(first)) == ("新模板.docx", "number", False)
    address = f"/admin/papers/of/decision/{decision.pk}/file/"
    response = client.post(address, {"file_format": "docx", "own": "1"})
    assert [line.text for line in docx.Document(io.BytesIO(response.content)).paragraphs] == ["二 青法〔2024〕3号"]
    assert client.get("/admin/papers/templates/decision/own/").content == one.file.open().read()


def test_a_template_refused_leaves_the_one_that_was_there(client, decision):
    court = decision.conference.court
    one = make.court_template(court=court)
    client.force_login(make.user("clerk", court=court))
    wrong = changed(written("x"), {"word/vbaProject.bin": b"x"})
    client.post(f"/admin/papers/courttemplate/{one.pk}/change/", {"kind": "decision", "file": uploaded(wrong)})
    kept = CourtTemplate.objects.get()
    assert (kept.filename, kept.file.name, kept.file.storage.exists(kept.file.name)) == (
        one.filename,
        one.file.name,
        True,
    )


def test_a_court_without_a_template_of_its_own_gets_the_standard_layout(client, decision):
    client.force_login(make.user("clerk", court=decision.conference.court))
    make.court_template(content=written("别的法院"))
    response = client.post(f"/admin/papers/of/decision/{decision.pk}/file/", {"file_format": "docx", "own": "1"})
    assert decision.title in [one.text for one in docx.Document(io.BytesIO(response.content)).paragraphs]
