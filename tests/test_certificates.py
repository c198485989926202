"""What stands on certificates: the files are read back and compared with the record."""

import datetime
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader

from awards.models import AwardCategory, Certificate, CertificateSettings
from conferences.models import Conference
from courts.refusals import NotAllowed, Refused
from courts.roles import APPROVER, CLERK, LIAISON
from papers.certificates import printing, wording
from papers.certificates.missing import findings
from papers.certificates.sheets import Layout, preview, winners_of
from papers.models import Printing
from tests import make

pytestmark = pytest.mark.django_db
Kind = AwardCategory.RecipientKind
LONG_NAME = "阿卜杜热合曼·买买提吐尔逊江"  # fourteen characters
RARE = ["王㛃", "䶮小宁", "方𬴂", "李堃", "陈喆", "林犇", LONG_NAME, "欧阳少东"]
LONG_AWARD = "人民法院案例库建设与审判业务专题调研工作先进员额法官、法官助理、书记员标兵"
A4, A3 = (297, 210), (420, 297)
QPDF = shutil.which("qpdf")


@pytest.fixture
def court():
    return make.court(name="青屿区人民法院", document_prefix="青")


@pytest.fixture
def conference(court):
    return make.conference(court=court)


@pytest.fixture
def clerk(court):
    return make.user(CLERK, court=court)


@pytest.fixture
def person(court):
    return make.category(court=court, name="先进个人")


def printed(conference, by, layout=None, *, output="pdf", keys=None):
    """The finished printing of all of the conference, or of `keys`."""
    keys = keys or [winner.pk for winner in winners_of(conference)]
    one = printing.begin(conference, keys, layout or Layout(), output=output, by=by, address="http://testserver")
    while one.is_open:
        printing.proceed(one)
    return one


def pages(one):
    """The text of each page without the spaces between lines."""
    with one.file.open("rb") as file:
        return [page.extract_text().replace("\n", "") for page in PdfReader(BytesIO(file.read())).pages]


def millimetres(one):
    with one.file.open("rb") as file:
        boxes = [page.mediabox for page in PdfReader(BytesIO(file.read())).pages]
    return {(round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) for box in boxes}


# --- Words ---

WORDS = {
    "a person": ({"name": "张三"}, Kind.PERSON, "张三同志：", "2023年度被评为先进。"),
    "a department": ({"department_name": "民事审判庭"}, Kind.DEPARTMENT, "民事审判庭：", "2023年度被评为先进。"),
    "a team": ({"name": "速裁团队"}, Kind.TEAM, "速裁团队：", "2023年度被评为先进。"),
    "a family": ({"name": "李某"}, Kind.FAMILY, "李某家庭：", "2023年度被评为先进。"),
    "a family that says so": ({"name": "书香之家"}, Kind.FAMILY, "书香之家：", "2023年度被评为先进。"),
    "another": ({"name": "某公司"}, Kind.OTHER, "某公司：", "2023年度被评为先进。"),
    "the dead": ({"name": "欧阳少东", "posthumous": True}, Kind.PERSON, "", "追授欧阳少东同志“2023年度先进”荣誉称号。"),
    "words of its own": ({"name": "张三", "citation": "荣立三等功{x}"}, Kind.PERSON, "张三同志：", "荣立三等功{x}"),
}


@pytest.mark.parametrize(("given", "kind", "salutation", "body"), WORDS.values(), ids=WORDS)
def test_each_kind_of_recipient_is_written_to_in_its_own_way(conference, given, kind, salutation, body):
    category = make.category(court=conference.court, name="先进", recipient_kind=kind)
    winner = make.commendation(conference=conference, category=category, **given)

    assert wording.salutation(winner) == salutation
    assert "".join(part.text for part in wording.body(winner)) == body


@pytest.mark.parametrize(
    ("family", "award", "expected"),
    [
        ("in-house", "办案标兵", "2023年度被评为办案标兵。"),
        ("party", "优秀共产党员", "2023年度被评为优秀共产党员。"),
        ("civil", "嘉奖", "2023年度给予嘉奖奖励。"),
        ("commemorative", "荣誉天平纪念章", "颁发荣誉天平纪念章。"),
    ],
)
def test_each_family_of_awards_has_a_usual_wording(conference, family, award, expected):
    category = make.category(court=conference.court, name=award, family=family)

    parts = wording.body(make.commendation(conference=conference, category=category, name="张三"))

    assert "".join(part.text for part in parts) == expected


CLOSINGS = {
    "the usual one": ({}, "特发此证，以资鼓励。"),
    "said in the wording already": ({"citation": "被评为先进，特发此证，以资鼓励。"}, ""),
    "said in other words": ({"citation": "被评为先进，特发此证。"}, ""),
    "of the dead": ({"posthumous": True}, "特颁此证，以示褒扬。"),
}


