"""Check constraints, tried on a row in memory and reported by its form at a field.

Django asks the database once for each constraint of each row: a screen of 500 rows would ask 1,500 times. The rule
stays in the model; here it is only read. A test compares the answers with the database's.
"""

import operator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Model, Q, UniqueConstraint, Value
from django.db.models.expressions import CombinedExpression
from django.forms.models import construct_instance

COMPARISONS = {"": operator.eq, "exact": operator.eq, "gte": operator.ge, "lte": operator.le}


def broken_checks(row: Model) -> list[CheckConstraint]:
    """The check constraints of the row's model that it breaks."""
    checks = [one for one in row._meta.constraints if isinstance(one, CheckConstraint)]
    return [check for check in checks if not holds(check.condition, row)]  # type: ignore[arg-type]


def holds(condition: Q, row: Model) -> bool:
    """Whether the database takes `row` under this condition: it is true or, as in SQL, unknown."""
    return _truth(condition, row) is not False


def _truth(condition: Q, row: Model) -> bool | None:
    parts = [
        _truth(part, row) if isinstance(part, Q) else _compare(*part, row)  # type: ignore[call-arg,misc]
        for part in condition.children
    ]
    decisive = condition.connector == Q.OR  # one true part decides an OR, one false part an AND
    result: bool | None = decisive if decisive in parts else None if None in parts else not decisive
    return not result if condition.negated and result is not None else result


def _compare(lookup: str, expected: Any, row: Model) -> bool | None:
    name, _dash, comparison = lookup.partition("__")
    value = _value(F(name), row)
    if comparison == "isnull":
        return (value is None) is expected
    if comparison == "range":
        low, high = expected
        return None if value is None else low <= value <= high
    expected = _value(expected, row)
    return None if value is None or expected is None else COMPARISONS[comparison](value, expected)


def _value(expression: Any, row: Model) -> Any:
    """What an expression of a condition stands for: a column, a sum, or the value itself."""
    if isinstance(expression, F):
        return getattr(row, row._meta.get_field(expression.name).attname)  # type: ignore[union-attr]
    if isinstance(expression, Value):
        return expression.value
    if isinstance(expression, CombinedExpression) and expression.connector == expression.ADD:
        left, right = _value(expression.lhs, row), _value(expression.rhs, row)
        return None if left is None or right is None else left + right
    return expression


class CheckedForm(forms.ModelForm):
    """A form that checks the constraints of its row itself. `reported_at`: constraint's name -> field."""

    reported_at: ClassVar[dict[str, str]] = {}

    def _post_clean(self) -> None:
        """As Django's, but for the constraints, which the model would check with a query each."""
        exclude = self._get_validation_exclusions()
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        try:
            # Not the court: no clerk typed it, and looking for it is a query.
            checked = {"exclude": exclude | {"court"}, "validate_unique": False, "validate_constraints": False}
            self.instance.full_clean(**checked)
        except ValidationError as error:
            self._update_errors(error)
        self.check_constraints(exclude)

    def check_constraints(self, exclude: set[str]) -> None:
        for check in broken_checks(self.instance):
            if not check.condition.referenced_base_fields & set(self.errors):
                self.report(check.name, check.get_violation_error_message())

    def report(self, constraint: str, message: Any) -> None:
        """Says a broken constraint at its field, unless that has a mistake of its own."""
        place = self.reported_at.get(constraint)
        if place is None or not self.has_error(place):
            self.add_error(place, message)


class RecordForm(CheckedForm):
    """The form of one record: it asks the database once for each unique constraint, and reports it as the others."""

    def check_constraints(self, exclude: set[str]) -> None:
        super().check_constraints(exclude)
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                try:
                    constraint.validate(type(self.instance), self.instance, exclude=exclude)
                except ValidationError as error:
                    self.report(constraint.name, error.messages[0])
