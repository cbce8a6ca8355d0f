"""Inviting heads of many schools at once, and reminding them."""

from typing import Any

from django import forms

from astcoord.core.wording import counted
from astcoord.ui.bulk import ChosenForm


class InviteHeadsForm(ChosenForm):
    """How the heads of these schools get in, and whether those whose address looks shared are among them."""

    INVITE, OPEN = "invite", "open"
    submit_label = "Go on"
    how = forms.ChoiceField(
        label="How do they get in?",
        choices=[(INVITE, "Invite them by e-mail now"), (OPEN, "Only let them sign in with the address")],
        widget=forms.RadioSelect,
    )
    shared = forms.BooleanField(
        label="Also where the address looks shared",
        help_text="Whoever reads that mailbox can then sign in as the headteacher",
        required=False,
    )
    nouns = {"how": "how they get in"}
    hints = {
        "how": {
            INVITE: "Each gets an account and an e-mail that says how to sign in",
            OPEN: "Nothing is sent. The addresses are recorded as the headteachers’ own, and the account is made when "
            "somebody signs in with one. The next letter to schools says how",
        }
    }

    def __init__(self, *args: Any, shared: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not shared:
            del self.fields["shared"]


class RemindHeadsForm(ChosenForm):
    """The heads to be written to once more."""

    def __init__(self, *args: Any, due: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = f"Remind {counted(due, 'headteacher')}"
