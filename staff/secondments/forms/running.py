"""A secondment begins, is prepared, passes, ends, is paid (R-2.17, R-2.18)."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.posts.actions.beginning import beyond_capacity
from staff.posts.forms.posts import CapacityField
from staff.secondments.forms.deciding import AdviserField
from staff.secondments.lifecycle import Ending, PreparationKind
from staff.secondments.models import Secondment


class BeginForm(GovForm):
    """The first day, the governors' decision, who guides the preparation."""

    submit_label = "Begin the secondment"
    drawn = {"responsible_for": {"rows": 3}}
    nouns = {"starts_on": "the first day", "decided_on": "the day of the governors’ decision"}

    starts_on = DateInputField(label="First day of the secondment")
    guide = AdviserField(
        label="Who guides the preparation for the assessment?", error_messages={"required": "Select the adviser"}
    )
    decided_on = DateInputField(label=say_later("When did the school’s governors decide to have an AST?"))
    minute = forms.CharField(label="Where is it minuted?", max_length=60)
    responsible_for = forms.CharField(
        label=say_later("What is the AST responsible for?"), max_length=300, widget=forms.Textarea
    )


class GuideForm(GovForm):
    """Another adviser."""

    submit_label = "Save"
    guide = AdviserField(
        label="Who guides the preparation for the assessment?", error_messages={"required": "Select the adviser"}
    )


class StepForm(GovForm):
    """One thing of the preparation."""

    submit_label = "Record it"
    nouns = {"kind": "whether it is planned or done", "what": "what it is", "on": "the day"}

    kind = forms.ChoiceField(label="Is it planned, or done?", choices=PreparationKind.choices, widget=forms.RadioSelect)
    on = DateInputField(label="On which day?")
    what = forms.CharField(
        label="What is it?",
        help_text="For example: lesson watched and talked over. Do not name pupils.",
        max_length=300,
    )


class PassForm(GovForm):
    """The assessment is passed."""

    submit_label = "Record the pass"
    nouns = {"passed_on": "the day of the pass", "assessor": "who assessed"}

    passed_on = DateInputField(label="When was it passed?")
    assessor = forms.CharField(label="Who assessed?", max_length=120)


class AppointForm(GovForm):
    """The first day in post."""

    submit_label = "Record as in post"
    starts_on = DateInputField(label="First day in post")
    nouns = {"starts_on": "the first day in post"}
    needed_when = {"capacity_reason": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if beyond_capacity():
            self.fields["capacity_reason"] = CapacityField()


class WishForm(GovForm):
    """What the school wishes."""

    edits = True
    submit_label = say_later("Send to the co-ordinator")
    drawn = {"reason": {"rows": 3}}
    nouns = {"reason": "the reason"}

    ending = forms.ChoiceField(
        label="What does the school wish?",
        choices=Ending.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the school wishes"},
    )
    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, held: Secondment, **kwargs: Any) -> None:
        super().__init__(*args, initial={"ending": held.wish, "reason": held.wish_reason}, **kwargs)


class EndForm(GovForm):
    """What follows, as it is agreed with the school."""

    submit_label = "Record what follows"
    drawn = {"reason": {"rows": 3}}
    nouns = {"until": "the last day", "reason": "the reason"}

    ending = forms.ChoiceField(
        label="What follows?",
        choices=Ending.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what follows"},
    )
    until = DateInputField(label="Last day of the secondment", help_text="For an extension, the new last day.")
    reason = forms.CharField(
        label="Why?", help_text="For an extension, the exceptional reason.", max_length=300, widget=forms.Textarea
    )

    def __init__(self, *args: Any, held: Secondment, **kwargs: Any) -> None:
        super().__init__(*args, initial={"ending": held.wish, "until": held.ends_on}, **kwargs)


class ResumeForm(GovForm):
    """An ending was a mistake."""

    submit_label = "Take the ending back"
    drawn = {"reason": {"rows": 3}}
    nouns = {"until": "the last day", "reason": "the reason"}

    until = DateInputField(label="Last day of the secondment")
    reason = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea)


class PaidForm(GovForm):
    """The day on which the money went."""

    submit_label = "Record the payment"
    nouns = {"on": "the day of payment"}
    on = DateInputField(label="When was it paid?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today()}, **kwargs)
