"""Recording work outside placements and inreach, and agreeing to inreach (R-4.8, R-6.14, R-8.18)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from placements.activities.actions.work import Details
from placements.activities.lifecycle import ActivityKind, TimeSource
from placements.days.forms import ShareField

USUAL = ("usual", "The usual one for this kind of work")
WORK = [choice for choice in ActivityKind.choices if choice[0] != ActivityKind.INREACH]


class EntryForm(GovForm):
    """What every entry says."""

    drawn = {"days": {"inline": True}, "overdraw_reason": {"rows": 2}}
    nouns = {"what": "what it was", "overdraw_reason": "why the year is overdrawn"}
    submit_label = "Record it"
    needed_when = {"overdraw_reason": "when the year has no days left for it"}
    layout: tuple[str, ...] = ()

    on = DateInputField(label="Date")
    days = ShareField()
    what = forms.CharField(label="What was it?", max_length=200, help_text="Do not name staff or pupils.")
    where = forms.CharField(label="Where, or with whom?", max_length=120, required=False)
    overdraw_reason = forms.CharField(
        label="Why may it go beyond the year’s days?", max_length=250, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, uses: Sequence[str], overrides: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["days"].choices = [
            ("0.25", "A quarter of a day"),
            ("0.5", "Half a day"),
            ("0.75", "Three quarters"),
            ("1", "Whole day"),
        ]
        if not overrides:
            del fields["overdraw_reason"]
        if "category" in fields:
            self.initial["category"] = self.initial.get("category") or USUAL[0]
            fields["category"].choices = [USUAL, *((name, name) for name in uses)]
            if not uses:
                del fields["category"]
        self.layout = tuple(name for name in self.layout if name in fields)

    def details(self) -> Details:
        """For the action."""
        data = self.cleaned_data
        return Details(kind=self.kind_of_work, **{n: data[n] for n in DETAILS if n in data})

    @property
    def kind_of_work(self) -> str:
        """The kind of work."""
        return str(self.cleaned_data["kind"])

    @property
    def overdraw(self) -> str:
        return str(self.cleaned_data.get("overdraw_reason", ""))


DETAILS = ("on", "days", "what", "where", "category", "time_source", "exceptional_reason")


class WorkForm(EntryForm):
    """Work for the authority, clusters, training; own development."""

    kind = forms.ChoiceField(
        label="What kind of work?",
        choices=WORK,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what kind of work it was"},
    )
    category = forms.ChoiceField(
        label=say_later("Which part of the AST’s year does it draw on?"), required=False, widget=forms.RadioSelect
    )
    layout = ("kind", "on", "days", "what", "where", "category", "overdraw_reason")

    @property
    def kind_of_work(self) -> str:
        return str(self.cleaned_data["kind"])


class InreachDayForm(EntryForm):
    """A day, or part of one, with colleagues at the AST's own school."""

    needed_when = {**EntryForm.needed_when, "exceptional_reason": "when nobody has agreed"}
    drawn = {**EntryForm.drawn, "exceptional_reason": {"rows": 2}}

    time_source = forms.ChoiceField(
        label="Whose time was it?",
        choices=TimeSource.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whose time it was"},
    )
    exceptional_reason = forms.CharField(
        label="If outreach or classroom time was used without an agreement: why?",
        help_text="For example, staff were unavailable, or there was an event from outside. Do not name anybody.",
        max_length=250,
        required=False,
        widget=forms.Textarea,
    )
    layout = ("on", "days", "what", "time_source", "exceptional_reason", "overdraw_reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        del fields["where"]

    @property
    def kind_of_work(self) -> str:
        return str(ActivityKind.INREACH)


class AskInreachForm(GovForm):
    """Aims and whose time; no host signs."""

    submit_label = "Ask for inreach"
    drawn = {"aims": {"rows": 4}}
    nouns = {"aims": "the aims", "time_source": "whose time"}

    aims = forms.CharField(
        label="What is the work for?", help_text="Do not name anybody.", max_length=1000, widget=forms.Textarea
    )
    time_source = forms.ChoiceField(label="Whose time is it?", choices=TimeSource.choices, widget=forms.RadioSelect)
    plan_link = forms.CharField(
        label="Which part of the school’s plan for leaving its category does it serve?",
        help_text="Only where the school is in a category.",
        max_length=250,
        required=False,
    )
    starts_on = DateInputField(label="From")
    ends_on = DateInputField(label="Until")


class DecideInreachForm(GovForm):
    """The co-ordinator's yes or no."""

    submit_label = "Send the answer"
    drawn = {"reason": {"rows": 3}}
    conditional = {"answer": {"no": "reason"}}
    needed_when = {"reason": "", "plan_link": "when the school is in a category"}

    answer = forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )
    reason = forms.CharField(label="Why not?", required=False, max_length=250, widget=forms.Textarea)
    plan_link = forms.CharField(
        label="Which part of the plan for leaving the category does it serve?", max_length=250, required=False
    )
