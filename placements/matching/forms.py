"""What the browser sends on the match pages."""

from decimal import Decimal
from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.wording import date_words
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import DaysField, GovForm

YES, NO = "yes", "no"


class ProposeForm(GovForm):
    """Days, and the reason for whoever is not ranked first (R-7.3)."""

    nouns = {"days": "how many days", "lower_choice_reason": "why you choose this AST"}
    submit_label = "Propose this match"

    days = DaysField(label="How many days?", least=Decimal("0.25"))
    lower_choice_reason = forms.CharField(
        label="Why this AST and not one ranked higher?",
        help_text="Kept with the match. The AST and the home headteacher can read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def __init__(self, *args: Any, rank: int, usable: Decimal, **kwargs: Any) -> None:
        """`usable` days could be given."""
        kwargs["initial"] = {"days": usable.normalize()}
        super().__init__(*args, **kwargs)
        if rank == 1:
            del self.fields["lower_choice_reason"]


class AnswerForm(GovForm):
    """Yes, or no with a reason (R-7.5). The party is part of the page's address, and sent along to be sure."""

    nouns = {"reply": "yes or no", "reason": "why you say no"}
    conditional = {"reply": {NO: "reason"}}
    submit_label = "Send your answer"

    reply = forms.ChoiceField(label="Do you agree?", choices=[(YES, "Yes"), (NO, "No")], widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why not?",
        help_text="The co-ordinator reads this and looks for somebody else.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    @property
    def yes(self) -> bool:
        return bool(self.cleaned_data["reply"] == YES)


class DecisionForm(AnswerForm):
    """The deployment group's decision, with its date and members (R-7.6)."""

    nouns = {"reply": "what the group decided", "members": "who decided", "reason": "why the group says no"}
    submit_label = "Record the decision"

    decided_on = DateInputField(label="When did the group decide?")
    members = forms.CharField(
        label="Who decided?",
        help_text="Names and what each person represents, one to a line.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )
    field_order = ["decided_on", "members", "reply"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reply"].label = "What did the group decide?"

    def clean_decided_on(self) -> Any:
        decided = self.cleaned_data["decided_on"]
        if decided > today():
            raise forms.ValidationError("The day of the decision must be today or in the past")
        return decided

    @property
    def decision(self) -> str:
        """The whole decision in words, as it is kept with the answer."""
        decided = self.cleaned_data["decided_on"]
        members = ", ".join(line.strip() for line in self.cleaned_data["members"].splitlines() if line.strip())
        words = f"Deployment group on {date_words(decided)}: {members}."
        reason = self.cleaned_data["reason"].strip()
        return f"{words} {reason}".strip()
