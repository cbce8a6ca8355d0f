"""What people say of an AST's pay."""

from typing import Any, ClassVar

from django import forms

from astcoord.core import policy
from astcoord.core.clock import today
from astcoord.core.policy_choices import RANGE_LENGTH
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, PoundsField, ReasonForm
from astcoord.ui.registers import RegisterForm
from schools.calendar.years import first_year_of, slug_of, slug_on
from staff.expertise.vocabulary import Funding, FundingArea
from staff.pay.actions.ranges import Proposal
from staff.pay.lifecycle import Allowance, ContractKind, Decision
from staff.pay.models import AllowanceAnswer, PayPoint, PayRange, PostContract, PostIncome, SpineFigure
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post
from staff.posts.rules import funding_words

NARROW = {"classes": "govuk-input--width-2"}
NO_ALLOWANCE = "none"
POUNDS = {"prefix": "£", "classes": "govuk-input--width-10"}


def _text(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=1000, required=False, widget=forms.Textarea)


class RangeForm(GovForm):
    """A range that is put to the governors (R-2.7, R-2.9); the reason may be written until they decide."""

    submit_label = "Put it to the governors"
    drawn: ClassVar[Any] = {
        "lowest": NARROW,
        "highest": NARROW,
        **{name: {"rows": 3} for name in ("pay_rise", "differentials", "threshold")},
    }
    nouns: ClassVar[Any] = {"starts_on": "the day from which it holds", "talked_on": "when it was talked over"}
    needed_when: ClassVar[Any] = {
        "pay_rise": "needed before the governors decide",
        "differentials": "needed before the governors decide",
        "talked_on": "needed before the governors decide",
    }

    lowest = forms.IntegerField(label="Lowest point")
    highest = forms.IntegerField(label="Highest point")
    starts_on = DateInputField(label="From which day?")
    pay_rise = _text("The reason: the pay rise", "What the teacher earns more than now, and why that is right.")
    differentials = _text(
        "The reason: differences to other teachers’ pay",
        "How it fits between the best-paid teachers and the leadership of the school. Name nobody.",
    )
    threshold = _text("Threshold payments open to colleagues", "If they had a part in the reason.")
    talked_on = DateInputField(
        label=say_later("When was it talked over with the AST?"),
        help_text=say_later("Leave it empty if that is to come. The AST can record it, too."),
        required=False,
    )

    def __init__(self, *args: Any, row: PayRange | None = None, **kwargs: Any) -> None:
        names = Proposal.__dataclass_fields__
        super().__init__(*args, initial={name: getattr(row, name) for name in names} if row else {}, **kwargs)
        now = policy.in_force()
        points = f"from {now.range_first_point} to {now.range_last_point}"
        self.fields["lowest"].help_text = f"A range is {RANGE_LENGTH} points one after another, {points}."
        if row is not None:
            self.edits, self.submit_label = True, "Save the proposal"

    def proposal(self) -> Proposal:
        return Proposal(**self.cleaned_data)


class ApproveForm(GovForm):
    """The governors' decision: when, and where it is minuted (R-2.7)."""

    submit_label = "Approve this range"
    decided_on = DateInputField(label="When did the governors decide?")
    minute = forms.CharField(label="Minute", help_text="Its number or reference", max_length=60)
    nouns: ClassVar[Any] = {"decided_on": "the date of the governors’ decision", "minute": "the minute"}


class PointForm(GovForm):
    """The point that is paid from a day on (R-2.10)."""

    submit_label = "Record the point"
    drawn: ClassVar[Any] = {"point": NARROW}
    point = forms.IntegerField(label="Which point does the school pay?")
    starts_on = DateInputField(label="From which day?")
    nouns: ClassVar[Any] = {"point": "the point", "starts_on": "the day from which it is paid"}


class CorrectPointForm(PointForm):
    """A wrong entry is put right, with a reason."""

    edits, suggested = True, frozenset({"reason"})
    submit_label = "Correct the point"
    reason = forms.CharField(label="Why was it wrong?", max_length=500)

    def __init__(self, *args: Any, row: PayPoint, **kwargs: Any) -> None:
        super().__init__(*args, initial={"point": row.point, "starts_on": row.starts_on}, **kwargs)


