"""A clerk of one court before the records of another: nothing is told, and nothing is written.

Each rule of access, and the test that holds it:

    history                          test_the_history_of_a_hidden_row..., test_permissions
    filters, selects                 test_no_page_of_the_desk_names_a_row_of_another_court
    ids in a form                    test_ids_of_another_court_are_refused..., test_a_row_of_another_court_in_a_form...
    court in a form                  test_a_court_in_the_form_is_not_believed
    questions in the address         test_only_offered_questions..., test_nonsense_in_the_address...
    NUL                              test_signin: test_nul_is_a_bad_request..., test_nul_in_a_form...
    view on site                     test_there_is_no_way_from_an_id_to_a_page
    delete page                      test_the_delete_page_names_no_row_of_another_court
    autocomplete                     test_what_is_offered_while_typing...
    popups                           test_a_popup_tells_only_what_may_be_asked
    bulk actions                     test_an_action_reaches_only_own_rows, test_an_action_with_nonsense...
    save as new                      test_no_page_saves_as_new
    one base class                   test_every_page_of_the_desk_has_the_base
    hidden = never there             test_hidden
    conditional requests, caches     test_caching
    embargo, every address           test_secret_words
    table from the URL conf          test_permissions
    files in                         test_attachments
    races                            test_publishing
    sign-in                          test_signin
    names kept as typed              test_fields
    files out                        test_exports_files
    import, documents, feeds         not there yet
"""

import re
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client

from awards.models import Commendation, Honour
from conferences.models import Conference, Figure
from courts.admin import CourtScopedAdmin, CourtScopedInline
from courts.models import Department, Person
from courts.roles import APPROVER, CLERK
from tests import make
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
PAGES = list(admin.site._registry.items())


@pytest.fixture
def own():
    return make.court(name="本区人民法院", short_name="本法院", slug="own")


@pytest.fixture
def other(own):
    return make.court(name="外区人民法院", short_name="外法院", slug="other", code="豫1299")


@pytest.fixture
def clerk(own) -> Client:
    client = Client()
    client.force_login(make.user(CLERK, APPROVER, court=own))
    return client


def place(model: type[models.Model], *rest: Any) -> str:
    return "/".join(["/admin", *model._meta.label_lower.split("."), *map(str, rest), ""])


def body(response: Any) -> str:
    """The page, without the form token that differs each time."""
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", response.content.decode())


def test_every_page_of_the_desk_has_the_base():
    without = [model for model, page in PAGES if not isinstance(page, CourtScopedAdmin)]
    inlines = [one for _model, page in PAGES for one in page.inlines if not issubclass(one, CourtScopedInline)]

    assert (without, inlines) == ([], [])


def test_no_page_saves_as_new_or_edits_in_its_list():
    assert [page for _model, page in PAGES if page.save_as or page.list_editable] == []


# --- Read ---


@pytest.fixture
def foreign(other) -> dict[str, Any]:
    """Rows of another court, each with a name that tells where it was shown."""
    department = make.department(court=other, name="外部门")
    conference = make.conference(court=other, title="外会议", year_reviewed=1987)
    category = make.category(court=other, name="外奖项")
    return {
        "department": department,
        "person": make.person(court=other, name="外人", department=department),
        "conference": conference,
        "category": category,
        "decision": make.decision(conference=conference, title="外决定"),
        "commendation": make.commendation(conference=conference, category=category, name="外获奖人"),
        "honour": make.honour(court=other, title="外荣誉", conference=conference),
        "figure": make.figure(conference=conference, label="外数据"),
        "account": make.user(CLERK, court=other, username="wai-account", last_name="外"),
    }


NAMES = (
    "外部门",
    "外人",
    "外会议",
    "外奖项",
    "外决定",
    "外获奖人",
    "外荣誉",
    "外数据",
    "wai-account",
    "外法院",
    "1987",
)


@pytest.mark.parametrize("question", ["", "?q=外", "?_popup=1", "?all=", "?e=1"])
def test_no_page_of_the_desk_names_a_row_of_another_court(foreign, clerk, own, question):
    mine = {
        Department: make.department(court=own),
        Person: make.person(court=own),
        Conference: make.conference(court=own),
        Honour: make.honour(court=own),
    }
    places = ["/admin/", *(place(model) for model, _page in PAGES)]
    places += [place(model, "add") for model, _page in PAGES]
    places += [place(model, row.pk, what) for model, row in mine.items() for what in ("change", "history", "delete")]

    pages = {one: body(clerk.get(one + question)) for one in places}

    told = {(one, name) for one, page in pages.items() for name in NAMES if name in page}

    assert told == set()


