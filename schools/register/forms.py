"""What people enter about schools and the calendar. Whether it may be so is asked of `rules`, by the actions."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.text import slugify

from astcoord.core.tablefile import ACCEPT
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import AutocompleteSelect, GovForm, GovModelForm
from astcoord.ui.uploads import TableFileForm
from schools.register.actions import CONTACTS, CONTACTS_OF_A_HEAD
from schools.register.lifecycle import Category, Programme
from schools.register.models import Cluster, School

LARGEST_UPLOAD = 100 * 1024 * 1024
"""The whole national register has about 60 MB."""


class SchoolField(forms.ModelChoiceField):
    """One school of many, by a name that means it and no other."""

    widget = AutocompleteSelect

    def __init__(self, queryset: Any = None, **kwargs: Any) -> None:
        super().__init__(School.objects.none() if queryset is None else queryset, empty_label="", **kwargs)


class ContactsForm(GovModelForm):
    """Everything about a school that the register does not know."""

    submit_label = "Save contacts"
    new_cluster = forms.CharField(
        label="New cluster",
        max_length=100,
        required=False,
        help_text="Only if the cluster is not in the list yet",
    )

    class Meta:
        model = School
        fields = CONTACTS
        help_texts = {
            "email": "Availability letters and messages for the school go here",
            "email_is_own": "The headteacher can then sign in with it, without an invitation. Not for a mailbox that "
            "several people read",
            "head_name": "As it stands in a letter’s address",
            "chair_email": say_later("Notices to the governing body go here: no placement starts without it"),
            "specialist_subject": "For a specialist school",
        }

    def clean(self) -> dict[str, Any]:
        """A new cluster is one that is not there under another spelling; nobody signs in without an address."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("email_is_own") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter the headteacher’s own address, or untick the box below")
        name = " ".join(cleaned.get("new_cluster", "").split())
        if not name:
            return cleaned
        if cleaned.get("cluster"):
            self.add_error("new_cluster", "Choose a cluster from the list or enter a new one, not both")
        elif not slugify(name):
            self.add_error("new_cluster", "New cluster must include letters or numbers")
        else:
            cleaned["new_cluster"] = name
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The values for `actions.update_contacts`; a new cluster is made here, once."""
        changes = {name: self.cleaned_data[name] for name in CONTACTS}
        if name := self.cleaned_data["new_cluster"]:
            changes["cluster"], _ = Cluster.objects.get_or_create(slug=slugify(name), defaults={"name": name})
        return changes


class OwnContactsForm(GovModelForm):
    """What a headteacher may correct for the own school."""

    submit_label = "Save contacts"

    class Meta:
        model = School
        fields = CONTACTS_OF_A_HEAD
        help_texts = {
            "email": say_later("Letters about support from Advanced Skills Teachers go here"),
            "chair_email": say_later("Notices to the governing body go here: no placement starts without it"),
        }

    def changes(self) -> dict[str, Any]:
        """The values for `actions.update_contacts`."""
        return {name: self.cleaned_data[name] for name in CONTACTS_OF_A_HEAD}


class StatusForm(GovForm):
    """A category or a programme from a day on (R-1.2)."""

    submit_label = "Record"
    name = forms.ChoiceField(
        label="Category or programme",
        choices=[
            ("", "Choose one"),
            ("Category: serious difficulties", Category.choices),
            ("Programme", Programme.choices),
        ],
        help_text="A school is in one category at most, and in any number of programmes",
    )
    starts_on = DateInputField(label="First day")
    ends_on = DateInputField(
        label="Last day", required=False, help_text="Leave this blank while it lasts. The last day still counts"
    )
    note = forms.CharField(
        label="Note", max_length=200, required=False, help_text="Such as where it was decided; no names"
    )


class FeederForm(GovForm):
    """A school that pupils come from or go on to (R-1.1)."""

    FROM, TO = "from", "to"
    submit_label = "Add the school"
    school = SchoolField(label="School")
    way = forms.ChoiceField(
        label="Which way do pupils go?",
        choices=[(FROM, "They come from that school"), (TO, "They go on to that school")],
        widget=forms.RadioSelect,
    )
    nouns = {"school": "a school", "way": "which way pupils go"}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = school
        field: Any = self.fields["school"]
        linked = Q(feeds_into=school) | Q(feeders=school)
        field.queryset = (
            (School.objects.open() | School.objects.filter(linked)).exclude(pk=school.pk).distinct().by_name()
        )

    def link(self) -> dict[str, School]:
        """For `actions.link_feeder`: the feeder, and the school that it feeds into."""
        other = self.cleaned_data["school"]
        feeder, into = (other, self.about) if self.cleaned_data["way"] == self.FROM else (self.about, other)
        return {"feeder": feeder, "into": into}


class EndForm(GovForm):
    """The last day of a category or programme."""

    edits = True
    submit_label = "Save last day"
    ends_on = DateInputField(label="Last day", help_text="From the day after, it no longer holds")


class RegisterForm(TableFileForm):
    """The register's file, and whose schools to take from it."""

    largest = LARGEST_UPLOAD
    submit_label = "Check the file"
    file = forms.FileField(
        label="Register file",
        help_text="The file with all fields that the national register of schools offers, called "
        "edubasealldata…csv. A workbook (.xlsx, .xls, .ods) will do if it does not hold the whole country",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    la = forms.RegexField(
        r"^[0-9]{3}$",
        label="Local authority code",
        help_text="Three figures, such as 380. Rows of other authorities are passed over",
        error_messages={"invalid": "Local authority code must be three figures"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
