"""From the candidate to the post that is held: what the browser sends (R-2.1 to R-2.4, R-14.4)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core import addresses
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.appointing.actions.candidates import Entered
from staff.appointing.actions.correcting import Facts
from staff.appointing.lifecycle import Ended, Route
from staff.appointing.models import Assessment
from staff.expertise.vocabulary import Subject
from staff.openings.forms import NEEDED, DecisionFields
from staff.posts.actions.beginning import beyond_capacity
from staff.posts.forms.changes import ChangeForm
from staff.posts.forms.posts import CapacityField
from staff.posts.lifecycle import CORRECTIONS, PostStatus
from staff.posts.models import Post

NARROW = {"classes": "govuk-input--width-3"}


class EnteredFields(forms.Form):
    """R-2.3, R-2.4: how much, how found, what for."""

    fte = forms.DecimalField(
        label="Full-time equivalent",
        help_text=say_later(
            "1 for full-time, 0.6 for three days a week. Part-time and peripatetic teachers can be ASTs."
        ),
        decimal_places=2,
        initial=1,
    )
    route = forms.ChoiceField(
        label="How was the candidate found?", choices=Route.choices, widget=forms.RadioSelect, required=False
    )
    consulted = forms.BooleanField(label=say_later("The authority was consulted"), required=False)
    subjects = forms.MultipleChoiceField(
        label="Subjects and areas", choices=Subject.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def entered(self) -> Entered:
        """For `actions.candidates`."""
        data = self.cleaned_data
        return Entered(
            fte=data["fte"], route=data["route"], consulted=data["consulted"], subjects=tuple(sorted(data["subjects"]))
        )


class CandidateForm(EnteredFields, GovForm):
    """Who is the candidate?"""

    name = forms.CharField(label="Name", max_length=150)
    email = addresses.FormField(
        label="E-mail address", help_text="Nothing is sent to it before the candidate is in post"
    )
    layout = ("name", "email", "fte", "route", "consulted", "subjects")
    drawn: ClassVar[Any] = {"fte": NARROW, "subjects": {"small": True}}
    needed_when: ClassVar[Any] = {"route": ""}
    nouns: ClassVar[Any] = {"route": "how the candidate was found"}
    submit_label = "Name the candidate"


class ChangeCandidateForm(EnteredFields, GovForm):
    """What was entered of the candidate."""

    edits = True
    drawn: ClassVar[Any] = CandidateForm.drawn
    needed_when: ClassVar[Any] = CandidateForm.needed_when
    nouns: ClassVar[Any] = CandidateForm.nouns
    submit_label = "Save"

    def __init__(self, *args: Any, entered: Entered, **kwargs: Any) -> None:
        initial = {name: getattr(entered, name) for name in ("fte", "route", "consulted", "subjects")}
        super().__init__(*args, initial=initial, **kwargs)


class BookForm(GovForm):
    """R-2.2: when and by whom."""

    edits = True
    on = DateInputField(label="When is the assessment?")
    body = forms.CharField(label="Which body assesses?", max_length=120)
    nouns: ClassVar[Any] = {"on": "the date of the assessment", "body": "the body that assesses"}
    submit_label = "Save"

    def __init__(self, *args: Any, booked: Assessment | None, **kwargs: Any) -> None:
        initial = {"on": booked.on, "body": booked.body} if booked else {}
        super().__init__(*args, initial=initial, **kwargs)


class ResultForm(GovForm):
    """R-2.2: what came of it."""

    edits = True
    passed = forms.TypedChoiceField(
        label="What is the result?",
        choices=[("yes", "Passed"), ("no", "Not passed")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    on = DateInputField(label="When was the assessment?")
    body = forms.CharField(label="Which body assessed?", max_length=120)
    note = forms.CharField(
        label="Note",
        help_text=say_later(
            "The co-ordinator, the candidate, the own headteacher and the subject’s consultant can read it."
        ),
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )
    drawn: ClassVar[Any] = {"note": {"rows": 3}}
    nouns: ClassVar[Any] = {
        "passed": "the result",
        "on": "the date of the assessment",
        "body": "the body that assessed",
    }
    submit_label = "Record the result"

    def __init__(self, *args: Any, booked: Assessment | None, **kwargs: Any) -> None:
        initial = {"on": booked.on, "body": booked.body} if booked else {}
        super().__init__(*args, initial=initial, **kwargs)


class AppointForm(GovForm):
    """R-2.1: from when."""

    starts_on = DateInputField(label="What is the first day in post?")
    first_post = forms.BooleanField(
        label=say_later("This is the teacher’s first AST post"), required=False, initial=True
    )
    management_duties = forms.CharField(
        label="Management duties kept", max_length=200, required=False, help_text="Such as head of department"
    )
    nouns: ClassVar[Any] = {"starts_on": "the first day in post"}
    needed_when: ClassVar[Any] = {"capacity_reason": ""}
    submit_label = "Record as in post"

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, initial={"management_duties": post.management_duties}, **kwargs)
        if beyond_capacity():
            self.fields["capacity_reason"] = CapacityField()


class CloseForm(GovForm):
    """Why somebody is no candidate any more, and what becomes of the post."""

    ended = forms.ChoiceField(label="Why does the candidature end?", choices=Ended.choices, widget=forms.RadioSelect)
    then = forms.ChoiceField(
        label="What becomes of the post?",
        choices=[("again", "The school looks for another candidate"), ("close", "Nobody else is looked for: close it")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="In a few words", max_length=300, widget=forms.Textarea)
    drawn: ClassVar[Any] = {"reason": {"rows": 3}}
    nouns: ClassVar[Any] = {
        "ended": "why the candidature ends",
        "then": "what becomes of the post",
        "reason": "a short reason",
    }
    submit_label, submit_tone = "Close the candidature", "warning"


class StageForm(GovForm):
    """R-2.1: another stage, and why."""

    stage = forms.ChoiceField(label="Which stage is right?", widget=forms.RadioSelect)
    on = DateInputField(label="Date of the pass", required=False)
    body = forms.CharField(label="Assessed by", max_length=120, required=False)
    reason = forms.CharField(label="Why is it corrected?", max_length=300, widget=forms.Textarea)
    drawn: ClassVar[Any] = {"reason": {"rows": 3}}
    nouns: ClassVar[Any] = {"stage": "the right stage", "reason": "why the stage is corrected"}
    needed_when: ClassVar[Any] = {"on": "", "body": ""}
    submit_label = "Correct the stage"

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arrows = {move.name for move in post.machine.moves_from(post.status)}
        found = [(stage.value, stage.label) for stage, name in CORRECTIONS.items() if name in arrows]
        self.fields["stage"].choices = found
        if PostStatus.PASSED not in dict(found) or post.status == PostStatus.IN_POST:  # whose pass is on record
            del self.fields["on"], self.fields["body"]


class CorrectForm(DecisionFields, ChangeForm):
    """R-2.1: everything of an appointment that may have been entered wrong."""

    edits = True
    fte = forms.DecimalField(label="Full-time equivalent at the start", decimal_places=2)
    starts_on = DateInputField(label="In post from")
    first_post = forms.BooleanField(label=say_later("This is the teacher’s first AST post"), required=False)
    passed_on = DateInputField(label="Date of the pass")
    assessor = forms.CharField(label="Assessed by", max_length=120)
    management_duties = forms.CharField(label="Management duties kept", max_length=200, required=False)
    reason = forms.CharField(label="Why is this corrected?", max_length=300)
    layout = (
        *("fte", "starts_on", "first_post", "passed_on", "assessor", "management_duties"),
        *("governors_decided_on", "governors_minute", "responsible_for", "reason", "seen"),
    )
    drawn: ClassVar[Any] = {"fte": NARROW, "responsible_for": {"rows": 2}}
    needed_when: ClassVar[Any] = NEEDED
    nouns: ClassVar[Any] = {"reason": "why this is corrected"}

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        initial = {name: getattr(Facts.of(post), name) for name in Facts.__dataclass_fields__}
        super().__init__(*args, initial=initial, **kwargs)

    @staticmethod
    def facts(answers: dict[str, Any]) -> Facts:
        """For `actions.correcting`."""
        return Facts(**{name: answers[name] for name in Facts.__dataclass_fields__})
