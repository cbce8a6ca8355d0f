"""The adviser's answer, and the co-ordinator's decision (R-2.14 to R-2.16)."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from staff.accounts.models import RoleAssignment, User
from staff.secondments.lifecycle import Met


def advisers() -> list[tuple[str, str]]:
    """Consultants and advisers of the authority, today. One query."""
    held = RoleAssignment.objects.in_force(today()).filter(role=Role.CONSULTANT, user__is_active=True)
    return list({str(each.user_id): each.user.name for each in held.select_related("user")}.items())


class AdviserField(forms.ChoiceField):
    """One of them; it gives the person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=advisers, widget=forms.RadioSelect, **kwargs)

    def clean(self, value: Any) -> User:
        return User.objects.get(pk=super().clean(value))


class AdviserForm(GovForm):
    """Who advises the school on this proposal."""

    submit_label = "Ask this adviser"
    adviser = AdviserField(label="Who is the school’s adviser?", error_messages={"required": "Select the adviser"})


class EndorseForm(GovForm):
    """Yes or no, how both are known, and what the co-ordinator should know."""

    submit_label = "Send the answer"
    drawn = {"note": {"rows": 4}}
    needed_when = {"met_aspirant": "to endorse it", "met_head": "to endorse it", "note": "if you do not endorse it"}

    answer = forms.ChoiceField(
        label="Do you endorse the proposal?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select yes or no"},
    )
    met_aspirant = forms.ChoiceField(
        label="How do you know the teacher?", choices=Met.choices, required=False, widget=forms.RadioSelect
    )
    met_head = forms.ChoiceField(
        label="How do you know the headteacher?", choices=Met.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=say_later("What should the co-ordinator know?"), required=False, max_length=1000, widget=forms.Textarea
    )


class DecideForm(GovForm):
    """Approve or decline; the letter says what is written here."""

    submit_label = "Decide, and send the letter"
    drawn = {"note": {"rows": 4}}
    needed_when = {"note": "if you decline"}

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("approve", "Approve"), ("decline", "Decline")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you decide"},
    )
    note = forms.CharField(
        label="What should the letter add?",
        help_text="The school reads this. A letter of refusal says why.",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )
