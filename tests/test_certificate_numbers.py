"""Numbers of certificates: from the court's pattern, each once, and never against what a clerk wrote."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from awards.certificates import numbering
from awards.certificates.issuing import issue, next_number
from awards.models import Certificate, CertificateSettings, Commendation
from courts.refusals import NotAllowed, Refused
from courts.roles import CLERK, LIAISON
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def court():
    return make.court(document_prefix="青")


@pytest.fixture
def conference(court):
    return make.conference(court=court)


@pytest.fixture
def clerk(court):
    return make.user(CLERK, court=court)


def winners(conference, number=3, **given):
    category = make.category(court=conference.court)
    return [make.commendation(conference=conference, category=category, **given) for _ in range(number)]


def keys(rows):
    return [row.pk for row in rows]


def numbers(conference):
    return list(conference.commendations.order_by("pk").values_list("certificate_number", flat=True))


PATTERNS = {
    "{prefix}荣证〔{year}〕{serial:04}号": "青荣证〔2024〕0007号",
    "{serial}": "7",
    "No.{year}{serial:06}": "No.2024000007",
    "证{{第}}{serial:02}": "证{第}07",
}


@pytest.mark.parametrize(("pattern", "written"), PATTERNS.items())
def test_a_number_is_written_as_the_pattern_says(pattern, written):
    numbering.validate_pattern(pattern)

    assert numbering.number(pattern, prefix="青", year=2024, serial=7) == written


REFUSED = {
    "荣证〔{year}〕号": "repeats",
    "{serial}-{serial}": "repeats",
    "{serial}{court}": "unknown",
    "{serial}{}": "unknown",
    "{serial}{serial.real}": "unknown",
    "{serial:x}": "form",
    "{serial:09}": "form",
    "{serial!r}": "form",
    "{year:02}{serial}": "form",
    "{serial": "brace",
    "serial}": "brace",
    "荣" * 40 + "{serial}": "long",
}


@pytest.mark.parametrize(("pattern", "code"), REFUSED.items())
def test_a_pattern_that_could_repeat_a_number_or_cannot_be_filled_is_refused_at_its_field(court, pattern, code):
    settings = CertificateSettings(court=court, pattern=pattern)

    with pytest.raises(ValidationError) as refused:
        settings.full_clean()

    assert [error.code for error in refused.value.error_dict["pattern"]] == [code]


def test_a_pattern_that_fits_only_without_the_prefix_is_refused():
    settings = CertificateSettings(
        court=make.court(document_prefix="长" * 20), pattern="{prefix}" + "荣" * 15 + "{serial}"
    )

    with pytest.raises(ValidationError) as refused:
        settings.full_clean()

    assert list(refused.value.error_dict) == ["pattern"]


def test_winners_are_numbered_in_the_order_of_the_roll_and_twice_changes_nothing(conference, clerk):
    first, second, third = winners(conference)
    for order, row in enumerate((third, first, second), 1):
        Commendation.objects.filter(pk=row.pk).update(order=order)

    for _time in range(2):
        issued = issue(conference, keys([first, second, third]), by=clerk)

    assert [(one.commendation, one.number) for one in issued] == [
        (third, "青荣证〔2024〕0001号"),
        (first, "青荣证〔2024〕0002号"),
        (second, "青荣证〔2024〕0003号"),
    ]
    assert Certificate.objects.count() == 3
    assert numbers(conference) == [f"青荣证〔2024〕000{number}号" for number in (2, 3, 1)]


def test_a_serial_number_counts_within_its_year_and_its_court(court, clerk):
    decided = make.conference(court=court, year_reviewed=2021)
    later = make.conference(court=court, year_reviewed=2022)
    elsewhere = make.conference(court=make.court(document_prefix="青"))
    signed = make.decision(conference=decided, signed_on=datetime.date(2023, 1, 5))

    for conference, given in ((decided, {}), (decided, {"decision": signed}), (later, {})):
        issue(conference, keys(winners(conference, 1, **given)), by=clerk)
    issue(elsewhere, keys(winners(elsewhere, 1)), by=make.user(CLERK, court=elsewhere.court))

    written = list(Certificate.objects.order_by("pk").values_list("number", flat=True))
    assert written == [
        "青荣证〔2022〕0001号",
        "青荣证〔2023〕0001号",
        "青荣证〔2023〕0002号",
        "青荣证〔2024〕0001号",
    ]


def test_where_the_number_does_not_say_the_year_it_goes_on_counting(court, clerk):
    make.certificate_settings(court=court, pattern="第{serial}号")
    for year in (2021, 2022):
        conference = make.conference(court=court, year_reviewed=year)
        issue(conference, keys(winners(conference, 2)), by=clerk)

    assert set(Certificate.objects.values_list("number", flat=True)) == {"第1号", "第2号", "第3号", "第4号"}


def test_numbers_that_a_clerk_typed_are_kept_and_left_out_of_the_count(conference, clerk):
    first, second, third = winners(conference)
    typed = winners(make.conference(court=conference.court, year_reviewed=2019), 1)[0]
    Commendation.objects.filter(pk=typed.pk).update(certificate_number="青荣证〔2024〕0002号")
    Commendation.objects.filter(pk=second.pk).update(certificate_number="青证字第八号")

    assert next_number(Commendation.objects.get(pk=first.pk)) == "青荣证〔2024〕0001号"
    issue(conference, keys([first, second, third]), by=clerk)

    assert numbers(conference) == ["青荣证〔2024〕0001号", "青证字第八号", "青荣证〔2024〕0003号"]


def test_a_number_that_is_typed_twice_is_refused_and_nobody_is_numbered(conference, clerk):
    rows = winners(conference)
    Commendation.objects.filter(pk__in=keys(rows[:2])).update(certificate_number="青证1号")

    with pytest.raises(Refused) as refused:
        issue(conference, keys(rows), by=clerk)

    assert (refused.value.code, "青证1号" in refused.value.message) == ("doubled", True)
    assert (Certificate.objects.count(), numbers(conference)) == (0, ["青证1号", "青证1号", ""])


def test_a_certificate_takes_the_number_that_the_roll_was_given_and_gives_back_one_that_was_wiped_out(
    conference, clerk
):
    first, second, third = winners(conference)
    issue(conference, keys([first, second, third]), by=clerk)
    one, two = "青荣证〔2024〕0001号", "青荣证〔2024〕0002号"
    for row, written in ((first, two), (second, one), (third, "")):
        Commendation.objects.filter(pk=row.pk).update(certificate_number=written)

    issue(conference, keys([first, second, third]), by=clerk)

    stored = dict(Certificate.objects.values_list("commendation", "number"))
    assert stored == {first.pk: two, second.pk: one, third.pk: "青荣证〔2024〕0003号"}
    assert numbers(conference) == [two, one, "青荣证〔2024〕0003号"]


def test_the_number_of_a_winner_who_was_deleted_is_not_given_again(conference, clerk):
    first, second = winners(conference, 2)
    issue(conference, keys([first]), by=clerk)
    first.delete()

    issue(conference, keys([second]), by=clerk)

    assert numbers(conference) == ["青荣证〔2024〕0002号"]


def test_who_was_revoked_gets_no_number(conference, clerk):
    kept, revoked = winners(conference, 2, announced=True)
    revoked.revoke(by=make.user("approver", court=conference.court), reason="弄虚作假")

    issue(conference, keys([kept, revoked]), by=clerk)

    assert numbers(conference) == ["青荣证〔2024〕0001号", ""]


def test_only_whoever_may_print_gives_numbers(conference):
    rows = winners(conference)
    for by in (make.user(LIAISON, court=conference.court), make.user(CLERK, court=make.court())):
        with pytest.raises(NotAllowed):
            issue(conference, keys(rows), by=by)

    assert numbers(conference) == ["", "", ""]


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_the_same_moment_are_all_different():
    court = make.court(document_prefix="青")
    held = [make.conference(court=court, kind="quarterly", number=number) for number in (1, 2, 3, 4)]
    rows = {conference: winners(conference, 10) for conference in held}
    clerks = [make.user(CLERK, court=court) for _conference in held]
    start, failed = threading.Barrier(len(held)), []

    def run(conference, by):
        start.wait()
        try:
            for row in rows[conference]:
                issue(conference, [row.pk], by=by)
        except Exception as error:  # noqa: BLE001 - of a thread; the test says which
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(held, clerks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    written = set(Commendation.objects.values_list("certificate_number", flat=True))
    assert written == {f"青荣证〔2024〕{number:04}号" for number in range(1, 41)}
