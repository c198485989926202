"""Reminders inside the site: how many measures wait for a report of the own department."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils import timezone

from conferences.models import Measure


def reminders(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """For the head of every page, which asks for it: a query for whoever reports for a department, none for others."""

    def waiting() -> int:
        user = request.user
        if not (user.is_authenticated and user.department_id and user.has_perm("conferences.report_measure")):
            return 0
        measures = Measure.objects.followed().reported_by(user)
        return measures.asking(timezone.localdate()).count()

    return {"measures_asking": waiting}
