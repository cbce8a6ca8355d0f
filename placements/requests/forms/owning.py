"""Who looks after a request, and whose it is (R-20.3)."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.wording import counted
from astcoord.ui.bulk import ChosenForm
from astcoord.ui.forms import GovForm
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User


def office_users() -> "QuerySet[User]":
    """Whoever works in the office today, by name; no deputies, whose cases would be nobody's afterwards (R-20.9)."""
    return User.objects.filter(pk__in=RoleAssignment.objects.of_office(today()).values("user")).order_by(
        "name_key", "pk"
    )


class HandOverForm(ChosenForm):
    """The requests that were chosen on the list, to one person."""

    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who looks after them?", empty_label="Nobody", required=False
    )

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = f"Hand over {counted(count, 'request')}"
        self.fields["owner"].queryset = office_users()


class SchoolForm(GovForm):
    """The right school, and what went wrong."""

    submit_label = "Correct the school"
    school = SchoolField(label="Whose request is it?")
    reason = forms.CharField(
        label="What went wrong?",
        help_text="Kept in the history. Do not name staff.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what went wrong"},
    )
    nouns = {"school": "the right school"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.served(policy.in_force())
