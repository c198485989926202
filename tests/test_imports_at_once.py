"""Two clerks confirm at the same moment, over two connections."""

import threading

import pytest
from django.db import connection

from awards.models import Commendation
from courts.refusals import Refused
from courts.register import NewNames
from intake.confirming import confirm
from intake.kinds import Scope
from tests import make
from tests.lists import as_csv, brought

pytestmark = pytest.mark.django_db(transaction=True)
LIST = as_csv(("奖项", "获奖者"), *[("先进个人", f"李{chr(0x4E00 + number)}") for number in range(50)])


@pytest.mark.parametrize("is_same", [True, False], ids=["one list", "two lists"])
def test_winners_are_written_once(is_same):
    conference = make.conference()
    make.category(court=conference.court, name="先进个人")
    scope = Scope(conference.court, conference, NewNames.KEEP)
    clerks = [make.user("clerk", court=conference.court) for _clerk in range(2)]
    first = brought("commendations", scope, LIST, by=clerks[0])
    lists = [first, first if is_same else brought("commendations", scope, LIST, by=clerks[1])]
    start, ends = threading.Barrier(2), []

    def run(one, by):
        start.wait()
        try:
            confirm(one, by=by)
            ends.append("written")
        except Refused as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in zip(lists, clerks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ends) == (["written", "written"] if is_same else ["stale", "written"])
    assert Commendation.objects.count() == 50
