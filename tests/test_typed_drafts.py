"""What is typed and not saved: kept for its owner alone, offered again, put back, thrown away, gone with a save."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import Conference
from courts import typed_drafts
from courts.models import TypedDraft
from tests import make
from tests.test_screens import address
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ADD = "/admin/conferences/conference/add/"


@pytest.fixture
def court():
    return make.court()


@pytest.fixture
def clerk(court, client):
    user = make.user("clerk", court=court)
    client.force_login(user)
    return user


@pytest.fixture
def conference(court):
    return make.conference(court=court, theme="原来")


def send(client: Client, url: str, sent: Any) -> int:
    """What the browser does: status of the answer."""
    place = url.replace("change/", "typed/") if url != ADD else f"{ADD}typed/"
    sent = {"user": client.session["_auth_user_id"], **sent} if isinstance(sent, dict) else sent
    return client.post(place, json.dumps(sent), content_type="application/json").status_code


def type_into(client: Client, url: str, **typed: str) -> dict[str, str]:
    """Opens the page and types; the browser sends it. Gives the fields of the page as they then stand."""
    fields = fields_of(client.get(url)) | {name.replace("__", "-"): text for name, text in typed.items()}
    assert send(client, url, {"page": fields["typed_page"], "fields": fields}) == 200
    return fields


def offered(client: Client, url: str) -> list[str]:
    return [draft.page for draft in client.get(url).context["typed_drafts"]]


@pytest.mark.parametrize("is_new", [False, True])
def test_what_was_typed_is_offered_and_put_back_without_being_saved(is_new, clerk, client, conference):
    url = ADD if is_new else address(conference)
    typed = type_into(client, url, theme="没有保存", keynotes__0__text="提法", keynotes__1__text="第二行")

    [page] = offered(client, url)
    shown = client.post(url, {"_put_back": page})

    conference.refresh_from_db()
    got = fields_of(shown)
    assert {name: got[name] for name in ("theme", "keynotes-0-text", "typed_page")} == {
        "theme": "没有保存",
        "keynotes-0-text": "提法",
        "typed_page": typed["typed_page"],
    }
    assert (conference.theme, Conference.objects.count(), shown.status_code) == ("原来", 1, 200)


def test_rows_that_were_added_while_typing_come_back_too(clerk, client, conference):
    url = address(conference)
    typed_in = {f"keynotes__{n}__text": f"第{n}" for n in range(5)}
    type_into(client, url, keynotes__TOTAL_FORMS="5", **typed_in)

    got = fields_of(client.post(url, {"_put_back": offered(client, url)[0]}))
    saved = client.post(url, got)

    assert (saved.status_code, conference.keynotes.count()) == (302, 5)


def test_a_save_takes_its_own_draft_away_and_leaves_the_others(clerk, client, conference):
    url = address(conference)
    typed = type_into(client, url, theme="一")
    other = type_into(client, url, theme="二")

    client.post(url, typed)

    assert offered(client, url) == [other["typed_page"]]


def test_a_save_that_fails_leaves_the_draft(clerk, client, conference):
    url = address(conference)
    typed = type_into(client, url, year_planned="1")

    shown = client.post(url, typed)

    assert (shown.status_code, offered(client, url)) == (200, [typed["typed_page"]])
    assert fields_of(shown)["typed_page"] == typed["typed_page"]


def test_it_is_thrown_away_on_demand(clerk, client, conference):
    url = address(conference)
    page = type_into(client, url, theme="一")["typed_page"]

    client.post(url, {"_throw_away": page})

    assert not TypedDraft.objects.exists()


def test_only_changes_are_sent_after_the_first_time(clerk, client, conference):
    url = address(conference)
    typed = type_into(client, url, theme="一", venue="二楼", new_names="keep")

    status = send(client, url, {"page": typed["typed_page"], "fields": {"theme": "二"}, "gone": ["venue"]})

    kept = TypedDraft.objects.get().typed
    assert (status, kept["theme"], "venue" in kept, kept["new_names"]) == (200, "二", False, "keep")


def test_changes_without_a_draft_are_refused(clerk, client, conference):
    sent = {"page": "a" * 24, "fields": {"theme": "二"}, "gone": []}

    assert (send(client, address(conference), sent), TypedDraft.objects.count()) == (409, 0)


def test_what_another_saved_meanwhile_is_asked_about_when_it_is_put_back(clerk, client, conference):
    url = address(conference)
    page = type_into(client, url, theme="我的")["typed_page"]
    Conference.objects.filter(pk=conference.pk).update(theme="别人的")

    shown = client.post(url, {"_put_back": page})

    assert [(one.mine, one.theirs) for one in shown.context["comparison"].conflicts] == [("我的", "别人的")]


def test_after_signing_in_again_it_is_offered(clerk, client, conference):
    url = address(conference)
    typed = type_into(client, url, theme="一")
    client.session.flush()
    lost = client.post(url, typed)

    client.force_login(clerk)

    assert (lost.status_code, offered(client, url)) == (302, [typed["typed_page"]])


# --- Nobody else's ---


def test_nobody_but_its_owner_sees_or_takes_a_draft(clerk, client, court, conference):
    url = address(conference)
    page = type_into(client, url, theme="秘密的主题")["typed_page"]
    for other in (make.user("clerk", court=court), make.user("clerk", court=court, is_superuser=True)):
        stranger = Client()
        stranger.force_login(other)

        stranger.post(url, {"_throw_away": page})
        answers = [stranger.get(url), stranger.post(url, {"_put_back": page}, follow=True), stranger.get("/admin/")]

        assert ["秘密的主题" in answer.content.decode() for answer in answers] == [False] * 3
        assert offered(stranger, url) == []
    assert offered(client, url) == [page]


def test_an_account_that_is_deleted_shows_nothing_of_what_was_typed(clerk, client, conference):
    type_into(client, address(conference), theme="秘密的主题")
    client.force_login(make.user(is_superuser=True, is_staff=True))

    shown = client.get(f"/admin/courts/user/{clerk.pk}/delete/")

    assert (shown.status_code, "秘密的主题" in shown.content.decode()) == (200, False)


def test_two_windows_of_two_people_with_one_number_do_not_meet(clerk, client, court, conference):
    url = address(conference)
    page = type_into(client, url, theme="一")["typed_page"]
    other = Client()
    other.force_login(make.user("clerk", court=court))

    send(other, url, {"page": page, "fields": {"theme": "二"}})

    assert sorted(draft.typed["theme"] for draft in TypedDraft.objects.all()) == ["一", "二"]


def test_a_page_of_someone_who_has_gone_leaves_nothing_with_whoever_signed_in_after(clerk, client, court, conference):
    typed = fields_of(client.get(address(conference))) | {"theme": "秘密的主题"}
    client.force_login(make.user("clerk", court=court))

    status = send(client, address(conference), {"user": str(clerk.pk), "page": typed["typed_page"], "fields": typed})

    assert (status, TypedDraft.objects.count()) == (403, 0)


@pytest.mark.parametrize("state", ["other court", "approver", "submitted", "no such record"])
def test_nothing_is_kept_for_whoever_may_not_change_the_record(state, client, court, conference):
    user = make.user("approver" if state == "approver" else "clerk", court=None if state == "other court" else court)
    if state == "submitted":
        conference.submit(by=user)
    client.force_login(user)
    url = address(conference) if state != "no such record" else "/admin/conferences/conference/999/change/"

    status = send(client, url, {"page": "a" * 24, "fields": {"theme": "二"}})

    assert (status, TypedDraft.objects.count()) == (404 if state in {"other court", "no such record"} else 403, 0)


def test_a_record_that_is_no_draft_any_more_takes_nothing_back(clerk, client, conference):
    url = address(conference)
    page = type_into(client, url, theme="一")["typed_page"]
    conference.submit(by=clerk)

    refused = client.post(url, {"_put_back": page})

    assert (refused.status_code, TypedDraft.objects.count()) == (403, 1)


# --- Limits ---


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param([], id="no object"),
        pytest.param({}, id="empty"),
        pytest.param({"page": "a" * 24, "fields": ["x"]}, id="fields are no object"),
        pytest.param({"page": "a" * 24, "fields": {"theme": 1}}, id="a number"),
        pytest.param({"page": "a" * 24, "fields": {}, "gone": {"a": 1}, "x": None}, id="nothing to add to"),
        pytest.param({"page": "a" * 25, "fields": {}}, id="long page"),
        pytest.param({"page": "\0" * 24, "fields": {}}, id="nul in page"),
        pytest.param({"page": None, "fields": {}}, id="no page"),
        pytest.param({"user": None, "page": "a" * 24, "fields": {}}, id="nobody's"),
    ],
)
def test_what_is_no_draft_is_refused(sent, clerk, client, conference):
    assert send(client, address(conference), sent) in {400, 409}
    assert not TypedDraft.objects.exists()


def test_halves_of_characters_and_nul_break_no_page(clerk, client, conference):
    url = address(conference)
    page = type_into(client, url)["typed_page"]
    send(client, url, {"page": page, "fields": {"theme": "\ud842x", "venue": "a\0b"}, "gone": []})

    shown = client.post(url, {"_put_back": page})

    assert (shown.status_code, fields_of(shown)["theme"]) == (200, "?x")


def test_a_number_that_is_none_finds_nothing(clerk, client, conference):
    url = address(conference)

    answers = [client.post(url, {name: "a\0b"}) for name in ("_put_back", "_throw_away")]
    saved = client.post(url, fields_of(client.get(url)) | {"typed_page": "a\0b"})

    assert [answer.status_code for answer in [*answers, saved]] == [302] * 3


def test_a_draft_has_a_largest_size(monkeypatch, clerk, client, conference):
    url = address(conference)
    typed = type_into(client, url)
    monkeypatch.setattr(typed_drafts, "MOST_BYTES", 10_000)

    status = send(client, url, {"page": typed["typed_page"], "fields": {"theme": "长" * 9000}, "gone": []})

    assert (status, TypedDraft.objects.get().typed["theme"]) == (413, "原来")


def test_what_is_larger_than_any_draft_is_not_even_read(clerk, client, conference):
    sent = {"page": "a" * 24, "fields": {"theme": "x" * typed_drafts.MOST_BYTES}}

    assert (send(client, address(conference), sent), TypedDraft.objects.count()) == (413, 0)


def test_nobody_has_more_drafts_than_a_number(monkeypatch, clerk, client, conference):
    monkeypatch.setattr(typed_drafts, "MOST_DRAFTS", 2)
    sent = [{"page": letter * 24, "fields": {"theme": "x"}} for letter in "abca"]

    assert [send(client, address(conference), one) for one in sent] == [200, 200, 413, 200]


def test_drafts_older_than_thirty_days_go_with_the_next_one(clerk, client, conference):
    url = address(conference)
    kept, old = (type_into(client, url)["typed_page"] for _twice in range(2))
    for page, days in ((kept, 29), (old, 31)):
        TypedDraft.objects.filter(page=page).update(saved_at=timezone.now() - datetime.timedelta(days=days))

    new = type_into(client, url)["typed_page"]

    assert set(TypedDraft.objects.values_list("page", flat=True)) == {kept, new}


def test_drafts_of_a_large_screen_are_kept_with_few_queries(clerk, client, conference):
    url = address(conference)
    fields = {f"keynotes-{n}-text": "文字" * 20 for n in range(5000)}
    with CaptureQueriesContext(connection) as queries:
        assert send(client, url, {"page": "a" * 24, "fields": fields}) == 200
    assert len(queries) <= 12


def test_the_token_of_the_form_is_not_kept(clerk, client, conference):
    type_into(client, address(conference))

    assert "csrfmiddlewaretoken" not in TypedDraft.objects.get().typed


def test_without_its_token_nothing_is_kept(clerk, conference):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)

    refused = send(strict, address(conference), {"page": "a" * 24, "fields": {}})
    token = strict.get(address(conference).replace("change/", "typed/")).json()["token"]
    kept = strict.post(
        address(conference).replace("change/", "typed/"),
        json.dumps({"user": str(clerk.pk), "page": "a" * 24, "fields": {}}),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert (refused, kept.status_code) == (403, 200)


def test_the_bar_carries_the_token_of_its_form(clerk, client, conference):
    url = address(conference)
    page = type_into(client, url, theme="一")["typed_page"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk)
    bar = strict.get(url).content.decode().partition('class="typed-bar"')[2].partition("</form>")[0]
    token = bar.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    thrown_away = strict.post(url, {"csrfmiddlewaretoken": token, "_throw_away": page})

    assert (thrown_away.status_code, TypedDraft.objects.count()) == (302, 0)
