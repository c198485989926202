"""A secret word in every text field of what is not open, looked for at every address, in every format, by everyone.

Each field has a word of its own, so that a failure names the field; and the clerk of the court finds every one of
them, so that the search is known to find.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponseBase
from django.test import Client

from awards.exports import COLUMNS
from awards.models import (
    Certificate,
    Commendation,
    Decision,
    Evidence,
    Family,
    HonourFile,
    Nomination,
    PublicNotice,
    Selection,
)
from awards.notices.acts import NOTICE_ACTS
from conferences.models import Conference, Measure, ProgressFile, Speech
from conferences.record import record_of
from conferences.steps import STEPS
from courts.models import Court, Department, Person
from courts.roles import APPROVER, CLERK, LIAISON, STAFF, SUPERIOR
from intake.kinds import KINDS
from intake.models import Import
from papers.kinds import KINDS as PAPERS
from papers.models import Printing
from tests import make
from tests.curious import searches
from tests.hidden_words import (
    BEGINNING,
    DRAFT,
    EMBARGOED,
    INTERNAL,
    LEFT_OFF,
    LISTED,
    PRIVATE,
    REGISTER,
    REVOKED,
    SET,
    WORD,
    Secrets,
    hidden,
    tomorrow,
)
from tests.test_permissions import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def court() -> Court:
    return make.court(parent=make.court())


@pytest.fixture
def secrets(court) -> Secrets:
    return hidden(court)


# --- Every address ---


def of_papers() -> dict[str, list[Any]]:
    return {
        "kind": list(PAPERS),
        "key": keys_of_papers(),
        "number": [1],
        "pk": pks(Printing),
        "conference": pks(Conference),
        "winner": pks(Commendation),
    }


def keys_of_papers() -> list[int]:
    """Of what papers are made from: decisions, conferences, years."""
    rows = [*Decision.objects.all(), *Conference.objects.all()]
    return sorted({2020, *(row.pk for row in rows)})


def fill_in(found: dict[str, list[Any]], pattern: str) -> None:
    """What can stand in this address alone."""
    if pattern.startswith("nominations/"):
        found |= {"pk": found["nomination"], "key": keys(Evidence)}
    elif pattern.startswith("notices/"):
        found["key"] = keys(PublicNotice)
    elif pattern.startswith("honours/"):
        found |= {"pk": pks(Person if "people" in pattern else Department), "key": keys(HonourFile)}
    elif pattern.startswith("<slug:court>/departments/"):
        found["pk"] = pks(Department)
    elif re.match("admin/papers/(of|templates|certificates|printings)/", pattern):
        found |= of_papers()
    elif pattern.startswith("tasks/"):
        found |= {"pk": pks(Department if "departments" in pattern else Measure), "key": keys(ProgressFile)}
    elif pattern.startswith("certificates/"):
        found["key"] = keys(Certificate)
    elif pattern.startswith(("admin/lists/", "admin/archive/")):
        found |= {"pk": pks(Import), "conference": pks(Conference)}
    elif named := re.match(r"admin/(\w+)/(\w+)/<", pattern):
        model = next(model for model in admin.site._registry if model._meta.label_lower == f"{named[1]}.{named[2]}")
        found |= dict.fromkeys(("pk", "object_id", "id"), pks(model))


def pks(model: Any) -> list[Any]:
    return list(model._default_manager.values_list("pk", flat=True))


def keys(model: Any) -> list[Any]:
    return list(model._default_manager.values_list("key", flat=True))


def values(pattern: str) -> dict[str, list[Any]]:
    """What can stand in the place of each part of an address."""
    found: dict[str, list[Any]] = {
        "code": ["en"],
        "court": list(Court.objects.values_list("slug", flat=True)),
        "year": [2020, 2021, 2022, 2023],
        "meeting": ["quarterly"],
        "number": [1],
        "step": [*(step.name for step in (*STEPS, *NOTICE_ACTS)), "announce", "hold-back"],
        "app_label": ["courts", "conferences", "awards", "auth", "intake"],
        "url": ["nothing"],
        "key": list(Conference._meta.get_field("attachments").related_model.objects.values_list("key", flat=True)),
        "nomination": pks(Nomination),
        "measure": pks(Measure),
        "selection": pks(Selection),
        "pk": pks(Speech),
    }
    fill_in(found, pattern)
    return found


def places() -> Iterator[str]:
    """Every address with every value that it can take."""
    for pattern in addresses():
        pattern = re.sub(r"\^?\(\?P<(\w+)>.*\)", r"<\1>", pattern).removesuffix("$")  # noqa: PLW2901 - the same address, plainer
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        known = values(pattern)
        for chosen in product(*(known[name] for name in names)):
            filled = dict(zip(names, chosen, strict=True))
            place = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(filled[part[1]]), pattern)  # noqa: B023 - called at once
            yield "/" + place.lstrip("/")


def questions() -> Iterator[str]:
    """What a curious reader adds to the addresses of lists, filters and searches."""
    for model, page in admin.site._registry.items():
        place = f"/admin/{model._meta.label_lower.replace('.', '/')}/"
        usual = ("q=qzx", "all=", "o=1.-2&p=1", "_popup=1", "e=1", "announced=no", "year=2020", "q=qzx&_to_field=id")
        for said in usual:
            yield f"{place}?{said}"
        for name in page.list_filter:
            field = model._meta.get_field(name) if isinstance(name, str) else None
            if field is not None and field.is_relation:
                rows = field.related_model._default_manager.values_list("pk", flat=True)
                yield from (f"{place}?{name}__id__exact={pk}" for pk in rows)
        for name in page.autocomplete_fields:
            names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "field_name": name}
            yield f"/admin/autocomplete/?{urlencode(names | {'term': BEGINNING})}"
    for family in (*Family.values, "above"):
        yield f"/honours/?family={family}"
    for said in ("year=2020", "year=2021", "kind=annual", "q=qzx", "page=2", "level=basic&year=2020", "year=x"):
        yield f"/?{said}"
    yield from searches(BEGINNING)
    for number in Certificate.objects.values_list("number", flat=True):
        yield f"/certificates/?{urlencode({'number': number})}"
    for conference in Conference.objects.all():
        yield f"/awards/export/?conference={conference.pk}&unannounced=on"
        yield f"/?court={conference.court.slug}&year={conference.year_reviewed}"


def files() -> Iterator[dict[str, Any]]:
    """What a reader can ask of the form for award lists."""
    usual = {"columns": list(COLUMNS), "order": "strokes", "unannounced": "on", "download": "1"}
    for file_format in ("csv", "xlsx"):
        yield usual | {"file_format": file_format}
        for conference in Conference.objects.all():
            yield usual | {"file_format": file_format, "conference": conference.pk}


def lists() -> Iterator[str]:
    """Where a reader asks for the lists that come in again."""
    yield "/admin/lists/out/"
    yield from (f"/admin/lists/{pk}/out/" for pk in Conference.objects.values_list("pk", flat=True))


def text_of(response: HttpResponseBase) -> str:
    """Everything that was sent: headers, and the body, unpacked where it is packed."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    # Where a search marks the beginning of a word, its end stands outside the mark.
    return unquote(str(response.headers)) + re.sub("</?mark>", "", body.decode(errors="replace"))


