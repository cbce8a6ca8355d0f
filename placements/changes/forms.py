"""An extension, a change of terms, an objective, who leaves, and the co-ordinator's yes."""

from typing import Any

from django import forms

from astcoord.core.models.policy import Policy
from astcoord.core.wording import number
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import DaysField, GovForm, RowsField
from astcoord.ui.layout import Fieldset
from placements.agreement.forms.contracts import WHO_FOLLOWS, ObjectiveForm, TermsForm
from placements.changes.models import AmendedObjective, Amendment
from placements.changes.reads import TERMS, to_be_supported
from placements.placement.models import Placement
from placements.placement.reads import policy_of


class ExtensionForm(GovForm):
    """A later last day, more days, or both (R-8.15)."""

    ends_on = DateInputField(label="New last day", help_text="As it is now, if only days are added.")
    days = DaysField(label="How many days altogether?", help_text="Those that have been given already count.")
    evaluation_on = DateInputField(
        label="New date of the final evaluation",
        help_text="Leave it empty to hold it on the new last day.",
        required=False,
    )
    reason = forms.CharField(
        label="Why is it needed?",
        help_text=say_later("Both schools and the co-ordinator read it. Do not name staff."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    nouns = {"reason": "why it is needed", "ends_on": "new last day", "days": "how many days altogether"}
    edits = True
    submit_label = "Ask for the extension"

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        now = {"ends_on": placement.ends_on, "days": number(placement.days)}
        kwargs["initial"] = {**now, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class ChangeForm(TermsForm):
    """The terms as they would be; objectives and people follow on the next page."""

    edits = True
    reason = forms.CharField(
        label="Why is it needed?",
        help_text=say_later("Both schools and the co-ordinator read it. Do not name staff."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    nouns = {**TermsForm.nouns, "reason": "why it is needed"}
    layout = (
        Fieldset("Why", "reason"),
        Fieldset("When", "days", "starts_on", "ends_on", "weekday", "day_share"),
        Fieldset("What for", "focus", "work_types"),
        Fieldset("What each side does", "host_expectations", "ast_expectations"),
        WHO_FOLLOWS,
    )
    submit_label = "Save, and look at the whole change"

    class Meta(TermsForm.Meta):
        model = Amendment  # type: ignore[assignment]
        fields = (*TERMS, "reason")

    def terms(self) -> dict[str, Any]:
        """The keyword arguments of `propose_change` and `save_terms`."""
        return {name: self.cleaned_data[name] for name in (*TERMS, "reason") if name in self.fields}

    def judged_by(self) -> Policy:
        """The one that the contract was signed under."""
        return policy_of(self.instance.placement)


class AmendedObjectiveForm(ObjectiveForm):
    """An objective as it would be, and whom it would concern."""

    class Meta(ObjectiveForm.Meta):
        model = AmendedObjective  # type: ignore[assignment]

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        super().__init__(*args, people=to_be_supported(amendment), **kwargs)


class LeavingForm(GovForm):
    """Who will no longer be supported."""

    edits = True
    leaving = RowsField(
        label="Who will no longer be supported?",
        help_text="They stay named until everybody has signed. Somebody who wants to stop at once can withdraw.",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    submit_label = "Save"

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        kwargs["initial"] = {"leaving": list(amendment.leaving.values_list("pk", flat=True))}
        super().__init__(*args, **kwargs)
        self.fields["leaving"].queryset = amendment.placement.supported.taking_part()


class OfferForm(GovForm):
    """The co-ordinator's yes (R-8.15)."""

    overdraw_reason = forms.CharField(
        label=say_later("Reason for going beyond the AST’s days this year"),
        help_text="Only if it needs more days than the year has left.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=250,
        required=False,
    )
    realism = forms.CharField(
        label="Why are the aims realistic for the days agreed?",
        help_text=say_later("Somebody to be supported is in difficulty. Only co-ordinators read your answer."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    nouns = {"realism": "why the aims are realistic"}
    submit_label = "Agree, and put it out for signature"

    def __init__(self, *args: Any, asks_realism: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_realism:
            del self.fields["realism"]
