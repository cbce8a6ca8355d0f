"""Inviting heads of many schools at once, and reminding them."""

from typing import Any

from django import forms

from astcoord.core.wording import counted
from astcoord.ui.forms import GovForm, keys_in


class ChosenForm(GovForm):
    """What was chosen on the list before: its keys go along, so that what was shown is what is done."""

    chosen = forms.CharField(widget=forms.HiddenInput, max_length=100_000)

    def keys(self) -> list[int]:
        return keys_in(self.cleaned_data["chosen"].split(","))


class InviteHeadsForm(ChosenForm):
    """The heads of these schools, and whether those whose address looks shared are among them."""

    shared = forms.BooleanField(
        label="Also invite where the address looks shared",
        help_text="Whoever reads that mailbox can then sign in as the headteacher",
        required=False,
    )

    def __init__(self, *args: Any, fit: int, shared: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = f"Invite {counted(fit, 'headteacher')}" if fit else "Invite"
        if not shared:
            del self.fields["shared"]
        elif fit:
            self.submit_label = "Invite them"


class RemindHeadsForm(ChosenForm):
    """The heads to be written to once more."""

    def __init__(self, *args: Any, due: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = f"Remind {counted(due, 'headteacher')}"
