"""Two people at one record: what the other saved since this page was opened, beside what was typed here.

The page carries a print of each stored value as it was when it was opened: four characters, by which a change is
noticed though the value itself is not kept. On saving, three states meet in every field: opened, stored now, typed.

- stored as it was opened: what was typed is saved;
- typed as it was opened: what the other saved is taken over, and said;
- both changed, and not to the same: a conflict. Nothing is saved until the user has chosen between the two.

Rows are found by their number. Of rows that were moved by both, the order typed here stays. Everything is compared in
memory with the rows that the forms have read already, so it takes no query of its own, and it sees what was changed
on any other page too. A choice holds for the value that was shown; where a third one saves, it is asked again.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from courts.rows import RowForm, RowFormSet

LENGTH = 4  # characters of a print: of 16 million changes one goes unnoticed
NOT_COMPARED = {"id", "DELETE", "new_name", "file", "seen_at"}
AROUND = 30  # characters shown before and after what differs
LONGEST_NAME = 16  # characters of a row's name
MINE, THEIRS = "mine", "theirs"
ORDER = "order"


class Change(NamedTuple):
    """What the other changed and was taken over. `theirs` empty: it is gone."""

    where: str
    mine: str
    theirs: str


class Conflict(NamedTuple):
    """What both changed. `name`: of its pair of buttons; `print`: of the other's value, for which a choice holds."""

    name: str
    where: str
    mine: str
    theirs: str
    print: str


