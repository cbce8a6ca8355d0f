"""What people enter about schools and the calendar. Whether it may be so is asked of `rules`, by the actions."""

from typing import Any

from django import forms
from django.utils.text import slugify

from astcoord.core.problems import add_to_form
from astcoord.ui.forms import DateInputField, GovForm, GovModelForm
from astcoord.ui.layout import Field, Fieldset, FormHelper, Layout, Submit
from schools import rules
from schools.actions import CONTACTS, CONTACTS_OF_A_HEAD
from schools.lifecycle import Category, ClosureKind, Programme, Season
from schools.models import Cluster, School
from schools.years import Half, YearPlan, slug_of

LARGEST_UPLOAD = 100 * 1024 * 1024
"""The whole national register has about 60 MB."""


class ContactsForm(GovModelForm):
    """Everything about a school that the register does not know."""

    submit_label = "Save contacts"
    new_cluster = forms.CharField(
        label="New cluster",
        max_length=100,
        required=False,
        help_text="Only if the cluster is not in the list yet",
    )

    class Meta:
        model = School
        fields = CONTACTS
        help_texts = {
            "email": "Availability letters and messages for the school go here",
            "head_name": "As it stands in a letter’s address",
            "chair_email": "Notices to the governing body go here: no placement starts without it",
            "specialist_subject": "For a specialist school",
        }

    def clean(self) -> dict[str, Any]:
        """A new cluster is one that is not there under another spelling."""
        cleaned = super().clean() or self.cleaned_data
        name = " ".join(cleaned.get("new_cluster", "").split())
        if not name:
            return cleaned
        if cleaned.get("cluster"):
            self.add_error("new_cluster", "Choose a cluster from the list or enter a new one, not both")
        elif not slugify(name):
            self.add_error("new_cluster", "New cluster must include letters or numbers")
        else:
            cleaned["new_cluster"] = name
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The values for `actions.update_contacts`; a new cluster is made here, once."""
        changes = {name: self.cleaned_data[name] for name in CONTACTS}
        if name := self.cleaned_data["new_cluster"]:
            changes["cluster"], _ = Cluster.objects.get_or_create(slug=slugify(name), defaults={"name": name})
        return changes


class OwnContactsForm(GovModelForm):
    """What a headteacher may correct for the own school."""

    submit_label = "Save contacts"

    class Meta:
        model = School
        fields = CONTACTS_OF_A_HEAD
        help_texts = {
            "email": "Letters about support from Advanced Skills Teachers go here",
            "chair_email": "Notices to the governing body go here: no placement starts without it",
        }

    def changes(self) -> dict[str, Any]:
        """The values for `actions.update_contacts`."""
        return {name: self.cleaned_data[name] for name in CONTACTS_OF_A_HEAD}


class StatusForm(GovForm):
    """A category or a programme from a day on (R-1.2)."""

    submit_label = "Record"
    name = forms.ChoiceField(
        label="Category or programme",
        choices=[
            ("", "Choose one"),
            ("Category: serious difficulties", Category.choices),
            ("Programme", Programme.choices),
        ],
        help_text="A school is in one category at most, and in any number of programmes",
    )
    starts_on = DateInputField(label="First day")
    ends_on = DateInputField(
        label="Last day", required=False, help_text="Leave this blank while it lasts. The last day still counts"
    )
    note = forms.CharField(
        label="Note", max_length=200, required=False, help_text="Such as where it was decided; no names"
    )


class EndForm(GovForm):
    """The last day of a category or programme."""

    submit_label = "Save last day"
    ends_on = DateInputField(label="Last day", help_text="From the day after, it no longer holds")


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
            add_to_form(self, rules.calendar_problems(*self.plan().as_days()))
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


class RegisterForm(GovForm):
    """The register's file, and whose schools to take from it."""

    submit_label = "Check the file"
    file = forms.FileField(
        label="Register file (CSV)",
        help_text="The file with all fields that the national register of schools offers, called edubasealldata…csv",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    la = forms.RegexField(
        r"^[0-9]{3}$",
        label="Local authority code",
        help_text="Three figures, such as 380. Rows of other authorities are passed over",
        error_messages={"invalid": "Local authority code must be three figures"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )

    def clean_file(self) -> Any:
        """Too large is refused before it is read; what it holds is checked by the reader."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_UPLOAD:
            raise forms.ValidationError("The selected file must be smaller than 100MB")
        return upload
