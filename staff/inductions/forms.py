"""Logging the meeting before the assessment, and ticking what was gone through after the pass (R-3.1, R-3.2)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.accounts.models import User
from staff.inductions.actions import Held
from staff.inductions.lifecycle import Topic
from staff.inductions.models import InductionMeeting
from staff.inductions.reads import Step


class MeetingForm(GovForm):
    """Who met the candidate, when and what for; of a meeting that is logged, everything can be put right."""

    submit_label = "Save the meeting"
    nouns: ClassVar[Any] = {
        "on": "the day of the meeting",
        "head": "the headteacher who was there",
        "line_manager": "the line manager who was there",
    }

    on = DateInputField(label="When was the meeting?")
    led_by = forms.ChoiceField(
        label=say_later("Who met the candidate for the authority?"),
        widget=forms.RadioSelect,
        error_messages={"required": "Select who met the candidate"},
    )
    head = forms.CharField(label="Which headteacher was there?", max_length=150)
    line_manager = forms.CharField(
        label="Which line manager was there?",
        help_text="Where that is the headteacher, enter the name again",
        max_length=150,
    )
    others = forms.CharField(label="Who else was there?", max_length=300, required=False)
    shared = forms.MultipleChoiceField(
        label="What was gone through?",
        choices=Topic.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what was gone through"},
    )

    def __init__(self, *args: Any, leaders: list[User], meeting: InductionMeeting | None = None, **kwargs: Any) -> None:
        held = {name: getattr(meeting, name) for name in ("on", "head", "line_manager", "others")} if meeting else {}
        if meeting is not None:
            held |= {"led_by": str(meeting.led_by_id), "shared": list(meeting.shared)}
            leaders = list(dict.fromkeys([*leaders, meeting.led_by]))
        super().__init__(*args, initial=held, **kwargs)
        fields: Any = self.fields
        fields["led_by"].choices = [(str(each.pk), each.name) for each in leaders]
        self.leaders = leaders
        self.edits = meeting is not None

    def held(self) -> Held:
        """For the action: with whoever led it as a person."""
        chosen = next(each for each in self.leaders if str(each.pk) == self.cleaned_data["led_by"])
        return Held(**{**self.cleaned_data, "led_by": chosen})


class StepsForm(GovForm):
    """Those of the four steps that are to be gone through, and the day on which they were."""

    submit_label = "Save"
    nouns: ClassVar[Any] = {"on": "the date"}

    done = forms.MultipleChoiceField(
        label=say_later("Gone through with the AST"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what was gone through"},
    )
    on = DateInputField(label="When?", help_text="For the steps that you tick now")

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today()}, **kwargs)
        fields: Any = self.fields
        fields["done"].choices = [(step.code, step.words) for step in steps if not step.done]
