"""Who looks after a request, and whose it is (R-20.3)."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.ui.forms import GovForm, RowsField
from placements.requests.models import OutreachRequest
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User


def office_users() -> "QuerySet[User]":
    """Whoever works in the office today, by name."""
    roles = RoleAssignment.objects.in_force(today()).filter(role__in=OFFICE, user__is_active=True)
    return User.objects.filter(pk__in=roles.values("user")).order_by("name_key", "pk")


class RequestsField(RowsField):
    """Requests to tick, each with what it is about."""

    def label_from_instance(self, obj: OutreachRequest) -> str:
        owner = f", with {obj.owner.name}" if obj.owner else ""
        return f"{obj.reference}, {obj.host.name}, {obj.get_subject_display()}{owner}"


class HandOverForm(GovForm):
    """One request or several to one person."""

    submit_label = "Hand over"
    requests = RequestsField(
        OutreachRequest.objects.none(),
        label="Which requests?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one request"},
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who looks after them?", empty_label="Nobody", required=False
    )

    def __init__(self, *args: Any, requests: "QuerySet[OutreachRequest]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requests"].queryset = requests
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
