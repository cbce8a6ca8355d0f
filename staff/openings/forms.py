"""AST posts that schools want: what the browser sends (R-1.4, R-1.7, R-2.1, R-14.5)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.expertise.vocabulary import Subject
from staff.openings.lifecycle import CORRECTIONS, DECIDED, OpeningReason
from staff.openings.models import Opening
from staff.openings.reads import talkers


class AskedForm(GovForm):
    """What the school has in mind."""

    subject = forms.ChoiceField(
        label="Subject or area", choices=[("", "Not decided yet"), *Subject.choices], required=False
    )
    wanted = forms.CharField(
        label="What does the school have in mind?",
        help_text=say_later("For example what the AST would do at your school and in others. Do not name anybody."),
        max_length=1000,
        widget=forms.Textarea,
    )
    reasons = forms.MultipleChoiceField(
        label=say_later("Why does the school want an AST?"),
        choices=OpeningReason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    drawn: ClassVar[Any] = {"wanted": {"rows": 4}}
    nouns: ClassVar[Any] = {"wanted": "what the school has in mind", "subject": "the subject"}
    submit_label = say_later("Send to the co-ordinator")

    def __init__(self, *args: Any, opening: Opening | None = None, **kwargs: Any) -> None:
        if opening is not None:
            self.edits, self.submit_label = True, "Save"
            kwargs["initial"] = {name: getattr(opening, name) for name in ("subject", "wanted", "reasons")}
        super().__init__(*args, **kwargs)


class AskForm(AskedForm):
    """Also for which school: the co-ordinator chooses, a head of several too."""

    school = SchoolField(label="School")
    layout: Sequence[Any] = ("school", "subject", "wanted", "reasons")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schools = School.objects.open().by_name()
        if is_coordinator(by):
            self.submit_label = "Save"
        else:
            schools = schools.filter(pk__in=by.schools_as(Role.HEADTEACHER))
        self.only = list(schools[:2])
        if len(self.only) == 1:
            del self.fields["school"]
            self.layout = self.layout[1:]
        else:
            self.fields["school"].queryset = schools

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return data if "school" in self.fields else {**data, "school": self.only[0]}


class DiscussForm(GovForm):
    """R-1.7: when, and what was given."""

    edits, suggested = True, frozenset({"discussed_on"})
    discussed_on = DateInputField(label="When was the first discussion?")
    informed = forms.BooleanField(label="Strategy and funding information was given", required=False)
    nouns: ClassVar[Any] = {"discussed_on": "the date of the discussion"}
    submit_label = "Save"

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        initial = {"discussed_on": opening.discussed_on or today(), "informed": opening.informed}
        super().__init__(*args, initial=initial, **kwargs)


class DecisionFields(forms.Form):
    """R-1.4: when, where it is minuted, and for what. What is missing the rule says."""

    governors_decided_on = DateInputField(
        label="Date of the governors’ decision",
        help_text=say_later("The meeting that decided to have an AST"),
        required=False,
    )
    governors_minute = forms.CharField(
        label="Minute", max_length=60, help_text="Its number or reference", required=False
    )
    responsible_for = forms.CharField(
        label=say_later("What is the AST responsible for?"),
        help_text="As the governors decided. Do not name anybody.",
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )


DECISION = ("governors_decided_on", "governors_minute", "responsible_for")
NEEDED = dict.fromkeys(DECISION, "")
"""The rule asks for them: none is called optional."""


class DecideForm(DecisionFields, GovForm):
    """The governors' decision."""

    edits = True
    needed_when: ClassVar[Any] = NEEDED
    drawn: ClassVar[Any] = {"responsible_for": {"rows": 2}}
    submit_label = "Record the decision"

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(opening, name) for name in DECISION}, **kwargs)

    def answers(self) -> dict[str, Any]:
        """For `actions.decide`."""
        data = self.cleaned_data
        return {
            "decided_on": data["governors_decided_on"],
            "minute": data["governors_minute"],
            "responsible_for": data["responsible_for"],
        }


class AdvertForm(GovForm):
    """R-14.5: when, where, and what came of it."""

    edits = True
    advertised_on = DateInputField(label="When was the post advertised?")
    advertised_in = forms.CharField(
        label="Where?", help_text=say_later("For example a newspaper, or the authority’s list"), max_length=200
    )
    applicants = forms.IntegerField(
        label="How many applied?",
        help_text="Enter 0 if nobody applied. Leave empty as long as you do not know.",
        min_value=0,
        max_value=999,
        required=False,
    )
    drawn: ClassVar[Any] = {"applicants": {"classes": "govuk-input--width-3"}}
    nouns: ClassVar[Any] = {
        "advertised_on": "the date of the advertisement",
        "advertised_in": "where the post was advertised",
        "applicants": "how many applied",
    }
    submit_label = "Save"

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        names = ("advertised_on", "advertised_in", "applicants")
        super().__init__(*args, initial={name: getattr(opening, name) for name in names}, **kwargs)


class _Headship(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}, {obj.school.name}"


class IntroduceForm(GovForm):
    """Which of the heads who agreed to talk."""

    colleague = _Headship(
        label="Which head?", queryset=None, widget=forms.RadioSelect, empty_label=None, help_text="Both get an e-mail."
    )
    nouns: ClassVar[Any] = {"colleague": "a head"}
    submit_label = "Introduce them"

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = talkers(opening, today())


class CorrectForm(GovForm):
    """R-2.1: another stage, and why."""

    stage = forms.ChoiceField(label="Which stage is right?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why is it corrected?", max_length=300, widget=forms.Textarea)
    drawn: ClassVar[Any] = {"reason": {"rows": 3}}
    nouns: ClassVar[Any] = {"stage": "the right stage", "reason": "why the stage is corrected"}
    submit_label = "Correct the stage"

    def __init__(self, *args: Any, opening: Opening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arrows = {move.name for move in opening.machine.moves_from(opening.status)}
        self.fields["stage"].choices = [
            (stage.value, stage.label)
            for stage, name in CORRECTIONS.items()
            if name in arrows and (stage not in DECIDED or opening.governors_decided_on)
        ]
