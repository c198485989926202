"""Priority tasks as a clerk types them, each with its measures below it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import inlineformset_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conferences.models import Measure, MeasureHelper, PriorityTask
from conferences.rows import indicator_called, speech_field
from courts.history import ADDED, keep
from courts.person_rows import DEPARTMENTS, PEOPLE, RegisterRowForm
from courts.rows import Batch, PointingRowForm, RowFormSet
from courts.widgets import LightText, LightTextarea

EVERYONE = "各部门"
SEPARATORS = re.compile("[、，,；;\n]")


class MeasureForm(RegisterRowForm):
    """A measure. Its departments are typed; several helpers are joined by 、, and 各部门 means all of them."""

    main = ("text", "lead_name", "helper_names", "responsible_name", "due_on", "target")
    more = ("leader_name", "indicator_name", "target_value")
    reported_at = {"measure_target_whole": "target_value"}
    lists = {
        "lead_name": DEPARTMENTS,
        "helper_names": DEPARTMENTS,
        "responsible_name": PEOPLE,
        "leader_name": PEOPLE,
    }
    lead_name = forms.CharField(label=_("lead department"), required=False, max_length=60, widget=LightText)
    helper_names = forms.CharField(label=_("helping departments"), required=False, max_length=500, widget=LightText)
    indicator_name = forms.CharField(
        label=_("indicator of the target"), required=False, widget=LightText({"list": "indicators"})
    )

    class Meta(RegisterRowForm.Meta):
        model = Measure
        fields = ("order", "text", "responsible_name", "due_on", "target", "leader_name", "target_value")
        widgets = {"text": LightTextarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helpers: list[Any] | None = None  # None: as they are stored
        measure = self.instance
        if not self.is_new:
            names = [helper.name for helper in measure.helpers.all()]
            self.initial["lead_name"] = measure.lead.name if measure.lead else ""
            self.initial["indicator_name"] = measure.indicator.name if measure.indicator else ""
            self.initial["helper_names"] = "、".join([EVERYONE, *names] if measure.all_help else names)

    def clean_text(self) -> str:
        """One paragraph: a table in Word breaks its lines where the column ends."""
        return " ".join(self.cleaned_data["text"].split("\n"))

    def clean_indicator_name(self) -> str:
        """The indicator of that name as it is defined in the year planned."""
        typed = self.cleaned_data["indicator_name"]
        if "indicator_name" in self.changed_data:
            year = self.page.record.year_planned
            self.instance.indicator = indicator_called(self.page, typed, year) if typed else None
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        changed = set(self.changed_data)
        if self.errors:
            return cleaned
        if "lead_name" in changed:
            self.instance.lead = self.find_department("lead_name", cleaned["lead_name"], may_keep=False)
        if "helper_names" in changed:
            self._set_helpers(cleaned["helper_names"])
        if "responsible_name" in changed and "responsible_name" in cleaned:
            self.instance.responsible = self.find_person(
                "responsible_name", cleaned["responsible_name"], cleaned.get("lead_name", "")
            )
        if "leader_name" in changed and "leader_name" in cleaned:
            self.instance.leader = self.find_person("leader_name", cleaned["leader_name"], "")
        return cleaned

    def _set_helpers(self, typed: str) -> None:
        names = dict.fromkeys(name.strip() for name in SEPARATORS.split(typed) if name.strip())
        self.instance.all_help = EVERYONE in names
        names.pop(EVERYONE, None)
        found = [self.find_department("helper_names", name, may_keep=False) for name in names]
        self.helpers = [department for department in found if department]


class MeasureFormSet(RowFormSet):
    """The measures of one task."""


class TaskForm(PointingRowForm):
    """A priority task. `nested` holds its measures: they are checked with it and come with it into the page."""

    main = ("heading", "speech_label")
    more = ("text", "passage")
    points = {"speech_label": "speech"}
    speech_label = speech_field()
    nested: MeasureFormSet

    class Meta(PointingRowForm.Meta):
        model = PriorityTask
        fields = ("order", "heading", "text", "passage")

    def has_changed(self) -> bool:
        return super().has_changed() or self.nested.has_changed()

    def is_valid(self) -> bool:
        return super().is_valid() and (not self.has_changed() or self.nested.is_valid())


class TaskFormSet(RowFormSet):
    """The tasks of a conference. All their measures are read with one query and written with one batch."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.nested = self._measure_formset(
            self.data if self.is_bound else None,
            instance=form.instance,
            prefix=f"{form.prefix}-measures",
            rows=self._measures.get(form.instance.pk, []),
            page=self.page,
        )

    @cached_property
    def _measure_formset(self) -> type[MeasureFormSet]:
        return inlineformset_factory(  # type: ignore[return-value]
            PriorityTask, Measure, form=MeasureForm, formset=MeasureFormSet, extra=1, can_delete=True
        )

    @cached_property
    def _measures(self) -> dict[int, list[Measure]]:
        """The stored measures by the number of their task."""
        found = defaultdict(list)
        stored = Measure.objects.filter(task__in=[task.pk for task in self.get_queryset()])
        for measure in stored.select_related("lead", "indicator").prefetch_related("helpers"):
            found[measure.task_id].append(measure)
        return found

    def batches(self) -> Iterator[Batch]:
        yield from super().batches()
        parts = [batch for form in self.live_forms() for batch in form.nested.batches()]
        yield Batch(
            Measure,
            deleted=[row for part in parts for row in part.deleted],
            changed=[row for part in parts for row in part.changed],
            added=[row for part in parts for row in part.added],
            columns={column for part in parts for column in part.columns},
        )

    def save(self, commit: bool = True) -> list[Any]:  # noqa: FBT001, FBT002 - Django's signature
        super().save(commit)
        self._save_helpers()
        return []

    def _save_helpers(self) -> None:
        """Writes the helping departments anew where they were typed anew; through the base manager as the rows."""
        measures = [row for form in self.live_forms() for row in form.nested.live_forms() if row.helpers is not None]
        if not measures:
            return
        rows = MeasureHelper._base_manager
        rows.filter(measure__in=[form.instance for form in measures]).delete()
        new = [
            MeasureHelper(measure=form.instance, department=department)
            for form in measures
            for department in form.helpers
        ]
        keep(rows.bulk_create(new), ADDED)
