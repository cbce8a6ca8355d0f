"""“I could do this”, with an optional note (R-7.9)."""

from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from placements.offers.models import HelpOffer


class OfferForm(GovForm):
    """A note, which may be empty."""

    edits = True
    submit_label = "I could do this"
    drawn = {"note": {"rows": 3}}

    note = forms.CharField(
        label=say_later("Is there anything that the co-ordinator should know?"),
        help_text="You can leave this empty. For example, which weeks suit you. Name no pupil and nobody on the staff.",
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, offer: HelpOffer | None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"note": offer.note if offer else ""}, **kwargs)
        if offer is not None:
            self.submit_label = "Save the note"
