"""Headings of a speech become priority tasks: recognised and proposed, saved only where a clerk ticked them."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from conferences.contents import Block, bare, blocks, contents
from conferences.models import Conference, PriorityTask, Speech
from courts.access import may
from courts.acting import attempt
from courts.desk_pages import desk_page
from courts.refusals import Refused

LONGEST = PriorityTask._meta.get_field("heading").max_length or 0


class Heading(NamedTuple):
    """A heading of a speech. `task`: the one that was made of it, if any."""

    speech: Speech
    block: Block
    task: PriorityTask | None

    @property
    def key(self) -> str:
        """Says the words too: what was changed since the page was opened is not what was ticked."""
        return f"{self.speech.pk}-{self.block.anchor}-{self.block.heading}"


class Spoken(NamedTuple):
    """A speech with the headings of its text."""

    speech: Speech
    headings: list[Heading]

    @property
    def done(self) -> int:
        """How many have a task."""
        return sum(heading.task is not None for heading in self.headings)

    @property
    def left(self) -> int:
        return len(self.headings) - self.done


def headings_of(conference: Conference) -> list[Spoken]:
    """The speeches whose text has headings. A heading may be a task or one of its measures. Three queries."""
    tasks: dict[Any, PriorityTask] = {}
    for task in conference.tasks.prefetch_related("measures"):
        said = [task.passage, task.heading, *(measure.text for measure in task.measures.all())]
        tasks |= {(task.speech_id, bare(text)): task for text in said if text}
    found = []
    for speech in conference.speeches.all():
        parts = contents(blocks(speech.text))
        found.append(Spoken(speech, [Heading(speech, one, tasks.get((speech.pk, one.bare))) for one in parts]))
    return [one for one in found if one.headings]


@transaction.atomic
def make_tasks(conference: Conference, keys: Collection[str], *, by: Any) -> int:
    """Makes a task of each heading that was ticked, and returns how many.

    What has a task already is passed over. Refused unless the conference is a draft, and where a heading is not in
    the text any more as it was shown.
    """
    may(by, "conferences.add_prioritytask", conference)
    locked = Conference.objects.hold(conference.pk)
    if not locked.is_editable:
        raise Refused(_("Only a draft may be changed."))
    headings = {heading.key: heading for one in headings_of(locked) for heading in one.headings}
    if not keys:
        raise Refused(_("Tick the headings first."))
    if not headings.keys() >= set(keys):
        raise Refused(_("The text of a speech was changed in the meantime. Look at the headings again."))
    chosen = [heading for key, heading in headings.items() if key in keys and heading.task is None]
    order = max((task.order for task in locked.tasks.all()), default=0)
    PriorityTask.objects.bulk_create(
        PriorityTask(
            conference=locked,
            order=order + place,
            speech=heading.speech,
            heading=heading.block.bare[:LONGEST],
            passage=heading.block.heading,
            text=heading.block.text.strip(),
        )
        for place, heading in enumerate(chosen, start=1)
    )
    locked.changed_by = by  # a screen that is open elsewhere sees that it is not the newest
    locked.save(update_fields=["changed_at", "changed_by"])
    return len(chosen)


class HeadingsPage:
    """Adds the page of the headings to the admin of conferences."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.headings_view)  # type: ignore[attr-defined]
        return [path("<int:pk>/headings/", view, name="conferences_conference_headings"), *super().get_urls()]  # type: ignore[misc]

    def headings_view(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Proposes; a POST saves what was ticked. What is not the user's is not there."""
        conference = self.get_object(request, str(pk))  # type: ignore[attr-defined]
        if conference is None or not request.user.has_perm("conferences.add_prioritytask"):
            raise Http404
        if request.method == "POST":
            attempt(request, lambda: self._make(request, conference))
            return HttpResponseRedirect(reverse("admin:conferences_conference_headings", args=[pk]))
        return desk_page(
            self,
            request,
            "admin/conferences/headings.html",
            title=_("Headings become tasks"),
            about=conference,
            conference=conference,
            spoken=headings_of(conference),
        )

    def _make(self, request: HttpRequest, conference: Conference) -> str:
        count = make_tasks(conference, request.POST.getlist("heading"), by=request.user)
        done = str(_("Tasks from headings: %(count)d.") % {"count": count})
        self.log_change(request, conference, done)  # type: ignore[attr-defined]
        return done
