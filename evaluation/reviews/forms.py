"""The review's page, built from the placement's own objectives, and the small forms that follow it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from astcoord.ui.forms import GovForm
from evaluation.reviews.lifecycle import Progress
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.reads import Section
from evaluation.reviews.rules import HINTS, Answer
from schools.calendar.models import Term


class ReviewForm(GovForm):
    """Three questions for each objective and one for the whole. Complete or not is for the rules to say."""

    def __init__(self, *args: Any, review: ImpactReview, sections: Sequence[Section], **kwargs: Any) -> None:
        self.numbers = [section.objective.number for section in sections]
        self.hints = {f"progress_{number}": HINTS for number in self.numbers}
        kwargs["initial"] = {"summary": review.summary, **_initial(sections)}
        super().__init__(*args, **kwargs)
        for number in self.numbers:
            self.fields |= _questions(number)
        self.fields["summary"] = forms.CharField(
            label="What has changed in the school",
            required=False,
            max_length=2000,
            widget=forms.Textarea,
            help_text="What has the outreach contributed, beside other factors? Do not name staff.",
        )

    def answers(self) -> list[Answer]:
        """What is said of each objective."""
        keys = ("progress", "evidence", "next_steps")
        return [Answer(n, **{key: self.cleaned_data[f"{key}_{n}"] for key in keys}) for n in self.numbers]

    def parts(self, sections: Sequence[Section]) -> list[tuple[Section, list[Any]]]:
        """Each objective with its bound fields, for the template."""
        return [
            (section, [self[f"{key}_{section.objective.number}"] for key in ("progress", "evidence", "next_steps")])
            for section in sections
        ]


def _questions(number: int) -> dict[str, forms.Field]:
    return {
        f"progress_{number}": forms.ChoiceField(
            label=f"Progress on objective {number}",
            required=False,
            choices=Progress.choices,
            widget=forms.RadioSelect,
        ),
        f"evidence_{number}": forms.CharField(
            label=f"What shows it, for objective {number}",
            required=False,
            max_length=2000,
            widget=forms.Textarea,
            help_text="Not needed if there is nothing to report this term. Do not name staff or judge anybody.",
        ),
        f"next_steps_{number}": forms.CharField(
            label=f"Next steps for objective {number}", required=False, max_length=2000, widget=forms.Textarea
        ),
    }


def _initial(sections: Sequence[Section]) -> dict[str, str]:
    found = {}
    for section in sections:
        if answer := section.answer:
            for key in ("progress", "evidence", "next_steps"):
                found[f"{key}_{section.objective.number}"] = getattr(answer, key)
    return found


class CommentForm(GovForm):
    """The host headteacher's view of the review."""

    submit_label = "Send to the co-ordinator"
    drawn = {"head_comment": {"label_size": "m"}}

    head_comment = forms.CharField(
        label="Your comment",
        max_length=2000,
        widget=forms.Textarea,
        help_text="Do you recognise the progress? What has helped or hindered it? Do not name staff or judge anybody.",
        error_messages={"required": "Enter your comment"},
    )


class DecisionForm(GovForm):
    """The co-ordinator accepts, returns or waives; a reason goes with the last two."""

    submit_label = "Save decision"
    conditional = {"decision": {"return": "return_reason", "waive": "waive_reason"}}
    drawn = {"decision": {"legend_size": "m"}}
    LABELS = {
        "accept": "Accept the review",
        "return": "Return it to the AST with a question",
        "waive": "Waive it: no review is needed this term",
    }

    decision = forms.ChoiceField(
        label="What do you decide?", widget=forms.RadioSelect, error_messages={"required": "Select what you decide"}
    )
    return_reason = forms.CharField(
        label="What should the AST add or change?", required=False, max_length=1000, widget=forms.Textarea
    )
    waive_reason = forms.CharField(
        label="Why is no review needed?", required=False, max_length=1000, widget=forms.Textarea
    )

    def __init__(self, *args: Any, review: ImpactReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        possible = {move.name for move in review.machine.moves_from(review.status)}
        self.fields["decision"].choices = [(k, label) for k, label in self.LABELS.items() if k in possible]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        needed = f"{data.get('decision')}_reason"
        if needed in self.fields and not data.get(needed, "").strip():
            self.add_error(needed, "Enter the reason")
        return data

    @property
    def reason(self) -> str:
        """The reason that belongs to the decision."""
        return str(self.cleaned_data.get(f"{self.cleaned_data['decision']}_reason", ""))


class OpenReviewsForm(GovForm):
    """Which term's reviews to open now."""

    submit_label = "Open the reviews"

    term = forms.ModelChoiceField(queryset=Term.objects.none(), label="Term", empty_label=None)

    def __init__(self, *args: Any, terms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms
