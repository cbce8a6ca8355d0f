"""What a headteacher writes of a teacher, and what the school has from elsewhere (R-2.13, R-2.19, R-2.20)."""

from typing import Any

from django import forms

from astcoord.core.addresses import FormField as AddressField
from astcoord.core.wording import number
from astcoord.ui.forms import GovForm, PoundsField
from schools.register.models import School
from staff.expertise.vocabulary import Subject
from staff.secondments.actions.proposing import Written
from staff.secondments.models import Proposal, SecondmentRound

MONEY = {"prefix": "£", "classes": "govuk-input--width-10"}
LATER = "before you submit it"
DECLARED = "Such as a Leading Teacher’s. Enter 0 if there is none. Nothing is paid before this is declared."


class ProposalForm(GovForm):
    """A draft needs the name alone; the rest is asked for when it is submitted."""

    edits = True
    submit_label = "Save"

    school = forms.ChoiceField(label="School")
    aspirant_name = forms.CharField(label="Teacher’s name", max_length=150)
    aspirant_email = AddressField(label="Teacher’s e-mail address", required=False)
    subjects = forms.MultipleChoiceField(
        label="Subjects or areas", choices=Subject.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    current_salary = PoundsField(label="Present salary for a year", required=False)
    range_start = forms.IntegerField(label="Lowest point of the pay range", required=False, min_value=1, max_value=27)
    pay_fit = forms.CharField(
        label="How does the range fit between your best-paid teacher and your leaders?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
    )
    other_funding = PoundsField(label="Other funding for this, a year", help_text=DECLARED, required=False)
    other_source = forms.CharField(label="Where the other funding comes from", required=False, max_length=200)

    def __init__(
        self, *args: Any, round: SecondmentRound, schools: list[School], points: tuple[int, int], **kwargs: Any
    ) -> None:
        proposal: Proposal | None = kwargs.pop("proposal", None)
        self.round = round
        super().__init__(*args, initial=_initial(proposal, round) if proposal else {}, **kwargs)
        self.edits = proposal is not None
        if proposal or len(schools) == 1:
            del self.fields["school"]
        else:
            self.fields["school"].choices = [(str(each.pk), each.name) for each in schools]
        first, last = points
        hint = f"The range has five points within {first} to {last}: it starts at {first} to {last - 4}"
        self.fields["range_start"].help_text = hint
        for index, question in enumerate(round.question_list, start=1):
            self.fields[f"answer_{index}"] = forms.CharField(
                label=question, required=False, max_length=2000, widget=forms.Textarea
            )
        answers = [f"answer_{index}" for index in range(1, len(round.question_list) + 1)]
        later = ("aspirant_email", "subjects", "current_salary", "range_start", "pay_fit", *answers)
        self.needed_when = {**dict.fromkeys(later, LATER), "other_funding": "may be declared later"}
        self.drawn = {
            "current_salary": MONEY,
            "other_funding": MONEY,
            "range_start": {"classes": "govuk-input--width-2"},
            **{name: {"rows": 4} for name in ("pay_fit", *answers)},
        }
        about = ["aspirant_name", "aspirant_email", "subjects", *answers]
        money = ["current_salary", "range_start", "pay_fit", "other_funding", "other_source"]
        self.order_fields(["school", *about, *money])

    def written(self) -> Written:
        """For the action."""
        said = {name: value for name, value in self.cleaned_data.items() if name in Written.__dataclass_fields__}
        questions = enumerate(self.round.question_list, start=1)
        answers = [(question, self.cleaned_data[f"answer_{index}"]) for index, question in questions]
        return Written(**said, answers=answers)


def _initial(proposal: Proposal, round: SecondmentRound) -> dict[str, Any]:
    names = ("aspirant_name", "aspirant_email", "subjects", "range_start", "pay_fit", "other_source")
    money = {name: getattr(proposal, name) for name in ("current_salary", "other_funding")}
    questions = enumerate(round.question_list, start=1)
    return {
        **{name: getattr(proposal, name) for name in names},
        **{name: number(value) if value is not None else None for name, value in money.items()},
        **{f"answer_{index}": proposal.answer_to(question) for index, question in questions},
    }


class DeclareForm(GovForm):
    """Other funding alone, at any time before the end."""

    edits = True
    submit_label = "Save the declaration"
    drawn = {"other_funding": MONEY}
    nouns = {"other_funding": "the sum for a year, or 0 for none"}

    other_funding = PoundsField(label="Other funding for this, a year", help_text=DECLARED)
    other_source = forms.CharField(label="Where it comes from", required=False, max_length=200)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        held = proposal.other_funding
        initial = {"other_funding": None if held is None else number(held), "other_source": proposal.other_source}
        super().__init__(*args, initial=initial, **kwargs)
