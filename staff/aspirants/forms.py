"""An entry on the list of aspirants, and taking one off it (R-2.22)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from astcoord.ui.registers import RegisterForm
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.aspirants.lifecycle import OffReason, Readiness
from staff.aspirants.models import Aspirant
from staff.posts.models import Post


class AspirantForm(RegisterForm):
    """One line of the list; a head chooses among the own schools."""

    school = SchoolField(label="School")
    since = DateInputField(label="Since when?", help_text="The day on which it was first talked about")
    submit_label = "Save"
    nouns = {"readiness": "how ready the teacher is", "since": "since when"}

    class Meta:
        model = Aspirant
        fields = ["name", "school", "subject", "readiness", "since", "note"]
        labels = {"name": "Teacher’s name", "readiness": "How ready?", "note": "Note"}
        help_texts = {
            "note": say_later(
                "What would help the teacher on, or what the teacher has done already. The teacher’s headteacher, "
                "the co-ordinator and the subject’s consultant can read it; the teacher may ask to see it."
            )
        }
        widgets = {"readiness": forms.RadioSelect, "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        schools = School.objects.open()
        if not is_coordinator(user):
            schools = schools.filter(pk__in=user.schools_as(Role.HEADTEACHER))
        held = School.objects.filter(pk=self.instance.school_id)
        fields["school"].queryset = (schools | held).by_name()
        fields["readiness"].choices = Readiness.choices
        if not self.instance.pk:
            self.initial.setdefault("since", today())
            if not is_coordinator(user):
                self.initial.setdefault("school", schools.first())


class OffForm(GovForm):
    """Why somebody is taken off the list; a candidate leads on to the post."""

    edits = True
    because = forms.ChoiceField(label="Why?", choices=OffReason.choices, widget=forms.RadioSelect)
    post = forms.ModelChoiceField(
        label="Which post is the teacher a candidate for?",
        queryset=Post.objects.none(),
        required=False,
        empty_label="Not entered yet",
    )
    note = forms.CharField(
        label="Anything else?",
        help_text="The headteacher can read it.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    conditional: ClassVar[Any] = {"because": {OffReason.CANDIDATE.value: "post"}}
    nouns: ClassVar[Any] = {"because": "why"}
    submit_label = "Take off the list"

    def __init__(self, *args: Any, row: Aspirant, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["post"].queryset = Post.objects.visible_to(user).filter(home_id=row.school_id).select_related("user")
        if not is_coordinator(user):
            fields["because"].choices = [each for each in OffReason.choices if each[0] != OffReason.NOT_NOW]
