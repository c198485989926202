"""Indicators and their sets are filled in once; a change as last year's record has it stands beside the words."""

import pytest
from django.core.management import call_command

from conferences.indicators import INDICATORS, SETS, fill_indicators
from conferences.models import Indicator, IndicatorSet
from courts.roles import CLERK
from tests import make

pytestmark = pytest.mark.django_db


def test_both_national_sets_are_there_and_say_how_much_of_them_is_known(capsys):
    call_command("load_indicators")

    assert [(str(one), one.size, one.known) for one in IndicatorSet.objects.all()] == [
        ("人民法院审判质量管理指标体系（2024年1月）", 26, "已知12项，共26项"),
        ("人民法院审判质量管理指标体系（2024年9月）", 18, "已知6项，共18项"),
    ]
    assert "12 of 26 indicators are known." in capsys.readouterr().out


def test_an_indicator_of_the_first_set_alone_stays_readable_and_ends_with_it():
    fill_indicators()

    old = Indicator.objects.get(name="延长审限率")
    assert [old.is_valid_in(year) for year in (2023, 2024, 2025)] == [False, True, False]
    assert Indicator.objects.get(name="审限内结案率").sets.count() == 2


def test_a_second_filling_changes_nothing_that_someone_changed():
    fill_indicators()
    Indicator.objects.filter(name="受理").update(unit="宗", roll_up="sum")
    IndicatorSet.objects.first().indicators.clear()

    assert fill_indicators() == 0
    assert Indicator.objects.get(name="受理").unit == "宗"
    assert IndicatorSet.objects.first().indicators.count() == 0
    assert (Indicator.objects.count(), IndicatorSet.objects.count()) == (len(INDICATORS), len(SETS))


def test_a_set_of_which_all_is_known_says_so():
    held = IndicatorSet.objects.create(name="本院指标", valid_from="2024-01-01", size=1)
    held.indicators.add(Indicator.objects.create(name="结案率"))

    assert held.known == "全部1项"


def test_no_rate_is_made_from_periods():
    assert [one["name"] for one in INDICATORS if one["unit"] != "件" and one["roll_up"] != "never"] == []


# --- The change beside what was said ---


@pytest.fixture
def before():
    conference = make.published(year_reviewed=2022)
    make.figure(conference=conference, label="受理案件", value=1000)
    make.figure(conference=conference, label="结案率", value=90, unit="%")
    return conference


def beside(client, conference):
    groups = client.get(conference.get_absolute_url()).context["figures"]
    return {figure["label"]: str(figure["beside"] or "") for _group, figures in groups for figure in figures}


def test_the_page_says_what_last_years_record_makes_of_the_change(before, client):
    conference = make.published(court=before.court, year_reviewed=2023)
    said = {"change_direction": "up", "change_unit": "percent"}
    make.figure(conference=conference, label="受理各类案件", value=1100, change=12, **said)
    make.figure(conference=conference, label="结案率", value="92.5", unit="%")
    make.figure(conference=conference, label="走访企业", value=3)

    assert beside(client, conference) == {
        "受理各类案件": "上年1,000件 · 推算上升 10% · 与所述不一致",
        "结案率": "上年90% · 推算上升 2.5 个百分点",
        "走访企业": "",
    }


def test_a_conference_that_the_reader_may_not_see_tells_nothing_about_the_year_after(before, client):
    conference = make.published(court=before.court, year_reviewed=2023)
    make.figure(conference=conference, label="受理案件", value=1100)
    type(before).objects.filter(pk=before.pk).update(audience="staff")
    anonymous = beside(client, conference)
    client.force_login(make.user(court=before.court))

    assert (anonymous, beside(client, conference)) == ({"受理案件": ""}, {"受理案件": "上年1,000件 · 推算上升 10%"})


def test_the_screen_of_the_clerk_says_it_at_the_row(before, client):
    draft = make.conference(court=before.court, year_reviewed=2023)
    make.figure(conference=draft, label="受理案件", value=900)
    client.force_login(make.user(CLERK, court=before.court))

    page = client.get(f"/admin/conferences/conference/{draft.pk}/change/").content.decode()

    assert '<p class="row-about">上年1,000件 · 推算下降 10%</p>' in page
