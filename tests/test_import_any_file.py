"""Whatever is brought as a file, the page answers, and nothing of the record changes before somebody confirms."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conferences.models import Figure
from courts.models import Person
from intake.kinds import KINDS, Scope
from intake.leaving import download
from tests import make

pytestmark = pytest.mark.django_db
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = st.sampled_from(["名单.csv", "名单.xlsx", "名单.xls", "名单", "名单.csv.exe", "名\x00单.csv"])


@pytest.fixture
def conference():
    conference = make.conference()
    for number in range(3):
        make.figure(conference=conference, label=f"受理案件{number}", value=number)
    return conference


@pytest.fixture
def lists(conference, client):
    """Brings a file as the clerk does; returns the status of the answer."""
    client.force_login(make.user("clerk", court=conference.court))
    address = reverse("intake:conference_lists", kwargs={"conference": conference.pk})

    def bring(name: str, content: bytes) -> int:
        file = SimpleUploadedFile(name, content)
        return client.post(address, {"kind": "figures", "file": file, "new_names": "stop"}, follow=True).status_code

    return bring


def rows():
    return list(Figure.objects.order_by("pk").values()), Person.objects.count()


def exported(conference, file_format):
    clerk = make.user("clerk", court=conference.court)
    response = download(KINDS["figures"], Scope(conference.court, conference), file_format, by=clerk)
    return b"".join(response.streaming_content)


@MANY
@given(name=NAMES, content=st.binary(max_size=400))
def test_any_bytes(conference, lists, name, content):
    before = rows()

    assert (lists(name, content), rows()) == (200, before)


@MANY
@given(
    content=st.text(st.sampled_from('名称,"数值\t\r\n0123=@序号分组㛃\ue863'), max_size=200),
    encoding=st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_any_text(conference, lists, content, encoding):
    before = rows()

    assert (lists("名单.csv", f"名称,数值\n{content}".encode(encoding)), rows()) == (200, before)


# Places in the file as ten-thousandths: a workbook is not always of the same length.
PLACE = st.integers(0, 9_999)


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@MANY
@given(
    damages=st.lists(st.tuples(PLACE, st.integers(0, 255)), min_size=1, max_size=6),
    end=st.none() | PLACE,
)
def test_an_export_that_was_damaged_on_the_way(conference, lists, file_format, damages, end):
    content = bytearray(exported(conference, file_format))
    before = rows()
    for place, byte in damages:
        content[place * len(content) // 10_000] = byte
    cut = len(content) if end is None else end * len(content) // 10_000

    assert (lists(f"名单.{file_format}", bytes(content[:cut])), rows()) == (200, before)
