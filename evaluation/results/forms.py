"""Entering a figure, correcting it, and loading a file of them (R-11.10)."""

from collections import defaultdict
from typing import Any

from django import forms

from astcoord.core.loading import LARGEST_UPLOAD
from astcoord.core.tablefile import ACCEPT
from astcoord.ui.forms import GovForm
from astcoord.ui.uploads import TableFileForm
from evaluation.results.lifecycle import MEANINGS, Measure, Source
from evaluation.results.models import WHOLE_SCHOOL, AttainmentResult
from evaluation.results.rules import FEWEST
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.expertise.vocabulary import KeyStage, Subject

PUPILS = f"All pupils whom the figure is of, {FEWEST} or more. Leave it empty if you do not know."
YEAR = "The summer that the results belong to, such as 2009 for 2008/09"


class FigureField(forms.DecimalField):
    """A figure as people write it: “59.0%” is 59.0."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().removesuffix("%") if isinstance(value, str) else value)


class FigureFields(GovForm):
    """The figure itself, and of how many pupils."""

    drawn = {
        "value": {"classes": "govuk-input--width-5"},
        "cohort": {"classes": "govuk-input--width-5"},
        "year": {"classes": "govuk-input--width-4"},
        "subject": {"optional": False},
        "reason": {"rows": 3},
    }
    nouns = {"value": "the figure", "cohort": "the number of pupils", "year": "the year"}

    value = FigureField(label="Figure", max_digits=6, decimal_places=2, help_text="Such as 59.0 for 59 per cent")
    cohort = forms.IntegerField(label="Number of pupils", required=False, help_text=PUPILS)


def measures() -> list[tuple[str, list[tuple[str, str]]]]:
    """All measures under their key stage."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, label in Measure.choices:
        found[str(KeyStage(MEANINGS[code].stage).label)].append((code, label))
    return list(found.items())


class EnterForm(FigureFields):
    """One figure of one school. `schools` are those of a headteacher; None for the office, which enters for any."""

    submit_label = "Save the figure"
    field_order = ("school", "subject", "measure", "year", "value", "cohort", "source")

    school = SchoolField(label="School", error_messages={"required": "Select the school"})
    subject = forms.ChoiceField(
        label="Subject or department", required=False, choices=[("", WHOLE_SCHOOL), *Subject.choices]
    )
    measure = forms.ChoiceField(label="Measure", choices=lambda: [("", "Select a measure"), *measures()])
    year = forms.IntegerField(label="Year", help_text=YEAR)
    source = forms.ChoiceField(
        label="Where does the figure come from?", choices=Source.choices, widget=forms.RadioSelect
    )
    nouns = {**FigureFields.nouns, "measure": "the measure", "source": "where the figure comes from"}

    def __init__(self, *args: Any, schools: list[School] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = schools[0] if schools and len(schools) == 1 else None
        if schools is not None:
            del self.fields["source"]
        if self.only:
            del self.fields["school"]
            return
        mine = School.objects.all() if schools is None else School.objects.filter(pk__in=[each.pk for each in schools])
        self.fields["school"].queryset = mine.by_name()

    def told(self) -> dict[str, Any]:
        """For `actions.enter`."""
        return {"school": self.only, **self.cleaned_data} if self.only else dict(self.cleaned_data)


class CorrectForm(FigureFields):
    """Another figure in its place, and why."""

    edits = True
    submit_label = "Save the correction"

    reason = forms.CharField(label="Why is it corrected?", max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, result: AttainmentResult, **kwargs: Any) -> None:
        super().__init__(*args, initial={"value": result.value, "cohort": result.cohort}, **kwargs)


class ResultsFileForm(TableFileForm):
    """The file, and of which year it is."""

    largest = LARGEST_UPLOAD
    submit_label = "Check the file"
    drawn = {"year": {"classes": "govuk-input--width-4"}}

    file = forms.FileField(
        label="File of results",
        help_text="CSV (with commas, semicolons or tabs) or a workbook (.xlsx, .xls, .ods), with a row of headings",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    year = forms.IntegerField(
        label="Year", required=False, help_text=f"{YEAR}. Leave it empty if each row of the file says its year."
    )