def text_of(value: Any) -> str:
    """A value as a form would carry it, the same for the stored value and for one that was typed alike."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if value is None or value is False:
        return ""
    return "on" if value is True else str(value)


def print_of(text: str) -> str:
    return urlsafe_b64encode(blake2b(text.encode(errors="replace"), digest_size=3).digest()).decode()


EMPTY = print_of("")


def compared(form: forms.BaseForm) -> list[str]:
    return [name for name, one in form.fields.items() if name not in NOT_COMPARED and not one.disabled]


def stored(form: forms.BaseForm, name: str) -> str:
    """What the database has, as text."""
    one = form.fields[name]
    return text_of(one.prepare_value(form.get_initial_for_field(one, name)))


def typed(form: forms.BaseForm, name: str) -> str:
    """What was posted, cleaned as far as the field can; as it stands where it cannot."""
    one, value = form.fields[name], form[name].data
    try:
        return text_of(one.prepare_value(one.to_python(value)))
    except ValidationError:
        return text_of(value)


def prints(form: forms.BaseForm) -> str:
    texts = (stored(form, name) for name in compared(form))
    return "".join(print_of(text) if text else EMPTY for text in texts)


def key(model: Any, pk: Any) -> str:
    return f"{model._meta.model_name}.{pk}"


def opened_state(form: forms.BaseModelForm, parts: Iterable[RowFormSet]) -> str:
    """The prints of a record and all its stored rows, for the page that shows them."""
    state = {key(form.instance, form.instance.pk): prints(form)} if form.instance.pk else {}
    for part in parts:
        state |= _state_of_rows(part)
    return written(state)


def _state_of_rows(part: RowFormSet) -> dict[str, str]:
    state = {}
    for row in part.initial_forms:
        state[key(part.model, row.instance.pk)] = prints(row)
        if row.nested is not None:
            state |= _state_of_rows(row.nested)
    return state


def written(state: dict[str, str]) -> str:
    return " ".join(f"{row}:{text}" for row, text in state.items())


def read(text: str) -> dict[str, str]:
    """The state that a page was opened in, by the row. What is none is left out: its row then counts as unknown."""
    pairs = (row.split(":", 1) for row in text.split())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - a pair


@dataclass
class Comparison:
    """Compares a posted screen with what is stored. `opened`: afterwards the state the user now knows of."""

    opened: dict[str, str]
    chosen: dict[str, str]
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = dict(self.opened)

    def __bool__(self) -> bool:
        """Whether there is anything to be shown before it is saved."""
        return bool(self.changes or self.conflicts)

    def record(self, form: forms.BaseModelForm) -> None:
        self._fields(form, key(form.instance, form.instance.pk), capfirst(form.instance._meta.verbose_name))

    def rows(self, part: RowFormSet, where: str = "") -> None:
        """All rows of a part, with what was added to it and taken from it."""
        if not part.management_form.is_valid():
            return
        name = f"{where} {capfirst(part.model._meta.verbose_name)}".strip()
        here = {str(row["id"].data) for row in part.initial_forms}
        for number, row in enumerate(part.initial_forms, start=1):
            self._row(part.model, row, f"{name} {number} {_called(row)}".strip())
        for added in part.get_queryset():
            if str(added.pk) not in here and key(part.model, added.pk) not in self.opened:
                self.changes.append(Change(name, "", _("added: %(row)s") % {"row": added}))
                self.opened[key(part.model, added.pk)] = ""

    def _row(self, model: Any, row: RowForm, where: str) -> None:
        own = key(model, row["id"].data)
        if row.is_new:
            if own in self.opened:
                self._gone(row, own, where)
        elif "DELETE" in row.fields and row["DELETE"].data:
            self._struck(row, own, where)
        else:
            self._fields(row, own, where)
            if row.nested is not None:
                self.rows(row.nested, where)

    def _gone(self, row: Any, own: str, where: str) -> None:
        """A row that the other deleted: it goes, unless the user changed it and wants to have it back."""
        row.was_there = True
        name, said = f"{row.prefix}-DELETE", _("deleted")
        if self.chosen.get(name) == f"{MINE}:{EMPTY}":
            _bring_back(row)
        elif self.chosen.get(name) == f"{THEIRS}:{EMPTY}":
            row.data[name] = "on"
        elif not row.data.get(name) and not self._was_changed(row, own):
            row.data[name] = "on"
            self.changes.append(Change(where, _label(row), said))
        elif not row.data.get(name):
            self.conflicts.append(Conflict(name, where, _label(row), said, EMPTY))

    def _was_changed(self, row: Any, own: str) -> bool:
        """Whether anything was typed into this row, or into the rows below it, since it was opened."""
        if self._changed_here(row, own):
            return True
        below = row.nested.forms if row.nested is not None else []
        return any(
            self._changed_here(one, key(row.nested.model, one["id"].data)) if one["id"].data else one.has_changed()
            for one in below
        )

    def _changed_here(self, row: RowForm, own: str) -> bool:
        before = self._before(row, own)
        return any(print_of(typed(row, name)) != text for name, text in before.items() if name != ORDER)

    def _struck(self, row: Any, own: str, where: str) -> None:
        """A row that the user deletes and the other changed."""
        texts = "；".join(self._changed_there(row, own))
        if row.nested is not None:
            texts = "；".join([texts, *self._changed_below(row.nested)]).strip("；")
        if not texts:
            return
        name, shown = f"{row.prefix}-DELETE", print_of(texts)
        if self.chosen.get(name) == f"{THEIRS}:{shown}":
            del row.data[name]
            for one in compared(row):
                _take(row, one)
        elif self.chosen.get(name) != f"{MINE}:{shown}":
            self.conflicts.append(Conflict(name, where, _("deleted"), texts, shown))
            return
        self.opened[own] = prints(row)
        self.opened |= _state_of_rows(row.nested) if row.nested is not None else {}

    def _changed_there(self, row: RowForm, own: str) -> Iterator[str]:
        """What the other has written into a row: label and text of each field."""
        for name, text in self._before(row, own).items():
            if name != ORDER and print_of(stored(row, name)) != text:
                yield f"{row.fields[name].label} {_shown(row, name, stored(row, name))}"

    def _changed_below(self, part: RowFormSet) -> Iterator[str]:
        for row in part.get_queryset():
            own = key(part.model, row.pk)
            if own not in self.opened:
                yield _("added: %(row)s") % {"row": row}
        for row in part.initial_forms:
            if not row.is_new:
                yield from self._changed_there(row, key(part.model, row.instance.pk))

    def _before(self, form: forms.BaseForm, own: str) -> dict[str, str]:
        """The print of each field when the page was opened; of a row that is unknown, prints that match nothing."""
        names, text = compared(form), self.opened.get(own, "")
        if len(text) != LENGTH * len(names):
            return dict.fromkeys(names, "")
        return {name: text[LENGTH * place : LENGTH * (place + 1)] for place, name in enumerate(names)}

    def _fields(self, form: Any, own: str, where: str) -> None:
        known = self._before(form, own)
        for name, before in known.items():
            now = stored(form, name)
            shown = print_of(now)
            if shown != before and self._settled(form, name, before, now, where):
                known[name] = shown
        self.opened[own] = "".join(text or "?" * LENGTH for text in known.values())

    def _settled(self, form: Any, name: str, before: str, now: str, where: str) -> bool:
        """Whether a field that the other changed needs no more asking."""
        mine = typed(form, name)
        if mine == now or (name == ORDER and print_of(mine) != before):
            return True
        label = f"{where} · {form.fields[name].label}"
        if print_of(mine) == before:
            if name != ORDER and not self._only_renamed(form, name):
                self.changes.append(Change(label, *_excerpts(_shown(form, name, mine), _shown(form, name, now))))
            _take(form, name)
            return True
        choice = self.chosen.get(form.add_prefix(name), "")
        if choice == f"{THEIRS}:{print_of(now)}":
            _take(form, name)
        elif choice != f"{MINE}:{print_of(now)}":
            texts = _excerpts(_shown(form, name, mine), _shown(form, name, now))
            self.conflicts.append(Conflict(form.add_prefix(name), label, *texts, print_of(now)))
            return False
        return True

    def _only_renamed(self, form: Any, name: str) -> bool:
        """Whether a row still points to the same other row, which is called differently now and says so itself."""
        link = getattr(form, "points", {}).get(name)
        if link is None:
            return False
        pointed = form.instance._meta.get_field(link)
        own = key(pointed.related_model, getattr(form.instance, pointed.attname))
        return self.first.get(own) != self.opened.get(own)  # its part stands before this one, and was compared


def _take(form: Any, name: str) -> None:
    """Puts the stored value where another one was typed."""
    text = stored(form, name)
    form.data[form.add_prefix(name)] = text
    if not text and isinstance(form.fields[name], forms.BooleanField):
        del form.data[form.add_prefix(name)]
    form.__dict__.pop("changed_data", None)  # Django remembers what it found
    if isinstance(form, RowForm):
        form.empty_permitted = not form.is_new and not form.has_changed()


def _bring_back(row: Any) -> None:
    """A deleted row, and the rows below it, are added anew."""
    row.data[row.add_prefix("id")] = ""
    if row.nested is not None:
        for one in row.nested.initial_forms:
            _bring_back(one)


def _called(row: RowForm) -> str:
    """The beginning of what a stored row is called."""
    return "" if row.is_new else Truncator(str(row.instance)).chars(LONGEST_NAME)


def _label(row: RowForm) -> str:
    """How a row that is no more can be told: by its first texts."""
    texts = [_shown(row, name, typed(row, name)) for name in row.main if name in row.fields]
    return " ".join([text for text in texts if text][:3])


def _shown(form: forms.BaseForm, name: str, text: str) -> str:
    """The text as people read it: the label of a choice, yes for a tick."""
    one = form.fields[name]
    if isinstance(one, forms.BooleanField):
        return str(_("yes") if text else _("no"))
    choices = {str(value): str(label) for value, label in getattr(one, "choices", ()) if text}
    return choices.get(text, text)


def _excerpts(mine: str, theirs: str) -> tuple[str, str]:
    """Both texts, without long stretches that are the same in both."""
    start = _alike(mine, theirs)
    end = _alike(mine[start:][::-1], theirs[start:][::-1])

    def cut(text: str) -> str:
        first, last = max(0, start - AROUND), len(text) - end + AROUND
        return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"

    return cut(mine), cut(theirs)


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common before they differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
