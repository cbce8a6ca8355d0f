"""An AST's post: profile, outreach time, induction, and the entry of somebody who is in post already."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from astcoord.core import addresses
from astcoord.core.clock import today
from astcoord.core.wording import number
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from astcoord.ui.layout import Field, Fieldset, FormHelper, Layout, Submit
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.expertise.vocabulary import Funding, InductionStep, KeyStage, PupilGroup, Subject, Weekday, WorkType
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
        label="In the AST’s own words",
        help_text="What schools should know that the lists above do not say",
        max_length=1000,
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
        )


PROFILE_LAYOUT = (
    Field("subjects", legend_size="m", small=True),
    Field("key_stages", legend_size="m", small=True),
    Field("work_types", legend_size="m", small=True),
    Field("pupil_groups", legend_size="m", small=True),
    Field("years_teaching", classes="govuk-input--width-2"),
    Field("about", rows=5),
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


class InductionForm(GovForm):
    """Which steps of the induction were gone through (R-3.2)."""

    edits, suggested = True, frozenset({"on"})
    done = forms.MultipleChoiceField(
        label="Gone through with the AST",
        choices=InductionStep.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    on = DateInputField(label="When?", help_text="For the steps that you tick now")
    nouns: ClassVar[Any] = {"on": "the date"}
    submit_label = "Save"

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        done = [item.step for item in post.induction.all() if item.done_on]
        super().__init__(*args, initial={"done": done, "on": today()}, **kwargs)


class FundingForm(GovForm):
    """The post's one main source of money (R-2.11)."""

    edits = True
    funding = forms.ChoiceField(label="Who pays for the post?", choices=Funding.choices, widget=forms.RadioSelect)
    nouns: ClassVar[Any] = {"funding": "who pays for the post"}
    submit_label = "Save"


class InPostForm(ProfileFields, PatternFields, GovForm):
    """Enter an AST who is in post already (R-2.1)."""

    name = forms.CharField(label="Name", max_length=150)
    email = addresses.FormField(label="E-mail address", help_text="The AST signs in with this address")
    home = SchoolField(label="Home school")
    fte = forms.DecimalField(
        label="Full-time equivalent",
        help_text="1 for full-time, 0.6 for three days a week",
        min_value=Decimal("0.1"),
        max_value=1,
        decimal_places=2,
        initial=1,
    )
    funding = forms.ChoiceField(label="Funded by", choices=Funding.choices, widget=forms.RadioSelect)
    governors_decided_on = DateInputField(
        label="Date of the governors’ decision", help_text="The meeting that decided to have an AST", required=False
    )
    governors_minute = forms.CharField(
        label="Minute", max_length=60, help_text="Its number or reference", required=False
    )
    responsible_for = forms.CharField(
        label="What is the AST responsible for?",
        help_text="As the governors decided. Do not name anybody.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    passed_on = DateInputField(label="Date of the pass")
    assessor = forms.CharField(label="Assessed by", max_length=120, help_text="The body that made the assessment")
    starts_on = DateInputField(label="In post from")
    first_post = forms.BooleanField(label="This is the teacher’s first AST post", required=False)
    management_duties = forms.CharField(
        label="Management duties kept", max_length=200, required=False, help_text="Such as head of department"
    )
    inducted_on = DateInputField(label="Induction finished on", required=False, help_text="Leave empty if it is not")
    reason = forms.CharField(
        label="Why are the earlier stages not recorded one by one?",
        initial="In post before this service began",
        max_length=300,
    )
    conditional: ClassVar[Any] = LEVEL_UNDER_SUBJECT
    nouns: ClassVar[Any] = {"reason": "why the earlier stages are not recorded one by one"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = School.objects.open().by_name()
        self.helper = FormHelper(self)
        days = (Field(name, inline=True, legend_size="s", optional=False) for name in DAY_FIELDS.values())
        self.helper.layout = Layout(
            Fieldset("Who and where", "name", "email", "home", Field("fte", classes="govuk-input--width-3")),
            Fieldset(
                "The governors’ decision",
                Field("governors_decided_on", optional=False, legend_size="s"),
                Field("governors_minute", optional=False),
                Field("responsible_for", optional=False),
            ),
            Fieldset("Appointment", "funding", "passed_on", "assessor", "starts_on", "first_post", "management_duties"),
            *PROFILE_LAYOUT,
            Fieldset("Outreach time", *days),
            Fieldset("Induction", "inducted_on"),
            "reason",
            Submit("save", "Add this AST"),
        )

    def entry(self) -> InPost:
        """For `actions.posts.record_in_post`."""
        data = self.cleaned_data
        days = self.days()
        appointment = {name: data[name] for name in Appointment.__dataclass_fields__}
        return InPost(
            name=data["name"],
            email=data["email"],
            home=data["home"],
            appointment=Appointment(**appointment),
            profile=self.profile(),
            pattern=days if any(days.values()) else {},
            inducted_on=data["inducted_on"],
        )
