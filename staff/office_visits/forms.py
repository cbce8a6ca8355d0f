"""Logging a visit of the co-ordinator, and of which school year visits are counted (R-3.22)."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.registers import RegisterForm
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.figures.forms import ALL, YearForm
from staff.office_visits.lifecycle import VisitKind
from staff.office_visits.models import OfficeVisit
from staff.posts.models import Post


class AstField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.home.name}"


class OfficeVisitForm(RegisterForm):
    """What for, where, perhaps to whom, when, and what came of it."""

    submit_label = "Save the visit"
    nouns = {"on": "the day of the visit", "school": "the school", "outcome": "what came of the visit"}

    school = SchoolField(label="Which school was visited?")
    post = AstField(
        label=say_later("Which AST was visited?"),
        help_text="Leave this open where the visit was to the school",
        queryset=Post.objects.none(),
        empty_label="None: the school was visited",
        required=False,
    )

    class Meta:
        model = OfficeVisit
        fields = ["kind", "school", "post", "on", "outcome"]
        labels = {"kind": "What was the visit for?", "on": "When was it?", "outcome": "What came of it?"}
        help_texts = {
            "outcome": say_later(
                "An AST who was visited is given this on asking. Name no pupil and nobody who is supported."
            )
        }
        widgets = {"kind": forms.RadioSelect, "outcome": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = VisitKind.choices
        asts = Post.objects.in_post(today())
        schools = School.objects.open()
        if self.instance.pk:
            asts = asts | Post.objects.filter(pk=self.instance.post_id)
            schools = schools | School.objects.filter(pk=self.instance.school_id)
        fields["post"].queryset = asts.select_related("user", "home").order_by("user__name_key", "pk")
        fields["school"].queryset = schools.by_name()


class CountForm(YearForm):
    """Of which school year, and of which kind."""

    kind = forms.ChoiceField(label="What for", choices=[ALL, *VisitKind.choices], required=False)

    @property
    def kind_chosen(self) -> str:
        return self.given("kind") if self.is_bound else ""
