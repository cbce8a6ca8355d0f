"""Starting, ending and deciding on requests."""

from typing import Any, ClassVar

from django import forms

from astcoord.core import policy
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import AutocompleteSelect, GovForm
from placements.requests.lifecycle import Ending, Route
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.expertise.vocabulary import ALSO_CALLED, Subject

NO_NAMES = "The headteacher gets this by email. Do not name staff, and do not say who is in difficulty."


class StartForm(GovForm):
    """For a head of one school, which needs no choice; carries on whether the way here began in a letter."""

    submit_label = "Yes, continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def route(self) -> str:
        """How the request reached us, for the action."""
        return Route.LETTER if self.cleaned_data["from"] == Route.LETTER else Route.ONLINE


class OwnSchoolForm(StartForm):
    """For a head of several schools."""

    submit_label = "Continue"
    drawn = {"school": {"legend_size": "l", "page_heading": True}}
    school = forms.ModelChoiceField(
        School.objects.none(), label="Which school is it for?", widget=forms.RadioSelect, empty_label=None
    )
    nouns = {"school": "the school"}

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]


class EnterForm(GovForm):
    """The office writes down what a school asked for by another way (R-5.6)."""

    school = SchoolField(label="School")
    route = forms.ChoiceField(
        label="How did the request reach us?",
        choices=[c for c in Route.choices if c[0] not in (Route.ONLINE, Route.BEFORE)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select how the request reached us"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.served(policy.in_force())  # type: ignore[attr-defined]


class PassOnForm(GovForm):
    """An AST was asked directly (R-5.7)."""

    school = SchoolField(label="Which school asked you?")
    subject = forms.ChoiceField(
        label="What with?",
        choices=[("", ""), *Subject.choices],
        widget=AutocompleteSelect(also=ALSO_CALLED),
        error_messages={"required": "Select a subject or area"},
    )
    words = forms.CharField(
        label="What did they tell you?",
        help_text="A sentence or two. Do not name staff or pupils.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter what they told you"},
    )
    nouns = {"school": "the school that asked you"}
    submit_label = "Pass it on"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.served(policy.in_force())  # type: ignore[attr-defined]


class WithdrawForm(GovForm):
    ending = forms.ChoiceField(
        label="Why are you withdrawing it?",
        choices=[(e.value, e.label) for e in (Ending.NOT_NEEDED, Ending.TIMING, Ending.BETTER_ELSEWHERE, Ending.OTHER)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why you are withdrawing the request"},
    )
    note = forms.CharField(label="Anything to add?", required=False, max_length=500, widget=forms.Textarea)
    submit_tone = "warning"

    def __init__(self, *args: Any, submit: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = submit


class DecisionForm(GovForm):
    """One decision on a request; `heading` is its page's."""

    heading: ClassVar[str]


class ReturnForm(DecisionForm):
    heading = "Return with questions"
    questions = forms.CharField(
        label="What would you like to know?",
        help_text=NO_NAMES,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Enter what you would like to know"},
    )
    submit_label = "Return to the headteacher"


class WaitForm(DecisionForm):
    heading = "Put on the waiting list"
    ending = forms.ChoiceField(
        label="Why must it wait?",
        choices=[(e.value, e.label) for e in (Ending.NO_EXPERTISE, Ending.NO_DAYS, Ending.TIMING, Ending.OTHER)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why it must wait"},
    )
    look_again_on = DateInputField(label="When will you look again?", help_text="For example, 4 1 2027")
    note = forms.CharField(
        label="Anything to tell the headteacher?",
        help_text=NO_NAMES,
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )
    nouns = {"look_again_on": "when you will look again"}
    submit_label = "Put on the waiting list"


class DeclineForm(DecisionForm):
    heading = "Decline the request"
    ending = forms.ChoiceField(
        label="Why?",
        choices=[
            (e.value, e.label)
            for e in (Ending.NO_EXPERTISE, Ending.NO_DAYS, Ending.POLICY, Ending.UNREALISTIC, Ending.OTHER)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why the request is declined"},
    )
    note = forms.CharField(
        label="What to tell the headteacher",
        help_text=NO_NAMES,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Enter what to tell the headteacher"},
    )
    submit_label = "Decline"


class SettleForm(DecisionForm):
    heading = "Leave it at the days agreed"
    ending = forms.ChoiceField(
        label="Why are the other days not looked for any more?",
        choices=[(e.value, e.label) for e in (Ending.NO_EXPERTISE, Ending.NO_DAYS, Ending.TIMING, Ending.OTHER)],
        widget=forms.RadioSelect,
        error_messages={"required": "Select why the other days are not looked for any more"},
    )
    note = forms.CharField(
        label="What to tell the headteacher",
        help_text=NO_NAMES,
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Enter what to tell the headteacher"},
    )
    submit_label = "Leave it at the days agreed"


class ReferForm(DecisionForm):
    heading = "Refer elsewhere"
    where = forms.CharField(
        label="Who can help instead?",
        help_text=f"For example: the subject consultant, a Leading Teacher or a Beacon school. {NO_NAMES}",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Enter who can help instead"},
    )
    submit_label = "Refer"


class RealismForm(DecisionForm):
    heading = "Are the aims realistic?"
    edits = True
    realism = forms.CharField(
        label="Why are the aims realistic for the days asked for?",
        help_text="Kept with the request. Do not name staff.",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Enter why the aims are realistic"},
    )
    consents = forms.BooleanField(
        label=say_later("Everybody named who is in serious difficulty agrees to be supported by an AST"),
        help_text="Until they do, nobody is matched.",
        required=False,
    )
    submit_label = "Save"

    def __init__(self, *args: Any, asks_consent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_consent:
            del self.fields["consents"]


DECISIONS: dict[str, type[DecisionForm]] = {
    "return": ReturnForm,
    "wait": WaitForm,
    "settle": SettleForm,
    "decline": DeclineForm,
    "refer": ReferForm,
    "realism": RealismForm,
}
