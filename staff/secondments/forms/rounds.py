"""A round of secondments, opened again; a salary at one point."""

from django import forms

from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from astcoord.ui.registers import RegisterForm
from staff.secondments.models import SecondmentRound


class RoundForm(RegisterForm):
    """When, who, and what is asked."""

    submit_label = "Save the round"
    drawn = {"questions": {"rows": 6}}
    nouns = {"phases": "at least one phase", "questions": "the questions"}

    class Meta:
        model = SecondmentRound
        fields = ["name", "opens_on", "closes_on", "phases", "questions"]
        labels = {
            "name": "Name of the round",
            "opens_on": "First day",
            "closes_on": "Closing day",
            "phases": "Which schools may propose?",
            "questions": "What does the template ask?",
        }
        help_texts = {
            "name": "As heads will read it, such as Secondments from January 2027",
            "closes_on": "Proposals are taken until the end of this day",
            "questions": "One question on each line. Proposals that are begun keep the answers to those that stay.",
        }


class ReopenForm(GovForm):
    """Another closing day, and why."""

    submit_label = "Open it again"
    drawn = {"reason": {"rows": 3}}
    nouns = {"reason": "the reason"}

    closes_on = DateInputField(label="New closing day")
    reason = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea)