def test_the_administrator_is_shown_them(foreign):
    root = Client()
    root.force_login(make.user(is_superuser=True, is_staff=True))

    shown = "".join(body(root.get(place(model))) for model, _page in PAGES)

    assert [name for name in NAMES if name not in shown] == ["外决定"]  # has no list


@pytest.mark.parametrize("what", ["history", "change", "delete"])
def test_a_hidden_row_answers_as_one_that_never_was(foreign, clerk, what):
    """The way back to the desk with a sentence: the same but for the number that was asked for."""
    told = set()
    for row in (foreign["person"], foreign["conference"], foreign["honour"]):
        hidden = clerk.get(place(type(row), row.pk, what), follow=True)
        missing = clerk.get(place(type(row), 987654, what), follow=True)
        same = body(hidden).replace(f"“{row.pk}”", "“987654”") == body(missing)
        told.add((hidden.status_code, missing.status_code, same))

    assert told == {(200, 200, True)}


def test_the_history_of_a_hidden_row_is_hidden_even_where_the_log_knows_it(foreign, clerk):
    row = foreign["conference"]
    content_type = ContentType.objects.get_for_model(Conference)
    LogEntry.objects.create(
        user=foreign["account"],
        content_type=content_type,
        object_id=row.pk,
        object_repr="外会议",
        action_flag=CHANGE,
        change_message="外改动",
    )

    answers = [clerk.get(place(Conference, row.pk, "history"), follow=True), clerk.get("/admin/")]

    assert [("外会议" in body(one), "外改动" in body(one)) for one in answers] == [(False, False)] * 2


def test_there_is_no_way_from_an_id_to_a_page(foreign, clerk):
    content_type = ContentType.objects.get_for_model(Conference)

    assert clerk.get(f"/admin/r/{content_type.pk}/{foreign['conference'].pk}/").status_code == 404


def test_the_delete_page_names_no_row_of_another_court(own, other, clerk):
    """Nothing should hang together over courts; where it does all the same, the page does not tell of it."""
    department = make.department(court=own)
    task = make.task(conference=make.conference(court=other))
    make.measure(task=task, text="外举措", lead=department)

    page = clerk.get(place(Department, department.pk, "delete"))
    clerk.post(place(Department, department.pk, "delete"), {"post": "yes"})

    assert ("外举措" in body(page), Department.objects.filter(pk=department.pk).exists()) == (False, True)


def test_the_delete_page_names_the_own_rows(own, clerk):
    department = make.department(court=own)
    make.measure(task=make.task(conference=make.conference(court=own)), text="本举措", lead=department)

    assert "本举措" in body(clerk.get(place(Department, department.pk, "delete")))


def offered(client: Client, term: str) -> set[str]:
    """Everything that is offered while typing, in whichever field."""
    found = set()
    for model, page in PAGES:
        for name in page.autocomplete_fields:
            field = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
            response = client.get("/admin/autocomplete/", field | {"term": term})
            found |= {one["text"] for one in response.json()["results"]} if response.status_code == 200 else set()
    return found


def test_what_is_offered_while_typing_is_of_the_own_court(foreign, clerk, own):
    make.person(court=own, name="本人")
    make.department(court=own, name="本部门")

    assert (offered(clerk, "外"), offered(clerk, "本")) == (set(), {"本人", "本部门", "本区人民法院"})
    assert offered(clerk, "") == {"本人", "本部门", "本区人民法院"}


@pytest.mark.parametrize(
    "field",
    [
        {"app_label": "courts", "model_name": "user", "field_name": "password"},
        {"app_label": "courts", "model_name": "user", "field_name": "groups"},
        {"app_label": "courts", "model_name": "person", "field_name": "nothing"},
        {"app_label": "courts", "model_name": "nothing", "field_name": "court"},
        {"app_label": "axes", "model_name": "accessattempt", "field_name": "username"},
        {"app_label": "conferences", "model_name": "conference", "field_name": "published_by"},
        {},
    ],
)
def test_no_other_field_is_offered(clerk, field):
    assert clerk.get("/admin/autocomplete/", field | {"term": ""}).status_code == 403


