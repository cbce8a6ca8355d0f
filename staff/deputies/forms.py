"""Who stands in for whom, from when until when (R-20.9)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core import addresses
from astcoord.core.clock import today
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.accounts.models import RoleAssignment, User


class NameDeputyForm(GovForm):
    """Somebody with an account is found by the address; somebody new needs a name, too."""

    submit_label = "Name this deputy"
    person = forms.ModelChoiceField(User.objects.none(), label="Who is away?", empty_label=None)
    email = addresses.FormField(
        label="E-mail address of the deputy",
        help_text="The deputy signs in with this address. Not somebody of a school.",
    )
    name = forms.CharField(
        label="Name of the deputy",
        max_length=150,
        required=False,
        help_text="Only for somebody who has no account yet, and is then invited",
    )
    starts_on = DateInputField(label="First day")
    ends_on = DateInputField(label="Last day", help_text="The access ends by itself after this day")
    nouns: ClassVar[Any] = {
        "person": "who is away",
        "email": "the e-mail address of the deputy",
        "starts_on": "the first day",
        "ends_on": "the last day",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = RoleAssignment.objects.of_office(today()).values("user")
        self.fields["person"].queryset = User.objects.filter(pk__in=office).order_by("name_key", "pk")


class DaysForm(GovForm):
    """Other days; the first one stays once it has begun."""

    edits = True
    submit_label = "Save"
    starts_on = DateInputField(label="First day")
    ends_on = DateInputField(label="Last day")
    nouns: ClassVar[Any] = {"starts_on": "the first day", "ends_on": "the last day"}

    def __init__(self, *args: Any, deputy: RoleAssignment, **kwargs: Any) -> None:
        initial = {"starts_on": deputy.starts_on, "ends_on": deputy.ends_on}
        super().__init__(*args, initial=initial, **kwargs)
        if deputy.has_begun(today()):
            del self.fields["starts_on"]


class EndForm(GovForm):
    """Nothing to fill in: the button says it."""

    submit_label = "End it now"