class AllowancesForm(GovForm):
    """What an AST cannot hold (R-2.8); ticked, or nothing."""

    edits, suggested = True, frozenset({"on"})
    submit_label = "Save the answer"
    held = forms.MultipleChoiceField(
        label="Does the teacher hold any of these?",
        help_text=say_later("An AST cannot hold them. Record it again once they are given up."),
        choices=[*Allowance.choices, (NO_ALLOWANCE, "None of these")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what the teacher holds, or “None of these”"},
    )
    on = DateInputField(label="From which day is that so?")
    exclusive: ClassVar[Any] = {"held": NO_ALLOWANCE}
    nouns: ClassVar[Any] = {"on": "the day from which that is so"}

    def __init__(self, *args: Any, answer: AllowanceAnswer | None, **kwargs: Any) -> None:
        held = list(answer.held) or [NO_ALLOWANCE] if answer else []
        super().__init__(*args, initial={"held": held, "on": today()}, **kwargs)

    def clean_held(self) -> list[str]:
        held = self.cleaned_data["held"]
        if NO_ALLOWANCE in held and len(held) > 1:
            raise forms.ValidationError("Select either allowances or “None of these”, not both", code="both")
        return [each for each in held if each != NO_ALLOWANCE]


class ContractForm(GovForm):
    """How long the post runs (R-2.4)."""

    edits = True
    submit_label = "Save the contract"
    kind = forms.ChoiceField(label="Is the post permanent?", choices=ContractKind.choices, widget=forms.RadioSelect)
    ends_on = DateInputField(label="Last day of the term", required=False)
    depends_on_funding = forms.BooleanField(label="It depends on extra funding", required=False)
    conditional: ClassVar[Any] = {"kind": {ContractKind.FIXED.value: "ends_on"}}
    needed_when: ClassVar[Any] = {"ends_on": ""}
    nouns: ClassVar[Any] = {"kind": "whether the post is permanent"}

    def __init__(self, *args: Any, contract: PostContract | None, **kwargs: Any) -> None:
        names = ("kind", "ends_on", "depends_on_funding")
        initial = {name: getattr(contract, name) for name in names} if contract else {}
        super().__init__(*args, initial=initial, **kwargs)


class DecisionForm(GovForm):
    """What becomes of a fixed term (R-2.4)."""

    submit_label = "Record the decision"
    decision = forms.ChoiceField(label="What is decided?", choices=Decision.choices, widget=forms.RadioSelect)
    extended_to = DateInputField(label="New last day", required=False)
    seen = forms.DateField(widget=forms.HiddenInput)
    conditional: ClassVar[Any] = {"decision": {Decision.EXTENDED.value: "extended_to"}}
    needed_when: ClassVar[Any] = {"extended_to": ""}
    nouns: ClassVar[Any] = {"decision": "what is decided"}


class FundingForm(GovForm):
    """The post's one main source of money, from a day on (R-2.11, R-2.12)."""

    edits, suggested = True, frozenset({"starts_on"})
    submit_label = "Save the funding"
    funding = forms.ChoiceField(label="Who pays for the post?", widget=forms.RadioSelect)
    funding_area = forms.ChoiceField(
        choices=FundingArea.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    starts_on = DateInputField(label="From which day?")
    conditional: ClassVar[Any] = {"funding": {Funding.DEPARTMENT.value: "funding_area"}}
    needed_when: ClassVar[Any] = {"funding_area": ""}
    nouns: ClassVar[Any] = {"funding": "who pays for the post", "starts_on": "the day from which it holds"}

    def __init__(self, *args: Any, post: Post, holds: Any, **kwargs: Any) -> None:
        initial = {"funding": holds.funding, "funding_area": holds.funding_area, "starts_on": today()}
        super().__init__(*args, initial=initial, **kwargs)
        if post.status not in POST_KNOWN:
            del self.fields["starts_on"]
        word = policy.in_force().department_word
        self.fields["funding"].choices = [(each, funding_words(each, word)) for each in Funding.values]
        self.fields["funding_area"].label = f"What does the {word} pay for?"


class IncomeForm(GovForm):
    """What one source gives in a school year (R-2.23)."""

    submit_label = "Save the amount"
    drawn: ClassVar[Any] = {"amount": POUNDS}
    first_year = forms.TypedChoiceField(label="School year", coerce=int)
    source = forms.ChoiceField(label="Who gives it?", choices=Funding.choices, widget=forms.RadioSelect)
    amount = PoundsField(label="Amount in pounds")
    nouns: ClassVar[Any] = {"source": "who gives it", "amount": "the amount"}

    def __init__(self, *args: Any, row: PostIncome | None = None, **kwargs: Any) -> None:
        now = first_year_of(slug_on(today()))
        held = {name: getattr(row, name) for name in ("first_year", "source", "amount")} if row else {}
        super().__init__(*args, initial=held or {"first_year": now}, **kwargs)
        self.fields["first_year"].choices = [(str(year), slug_of(year)) for year in range(now - 3, now + 3)]
        if row is not None:
            self.edits = True
            for name in ("first_year", "source"):
                del self.fields[name]


class FigureForm(RegisterForm):
    """One figure (R-2.18, R-2.23)."""

    submit_label = "Save the salary"
    drawn: ClassVar[Any] = {"amount": POUNDS}
    amount = PoundsField(label="Salary for a year")

    class Meta:
        model = SpineFigure
        fields = ["point", "amount", "starts_on"]
        labels = {"point": "Point", "starts_on": "From"}


def reason_form(sent: Any, *, label: str, submit: str) -> ReasonForm:
    """Why something is taken away."""
    return ReasonForm(sent, submit=submit, label=label, tone="warning")