@pytest.mark.parametrize(
    ("question", "status"),
    [("_popup=1&_to_field=id", 200), ("_popup=1&_to_field=password", 400), ("_to_field=stroke_key", 400)],
)
def test_a_popup_tells_only_what_may_be_asked(clerk, question, status):
    assert clerk.get(f"{place(Person)}?{question}").status_code == status


# --- Questions in the address ---

WAYS = ("", "__startswith", "__contains", "__regex", "__iregex", "__range", "__in", "__gt", "__isnull", "__length")
BEYOND = {
    "conference__agenda__private_note__startswith",
    "court__users__password__startswith",
    "changed_by__password__regex",
    "person__court__name",
    "commendations__name__contains",
    "pk__in",
}


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_only_offered_questions_are_answered(model):
    page = admin.site._registry[model]
    root = Client()
    root.force_login(make.user(is_superuser=True, is_staff=True))
    names = [field.name for field in model._meta.concrete_fields]
    offers = set(page._offered_lookups(None))
    asked = {f"{name}{way}" for name, way in product(names, WAYS)} | BEYOND

    answered = {name for name in asked - offers if root.get(place(model), {name: "a"}).status_code != 400}

    assert answered == set()


NONSENSE = (
    "",
    "a",
    "-1",
    "1,a",
    "9" * 40,
    "2024-99-99",
    "1e9",
    "١",
    "%",
    "'",
    "__",
    "1.5",
    "True",
    "0",
    "99999",
    "32768",
)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_nonsense_in_the_address_breaks_nothing(model):
    page = admin.site._registry[model]
    root = Client()
    root.force_login(make.user(is_superuser=True, is_staff=True))
    names = [*page._offered_lookups(None), "o", "p", "q", "all", "e", "_popup", "_facets", "_changelist_filters"]

    broken = {
        (name, value)
        for name, value in product(names, NONSENSE)
        if root.get(place(model), {name: value}).status_code not in {200, 302, 400}
    }

    assert broken == set()


@pytest.mark.parametrize("number", ["0", "-1", "a", "9" * 40, "1_0", "é", "%2F", "..", "1%20"])
def test_nonsense_for_the_number_of_a_row_is_a_row_that_never_was(clerk, number):
    answers = {
        clerk.get(f"{place(model)}{number}/{what}/").status_code
        for model in (Person, Conference, Commendation)
        for what in ("change", "history", "delete")
    }

    assert answers <= {302, 404, 403}


# --- Write ---


def test_a_court_in_the_form_is_not_believed(own, other, clerk):
    clerk.post(place(Department, "add"), {"court": other.pk, "name": "立案庭", "order": 0})
    department = Department.objects.get()
    clerk.post(place(Department, department.pk, "change"), {"court": other.pk, "name": "执行局", "order": 0})

    assert list(Department.objects.values_list("court", "name")) == [(own.pk, "执行局")]


def test_ids_of_another_court_are_refused_at_their_field(foreign, own, clerk):
    person = {"name": "王某", "department": foreign["department"].pk}
    honour = {
        "title": "先进集体",
        "year": 2023,
        "order": 0,
        "recipient_kind": "court",
        "conference": foreign["conference"].pk,
        "department": foreign["department"].pk,
        "person": foreign["person"].pk,
    }

    answers = [clerk.post(place(Person, "add"), person), clerk.post(place(Honour, "add"), honour)]

    errors = [set(one.context["adminform"].form.errors) for one in answers]
    assert errors == [{"department"}, {"conference", "department", "person"}]
    assert not Person.objects.filter(court=own).exists()
    assert not Honour.objects.filter(court=own).exists()


def test_a_unique_name_of_another_court_is_no_error(foreign, own, clerk):
    clerk.post(place(Department, "add"), {"name": "外部门", "order": 0})

    assert Department.objects.filter(court=own, name="外部门").exists()


