"""The record of a review meeting, and one more action."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from astcoord.ui.layout import Fieldset
from evaluation.meetings.rules import SIDES, Agreed
from placements.placement.models import Meeting
from placements.placement.ten_items import ActionOwner

ACTIONS = 3
"""Rows for actions on the form; more are added on the meeting's own page."""
WORDS = {
    "host_head": "Host headteacher",
    "ast": say_later("AST"),
    "coordinator": say_later("Co-ordinator"),
    "staff": "Supported staff",
}
PRESENT = [(side, WORDS[side]) for side in SIDES]


class MeetingForm(GovForm):
    """When, who, what was decided."""

    held_on = DateInputField(label="When was it held?")
    present = forms.MultipleChoiceField(
        label="Who was there?",
        choices=PRESENT,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.CharField(
        label="What was decided?",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="The decisions, not who said what. Do not name or judge anybody.",
    )
    drawn = {"present": {"optional": False}, "notes": {"optional": False}}
    submit_label = "Save the meeting"
    nouns = {"held_on": "the day of the meeting"}

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"held_on": today()}
        if meeting is not None:
            here = [side for side in SIDES if getattr(meeting, f"{side}_present")]
            initial = {"held_on": meeting.held_on, "present": here, "notes": meeting.notes}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.edits = meeting is not None

    def told(self) -> dict[str, Any]:
        """For the action."""
        return {name: self.cleaned_data[name] for name in ("held_on", "present", "notes")}


class RecordForm(MeetingForm):
    """The same with what was agreed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, ACTIONS + 1):
            self.fields |= _action(number)
        parts = [
            Fieldset(f"Action {n}", f"text_{n}", f"owner_{n}", f"due_{n}", size="s") for n in range(1, ACTIONS + 1)
        ]
        self.layout = ["held_on", "present", "notes", *parts]

    def actions(self) -> list[Agreed]:
        """What was agreed, row by row, empty rows too: problems know their number."""
        return [_agreed(self.cleaned_data, number) for number in range(1, ACTIONS + 1)]


class ActionForm(GovForm):
    """One more action."""

    submit_label = "Add the action"
    drawn = {name: {"optional": False} for name in ("text_1", "owner_1", "due_1")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= _action(1)
        self.fields["text_1"].label, self.fields["owner_1"].label = "What is to be done?", "Who does it?"
        self.fields["due_1"].label = "By when?"

    def action(self) -> Agreed:
        return _agreed(self.cleaned_data, 1)


def _action(number: int) -> dict[str, forms.Field]:
    return {
        f"text_{number}": forms.CharField(label=f"What is action {number}?", required=False, max_length=250),
        f"owner_{number}": forms.ChoiceField(
            label=f"Who does action {number}?", required=False, choices=[("", "Select"), *ActionOwner.choices]
        ),
        f"due_{number}": DateInputField(label=f"By when, action {number}?", required=False),
    }


def _agreed(data: dict[str, Any], number: int) -> Agreed:
    return Agreed(data[f"text_{number}"], data[f"owner_{number}"], data[f"due_{number}"])
