"""Pasted winners compared with the register: who each line is, and what becomes of it. Nothing is saved before `save`.

The text is read anew each time, and the clerk's choices come with it: between preview and saving nothing is kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max, TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardCategory, Commendation
from conferences.models import Conference
from courts.access import may
from courts.duplicates import DOTS, name_key
from courts.models import Court, Department, Person
from courts.refusals import Refused
from courts.register import Register
from courts.register import key as spaceless
from intake.name_segments import Line
from intake.name_words import Problem
from intake.names import read_names, read_units

Recipient = AwardCategory.RecipientKind
ADD, KEEP, LEAVE = "add", "keep", "leave"  # what else can be chosen than a person
MOST = 2000  # names in one text
LONGEST_TEXT: int = Commendation._meta.get_field("post").max_length or 0
ADDS_PEOPLE = "courts.add_person"


class State(TextChoices):
    MATCHED = "matched", gettext_lazy("In the register")
    NEW = "new", gettext_lazy("New")
    AMBIGUOUS = "ambiguous", gettext_lazy("Choose who it is")
    WRONG = "wrong", gettext_lazy("Wrong")
    THERE = "there", gettext_lazy("Has this award already")
    HEADING = "heading", gettext_lazy("Heading")
    LEFT = "left", gettext_lazy("Left out")


# Keys that lead to rows that were just read, which each would ask the database, and what follows from the name.
UNCHECKED = {one.name for one in Commendation._meta.concrete_fields if one.is_relation or not one.editable}
UNSETTLED = {State.AMBIGUOUS, State.WRONG}


@dataclass
class Winner:
    """One line with what was found for it.

    `options`: what can be chosen, value and label; `field_name`: under which the choice comes.
    """

    line: Line
    state: State
    field_name: str
    person: Person | None = None
    department: Department | None = None
    is_added: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)
    chosen: str = ""

    @property
    def department_name(self) -> str:
        own = self.person.department or self.person.organisation if self.person else ""
        return self.line.department or str(own or "")

    @property
    def post(self) -> str:
        return self.line.post or (self.person.post if self.person else "")

    @property
    def identity(self) -> tuple[Any, ...]:
        """Of a person: the entry, or the one that will be added."""
        if self.person:
            return (self.person.pk,)
        return spaceless(self.line.name), self.department.pk if self.department else None

    @property
    def is_written(self) -> bool:
        """Whether it becomes a commendation."""
        return self.state in {State.MATCHED, State.NEW}

    @property
    def note(self) -> str:
        """What the clerk should know before saving."""
        if self.line.problem and self.state not in {State.HEADING, State.LEFT}:
            return str(self.line.problem.label)
        if self.is_written and self.line.department and self.department is None:
            return _("This department is not in the register; it stays as it is written.")
        registered = self.person.department if self.person else None
        if self.is_written and registered and self.department and registered != self.department:
            return _("The register has this person in %(name)s.") % {"name": registered}
        return ""


class Pasted:
    """A pasted text for one award of a conference. `choices`: by the name of a line's field."""

    def __init__(
        self,
        conference: Conference,
        category: AwardCategory,
        text: str,
        *,
        by: Any,
        choices: Mapping[str, str] | None = None,
    ) -> None:
        self.conference, self.category, self.text, self.by = conference, category, text, by
        self.choices = choices or {}
        self.register = Register(conference.court)
        if category.recipient_kind == Recipient.PERSON:
            lines = read_names(text, [one.name for one in self.register.departments])
        else:
            lines = read_units(text)
        if len(lines) > MOST:
            raise Refused(_("More than %(most)d names at once. Divide the text.") % {"most": MOST})
        self.register.typed = {form for line in lines if line.name for form in spellings(line.name)}
        self.winners = [self._winner(number, line) for number, line in enumerate(lines, start=1)]
        self._refuse_twice()

    @property
    def may_add(self) -> bool:
        return self.by.has_perm(ADDS_PEOPLE)

    @property
    def unsettled(self) -> list[Winner]:
        return [winner for winner in self.winners if winner.state in UNSETTLED]

    @property
    def written(self) -> list[Winner]:
        return [winner for winner in self.winners if winner.is_written]

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """How many lines are in each state; states without any are left out."""
        states = [winner.state for winner in self.winners]
        return [(state.label, states.count(state)) for state in State if state in states]

    @cached_property
    def _honoured(self) -> tuple[set[int], set[str]]:
        """Who has this award at this conference already: people, and names without an entry."""
        rows = Commendation.objects.filter(conference=self.conference, category=self.category)
        people, names = set(), set()
        for person, name, department in rows.values_list("person_id", "name", "department_name"):
            if person:
                people.add(person)
            else:
                names.add(name_key(name or department))
        return people, names

    def _refuse_twice(self) -> None:
        """One person has one award once, also where two lines were chosen to be that person."""
        taken = set()
        for winner in self.written:
            if (winner.person or winner.is_added) and winner.identity in taken:
                winner.state, winner.line = State.WRONG, replace(winner.line, problem=Problem.DOUBLED)
            taken.add(winner.identity)

    @property
    def seen(self) -> str:
        """Stands for text, award and the court's record as a preview had them: what is saved is what was shown."""
        return self._seen(self.conference.court.revision)

    def _seen(self, revision: int) -> str:
        return sha256(f"{revision} {self.category.pk} {self.text}".encode("utf-8", "replace")).hexdigest()

    def _winner(self, number: int, line: Line) -> Winner:
        chosen_at = f"who-{number}-{line.name or line.raw[:20]}"
        winner = Winner(line, State.WRONG, chosen_at, chosen=self.choices.get(chosen_at, ""))
        if max(len(line.department), len(line.post)) > LONGEST_TEXT:
            line = winner.line = replace(line, problem=Problem.LONG)
        if line.is_heading:
            winner.state = State.HEADING
        elif line.problem:
            winner.options = [("", "—"), (LEAVE, _("leave it out"))]
        elif self.category.recipient_kind == Recipient.PERSON:
            self._find_person(winner)
        else:
            self._find_unit(winner)
        if winner.chosen == LEAVE and winner.options:
            winner.state, winner.person, winner.is_added = State.LEFT, None, False
        return winner

    def _find_unit(self, winner: Winner) -> None:
        """A department is looked for; a team or a family is a name and nothing more."""
        if self.category.recipient_kind == Recipient.DEPARTMENT:
            winner.department = self.register.department_called(winner.line.name)
        winner.state = State.MATCHED if winner.department else State.NEW
        winner.options = [(KEEP, _("as it is written")), (LEAVE, _("leave it out"))]
        if name_key(winner.line.name) in self._honoured[1]:
            winner.state, winner.options = State.THERE, []

    def _find_person(self, winner: Winner) -> None:
        line = winner.line
        winner.department = self.register.department_called(line.department) if line.department else None
        called = self._called(line.name)
        people = {str(person.pk): person for person in called}
        winner.options = [*((key, _described(person)) for key, person in people.items()), *self._others(bool(called))]
        if winner.chosen not in dict(winner.options):
            winner.chosen = self._likely(called, winner.department)
        winner.person = people.get(winner.chosen)
        winner.is_added = winner.chosen == ADD
        if winner.chosen == "":
            winner.state, winner.options = State.AMBIGUOUS, [("", "—"), *winner.options]
        else:
            winner.state = State.MATCHED if winner.person else State.NEW
        people_honoured, names_honoured = self._honoured
        is_kept = winner.chosen == KEEP and name_key(line.name) in names_honoured
        if is_kept or (winner.person and winner.person.pk in people_honoured):
            winner.state = State.THERE

    def _others(self, is_known: bool) -> list[tuple[str, str]]:  # noqa: FBT001 - used here alone
        label = _("someone else of this name: add to the register") if is_known else _("add to the register")
        added = [(ADD, label)] if self.may_add else []
        return [*added, (KEEP, _("as it is written, without an entry")), (LEAVE, _("leave it out"))]

    def _likely(self, called: list[Person], department: Department | None) -> str:
        """The choice that goes without saying; empty where the clerk has to choose."""
        there = [person for person in called if department and person.department_id == department.pk]
        if len(called) == 1 or len(there) == 1:
            return str((there or called)[0].pk)
        if called:
            return ""
        return ADD if self.may_add else KEEP

    def _called(self, name: str) -> list[Person]:
        """People of that name, however its spaces and dots are written."""
        found = {person.pk: person for form in spellings(name) for person in self.register.people_called(form)}
        return list(found.values())

    @transaction.atomic
    def save(self, *, seen: str) -> int:
        """Writes the commendations behind those that are there; returns how many. All or nothing.

        `seen` as the preview had it. Raises NotAllowed, and Refused where something else was shown, a line is not
        settled, or the conference is no draft.
        """
        may(self.by, "awards.add_commendation", self.conference)
        is_editable = Conference.objects.hold(self.conference.pk).is_editable
        # Whoever writes to the court's record raises its revision, so all of them wait for this lock.
        court = Court.objects.select_for_update().get(pk=self.conference.court_id)
        if not is_editable:
            raise Refused(_("The conference is submitted or published; only a draft takes a list."))
        if seen != self._seen(court.revision):
            raise Refused(_("The text or the record was changed after it was read. Look at it again, then save."))
        if self.unsettled:
            raise Refused(_("Some lines are not settled yet; nothing was saved."))
        for winner in self.written:
            if winner.is_added:
                winner.person = self.register.new_person(winner.line.name, winner.department, winner.line.post)
        self.register.save()
        rows = Commendation.objects.filter(conference=self.conference)
        last = rows.aggregate(last=Max("order"))["last"] or 0
        decisions = list(self.conference.decisions.all()[:2])
        decision = decisions[0] if len(decisions) == 1 else None  # with several nobody knows which one
        made = [self._commendation(winner, order, decision) for order, winner in enumerate(self.written, last + 1)]
        Commendation.objects.bulk_create(made)
        self.conference.changed_by = self.by  # a screen that is open elsewhere sees that it is not the newest
        self.conference.save(update_fields=["changed_at", "changed_by"])
        return len(made)

    def _commendation(self, winner: Winner, order: int, decision: Any) -> Commendation:
        line, kind = winner.line, self.category.recipient_kind
        is_department = kind == Recipient.DEPARTMENT
        made = Commendation(
            conference=self.conference,
            category=self.category,
            decision=decision,
            order=order,
            person=winner.person,
            department=winner.department,
            name="" if is_department else line.name,
            department_name=line.name if is_department else winner.department_name,
            post=winner.post,
        )
        made.prepare()
        made.clean_fields(exclude=UNCHECKED)
        return made


def spellings(name: str) -> set[str]:
    """How the register may have written a name: with other dots, or spaced out."""
    name = spaceless(name)
    found = {name, *(DOTS.sub(dot, name_key(name)) for dot in "·•・‧∙⋅.．")}
    found |= {re.sub("·", dot, name_key(name)) for dot in "•・‧∙⋅.．"}
    if len(name) == len("张三"):
        found |= {"　".join(name), " ".join(name)}
    return found


def _described(person: Person) -> str:
    about = "，".join(str(part) for part in (person.department or person.organisation, person.post) if part)
    return f"{person.name}（{about}）" if about else person.name
