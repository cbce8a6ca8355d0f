"""The form of a person supported, and what a headteacher enters for one (R-6.11, R-6.12)."""

from typing import Any

from django import forms

from astcoord.core import addresses
from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, show_problems
from placements.supported import rules
from placements.supported.lifecycle import Commitment
from placements.supported.models import Confirmation, SupportedStaff
from placements.supported.rules import Part


class PartForm(GovForm):
    """Five ticks and two answers. Once the contract is out the ticks stand, and only the answers are asked."""

    agreed = forms.MultipleChoiceField(
        label="I confirm that",
        help_text="All five are needed.",
        choices=Commitment.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick all five to confirm"},
    )
    development = forms.CharField(
        label="What would you like to get better at?",
        help_text="A sentence or two. For example: waiting longer before I help.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter what you would like to get better at"},
    )
    gain = forms.CharField(
        label=say_later("What do you hope to gain from working with the AST?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Enter what you hope to gain"},
    )
    yes = forms.BooleanField(
        label="I have read the objectives that concern me and what will be done, and I say yes to them",
        help_text=say_later("If you do not agree, leave it empty and speak to your headteacher or to the AST."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    submit_label = "Confirm my part"

    def __init__(
        self,
        *args: Any,
        person: SupportedStaff,
        latest: Confirmation | None = None,
        goals_only: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"seen": person.concerned, **kwargs.get("initial", {})}
        if latest is not None:
            before = {"agreed": list(latest.agreed), "development": latest.development, "gain": latest.gain}
            kwargs["initial"] = {**before, **kwargs.get("initial", {})}
            self.submit_label = "Save my changes"
        super().__init__(*args, **kwargs)
        self.edits = latest is not None
        self.kept = tuple(latest.agreed) if latest else ()
        if goals_only:
            del self.fields["agreed"]
        if not person.owes_a_yes:
            del self.fields["yes"], self.fields["seen"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "agreed" in cleaned:
            show_problems(self, rules.part_problems(Part(tuple(cleaned["agreed"]), "given", "given")))
        return cleaned

    def part(self) -> Part:
        """For the action."""
        data = self.cleaned_data
        agreed = tuple(data.get("agreed", self.kept))
        return Part(agreed, data["development"], data["gain"], yes=data.get("yes", False), seen=data.get("seen", ""))


class PaperForm(PartForm):
    """The same, as it stands on a signed paper, with the day on it."""

    suggested = frozenset({"signed_on"})
    signed_on = DateInputField(label="Day on which the paper was signed")
    submit_label = "Enter the confirmation"
    field_order = ("signed_on", "agreed", "development", "gain")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = "Ticked on the paper"
        self.fields["development"].label = "What this person would like to get better at"
        self.fields["development"].help_text = "As it stands on the paper."
        self.fields["gain"].label = "What this person hopes to gain"
        self.fields["signed_on"].initial = today()
        if "yes" in self.fields:
            self.fields["yes"].label = "Said yes on the paper to the objectives that concern them"
            self.fields["yes"].help_text = ""


class AddressForm(GovForm):
    """Where the link goes."""

    edits = True
    email = addresses.FormField(
        label="Email address",
        help_text="Leave it empty if this person fills in a paper form. Links sent before stop working.",
        required=False,
        max_length=254,
    )
    submit_label = "Save, and send a link"

    def __init__(self, *args: Any, person: SupportedStaff, **kwargs: Any) -> None:
        kwargs["initial"] = {"email": person.email, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