@pytest.mark.parametrize(("given", "expected"), CLOSINGS.values(), ids=CLOSINGS)
def test_nothing_is_certified_twice_on_one_paper(conference, given, expected):
    winner = make.commendation(conference=conference, **given)

    assert wording.closing(winner, CertificateSettings(court=conference.court)) == expected


def test_the_wording_of_an_award_is_filled_in_and_never_run(conference):
    template = "{name}在{year}年工作中表现突出，{period}被评为{award}{award.pk}{0}{"
    category = make.category(court=conference.court, name="办案标兵", citation_template=template)
    winner = make.commendation(conference=conference, category=category, name="{year}张三")

    parts = wording.body(winner)

    assert (
        "".join(part.text for part in parts) == "{year}张三在2023年工作中表现突出，2023年度被评为办案标兵{award.pk}{0}{"
    )
    assert [part.text for part in parts if part.strong] == ["办案标兵"]
    assert wording.unknown_fields(template) == ["award.pk", "0"]


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("annual", 1, "2024年度"),
        ("half-year", 1, "2024年上半年"),
        ("half-year", 2, "2024年下半年"),
        ("quarterly", 3, "2024年第三季度"),
        ("deployment", 1, "2024年度"),
    ],
)
def test_the_time_for_which_an_award_is_given(kind, number, expected):
    assert wording.period(Conference(kind=kind, number=number, year_reviewed=2024)) == expected


@pytest.mark.parametrize(
    ("day", "digits", "characters"),
    [
        ((2024, 2, 2), "2024年2月2日", "二〇二四年二月二日"),
        ((2024, 10, 31), "2024年10月31日", "二〇二四年十月三十一日"),
        ((2021, 12, 20), "2021年12月20日", "二〇二一年十二月二十日"),
        ((2010, 11, 15), "2010年11月15日", "二〇一〇年十一月十五日"),
    ],
)
def test_a_day_is_written_in_digits_or_in_characters(day, digits, characters):
    assert wording.written(datetime.date(*day), in_characters=False) == digits
    assert wording.written(datetime.date(*day), in_characters=True) == characters


# --- Files ---


def test_the_file_holds_each_winner_with_name_award_number_issuer_and_date_in_the_order_of_the_roll(
    conference, clerk, person
):
    for order, name in enumerate(RARE):
        make.commendation(conference=conference, category=person, name=name, order=order)

    one = printed(conference, clerk)

    assert pages(one) == [
        f"荣誉证书{name}同志：2023年度被评为先进个人。特发此证，以资鼓励。"
        f"编号：青荣证〔2024〕000{number}号青屿区人民法院2024年2月2日"
        for number, name in enumerate(RARE, 1)
    ]
    assert millimetres(one) == {A4}
    assert one.filename == "青屿区人民法院_2023年度_荣誉证书_8份.pdf"


def test_the_file_is_made_for_the_archive(conference, clerk, person):
    make.commendation(conference=conference, category=person)

    with printed(conference, clerk).file.open("rb") as file:
        read = PdfReader(BytesIO(file.read()))

    assert (read.xmp_metadata.pdfaid_part, read.xmp_metadata.pdfaid_conformance) == ("2", "B")
    fonts = [font for page in read.pages for font in page["/Resources"]["/Font"].values()]
    assert all("/ToUnicode" in font for font in fonts)
    assert all(_is_embedded(font) for font in fonts)


@pytest.mark.skipif(QPDF is None, reason="qpdf is not installed")
@pytest.mark.parametrize("size", ["a4", "a3"])
def test_qpdf_finds_nothing_wrong_with_the_file(conference, clerk, person, size):
    make.commendation(conference=conference, category=person, name="王㛃")
    one = printed(conference, clerk, Layout(size=size))

    ended = subprocess.run([QPDF, "--check", one.file.path], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")


def _is_embedded(font):
    descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))


def test_a_folded_sheet_has_a_cover_and_an_inside(conference, clerk, person):
    make.commendation(conference=conference, category=person, name="张三")

    one = printed(conference, clerk, Layout(size="a3"))

    cover, inside = pages(one)
    assert cover == "荣誉证书青屿区人民法院"
    assert "张三同志：2023年度被评为先进个人。" in inside
    assert millimetres(one) == {A3}


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_on_printed_stock_only_the_text_is_set_and_moved_by_millimetres(conference, clerk, person, size):
    winner = make.commendation(conference=conference, category=person, name="张三")

    places = []
    for x, y in ((0, 0), (12, -7)):
        one = printed(conference, clerk, Layout(size=size, stock="printed", x=x, y=y), keys=[winner.pk])
        assert pages(one) == [
            "张三同志：2023年度被评为先进个人。特发此证，以资鼓励。编号：青荣证〔2024〕0001号青屿区人民法院2024年2月2日"
        ]
        places.append(_place_of("张三同志", one))

    (left, top), (moved_left, moved_top) = places
    assert (round(moved_left - left, 1), round(moved_top - top, 1)) == (12, 7)  # a PDF counts upwards


