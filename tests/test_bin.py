"""What a clerk deletes is out of the record at once, and comes back whole within 30 days."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from awards.models import AwardGiven, Commendation
from conferences.models import Attachment, Conference, Measure, MeasureHelper, Speech
from courts.bin import KEPT, discard, purge, put_back
from courts.models import BinnedRecord, Court, Person
from courts.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def clerk(court, client):
    user = make.user("clerk", court=court)
    client.force_login(user)
    return user


def whole_conference(court):
    """A conference with rows in every part that goes along when it is deleted."""
    conference = make.conference(court=court)
    make.participant(conference=conference)
    make.agenda_item(conference=conference, private_note="先请坐")
    make.figure(conference=conference, speech=make.speech(conference=conference, text="第一段\n\n第二段"))
    measure = make.measure(task=make.task(conference=conference), due_on=datetime.date(2024, 6, 30))
    MeasureHelper.objects.create(measure=measure, department=make.department(court=court))
    make.award_given(conference=conference, quantity="30名")
    make.attachment(conference=conference)
    return conference


def rows_of(conference):
    """Every row of the conference, as the database has it."""
    tables = {
        "conference": Conference.objects.filter(pk=conference.pk),
        "speeches": Speech.objects.filter(conference=conference.pk),
        "measures": Measure.objects.filter(task__conference=conference.pk),
        "helpers": MeasureHelper.objects.filter(measure__task__conference=conference.pk),
        "given": AwardGiven.objects.filter(conference=conference.pk),
        "attachments": Attachment.objects.filter(conference=conference.pk),
    }
    return {name: list(rows.order_by("pk").values()) for name, rows in tables.items()}


def delete(client, record):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_delete"
    return client.post(reverse(name, args=[record.pk]), {"post": "yes"})


def put_back_from_the_list(client, *binned):
    data = {"action": "put_back", "_selected_action": [one.pk for one in binned]}
    return client.post(reverse("admin:courts_binnedrecord_changelist"), data, follow=True)


def test_a_deleted_conference_is_gone_from_every_table_and_comes_back_as_it_was(clerk, court, client):
    conference = whole_conference(court)
    before = rows_of(conference)

    delete(client, conference)
    gone = rows_of(conference)
    put_back_from_the_list(client, BinnedRecord.objects.get())

    assert gone == {name: [] for name in before}
    assert rows_of(conference) == before
    assert BinnedRecord.objects.count() == 0


def test_the_bin_says_what_it_was_and_who_deleted_it(clerk, court, client):
    conference = make.conference(court=court, title="2023年度工作总结暨表彰大会")
    delete(client, conference)

    binned = BinnedRecord.objects.get()

    assert (binned.name, binned.court, binned.by, binned.rows) == (conference.title, court, clerk, 1)


def test_links_to_a_person_come_back_with_the_person_but_not_over_newer_ones(clerk, court, client):
    person, other = make.person(court=court, name="杜晓明"), make.person(court=court)
    conference = make.conference(court=court)
    spoke, relinked = (make.speech(conference=conference, person=person) for _n in range(2))
    delete(client, person)
    Speech.objects.filter(pk=relinked.pk).update(person=other)

    put_back_from_the_list(client, BinnedRecord.objects.get())

    spoke.refresh_from_db()
    relinked.refresh_from_db()
    assert (spoke.person, relinked.person) == (person, other)


def test_deleting_and_putting_back_raise_the_revision_and_are_kept_as_versions(clerk, court, client):
    person = make.person(court=court)
    revisions = [Court.objects.get(pk=court.pk).revision]
    delete(client, person)
    revisions.append(Court.objects.get(pk=court.pk).revision)
    put_back_from_the_list(client, BinnedRecord.objects.get())
    revisions.append(Court.objects.get(pk=court.pk).revision)

    assert revisions == sorted(set(revisions))
    kinds = Person.history.filter(id=person.pk).order_by("history_id").values_list("history_type", flat=True)
    assert "".join(kinds) == "+-+"


def test_what_stands_in_its_place_is_not_overwritten(clerk, court, client):
    conference = make.conference(court=court)
    delete(client, conference)
    make.conference(court=court)

    response = put_back_from_the_list(client, BinnedRecord.objects.get())

    assert [message.level_tag for message in response.context["messages"]][-1] == "error"
    assert (Conference.objects.count(), BinnedRecord.objects.count()) == (1, 1)


def test_the_second_of_two_who_put_it_back_is_told_so(clerk, court):
    binned = discard(make.person(court=court), by=clerk)
    put_back(binned)

    with pytest.raises(Refused):
        put_back(binned)

    assert Person.objects.count() == 1


def test_after_thirty_days_it_is_gone_with_its_files(clerk, court, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    conference = make.conference(court=court)
    make.attachment(conference=conference, file=SimpleUploadedFile("通知.pdf", b"%PDF-1.7 text"))
    discard(conference, by=clerk)

    kept = purge(timezone.now() + KEPT - datetime.timedelta(hours=1))
    files_before = [path for path in tmp_path.rglob("*") if path.is_file()]
    gone = purge(timezone.now() + KEPT + datetime.timedelta(hours=1))

    assert (kept, len(files_before), gone) == (0, 1, 1)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_next_deletion_empties_what_is_too_old(clerk, court):
    discard(make.person(court=court), by=clerk)
    BinnedRecord.objects.update(at=timezone.now() - KEPT - datetime.timedelta(days=1))

    last = discard(make.person(court=court), by=clerk)

    assert list(BinnedRecord.objects.all()) == [last]


@pytest.mark.parametrize("withdrawn", [False, True], ids=["published", "published once"])
def test_what_was_published_is_never_deleted(clerk, court, client, withdrawn):
    conference = make.published(court=court)
    if withdrawn:
        conference.withdraw(by=make.user("approver", court=court), reason="名单有误")

    response = delete(client, conference)

    assert (response.status_code, Conference.objects.count()) == (403, 1)


def test_a_conference_with_winners_is_not_deleted(clerk, court, client):
    make.commendation(conference=(conference := make.conference(court=court)))

    delete(client, conference)

    assert (Conference.objects.count(), Commendation.objects.count(), BinnedRecord.objects.count()) == (1, 1, 0)


def test_the_bin_of_another_court_is_not_there(clerk, client):
    other = make.court()
    binned = discard(make.person(court=other, name="不可说"), by=make.user("clerk", court=other))

    listed = client.get(reverse("admin:courts_binnedrecord_changelist"))
    opened = client.get(reverse("admin:courts_binnedrecord_change", args=[binned.pk]))
    put_back_from_the_list(client, binned)

    assert "不可说" not in listed.content.decode()
    assert opened.status_code == 302
    assert Person.objects.count() == 0


def test_an_approver_sees_the_bin_and_puts_nothing_back(court, client):
    binned = discard(make.person(court=court), by=make.user("clerk", court=court))
    client.force_login(make.user("approver", court=court))

    assert client.get(reverse("admin:courts_binnedrecord_changelist")).status_code == 200
    put_back_from_the_list(client, binned)

    assert Person.objects.count() == 0