def words_seen(client: Client) -> set[str]:
    """All secret words that this reader finds."""
    seen: set[str] = set()
    for place in [*places(), *questions()]:
        # A word that was asked for may stand in the field again: whoever typed it knows it.
        seen |= set(WORD.findall(text_of(client.get(place)))) - set(WORD.findall(place))
    for asked in files():
        seen |= set(WORD.findall(text_of(client.post("/awards/export/", asked))))
    for family, file_format in product((*Family.values, "above"), ("csv", "xlsx")):
        taken = client.post(f"/honours/export/?family={family}", {"file_format": file_format})
        seen |= set(WORD.findall(text_of(taken)))
    for kind, key in product(PAPERS, keys_of_papers()):
        seen |= set(WORD.findall(text_of(client.post(f"/admin/papers/of/{kind}/{key}/file/", {"file_format": "docx"}))))
    for place, kind in product(lists(), KINDS):
        taken = client.post(place, {"kind": kind, "file_format": "csv", "download": "1"})
        seen |= set(WORD.findall(text_of(taken)))
    for pk in pks(Conference):
        seen |= set(WORD.findall(text_of(client.post(f"/admin/archive/{pk}/file/"))))
    return seen


def reader(who: str, court: Court) -> Client:
    roles: dict[str, tuple[tuple[str, ...], Court]] = {
        STAFF: ((STAFF,), court),
        LIAISON: ((LIAISON,), court),
        CLERK: ((CLERK,), court),
        APPROVER: ((APPROVER,), court),
        "clerk above": ((CLERK, APPROVER, SUPERIOR), court.parent),
        "clerk beside": ((CLERK, APPROVER, SUPERIOR), make.court(parent=court.parent)),
    }
    client = Client()
    if who in roles:
        groups, own = roles[who]
        client.force_login(make.user(*groups, court=own))
    return client


