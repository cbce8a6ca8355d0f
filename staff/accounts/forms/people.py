"""People with an account and their roles."""

from typing import Any, ClassVar

from django import forms

from astcoord.core import addresses
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from schools.register.forms import SchoolField
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject

INVITED = [(role.value, role.label) for role in Role if role != Role.AST]
"""ASTs come in with their post."""


class PersonForm(GovForm):
    """A name and the address to sign in with."""

    name = forms.CharField(label="Name", max_length=150)
    email = addresses.FormField(label="E-mail address", help_text="The person signs in with this address")
    submit_label = "Save"


class AddPersonForm(PersonForm):
    """Somebody new, or another role for somebody with an account."""

    role = forms.ChoiceField(label="Role", choices=INVITED, widget=forms.RadioSelect)
    school = SchoolField(label="School", required=False, help_text="For headteachers and governors")
    is_chair = forms.BooleanField(label="Chair of governors", required=False)
    subjects = forms.MultipleChoiceField(
        label="Subjects of the consultant’s group",
        choices=Subject.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="For consultants. The page of the person narrows the group to some phases",
    )
    conditional: ClassVar[Any] = {"role": {Role.CONSULTANT.value: "subjects", Role.GOVERNOR.value: "is_chair"}}
    submit_label = "Add and invite"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.open().by_name()

    def values(self) -> dict[str, Any]:
        """For `actions.people.add_person`: what belongs to another role is left out."""
        data = dict(self.cleaned_data)
        data["subjects"] = data["subjects"] if data["role"] == Role.CONSULTANT else ()
        data["is_chair"] = data["is_chair"] and data["role"] == Role.GOVERNOR
        return data


class EndRoleForm(GovForm):
    """A role's last day."""

    ends_on = DateInputField(label="What is the last day?")
    reason = forms.CharField(label="Reason", max_length=200, required=False)
    nouns: ClassVar[Any] = {"ends_on": "the last day"}
    submit_label = "End this role"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"ends_on": today()}, **kwargs)


class SubjectsForm(GovForm):
    """Which ASTs a consultant leads, by subject and phase (R-3.4)."""

    edits = True
    subjects = forms.MultipleChoiceField(
        label="Subjects of the consultant’s group", choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    phases = forms.MultipleChoiceField(
        label="Phases of the consultant’s group",
        help_text=say_later("Of the schools that employ the ASTs. Leave all empty for every phase."),
        choices=Phase.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    submit_label = "Save"


class LeaveForm(GovForm):
    """The day on which all roles end."""

    last_day = DateInputField(label="What is the last day?")
    reason = forms.CharField(label="Reason", max_length=200, required=False)
    nouns: ClassVar[Any] = {"last_day": "the last day"}
    submit_label = "End all roles"


class SuspendForm(GovForm):
    """Why an account is closed at once."""

    reason = forms.CharField(label="Why is the account suspended?", max_length=200)
    nouns: ClassVar[Any] = {"reason": "why the account is suspended"}
    submit_label = "Suspend this account"


class ResetForm(GovForm):
    """How the office knows that it is the right person who asks."""

    reason = forms.CharField(
        label="How did you make sure that it was this person who asked?",
        max_length=200,
        help_text="For example: rang the school’s own number. An e-mail alone is not enough",
    )
    nouns: ClassVar[Any] = {"reason": "how you made sure"}
    submit_label = "Remove the second step"


class HandoverForm(GovForm):
    """A school's new head, in one step."""

    school = SchoolField(label="School")
    name = forms.CharField(label="Name of the new headteacher", max_length=150)
    email = addresses.FormField(
        label="E-mail address of the new headteacher", help_text="The new headteacher signs in with this address"
    )
    starts_on = DateInputField(
        label="First day as headteacher", help_text="The present headteacher’s last day becomes the day before"
    )
    until = DateInputField(
        label="Last day, if the new headteacher acts for a while only",
        required=False,
        help_text="Leave this blank otherwise",
    )
    comes_back = forms.BooleanField(
        label="The present headteacher is head again from the day after that", required=False
    )
    nouns: ClassVar[Any] = {
        "until": "the last day",
        "name": "the name of the new headteacher",
        "email": "the e-mail address of the new headteacher",
        "starts_on": "the first day as headteacher",
    }
    submit_label = "Hand over and invite"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.queryset = School.objects.open().by_name()


class OtherAccountForm(GovForm):
    """The other account of the same person."""

    email = addresses.FormField(
        label="E-mail address of the other account", help_text="That account is closed, and this one goes on"
    )
    nouns: ClassVar[Any] = {"email": "the e-mail address of the other account"}

    def clean_email(self) -> User:
        """The account of this address."""
        found = User.objects.filter(email__iexact=self.cleaned_data["email"].strip()).first()
        if found is None:
            raise forms.ValidationError("No account has this address. Look it up in the list of people.")
        return found


class MergeForm(GovForm):
    """With which address the person signs in from now on, and how the office knows that both are one."""

    address = forms.ChoiceField(
        label="With which address does the person sign in from now on?", widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="How did you make sure that both are the same person’s?",
        max_length=200,
        help_text="For example: rang the school’s own number. The same name alone is not enough",
    )
    nouns: ClassVar[Any] = {"address": "the address", "reason": "how you made sure"}
    submit_label = "Merge the accounts"

    def __init__(self, *args: Any, keep: User, other: User, **kwargs: Any) -> None:
        super().__init__(*args, initial={"address": "keep"}, **kwargs)
        address: Any = self.fields["address"]
        address.choices = [("keep", keep.email), ("other", other.email)]


class WhoseHeadForm(GovForm):
    """Which school gets a new head: what hangs on it is shown before anybody is entered."""

    school = SchoolField(label="Which school gets a new headteacher?")
    nouns: ClassVar[Any] = {"school": "the school"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school: Any = self.fields["school"]
        school.queryset = School.objects.open().by_name()


def person_form(data: Any, person: User) -> PersonForm:
    """The form for changing somebody's name or address."""
    form = PersonForm(data, initial={"name": person.name, "email": person.email})
    form.edits = True
    return form
