"""Whatever stands in a name or a text, a list that leaves comes back unchanged."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conferences.models import Figure
from courts.models import Person
from intake.kinds import KINDS, Scope
from intake.leaving import download
from tests import make
from tests.lists import brought, results

pytestmark = pytest.mark.django_db
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# What trips readers of files: signs of formulas, quotes, separators, line ends, escapes of workbooks, rare characters.
PIECES = st.sampled_from(
    [
        *"=+-@'\"，,;；\t\n\r 　_()（）<>&{}0１.%",
        "\r\n",
        "_x0041_",
        "<r>",
        "</r>",
        "''=",
        "#REF!",
        "𬴂",
        "䶮",
        "é",
        "e\u0301",
    ]
)
# No NUL: no database of ours could hold it.
ANY = st.characters(codec="utf-8", exclude_categories=["Cs", "Co"], exclude_characters=["\0"])
TEXTS = st.lists(PIECES | ANY, max_size=12).map("".join)


@pytest.fixture
def conference():
    return make.conference()


@pytest.fixture
def clerk(conference):
    return make.user("clerk", court=conference.court)


def unlike(conference, kind, file_format, clerk):
    """Rows of the kind's list that do not come back unchanged."""
    scope = Scope(conference.court, conference if KINDS[kind].of_conference else None)
    content = b"".join(download(KINDS[kind], scope, file_format, by=clerk).streaming_content)
    return [result for result in results(brought(kind, scope, content, by=clerk)) if result["state"] != "unchanged"]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@FEW
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_people_come_back(conference, clerk, file_format, rows):
    Person.objects.all().delete()
    for name, post in rows:
        person = Person(court=conference.court, name=f"王{name}"[:60], post=post)
        person.clean_fields(exclude={"stroke_key"})
        person.save()
    assert unlike(conference, "people", file_format, clerk) == []


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@FEW
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.decimals(-(10**13), 10**13, places=4)), min_size=1, max_size=4)
)
def test_figures_come_back(conference, clerk, file_format, rows):
    Figure.objects.all().delete()
    for label, text, value in rows:
        make.figure(
            conference=conference, label=f"{label}数"[:60], quote=text, value=value, value_text=f"约{text}"[:60]
        )
    assert unlike(conference, "figures", file_format, clerk) == []
