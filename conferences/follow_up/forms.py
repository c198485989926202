"""The form by which a department reports the progress of a measure."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conferences.follow_up.lights import report_due
from conferences.follow_up.quarters import Quarter, quarters_to_report
from conferences.many_files import ManyFilesField
from conferences.models import Measure
from courts.text import paragraphs

LONGEST = 2000
MOST_FILES = 5


def words(label: Any, *, rows: int, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=forms.Textarea({"rows": rows}))


class ReportForm(forms.Form):
    """For one quarter: this one, the last one, or one whose report was returned. It opens with what is stored."""

    quarter = forms.ChoiceField(label=_("quarter"))
    text = words(_("what was done"), rows=5, required=True)
    percent = forms.IntegerField(
        label=_("percent done"),
        min_value=0,
        max_value=100,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("From 0 to 100. Done is only what someone else has verified."),
    )
    problems = words(_("problems"), rows=3)
    next_step = words(_("next step"), rows=3)
    files = ManyFilesField(label=_("evidence files"), required=False)  # type: ignore[assignment]

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {report.when.key: report for report in measure.reports.all()}
        returned = [report.when for report in self.stored.values() if report.returned_at]
        last, running = quarters_to_report(timezone.localdate())
        self.quarters = {one.key: one for one in dict.fromkeys([*returned, last, running])}
        fields: Any = self.fields
        fields["quarter"].choices = [(key, str(one)) for key, one in self.quarters.items()]
        # What came back is first, then the report that is missing, then the running quarter.
        key = next((one.key for one in [*returned, report_due(measure, timezone.localdate())] if one), running.key)
        self.initial = {"quarter": key, **self._said(key)}
        fields["files"].help_text = _("PDF, PNG, JPEG, DOCX or XLSX; at most %(most)d at once.") % {"most": MOST_FILES}
        self.helper = FormHelper()
        self.helper.layout = Layout(
            *("quarter", "text", "percent", "problems", "next_step", "files"), Submit("report", _("Hand in the report"))
        )

    def _said(self, key: str) -> dict[str, Any]:
        report = self.stored.get(key)
        names = ("text", "percent", "problems", "next_step")
        return {name: getattr(report, name) for name in names} if report else {}

    def clean_text(self) -> str:
        return paragraphs(self.cleaned_data["text"])

    def clean_files(self) -> list[Any]:
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)d files at once."), params={"most": MOST_FILES})
        return files

    @property
    def said(self) -> dict[str, Any]:
        """What the report says, as `Measure.report` takes it."""
        said = dict(self.cleaned_data)
        quarter: Quarter = self.quarters[said.pop("quarter")]
        return said | {"quarter": quarter}