def _place_of(text, one):
    """Where the line with this text begins, in millimetres from the lower left corner."""
    found = []

    def look(said, _matrix, text_matrix, _font, _size):
        if said.strip():
            found.append((said, _matrix, text_matrix))

    with one.file.open("rb") as file:
        PdfReader(BytesIO(file.read())).pages[0].extract_text(visitor_text=look)
    _said, outer, inner = next(one for one in found if text[0] in one[0])
    x, y = inner[4] * outer[0] + inner[5] * outer[2] + outer[4], inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    return x * 25.4 / 72, y * 25.4 / 72


def test_what_the_court_chose_stands_on_it(conference, clerk, person):
    make.certificate_settings(
        court=conference.court,
        heading="奖状",
        closing="特颁此状。",
        issuer="青屿区人民法院政治部",
        signatories="院长　杜某\n政治部主任　李某",
        date_style="characters",
        marks_seal=True,
        prints_code=False,
    )
    make.commendation(conference=conference, category=person, name="张三")

    text = pages(printed(conference, clerk))[0].replace(" ", "")  # the heading is set wide

    for said in ("奖状", "特颁此状。", "青屿区人民法院政治部", "院长", "政治部主任", "二〇二四年二月二日"):
        assert said in text


def test_a_long_name_and_a_long_award_fit(conference, clerk):
    category = make.category(court=conference.court, name=LONG_AWARD)
    make.commendation(conference=conference, category=category, name=LONG_NAME)

    for size in ("a4", "a3"):
        text = pages(printed(conference, clerk, Layout(size=size)))[-1]
        assert (f"{LONG_NAME}同志：" in text, LONG_AWARD in text) == (True, True)


def test_a_zip_holds_a_file_for_each_in_the_order_of_the_roll(conference, clerk, person):
    for order in range(30):
        make.commendation(conference=conference, category=person, name=f"张{chr(0x4E00 + order)}", order=order)

    one = printed(conference, clerk, output="zip")

    with one.file.open("rb") as file, zipfile.ZipFile(BytesIO(file.read())) as archive:
        names = archive.namelist()
        first = PdfReader(BytesIO(archive.read(names[0]))).pages[0].extract_text()
    assert names == [f"{order + 1:04}_先进个人_张{chr(0x4E00 + order)}.pdf" for order in range(30)]
    assert ("张一同志" in first, one.filename) == (True, "青屿区人民法院_2023年度_荣誉证书_30份.zip")


def test_the_key_of_the_check_page_is_in_the_code_of_the_paper(conference, person, clerk, monkeypatch):
    winner = make.commendation(conference=conference, category=person)
    seen = []
    monkeypatch.setattr("papers.certificates.sheets.code", lambda address: seen.append(address) or "")

    printed(conference, clerk)

    assert seen == [f"http://testserver/certificates/{Certificate.objects.get(commendation=winner).key}/"]


def test_a_picture_of_one_numbers_nothing(conference, person):
    winner = make.commendation(conference=conference, category=person)

    picture = preview(winner, conference.court, Layout(size="a3"), base="http://testserver")

    assert picture.startswith(b"\x89PNG")
    assert Certificate.objects.count() == 0


# --- Who prints what, and how often ---


def test_a_second_printing_is_counted(conference, clerk, person):
    first, second = (make.commendation(conference=conference, category=person) for _ in range(2))

    printed(conference, clerk, keys=[first.pk])
    one = printed(conference, clerk)

    assert (one.by, one.total, one.again) == (clerk, 2, 1)
    assert printing.printed(conference) == {first.pk: 2, second.pk: 1}


def test_what_was_cancelled_is_not_counted_and_leaves_no_file(conference, clerk, person, settings):
    winners = [make.commendation(conference=conference, category=person) for _ in range(30)]
    keys = [winner.pk for winner in winners]
    one = printing.begin(conference, keys, Layout(), output="zip", by=clerk, address="http://testserver")
    printing.proceed(one, seconds=0)
    assert (one.done, one.parts) == (25, 1)

    for _time in range(2):
        printing.cancel(one, by=clerk)
    printing.proceed(one)

    assert (one.cancelled_by, one.finished_at, one.done) == (clerk, None, 25)
    assert printing.printed(conference) == {}
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_what_is_ready_cannot_be_cancelled(conference, clerk, person):
    make.commendation(conference=conference, category=person)
    one = printed(conference, clerk)

    with pytest.raises(Refused):
        printing.cancel(one, by=clerk)

    assert (one.cancelled_at, bool(one.file)) == (None, True)


