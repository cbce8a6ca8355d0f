"""The review's page, built from the placement's own objectives, and the small forms that follow it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from astcoord.core.wording import counted
from astcoord.core.words import say_later
from astcoord.ui.bulk import ChosenForm
from astcoord.ui.forms import DecisionForm, GovForm
from evaluation.reviews.lifecycle import Progress
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.reads import Section
from evaluation.reviews.rules import HINTS, Answer
from evaluation.reviews.wording import APART, ASK_STANDARDS
from schools.calendar.models import Term


class AcceptForm(ChosenForm):
    """The reviews that are accepted with one press."""

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.submit_label = f"Accept {counted(count, 'review')}"


class ReviewForm(GovForm):
    """Three questions for each objective and one for the whole. Complete or not is for the rules to say."""

    edits = True

    def __init__(self, *args: Any, review: ImpactReview, sections: Sequence[Section], **kwargs: Any) -> None:
        self.numbers = [section.objective.number for section in sections]
        self.hints = {f"progress_{number}": HINTS for number in self.numbers}
        kwargs["initial"] = {"summary": review.summary, "standards": review.standards, **_initial(sections)}
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
        self.fields["standards"] = forms.CharField(
            label=ASK_STANDARDS,
            required=False,
            max_length=2000,
            widget=forms.Textarea,
            help_text=APART,
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

    submit_label = say_later("Send to the co-ordinator")
    drawn = {"head_comment": {"label_size": "m"}}

    head_comment = forms.CharField(
        label="Your comment",
        max_length=2000,
        widget=forms.Textarea,
        help_text="Do you recognise the progress? What has helped or hindered it? Do not name staff or judge anybody.",
        error_messages={"required": "Enter your comment"},
    )


class DecideForm(DecisionForm):
    """The co-ordinator accepts, returns or waives."""

    labels = {
        "accept": "Accept the review",
        "return": say_later("Return it to the AST with a question"),
        "waive": "Waive it: no review is needed this term",
    }
    reasons = {"return": say_later("What should the AST add or change?"), "waive": "Why is no review needed?"}


class OpenReviewsForm(GovForm):
    """Which term's reviews to open now."""

    submit_label = "Open the reviews"

    term = forms.ModelChoiceField(queryset=Term.objects.none(), label="Term", empty_label=None)

    def __init__(self, *args: Any, terms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms
