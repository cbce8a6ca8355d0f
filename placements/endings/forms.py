"""Ending a placement early: what the browser sends."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from placements.endings.lifecycle import SIDES
from placements.placement.lifecycle import EndReason


class LinkForm(GovForm):
    """What an informal link is about."""

    note = forms.CharField(
        label="What is it about?",
        help_text="For example, that the school may ring with questions, or sends its books now and then. "
        "Do not name staff.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    nouns = {"note": "what it is about"}
    submit_label = "Ask the other side"


class EndForm(GovForm):
    """A day and why; the co-ordinator also says whose decision it was."""

    side = forms.ChoiceField(label="Who ended it?", choices=list(SIDES.items()), widget=forms.RadioSelect)
    ended_on = DateInputField(label="Last day")
    ended_category = forms.ChoiceField(
        label="What kind of reason was it?",
        help_text="The notice of the end says this, also to the chair of governors.",
        choices=EndReason.choices,
        widget=forms.RadioSelect,
    )
    ended_reason = forms.CharField(
        label="Short reason",
        help_text=say_later("The co-ordinator and both schools can read it. Do not name staff."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    nouns = {"side": "who ended it", "ended_category": "the kind of reason"}
    submit_label = say_later("End the placement")

    def __init__(self, *args: Any, asks_side: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = [(key, words[0].upper() + words[1:]) for key, words in SIDES.items()]
        if not asks_side:
            del self.fields["side"]
        self.fields["ended_on"].initial = today()
