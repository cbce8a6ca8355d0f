"""What people enter about the school calendar."""

from typing import Any

from django import forms

from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, show_problems
from astcoord.ui.layout import Field, Fieldset, FormHelper, Layout, Submit
from schools.calendar import rules
from schools.calendar.lifecycle import ClosureKind, Season
from schools.calendar.years import Half, YearPlan, slug_of


class ClosureForm(GovForm):
    """Days on which schools do not teach."""

    submit_label = "Add closed days"
    kind = forms.ChoiceField(label="Kind", choices=ClosureKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="What for", max_length=100, required=False)
    starts_on = DateInputField(label="First day")
    ends_on = DateInputField(label="Last day", required=False, help_text="Leave this blank for a single day")

    def clean(self) -> dict[str, Any]:
        """A single day ends when it starts."""
        cleaned = super().clean() or self.cleaned_data
        if "ends_on" in cleaned:
            cleaned["ends_on"] = cleaned["ends_on"] or cleaned.get("starts_on")
        return cleaned


class NewYearForm(GovForm):
    """Which year to enter: the nearest that are not there yet."""

    submit_label = "Continue"
    slug = forms.ChoiceField(label="Which academic year?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, first_year: int, entered: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slugs = [slug_of(first_year + n) for n in range(-1, 5)]
        self.fields["slug"].choices = [(slug, slug.replace("-", " to 20")) for slug in slugs if slug not in entered]


class YearForm(GovForm):
    """A year with its three terms and six half-terms on one page. `plan` gives the dates to begin with."""

    edits = True

    def __init__(self, *args: Any, plan: YearPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.start = plan
        self._add("starts_on", "First day of the academic year", plan.first)
        self._add("ends_on", "Last day of the academic year", plan.last)
        for half in plan.halves:
            words = f"{half.season.label} term, {'first' if half.number == 1 else 'second'} half"
            self._add(f"{half.key}_starts_on", f"{words}: first day", half.first)
            self._add(f"{half.key}_ends_on", f"{words}: last day", half.last)
        self.helper = FormHelper(self)
        self.helper.layout = Layout(
            Fieldset("The year", "starts_on", "ends_on"),
            *(self._fieldset(season) for season in Season),
        )
        self.helper.add_input(Submit("save", "Save the year"))

    def clean(self) -> dict[str, Any]:
        """Reversed or overlapping dates are put on the field that is wrong."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            show_problems(self, rules.calendar_problems(*self.plan().as_days()))
        return cleaned

    def plan(self) -> YearPlan:
        """The dates as entered."""
        get = self.cleaned_data.__getitem__
        halves = tuple(
            Half(half.season, half.number, get(f"{half.key}_starts_on"), get(f"{half.key}_ends_on"))
            for half in self.start.halves
        )
        return YearPlan(self.start.slug, get("starts_on"), get("ends_on"), halves, self.start.insets)

    def _add(self, name: str, label: str, value: Any) -> None:
        self.fields[name] = DateInputField(label=label, initial=value)

    def _fieldset(self, season: Season) -> Fieldset:
        names = [f"{half.key}_{end}" for half in self.start.season(season) for end in ("starts_on", "ends_on")]
        return Fieldset(f"{season.label} term", *(Field(name) for name in names))
