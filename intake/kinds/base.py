"""What the kinds of list have in common: their columns, what makes two rows the same, and how a row is filled."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.exports.columns import chinese
from conferences.models import Conference
from courts.models import Court
from courts.register import NewNames, Register, key
from intake.cells import Text

Values = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: its heading, how its cells are read, and what a stored row has in it.

    `show` defaults to the field of that name. `also`: other headings that lists of the courts have for it.
    """

    name: str
    label: Any
    cell: Text = field(default_factory=Text)
    show: Callable[[Any], Any] | None = None
    required: bool = False
    width: int = 14
    also: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """In Chinese, whatever language the page is in."""
        return chinese(self.label)

    def shown(self, row: Model) -> Any:
        return (self.show or attrgetter(self.name))(row)


@dataclass
class Scope:
    """Whose list it is. `new_names`: what becomes of a name that is not in the register."""

    court: Court
    conference: Conference | None = None
    new_names: str = NewNames.STOP

    @property
    def address(self) -> str:
        """Of the page with its lists."""
        if self.conference is None:
            return reverse("intake:lists")
        return reverse("intake:conference_lists", kwargs={"conference": self.conference.pk})


class Page(Register):
    """What filling rows needs to know, read at once: the register, and whatever a kind looks up besides."""

    def __init__(self, scope: Scope, typed: Iterable[str] = ()) -> None:
        super().__init__(scope.court, typed, new_names=scope.new_names)
        self.scope = scope


class Kind(ABC):
    """One kind of list.

    A row is found by `identity`; where rows of the record share it, `firm` and `loose` columns tell them apart. A
    firm one must agree wherever it is filled in, a loose one may be what the list changes. An empty cell says nothing
    and changes nothing.
    """

    name: ClassVar[str]
    model: ClassVar[type[Model]]
    columns: ClassVar[tuple[Column, ...]]
    identity: ClassVar[tuple[str, ...]]
    firm: ClassVar[tuple[str, ...]] = ()
    loose: ClassVar[tuple[str, ...]] = ()
    beside: ClassVar[tuple[Any, ...]] = ()  # headings that are known and say nothing new
    of_conference: ClassVar[bool] = True
    page_class: ClassVar[type[Page]] = Page
    reported_at: ClassVar[dict[str, str]] = {}  # constraint or field -> column
    counted_in: ClassVar[str] = ""  # the foreign key within which rows have an order

    def column(self, name: str) -> Column:
        return next(one for one in self.columns if one.name == name)

    @property
    def label(self) -> Any:
        return self.model._meta.verbose_name_plural

    def fits(self, scope: Scope) -> bool:
        """Whether the scope has such a list."""
        return self.of_conference == (scope.conference is not None)

    def permissions(self) -> list[str]:
        """Who imports adds and changes."""
        meta = self.model._meta
        return [f"{meta.app_label}.{act}_{meta.model_name}" for act in ("add", "change")]

    def required(self, scope: Scope) -> list[Column]:
        return [one for one in self.columns if one.required]

    @abstractmethod
    def rows(self, scope: Scope) -> QuerySet:
        """Everything of this kind that the scope has, in order, with what the columns show."""

    def stored(self, scope: Scope, rows: list[Values]) -> Iterable[Any]:
        """Those of the stored rows that these may be about."""
        return self.rows(scope)

    def page(self, scope: Scope, rows: list[Values]) -> Page:
        return self.page_class(scope, self.names(rows))

    def names(self, rows: list[Values]) -> list[str]:
        """Every text of the rows that may be a person's name."""
        return []

    def new(self, scope: Scope) -> Any:
        """A row of this scope with nothing in it yet."""
        return self.model(conference=scope.conference) if self.of_conference else self.model(court=scope.court)

    def fill(self, row: Any, values: Values, changed: set[str], page: Any) -> None:
        """Writes those of the values that changed; the others are as the row shows them.

        Raises ValidationError with a dict by column.
        """
        for name in changed:
            setattr(row, name, values[name])

    def prepare(self, row: Any) -> None:  # noqa: B027 - most models derive nothing
        """Derives what the model's own save would."""

    def closed(self, row: Any) -> Any:
        """Why this stored row is not changed by a list; empty where it may be."""
        return ""

    def aside(self, row: Any) -> dict[str, Any]:
        """What is written besides the columns of the row, as plain values; see `write_aside`."""
        return {}

    def write_aside(self, rows: list[tuple[Any, dict[str, Any]]]) -> None:  # noqa: B027 - most kinds are one table
        """Writes that for rows that are stored by now."""


def linked(row: Any, page: Page, *, who: str, at: tuple[str, str] = ("name", "department")) -> None:
    """Links a row with a snapshot to the register by the name `who` and its department, and fills what is left empty.

    `at`: the columns of name and department. Raises ValidationError at them: nobody has that name, or several do.
    """
    try:
        person = page.person(who, row.department_name) if who else None
    except ValidationError as error:
        raise ValidationError({at[0]: error.messages}) from error
    department = page.department_called(row.department_name) if row.department_name else None
    if page.new_names == NewNames.STOP:
        is_guest = person is not None and row.department_name == person.organisation
        unknown = {}
        if row.department_name and department is None and not is_guest:
            unknown[at[1]] = unknown_name(row.department_name)
        if who and person is None:
            unknown[at[0]] = unknown_name(who)
        if unknown:
            raise ValidationError(unknown)
    if person and not row.department_name:
        row.department_name = str(person.department or person.organisation or "")
        department = person.department
    row.person, row.department = person, department


def unknown_name(name: str) -> ValidationError:
    return ValidationError(_("“%(name)s” is not in the register."), code="unknown", params={"name": name})


def forms_of(names: Iterable[Any]) -> set[str]:
    """The names as typed and without spaces, to look for in the database."""
    return {form for name in names if name for form in (name, key(name))}