def test_the_work_of_one_request_is_not_done_by_another_at_the_same_time(conference, clerk, person, monkeypatch):
    make.commendation(conference=conference, category=person)
    one = printing.begin(conference, _keys(conference), Layout(), output="pdf", by=clerk, address="http://testserver")
    steps = []

    def step(at_work):
        steps.append("first")
        printing.proceed(Printing.objects.get(pk=at_work.pk))
        return False

    monkeypatch.setattr(printing, "_step", step)
    printing.proceed(one)

    assert steps == ["first"]


def _keys(conference):
    return [winner.pk for winner in winners_of(conference)]


def test_files_of_yesterday_are_removed_and_their_lines_stay(conference, clerk, person):
    make.commendation(conference=conference, category=person)
    old = printed(conference, clerk)
    Printing.objects.filter(pk=old.pk).update(at=old.at - datetime.timedelta(days=2))

    printed(conference, clerk)

    old.refresh_from_db()
    assert (bool(old.file), old.total, Printing.objects.count()) == (False, 1, 2)


def test_who_was_revoked_is_not_printed(conference, clerk, person):
    kept, revoked = (make.commendation(conference=conference, category=person, announced=True) for _ in range(2))
    revoked.revoke(by=make.user(APPROVER, court=conference.court), reason="弄虚作假")

    with pytest.raises(Refused) as refused:
        printed(conference, clerk, keys=[revoked.pk])
    one = printed(conference, clerk, keys=[kept.pk, revoked.pk])

    assert (refused.value.code, len(pages(one))) == ("nobody", 1)


def test_only_whoever_may_print_prints(conference, person):
    make.commendation(conference=conference, category=person)
    for by in (make.user(LIAISON, court=conference.court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            printed(conference, by)

    assert (Printing.objects.count(), Certificate.objects.count()) == (0, 0)


# --- What is missing is said before anything is printed ---


def codes(conference):
    return [(finding.code, finding.blocks) for finding in findings(conference, winners_of(conference))]


def test_a_name_that_no_font_has_is_said_by_name_and_nothing_is_printed(conference, clerk, person):
    decision = make.decision(conference=conference)
    make.commendation(conference=conference, category=person, name="𠮷田", decision=decision)

    with pytest.raises(Refused) as refused:
        printed(conference, clerk)

    assert (refused.value.code, "𠮷田" in refused.value.message) == ("missing", True)
    assert (Printing.objects.count(), Certificate.objects.count()) == (0, 0)


MISSING = {
    "nothing": ({}, {}, []),
    "no decision": ({"decision": None}, {}, [("no-decision", False)]),
    "an issuer that no font has": ({}, {"settings": {"issuer": "𠮷"}}, [("no-glyph", True)]),
    "a field that nobody fills": ({}, {"category": {"citation_template": "{tittle}"}}, [("unknown-field", True)]),
    "a text that does not fit": ({"citation": "优" * 241}, {}, [("too-long", True)]),
    "no prefix": ({}, {"court": {"document_prefix": ""}}, [("no-prefix", False)]),
    "no day": ({}, {"conference": {"starts_on": None}}, [("no-day", True)]),
}


def test_without_a_prefix_the_number_is_shown_as_it_would_be():
    conference = make.conference(court=make.court(document_prefix=""), year_planned=2024)
    make.commendation(conference=conference)

    (found,) = [one for one in findings(conference, winners_of(conference)) if one.code == "no-prefix"]

    assert "荣证〔2024〕0001号" in found.text


@pytest.mark.parametrize(("given", "around", "expected"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_found(given, around, expected):
    court = make.court(**{"document_prefix": "青"} | around.get("court", {}))
    CertificateSettings.objects.create(court=court, **around.get("settings", {}))
    conference = make.conference(court=court, **around.get("conference", {}))
    category = make.category(court=court, **around.get("category", {}))
    given = {"decision": make.decision(conference=conference)} | given
    make.commendation(conference=conference, category=category, **given)

    assert codes(conference) == expected


def test_a_number_at_two_winners_is_found(conference, person):
    decision = make.decision(conference=conference)
    for _ in range(2):
        make.commendation(conference=conference, category=person, certificate_number="7", decision=decision)

    assert codes(conference) == [("doubled-number", True)]
