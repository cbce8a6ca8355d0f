"""A day for the return visit, its report, and what the co-ordinator decides."""

from decimal import Decimal
from typing import Any

from django import forms

from astcoord.core.wording import number
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import DecisionForm, GovForm
from astcoord.ui.layout import Fieldset, Submit
from evaluation.returns.lifecycle import Remains, ReturnStatus
from evaluation.returns.models import SHARES, ReturnVisit
from evaluation.returns.rules import Finding
from evaluation.reviews.wording import APART, ASK_STANDARDS

LONG = {"rows": 4, "optional": False}


class DayForm(GovForm):
    """A day, and whether it uses days of the AST's year."""

    visit_on = DateInputField(label="Day of the return visit", required=False)
    days = forms.TypedChoiceField(
        label=say_later("How much of the AST’s outreach time does it use?"),
        choices=[(number(days), words) for days, words in SHARES],
        coerce=Decimal,
        widget=forms.RadioSelect,
        help_text="Time is used only if both of you agree to it.",
    )
    edits = True
    drawn = {"visit_on": {"optional": False}}
    submit_label = "Propose this day"

    def __init__(self, *args: Any, visit: ReturnVisit, **kwargs: Any) -> None:
        kwargs["initial"] = {"visit_on": visit.visit_on, "days": number(visit.days), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)


class ReportForm(GovForm):
    """Built from the placement's own objectives; complete or not is for the rules to say."""

    edits = True
    buttons = (Submit("submit", "Hand in the report"), Submit("draft", "Save as draft", tone="secondary"))
    lasting = forms.CharField(
        label="What has lasted in the school?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="What has the outreach contributed, beside other factors? Do not name or judge anybody.",
    )
    figures = forms.CharField(
        label="Which data support it?",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Figures, tests, counts, or where they are kept. If there are none, say so.",
    )
    standards = forms.CharField(
        label=ASK_STANDARDS,
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=APART,
    )

    def __init__(self, *args: Any, visit: ReturnVisit, **kwargs: Any) -> None:
        self.rows = list(visit.placement.objectives.all())
        said = {row.objective_id: row for row in visit.findings.all()}
        told = ("lasting", "figures", "standards")
        initial: dict[str, Any] = {name: getattr(visit, name) for name in told}
        for objective in self.rows:
            if row := said.get(objective.pk):
                initial |= {f"remains_{objective.number}": row.remains, f"evidence_{objective.number}": row.evidence}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        parts = []
        for objective in self.rows:
            number_ = objective.number
            self.fields |= _about(number_)
            parts.append(
                Fieldset(f"Objective {number_}: {objective.text}", f"remains_{number_}", f"evidence_{number_}")
            )
        self.layout = [*parts, *told]
        self.drawn = {name: LONG for name in self.fields if not name.startswith("remains")}
        self.drawn |= {name: {"optional": False} for name in self.fields if name.startswith("remains")}
        self.drawn["standards"] = {"rows": 3}

    def findings(self) -> list[Finding]:
        """What is said of each objective."""
        data = self.cleaned_data
        return [Finding(o.number, data[f"remains_{o.number}"], data[f"evidence_{o.number}"]) for o in self.rows]


def _about(number_: int) -> dict[str, forms.Field]:
    return {
        f"remains_{number_}": forms.ChoiceField(
            label=f"What remains of objective {number_}?",
            required=False,
            choices=Remains.choices,
            widget=forms.RadioSelect,
        ),
        f"evidence_{number_}": forms.CharField(
            label=f"What shows it, for objective {number_}?",
            required=False,
            max_length=2000,
            widget=forms.Textarea,
            help_text="Not needed where nothing remains or it cannot be said. Do not name or judge anybody.",
        ),
    }


class DecideForm(DecisionForm):
    """The co-ordinator accepts, returns, cancels or revives."""

    labels = {
        "close": "Accept the report and close the return visit",
        "return": say_later("Return the report to the AST with a question"),
        "cancel": "Cancel the return visit",
        "revive": "Schedule it after all",
    }
    reasons = {"return": say_later("What should the AST add or change?"), "cancel": "Why is there no return visit?"}

    def __init__(self, *args: Any, row: ReturnVisit, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row.asked_by:
            so = "it stays cancelled" if row.status == ReturnStatus.CANCELLED else "the visit is to take place"
            choices: Any = self.fields["decision"]
            choices.choices = [*choices.choices, ("decline", f"Leave it as it is: {so}")]
