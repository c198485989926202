"""From typed names to the register: the people and departments of one court that a page names.

Whatever the number of rows, it takes two queries. Names that nobody has are refused, added, or kept as written, as
the clerk chose.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courts.fields import without_invisible
from courts.history import ADDED, keep
from courts.models import Court, Department, Person

MOST_OFFERED = 2000  # people in the list of a page; beyond that it is typed in full
NAME_LENGTH: int = Person._meta.get_field("name").max_length or 0


class NewNames(models.TextChoices):
    """What becomes of a name that is not in the register."""

    STOP = "stop", _("Stop and show me")
    ADD = "add", _("Add them to the register")
    KEEP = "keep", _("Keep them as written, without an entry")


def key(name: str) -> str:
    """A name without its spaces: lists space names of two characters to three."""
    return "".join(without_invisible(name).split())


def split(typed: str) -> tuple[str, str]:
    """The name and the department of 张伟（执行局）, as namesakes are offered; no department: empty."""
    name, bracket, rest = typed.rstrip().partition("（")
    return (name.strip(), rest.removesuffix("）").strip()) if bracket and rest.endswith("）") else (typed, "")


class Register:
    """The register as far as one page needs it. `typed`: every text of the page that may be a name."""

    def __init__(self, court: Court, typed: Iterable[str] = (), *, new_names: str = NewNames.STOP) -> None:
        self.court = court
        self.new_names = new_names
        self.typed = set(typed)
        self._new_people: dict[tuple[str, str], Person] = {}
        self._new_departments: dict[str, Department] = {}

    @cached_property
    def departments(self) -> list[Department]:
        """All of the court, in its own order."""
        return list(self.court.departments.all()) if self.court.pk else []

    @property
    def _all_people(self) -> models.QuerySet[Person]:
        """Nobody, while an administrator has not said for which court the page is."""
        return self.court.people.all() if self.court.pk else Person.objects.none()

    @cached_property
    def offered(self) -> list[tuple[str, str, str]]:
        """For the list of a page: what to type, department, post. Namesakes are told apart by their department."""
        people = self._all_people.filter(is_active=True).order_by("stroke_key", "id")[:MOST_OFFERED]
        rows = list(people.values_list("name", "department__name", "post"))
        count = Counter(name for name, _department, _post in rows)
        return [
            (f"{name}（{department}）" if count[name] > 1 and department else name, department or "", post)
            for name, department, post in rows
        ]

    @cached_property
    def _people(self) -> Mapping[str, list[Person]]:
        wanted = {form for typed in self.typed for form in (typed, key(typed), split(typed)[0])}
        found: dict[str, list[Person]] = defaultdict(list)
        names = {name for name in wanted if name and len(name) <= NAME_LENGTH}
        for person in self._all_people.filter(name__in=names).select_related("department"):
            found[key(person.name)].append(person)
        return found

    def people_called(self, name: str) -> list[Person]:
        return self._people.get(key(name), [])

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {key(one.name): one for one in reversed(self.departments)}

    def department_called(self, name: str) -> Department | None:
        """The first of that name."""
        return self._departments.get(key(name))

    def person(self, name: str, department: str) -> Person | None:
        """The one person of that name; of several the one in that department. None: nobody has the name.

        Raises ValidationError where the department does not decide.
        """
        called = self.people_called(name)
        if len(called) <= 1:
            return called[0] if called else None
        there = [person for person in called if person.department and key(person.department.name) == key(department)]
        if len(there) == 1:
            return there[0]
        choices = "、".join(str(person.department or person.post or "—") for person in called)
        raise ValidationError(
            _("%(count)s people are called %(name)s: %(choices)s. Type the department."),
            code="namesakes",
            params={"count": len(called), "name": name, "choices": choices},
        )

    def new_person(self, name: str, department: Department | None, post: str) -> Person:
        """An entry that `save` will write; the same name in the same department is one person.

        Raises ValidationError.
        """
        place = (key(name), key(department.name) if department else "")
        if place not in self._new_people:
            person = Person(court=self.court, name=name, department=department, post=post)
            person.clean_fields(exclude={"court", "department", "stroke_key"})
            self._new_people[place] = person
        return self._new_people[place]

    def new_department(self, name: str) -> Department:
        """An entry that `save` will write. Raises ValidationError."""
        if key(name) not in self._new_departments:
            order = max((one.order for one in self.departments), default=0) + 1 + len(self._new_departments)
            department = Department(court=self.court, name=name, order=order)
            department.clean_fields(exclude={"court"})
            self._new_departments[key(name)] = department
        return self._new_departments[key(name)]

    def save(self) -> None:
        """Writes the new entries, departments first.

        Through the base managers, as the rows (courts/rows.py): the screen raises the court's revision once.
        """
        if self._new_departments:
            keep(Department._base_manager.bulk_create(self._new_departments.values()), ADDED)
        for person in self._new_people.values():
            person.fill_keys()
        if self._new_people:
            keep(Person._base_manager.bulk_create(self._new_people.values()), ADDED)
