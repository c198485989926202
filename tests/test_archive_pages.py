"""The page of an archive package on the desk: made, taken, logged."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import ArchivePackage
from awards.models import ExportLog
from courts.roles import APPROVER, CLERK
from tests import make

pytestmark = pytest.mark.django_db
ENTRY = {"number": 1, "path": "01_会议记录/01_全记录.pdf", "pages": 3, "size": 9, "term": "永久"}


@pytest.fixture
def conference():
    return make.published()


@pytest.fixture
def page(conference):
    return reverse("archive:package", args=[conference.pk])


def test_the_screen_of_the_conference_leads_there(client, conference, page):
    client.force_login(make.user(CLERK, court=conference.court))

    assert page in client.get(reverse("admin:conferences_conference_change", args=[conference.pk])).content.decode()


def test_a_button_begins_it_and_another_stops_it(client, conference, page):
    client.force_login(make.user(APPROVER, court=conference.court))

    client.post(page, {"act": "make"})
    assert "<progress" in client.get(page).content.decode()
    client.post(page, {"act": "cancel"})

    assert [one.is_open for one in ArchivePackage.objects.of_conference(conference)] == [False]
    assert client.post(page, {"act": "nonsense"}).status_code == 404


def test_each_download_is_logged(client, conference):
    clerk = make.user(CLERK, court=conference.court)
    package = make.archive_package(conference=conference, finished=clerk, contents=json.dumps([ENTRY]))
    client.force_login(clerk)

    taken = client.post(reverse("archive:take", args=[conference.pk]))

    assert (b"".join(taken.streaming_content), taken["Content-Type"]) == (b"PK", "application/zip")
    log = ExportLog.objects.get()
    assert (log.by, log.court, log.file_format, log.rows) == (clerk, conference.court, "zip", 1)
    assert package.sha256 in log.what


@pytest.mark.parametrize("gone", ["never made", "not on the disk"])
def test_what_is_not_there_is_not_taken_and_not_logged(client, conference, gone):
    clerk = make.user(CLERK, court=conference.court)
    if gone == "not on the disk":
        package = make.archive_package(conference=conference, finished=clerk)
        package.file.storage.delete(package.file.name)
    client.force_login(clerk)

    assert client.post(reverse("archive:take", args=[conference.pk])).status_code == 404
    assert not ExportLog.objects.exists()


def test_the_page_takes_as_many_queries_for_thirty_files_as_for_one(client, conference, page):
    clerk = make.user(CLERK, court=conference.court)
    client.force_login(clerk)

    def queries(number):
        make.archive_package(conference=conference, finished=clerk, contents=json.dumps([ENTRY] * number))
        client.get(page)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).content.decode().count("01_全记录.pdf") == number
        return len(found)

    assert queries(1) == queries(30)
