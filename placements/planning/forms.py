"""What the browser sends on the pages of a deployment plan."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms

from astcoord.core.wording import counted, date_words
from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import DaysField, GovForm
from placements.allocation.plan.changes import AddAst, Change, MoreDays, OnLeave
from placements.allocation.plan.whatif import newcomer
from placements.allocation.problem import Spot, quarters
from placements.planning.models import LONGEST, SHORTEST, Plan, PlanPair
from placements.planning.reads.problem import Span
from schools.register.models import School
from staff.expertise.vocabulary import Subject
from staff.posts.models import Post

REASON = forms.Textarea(attrs={"rows": 2})


class PlanForm(GovForm):
    """Which weeks, and how long the computer may take."""

    nouns = {"span": "which weeks to plan", "time_limit": "how many seconds"}
    submit_label = "Make the plan"

    span = forms.ChoiceField(label="Which weeks?", widget=forms.RadioSelect)
    sharing = forms.BooleanField(
        label=say_later("Two ASTs may share a request of four days or more, half each"),
        help_text="More requests can be met; a school then works with two people.",
        required=False,
    )
    time_limit = forms.IntegerField(
        label="Longest time to take, in seconds",
        help_text="Most plans take a few seconds. If the time runs out you get the best plan found, and how far from "
        "the best it can be.",
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
    )

    def __init__(self, *args: Any, spans: Sequence[Span], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spans = {span.slug: span for span in spans}
        self.fields["span"].choices = [(s.slug, s.title) for s in spans]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Span:
        return self.spans[self.cleaned_data["span"]]


class PairForm(GovForm):
    """Pin, rule out, or neither; and why."""

    NEITHER = "neither"
    nouns = {"kind": "what to do", "reason": "why"}
    submit_label = "Save and plan again"

    kind = forms.ChoiceField(label="What should the plan do?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", help_text="Kept with the plan.", required=False, max_length=250)

    def __init__(self, *args: Any, held: PlanPair | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (PlanPair.Kind.PIN, say("Always give this AST to this request")),
            (PlanPair.Kind.FORBID, say("Never give this AST to this request")),
        ]
        if held is not None:
            choices.append((self.NEITHER, "Decide freely again"))
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") != self.NEITHER and not (data.get("reason") or "").strip():
            self.add_error("reason", "Enter why")
        return data


class OneMoreForm(GovForm):
    """One AST more."""

    submit_label = "Try it"
    subject = forms.ChoiceField(label="Subject", choices=Subject.choices)
    school = forms.ModelChoiceField(label="Own school", queryset=School.objects.none())
    days = DaysField(label="Days in these weeks", least=Decimal("0.25"), most=Decimal(60), initial=Decimal(6))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = School.objects.open().order_by("name_key")  # type: ignore[attr-defined]

    def change(self, problem: Any, made: Any) -> tuple[Change, dict[str, Any]]:
        """The change, and what is said of it."""
        data = self.cleaned_data
        school: School = data["school"]
        supply = one_more(problem, made, data["subject"], quarters(data["days"]), school)
        name = f"One {say('more AST')} in {dict(Subject.choices)[data['subject']].lower()}, at {school.name}"
        return AddAst(supply), {"text": name, "post": supply.post, "name": name}


class LeaveForm(GovForm):
    """An AST who is away."""

    submit_label = "Try it"
    post = forms.ModelChoiceField(label=say_later("AST"), queryset=Post.objects.none())
    first = DateInputField(label="Away from")
    last = DateInputField(label="Until")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = _posts(plan)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", "The last day must be the first day or later")
        return data

    def change(self, problem: Any, made: Any) -> tuple[Change, dict[str, Any]]:
        data = self.cleaned_data
        first, last = data["first"], data["last"]
        text = f"{say('AST')} {data['post'].pk} away from {first.day} {first:%B} to {date_words(last)}"
        return OnLeave(data["post"].pk, first, last), {"text": text}


class MoreDaysForm(GovForm):
    """An AST who gives more days."""

    submit_label = "Try it"
    post = forms.ModelChoiceField(label=say_later("AST"), queryset=Post.objects.none())
    days = DaysField(label="How many days more?", least=Decimal("0.25"), most=Decimal(20), initial=Decimal(3))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = _posts(plan)  # type: ignore[attr-defined]

    def change(self, problem: Any, made: Any) -> tuple[Change, dict[str, Any]]:
        data = self.cleaned_data
        change = MoreDays(data["post"].pk, quarters(data["days"]))
        return change, {"text": f"{counted(data['days'], 'more day')} {say('from AST')} {data['post'].pk}"}


class OverrideForm(GovForm):
    """Another AST for a line, and why."""

    nouns = {"post": say_later("an AST"), "days": "how many days", "reason": "why you choose differently from the plan"}
    submit_label = "Propose this match"

    post = forms.ModelChoiceField(label=say_later("Which AST?"), queryset=Post.objects.none(), widget=forms.RadioSelect)
    days = DaysField(label="How many days?", least=Decimal("0.25"))
    reason = forms.CharField(
        label="Why not as planned?",
        help_text=say_later("Kept with the match. The AST and the home headteacher can read it."),
        widget=REASON,
        max_length=1000,
    )

    def __init__(self, *args: Any, candidates: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["post"]
        field.queryset = Post.objects.select_related("user", "home").filter(pk__in=[pk for pk, _ in candidates])
        field.empty_label = None
        field.choices = candidates


def one_more(problem: Any, made: Any, subject: str, count: int, school: School) -> Any:
    """A typical new AST, at a given school."""
    supply = newcomer(problem, made, subject, count)
    spot = Spot.of(school.easting, school.northing) or supply.facts.spot
    return replace(supply, facts=replace(supply.facts, home=school.pk, spot=spot))


def _posts(plan: Plan) -> Any:
    """ASTs who are part of a plan."""
    return (
        Post.objects.select_related("user").filter(pk__in=[int(pk) for pk in plan.offered]).order_by("user__name_key")
    )


WHAT_IFS: dict[str, tuple[str, str, type[Any]]] = {
    "one-more": (say_later("One more AST"), say_later("one more AST"), OneMoreForm),
    "leave": (say_later("An AST on leave"), say_later("an AST on leave"), LeaveForm),
    "more-days": (say_later("More days from an AST"), say_later("more days from an AST"), MoreDaysForm),
}
"""By address: the page's heading, the same inside a sentence, and its form."""