# Who finds what; everything else stays hidden.
FINDS = {
    "visitor": set(),
    STAFF: {INTERNAL, REGISTER, REVOKED},
    LIAISON: {INTERNAL, REGISTER, REVOKED},
    "clerk above": {INTERNAL, LISTED, REVOKED},
    "clerk beside": set(),
    CLERK: {DRAFT, INTERNAL, EMBARGOED, SET, PRIVATE, LEFT_OFF, REGISTER, REVOKED, LISTED},
    APPROVER: {DRAFT, INTERNAL, EMBARGOED, SET, PRIVATE, LEFT_OFF, REGISTER, REVOKED, LISTED},
}
# What stays within the own court even where the conference is open to its readers.
INNER = {
    f"{model}.{name}"
    for model, names in {
        "AgendaItem": ("private_note",),
        "Figure": ("rank_scope", "quote"),
        "Commendation": ("deeds", "citation"),
        "AwardCategory": ("citation_template",),
    }.items()
    for name in names
}


FOR_STAFF = {"Conference.title", "Speech.text", "Figure.label", "content of the file"}


@pytest.mark.parametrize(
    ("who", "language"),
    [
        ("visitor", "zh-hans"),
        ("visitor", "en"),
        (STAFF, "zh-hans"),
        (LIAISON, "en"),
        ("clerk above", "zh-hans"),
        ("clerk beside", "zh-hans"),
    ],
)
def test_nobody_finds_a_word_that_is_not_open(secrets, court, who, language):
    client = reader(who, court)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    # A clerk was there before, so whatever would be kept of that is kept.
    clerk = reader(CLERK, court)
    for conference in Conference.objects.all():
        clerk.get(conference.get_absolute_url())

    seen = words_seen(client)

    hidden = {what for what, _field in secrets.places.values()} - FINDS[who]
    assert {what: secrets.found_in(seen, what) for what in hidden} == {what: set() for what in hidden}
    assert secrets.found_in(seen, INTERNAL) & INNER == set()
    # What is for staff is found by staff and from above: the reader was looking.
    assert secrets.found_in(seen, INTERNAL) >= FOR_STAFF or who not in {STAFF, "clerk above"}


@pytest.mark.parametrize("who", [CLERK, APPROVER])
def test_the_clerks_of_the_court_find_every_word(secrets, court, who):
    seen = words_seen(reader(who, court))

    assert {what: secrets.found_in(seen, what) for what in FINDS[who]} == {
        what: secrets.of(what) for what in FINDS[who]
    }


@pytest.mark.parametrize("who", [CLERK, STAFF, "clerk above", "visitor"])
def test_the_search_alone_finds_what_is_open_to_the_reader(secrets, court, who):
    client, seen = reader(who, court), set()
    for place in searches(BEGINNING):
        seen |= set(WORD.findall(text_of(client.get(place))))

    found = {what for what, _field in secrets.places.values() if secrets.found_in(seen, what)}
    assert found == FINDS[who] - {PRIVATE, LISTED, LEFT_OFF, REVOKED}
    assert {field for what in found for field in secrets.found_in(seen, what)} & INNER == set()


# --- Until they are announced, winners leave no trace: no name, no number ---


def bodies(client: Client, asked: list[str]) -> dict[str, str]:
    """What stands at each address, without the form tokens that differ each time."""
    token = re.compile(r'(csrfmiddlewaretoken" value=")[^"]*')
    told = {}
    for place in asked:
        response = client.get(place)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        told[place] = f"{response.status_code} {token.sub('', body.decode(errors='replace'))}"
    return told


def counting() -> list[str]:
    """Addresses that may count or name winners. Not the one that changes the language in between."""
    return [
        place
        for place in [*places(), *questions()]
        if not place.startswith("/language/") and ("/admin/" not in place or "commendation" in place)
    ]


@pytest.mark.parametrize("is_set", [False, True], ids=["not announced", "set for tomorrow"])
@pytest.mark.parametrize("who", ["visitor", STAFF, LIAISON, "clerk above", "clerk beside"])
def test_unannounced_winners_change_nothing_on_any_page(court, who, is_set):
    conference = make.published(court=court, year_reviewed=2022)
    make.speech(conference=conference)
    category = make.category(court=court)
    make.commendation(conference=conference, category=category, announced=True)
    make.edition(conference)
    client = reader(who, court)
    asked = counting()
    before = bodies(client, asked)

    given = {"conference": conference, "announced": tomorrow() if is_set else False}
    for _ in range(3):
        make.commendation(category=category, **given)
    make.commendation(decision=make.decision(conference=conference), **given)
    conference.editions.update(record=json.dumps(record_of(conference)))  # an edition holds them too
    after = bodies(client, asked)

    assert {place for place, told in before.items() if after[place] != told} == set()


def test_the_clerk_sees_that_they_are_there(court):
    conference = make.published(court=court, year_reviewed=2022)
    client = reader(CLERK, court)
    asked = counting()
    before = bodies(client, asked)

    make.commendation(conference=conference)
    after = bodies(client, asked)

    assert {place for place, told in before.items() if after[place] != told} >= {conference.get_absolute_url()}
