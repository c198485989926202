"""A conference with all that the rules look at, each part loaded once and only when a rule asks for it."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _


class Text(NamedTuple):
    """A text of the record. `row`: what it belongs to; None: the conference itself. `field`: its name there."""

    row: Any
    field: str
    name: str
    text: str


class Record:
    """Everything comes through the conference's reverse relations: what lies above this app is read the same way."""

    def __init__(self, conference: Any) -> None:
        self.conference = conference

    @cached_property
    def court(self) -> Any:
        return self.conference.court

    @cached_property
    def participants(self) -> list[Any]:
        return list(self.conference.participants.all())

    @cached_property
    def agenda(self) -> list[Any]:
        return list(self.conference.agenda.all())

    @cached_property
    def speeches(self) -> list[Any]:
        return list(self.conference.speeches.all())

    @cached_property
    def keynotes(self) -> list[Any]:
        return list(self.conference.keynotes.all())

    @cached_property
    def figures(self) -> list[Any]:
        return list(self.conference.figures.select_related("indicator"))

    @cached_property
    def figures_before(self) -> list[Any]:
        """Those of the conference of the same kind a year before; none where there was no such conference."""
        return list(self.conference.figures.model.objects.of_the_year_before(self.conference))

    @cached_property
    def tasks(self) -> list[Any]:
        """With their measures."""
        return list(self.conference.tasks.prefetch_related("measures"))

    @cached_property
    def awards_given(self) -> list[Any]:
        return list(self.conference.awards_given.select_related("category"))

    @cached_property
    def winners(self) -> list[Any]:
        """All commendations, announced or not, revoked or not, each with its award and what the register says."""
        return list(self.conference.commendations.select_related("category", "person__department"))

    @cached_property
    def decisions(self) -> list[Any]:
        return list(self.conference.decisions.all())

    @cached_property
    def honours(self) -> list[Any]:
        """Those from above."""
        return list(self.conference.honours.all())

    @cached_property
    def attachments(self) -> list[Any]:
        return list(self.conference.attachments.all())

    @cached_property
    def left_off(self) -> list[Any]:
        """The people of the court whose names readers do not see."""
        return list(self.court.people.left_off())

    @cached_property
    def waivers(self) -> list[Any]:
        return list(self.conference.waivers.select_related("waived_by"))

    @cached_property
    def texts(self) -> list[Text]:
        """What may cite numbers; those that are empty left out."""
        return [text for text in self._texts() if text.text]

    def _texts(self) -> Iterator[Text]:
        yield Text(None, "summary", _("the summary"), self.conference.summary)
        for item in self.agenda:
            yield Text(item, "title", _("the agenda"), item.title)
        for speech in self.speeches:
            named = _("the speech of %(who)s") % {"who": speech.speaker}
            yield Text(speech, "text", named, speech.text)
            yield Text(speech, "summary", _("the summary of %(text)s") % {"text": named}, speech.summary)
        for figure in self.figures:
            yield Text(figure, "quote", _("the wording of %(figure)s") % {"figure": figure}, figure.quote)
        for decision in self.decisions:
            yield Text(decision, "text", _("the decision “%(title)s”") % {"title": decision.title}, decision.text)
        for keynote in self.keynotes:
            yield Text(keynote, "text", _("the keynote “%(text)s”") % {"text": keynote.text}, keynote.text)
