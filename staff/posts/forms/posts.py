"""An AST's post: profile, outreach time, induction, and the entry of somebody who is in post already."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from astcoord.core import addresses
from astcoord.core.clock import today
from astcoord.core.wording import number
from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from astcoord.ui.layout import Field, FormHelper, Layout, Submit
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.expertise.vocabulary import Funding, KeyStage, PupilGroup, Subject, Weekday, WorkType
from staff.openings.forms import DECISION, NEEDED, DecisionFields
from staff.posts.actions.beginning import beyond_capacity
from staff.posts.actions.posts import Appointment, InPost, Profile
from staff.posts.models import Expertise, Post

SHARES = [("0", "Not for outreach"), ("0.5", "Half a day"), ("1", "Whole day")]
LEVEL_FIELDS = {subject.value: f"level_{subject.value}" for subject in Subject}
DAY_FIELDS = {weekday.value: f"day_{weekday.value}" for weekday in Weekday}


class ProfileFields(forms.Form):
    """What an AST offers (R-3.5). The level of a subject is asked where the subject is ticked."""

    subjects = forms.MultipleChoiceField(
        label="Subjects and areas", choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    key_stages = forms.MultipleChoiceField(
        label="Key stages", choices=KeyStage.choices, widget=forms.CheckboxSelectMultiple
    )
    work_types = forms.MultipleChoiceField(
        label="Kinds of work offered", choices=WorkType.choices, widget=forms.CheckboxSelectMultiple
    )
    pupil_groups = forms.MultipleChoiceField(
        label="Groups of pupils", choices=PupilGroup.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    years_teaching = forms.IntegerField(label="Years of teaching", min_value=0, max_value=60, required=False)
    about = forms.CharField(
        label=say_later("In the AST’s own words"),
        help_text="What schools should know that the lists above do not say",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    former_roles = forms.CharField(
        label="Earlier roles",
        help_text="Such as head of department, or lead teacher for numeracy",
        max_length=300,
        required=False,
    )
    career_aims = forms.CharField(
        label=say_later("Where does the AST want to go from here?"),
        help_text=say_later("Only the AST, the own headteacher, the office and the subject’s consultant can read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for subject, name in LEVEL_FIELDS.items():
            label = f"How strong in {Subject(subject).label}?"
            self.fields[name] = forms.ChoiceField(
                label=label, choices=Expertise.Level.choices, widget=forms.RadioSelect, required=False
            )

    def profile(self) -> Profile:
        """For `actions.posts`; a subject without a level counts as strong."""
        data = self.cleaned_data
        return Profile(
            expertise={s: int(data[LEVEL_FIELDS[s]] or Expertise.Level.STRONG) for s in data["subjects"]},
            key_stages=data["key_stages"],
            work_types=data["work_types"],
            pupil_groups=data["pupil_groups"],
            years_teaching=data["years_teaching"],
            about=data["about"],
            former_roles=data["former_roles"],
            career_aims=data["career_aims"],
        )


PROFILE_LAYOUT = (
    Field("subjects", legend_size="m", small=True),
    Field("key_stages", legend_size="m", small=True),
    Field("work_types", legend_size="m", small=True),
    Field("pupil_groups", legend_size="m", small=True),
    Field("years_teaching", classes="govuk-input--width-2"),
    Field("about", rows=5),
    "former_roles",
    Field("career_aims", rows=3),
)
LEVEL_UNDER_SUBJECT = {"subjects": LEVEL_FIELDS}


class ProfileForm(ProfileFields, GovForm):
    """Change what an AST offers."""

    edits = True
    conditional: ClassVar[Any] = LEVEL_UNDER_SUBJECT

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        expertise = {each.subject: each.level for each in post.expertise.all()}
        initial = {
            "subjects": list(expertise),
            "key_stages": post.key_stages,
            "work_types": post.work_types,
            "pupil_groups": post.pupil_groups,
            "years_teaching": post.years_teaching,
            "about": post.about,
            "former_roles": post.former_roles,
            "career_aims": post.career_aims,
            **{LEVEL_FIELDS[subject]: level for subject, level in expertise.items()},
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = FormHelper(self)
        self.helper.layout = Layout(*PROFILE_LAYOUT, Submit("save", "Save profile"))


class PatternFields(forms.Form):
    """The weekdays, or halves of them, that are set aside for outreach (R-4.10)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in DAY_FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=str(Weekday(weekday).label), choices=SHARES, widget=forms.RadioSelect, required=False, initial="0"
            )

    def days(self) -> dict[int, Decimal]:
        """Share of a day by weekday, for `actions.posts`."""
        return {weekday: Decimal(self.cleaned_data[name] or "0") for weekday, name in DAY_FIELDS.items()}