def test_a_row_of_another_court_in_a_form_is_not_touched(foreign, own, clerk):
    mine = make.conference(court=own)
    address = place(Conference, mine.pk, "change")
    form = fields_of(clerk.get(address)) | {
        "figures-TOTAL_FORMS": "1",
        "figures-INITIAL_FORMS": "1",
        "figures-0-id": foreign["figure"].pk,
        "figures-0-label": "改了",
        "figures-0-value": "1",
        "figures-0-order": "1",
        "figures-0-precision": "exact",
        "figures-0-conference": mine.pk,
    }

    answer = clerk.post(address, form)
    clerk.post(address, form | {"figures-0-DELETE": "on"})

    stored = Figure.objects.values_list("conference", "label").get()
    assert (answer.status_code, stored) == (200, (foreign["conference"].pk, "外数据"))


def test_the_form_without_a_foreign_row_is_saved(own, clerk):
    mine = make.conference(court=own)
    address = place(Conference, mine.pk, "change")

    answer = clerk.post(address, fields_of(clerk.get(address)) | {"title": "改过的会议"})

    assert (answer.status_code, Conference.objects.get().title) == (302, "改过的会议")


def test_an_action_reaches_only_own_rows(foreign, own, clerk):
    ranked = {"rank": 2, "rank_kind": "exact", "rank_scope": "全市"}
    mine = make.figure(conference=make.conference(court=own), **ranked)
    Figure.objects.filter(pk=foreign["figure"].pk).update(**ranked)
    chosen = {"action": "open_ranks", "_selected_action": [mine.pk, foreign["figure"].pk], "index": "0"}

    clerk.post(place(Figure), chosen)
    clerk.post(place(Figure), chosen | {"select_across": "1"})

    opened = set(Figure.objects.filter(rank_opened_at__isnull=False))
    assert opened == {mine}


@pytest.mark.parametrize("chosen", ["a", "", "-1", "9" * 40, "1,2"])
def test_an_action_with_nonsense_for_a_row_breaks_nothing(own, clerk, chosen):
    make.figure(conference=make.conference(court=own), rank=2, rank_kind="exact", rank_scope="全市")

    answer = clerk.post(place(Figure), {"action": "open_ranks", "_selected_action": chosen, "index": "0"})

    assert (answer.status_code in {200, 302, 400}, Figure.objects.get().rank_opened_at) == (True, None)


@pytest.mark.parametrize("action", ["delete_selected", "nothing", "close_ranks"])
def test_only_offered_actions_are_taken(foreign, own, clerk, action):
    make.figure(conference=make.conference(court=own))
    rows = [str(pk) for pk in Figure.objects.values_list("pk", flat=True)]

    clerk.post(place(Figure), {"action": action, "_selected_action": rows, "index": "0", "post": "yes"})

    assert Figure.objects.count() == 2


def test_a_clerk_without_the_approver_opens_no_rank(own):
    figure = make.figure(conference=make.conference(court=own), rank=2, rank_kind="exact", rank_scope="全市")
    client = Client()
    client.force_login(make.user(CLERK, court=own))

    client.post(place(Figure), {"action": "open_ranks", "_selected_action": [figure.pk], "index": "0"})

    assert Figure.objects.get().rank_opened_at is None


@pytest.mark.parametrize("state", ["submitted", "published"])
def test_what_was_submitted_is_changed_by_no_form(own, clerk, state):
    conference = make.conference(court=own)
    address = place(Conference, conference.pk, "change")
    form = fields_of(clerk.get(address)) | {"title": "改了"}
    conference.submit(by=make.user(CLERK, court=own))
    if state == "published":
        conference.publish(by=make.user(APPROVER, court=own))

    answer = clerk.post(address, form)

    assert (answer.status_code, Conference.objects.get().title == "改了") == (403, False)


def test_publishing_what_was_submitted_anew_asks_again(own):
    """The approver looked at one text; meanwhile the clerk took it back, changed it and submitted another one."""
    conference = make.conference(court=own)
    writer, approver = make.user(CLERK, court=own), Client()
    approver.force_login(make.user(APPROVER, court=own))
    conference.submit(by=writer)
    address = place(Conference, conference.pk, "steps", "publish")
    seen = approver.get(address).context["seen"]
    conference.withdraw(by=writer)
    conference.submit(by=writer)

    approver.post(address, {"seen": seen})
    first = Conference.objects.get().state
    approver.post(address, {"seen": approver.get(address).context["seen"]})

    assert (first, Conference.objects.get().state) == (Conference.State.SUBMITTED, Conference.State.PUBLISHED)
