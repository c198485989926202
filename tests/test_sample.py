"""The sample data as it lies in the database: complete, consistent, and as if each row had been saved alone."""

from collections import Counter

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from awards.models import Commendation, Decision
from conferences.files import validate_attachment
from conferences.models import Attachment, Conference, Figure, Measure, Speech
from courts.models import Court, Department, Person
from courts.strokes import unknown_characters
from tests.source import our_models

TABLES = [model for model in our_models() if not model._meta.proxy]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def rows_by_table():
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in TABLES}


def invented_years():
    return Conference.objects.filter(court__is_invented=True, kind=Conference.Kind.ANNUAL)


def test_loading_again_changes_nothing(sample, settings):
    settings.MEDIA_ROOT = sample
    before, files = rows_by_table(), sorted(sample.rglob("*"))

    call_command("load_sample", verbosity=0)

    assert (rows_by_table(), sorted(sample.rglob("*"))) == (before, files)


def test_loading_again_keeps_what_a_clerk_changed_added_and_deleted():
    conference = Conference.objects.get(court__slug="hubin")
    conference.title = "改过的标题"
    conference.save()
    Department.objects.create(court=conference.court, name="新设的庭")
    conference.keynotes.all().delete()
    changed = rows_by_table()

    call_command("load_sample", verbosity=0)

    assert rows_by_table() == changed


@pytest.mark.parametrize("model", TABLES)
def test_every_row_would_pass_the_forms(model):
    # The database has kept its constraints already; what is left are the validators and clean().
    for row in model._base_manager.all():
        row.full_clean(validate_unique=False, validate_constraints=False)


def test_nothing_misses_what_saving_alone_would_have_filled_in():
    keys = {model: set(model.objects.values_list("pk", "stroke_key")) for model in (Person, Commendation)}
    snapshots = set(Speech.objects.values_list("pk", "name", "department_name", "post"))

    for model in (Person, Commendation, Speech):
        for row in model.objects.all():
            row.save()

    assert {model: set(model.objects.values_list("pk", "stroke_key")) for model in keys} == keys
    assert set(Speech.objects.values_list("pk", "name", "department_name", "post")) == snapshots


def test_whatever_is_published_was_submitted_by_someone_else():
    published = Conference.objects.published()

    assert published.exists()
    assert [c.title for c in published if c.submitted_by_id in {None, c.published_by_id}] == []


def test_the_invented_courts_and_conferences_say_that_they_are_invented():
    invented = Conference.objects.filter(court__is_invented=True)

    assert set(Court.objects.filter(is_invented=False).values_list("slug", flat=True)) == {
        "hubin",
        "sanmenxia",
        "nantong-kaifaqu",
        "nantong",
    }
    assert [c.title for c in invented if "虚构" not in c.summary] == []
    assert [c.name for c in Court.objects.filter(is_invented=True) if c.code or c.division_code] == []


def test_five_invented_courts_have_three_annual_conferences_each():
    assert Counter(invented_years().values_list("court__slug", flat=True)) == dict.fromkeys(
        ("lanjiang", "qingyu", "luting", "shuangxi", "yunxiu"), 3
    )


def test_each_of_them_is_of_full_size():
    sizes = {
        (
            c.commendations.values("category").distinct().count(),
            c.figures.count(),
            c.tasks.count(),
            c.attachments.count(),
        )
        for c in invented_years()
    }
    measures = Counter(Measure.objects.filter(task__conference__in=invented_years()).values_list("task", flat=True))

    assert sizes == {(8, 12, 6, 1)}
    assert {c.commendations.count() for c in invented_years()} == {40, 41}
    assert set(measures.values()) == {2, 3, 4}


def test_about_a_hundred_and_twenty_people_with_rare_names_work_there():
    staff = Person.objects.filter(court__is_invented=True, organisation="")

    assert staff.count() == 120
    assert [p.name for p in staff if unknown_characters(p.name, p.sort_key)] == []
    assert staff.filter(name__regex="[㛃䶮骉𬴂堃喆犇]").count() == 7
    assert max(len(p.name) for p in staff) == 14


def test_only_one_newest_conference_has_winners_that_nobody_knows_yet():
    hidden = Commendation.objects.unannounced().values_list("conference__court__slug", "conference__year_reviewed")

    assert set(hidden) == {("qingyu", 2025)}
    assert Conference.objects.get(court__slug="qingyu", year_reviewed=2025).state == Conference.State.SUBMITTED


def test_one_winner_is_honoured_after_death():
    assert Commendation.objects.filter(posthumous=True).count() == 1


def test_no_rank_is_open_but_those_that_the_courts_published_themselves():
    opened = Figure.objects.filter(rank_opened_at__isnull=False).values_list("conference__court__slug", flat=True)

    assert Figure.objects.filter(rank__isnull=False, rank_opened_at=None).exists()
    assert set(opened) == {"hubin", "nantong-kaifaqu"}


@pytest.mark.parametrize("year", [2023, 2024, 2025])
def test_the_invented_figures_add_up(year):
    for conference in invented_years().reviewing(year):
        said = dict(conference.figures.values_list("indicator__name", "value"))

        assert said["旧存"] + said["新收"] == said["受理"]
        assert said["受理"] - said["审执结"] == said["未结"]
        assert abs(100 * said["审执结"] / said["受理"] - said["结案率"]) < 0.01


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_invented_figures_agree_with_the_year_before(year):
    for conference in invented_years().reviewing(year):
        before = dict(
            Figure.objects.filter(
                conference__in=invented_years().reviewing(year - 1), conference__court=conference.court
            ).values_list("indicator__name", "value")
        )
        for figure in conference.figures.select_related("indicator"):
            then = before[figure.indicator.name]
            change = abs(figure.value - then)
            if figure.change_unit == Figure.ChangeUnit.PERCENT:
                change = change * 100 / then

            assert abs(change - figure.change) <= 0.05, figure
            assert figure.change_direction == ("up" if figure.value > then else "down"), figure
        assert dict(conference.figures.values_list("indicator__name", "value"))["旧存"] == before["未结"]


def test_the_reports_have_the_length_and_the_headings_of_real_ones():
    for report in Speech.objects.filter(kind=Speech.Kind.REPORT, conference__in=invented_years()):
        lines = report.text.split("\n")
        planned = lines[lines.index(f"三、{report.conference.year_planned}年重点工作") :]

        assert 3000 <= len(report.text) <= 4500
        assert [line[3:] for line in planned if line.startswith("（")] == list(
            report.conference.tasks.values_list("heading", flat=True)
        )


def test_the_documents_have_numbers():
    decision = Decision.objects.get(conference__court__slug="qingyu", conference__year_reviewed=2023, prefix="青法")

    assert decision.document_number == "青法〔2024〕1号"


def test_the_attachments_are_files_that_the_site_takes(sample, settings):
    settings.MEDIA_ROOT = sample

    for attachment in Attachment.objects.all():
        content = attachment.file.read()
        attachment.file.close()
        validate_attachment(ContentFile(content, name=attachment.filename))

        assert content.endswith(b"%%EOF\n")


def test_a_staff_only_a_quarterly_and_a_coming_conference_are_there():
    others = Conference.objects.filter(court__is_invented=True).exclude(kind=Conference.Kind.ANNUAL)

    assert sorted(others.values_list("kind", "audience", "court__slug")) == [
        ("debriefing", "public", "qingyu"),
        ("deployment", "public", "shuangxi"),
        ("deployment", "staff", "luting"),
        ("quarterly", "public", "qingyu"),
    ]
