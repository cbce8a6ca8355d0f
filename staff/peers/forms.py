"""Proposing an observation between ASTs, its day, and one’s own notes (R-3.14)."""

from typing import Any

from django import forms

from astcoord.core.addresses import FormField as AddressField
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.accounts.models import User
from staff.peers.models import PeerObservation

SIDES = [("yes", "I watch"), ("no", "I am watched")]


class ProposeForm(GovForm):
    """With whom, who watches, and what is looked at."""

    submit_label = "Propose it"
    nouns = {"email": say_later("the AST’s e-mail address"), "focus": "what is to be looked at"}

    email = AddressField(
        label=say_later("The other AST’s e-mail address"),
        help_text=say_later(
            "An AST of one of your subjects, or at a school of another phase. Ask them for their address."
        ),
    )
    watches = forms.ChoiceField(
        label="Who watches?", choices=SIDES, widget=forms.RadioSelect, error_messages={"required": "Select who watches"}
    )
    focus = forms.CharField(
        label="What is to be looked at?", help_text="Such as how questions are asked. Name no pupil.", max_length=300
    )

    def said(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "watches": self.cleaned_data["watches"] == "yes"}


class DayForm(GovForm):
    """When."""

    submit_label = "Save the day"
    nouns = {"on": "the day"}

    on = DateInputField(label="Day")

    def __init__(self, *args: Any, row: PeerObservation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": row.on} if row.on else {}, **kwargs)
        self.edits = row.on is not None


class NotesForm(GovForm):
    """One’s own notes."""

    edits = True
    submit_label = "Save your notes"
    drawn = {"notes": {"rows": 6}}

    notes = forms.CharField(
        label="Your notes",
        help_text=say_later("The other AST reads them, and nobody else. Name no pupil and nobody who is supported."),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, row: PeerObservation, user: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"notes": getattr(row, row.notes_of(user))}, **kwargs)