class PatternForm(PatternFields, GovForm):
    """Set an AST's outreach time from a day on."""

    edits, suggested = True, frozenset({"from_on"})
    from_on = DateInputField(label="From which day?")
    nouns: ClassVar[Any] = {"from_on": "the day from which this holds"}

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"from_on": today()}
        for each in post.pattern_on(today()):
            initial[DAY_FIELDS[each.weekday]] = number(each.share)
        super().__init__(*args, initial=initial, **kwargs)
        self.helper = FormHelper(self)
        days = (Field(name, inline=True, legend_size="s", optional=False) for name in DAY_FIELDS.values())
        self.helper.layout = Layout(*days, Field("from_on", legend_size="s"), Submit("save", "Save outreach time"))


class CapacityField(forms.CharField):
    """R-14.4: why there is one AST more than the authority has places for; there only where that may be so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=say("Why is the authority’s capacity passed?"),
            help_text=say("The authority has no place left. The reason is kept in the audit trail."),
            max_length=300,
            required=False,
            **kwargs,
        )


class InPostForm(DecisionFields, GovForm):
    """Enter an AST who is in post already (R-2.1). What the AST offers, and when, is asked on the AST's own page."""

    name = forms.CharField(label="Name", max_length=150)
    email = addresses.FormField(label="E-mail address", help_text=say_later("The AST signs in with this address"))
    home = SchoolField(label="Home school")
    fte = forms.DecimalField(
        label="Full-time equivalent",
        help_text="1 for full-time, 0.6 for three days a week",
        min_value=Decimal("0.1"),
        max_value=1,
        decimal_places=2,
        initial=1,
    )
    starts_on = DateInputField(label="In post from")
    passed_on = DateInputField(label="Date of the pass")
    assessor = forms.CharField(label="Assessed by", max_length=120, help_text="The body that made the assessment")
    reason = forms.CharField(
        label="Why are the earlier stages not recorded one by one?",
        initial="In post before this service began",
        max_length=300,
    )
    needed_when: ClassVar[Any] = {**NEEDED, "capacity_reason": ""}
    drawn: ClassVar[Any] = {"fte": {"classes": "govuk-input--width-3"}, "responsible_for": {"rows": 2}}
    nouns: ClassVar[Any] = {"reason": "why the earlier stages are not recorded one by one"}
    submit_label = say_later("Add this AST")
    layout: Sequence[Any] = ("name", "email", "home", "fte", "starts_on", "passed_on", "assessor", *DECISION, "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = School.objects.open().by_name()
        if beyond_capacity():
            self.fields["capacity_reason"] = CapacityField()
            self.layout = (*self.layout, "capacity_reason")

    def entry(self) -> InPost:
        """For `actions.posts.record_in_post`."""
        data = self.cleaned_data
        given = ("fte", "passed_on", "assessor", "starts_on", *DECISION)
        appointment = Appointment(funding=Funding.STANDARDS_FUND, **{name: data[name] for name in given})
        return InPost(name=data["name"], email=data["email"], home=data["home"], appointment=appointment)
