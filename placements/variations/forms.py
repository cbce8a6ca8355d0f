"""Asking for another share of time, and answering (R-4.7)."""

from decimal import Decimal

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm


class AskForm(GovForm):
    """Share, reason, from and until."""

    submit_label = "Ask for this share"
    drawn = {"share": {"suffix": "%", "classes": "govuk-input--width-3"}, "reason": {"rows": 4}}
    nouns = {"share": "the share", "starts_on": "the first day", "ends_on": "the last day", "reason": "why"}

    share = forms.IntegerField(
        label=say_later("How much of the week is for AST work?"),
        help_text="In per cent. One day of five is 20.",
        min_value=0,
        max_value=100,
    )
    starts_on = DateInputField(label="From")
    ends_on = DateInputField(label="Until")
    reason = forms.CharField(
        label="Why?",
        help_text="For example: the first term at home, to train the teacher who covers. Do not name anybody.",
        max_length=500,
        widget=forms.Textarea,
    )

    def clean_share(self) -> Decimal:
        """As a part of one."""
        return Decimal(self.cleaned_data["share"]) / 100


class AnswerForm(GovForm):
    """Yes or no; a no says why."""

    submit_label = "Send the answer"
    drawn = {"reason": {"rows": 3}}
    conditional = {"answer": {"no": "reason"}}
    needed_when = {"reason": ""}

    answer = forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )
    reason = forms.CharField(label="Why not?", required=False, max_length=250, widget=forms.Textarea)
