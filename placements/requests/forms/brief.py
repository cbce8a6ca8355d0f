"""A head's request in few pages: all that must be said, each page several questions (issue 15, four minutes).

The pages of `forms.steps` stay, for what is changed afterwards and for what need not be said at first: an aspect, what
the evidence says, single dates. What a request must contain is the same (R-6.1, R-6.2).
"""

from datetime import date, timedelta
from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from placements.requests import reads, rules
from placements.requests.forms.steps import AimsForm, DatesForm, NeedForm, Step, SubjectForm, SuccessForm, WorkForm
from placements.requests.models import OutreachRequest
from schools.calendar import reads as calendar
from staff.expertise.vocabulary import NeverWork, PupilGroup

WEEKS_AHEAD = timedelta(days=400)
FRIDAY = timedelta(days=4)


class BriefNeedForm(SubjectForm):
    """Pupils are all, until somebody says otherwise on the page of their own."""

    class Meta:
        model = OutreachRequest
        fields = ["subject", "key_stages", "need", "evidence_kinds"]
        labels = {**SubjectForm.Meta.labels, **NeedForm.Meta.labels, "need": "What needs to get better?"}
        help_texts = {**SubjectForm.Meta.help_texts, **NeedForm.Meta.help_texts}
        widgets = {**SubjectForm.Meta.widgets, **NeedForm.Meta.widgets}

    def answers(self) -> dict[str, Any]:
        return {"pupil_groups": self.instance.pupil_groups or [PupilGroup.ALL.value], **super().answers()}


class BriefHelpForm(WorkForm):
    heading = say_later("What would the AST do?")
    lead = AimsForm.lead

    class Meta:
        model = OutreachRequest
        fields = ["work_types", "other_work", "task", "training_need", "outcome", "criterion"]
        labels = {**WorkForm.Meta.labels, **AimsForm.Meta.labels, **SuccessForm.Meta.labels}
        help_texts = {**WorkForm.Meta.help_texts, **AimsForm.Meta.help_texts, **SuccessForm.Meta.help_texts}
        widgets = {
            name: forms.Textarea(attrs={"rows": 2}) for name in ("task", "training_need", "outcome", "criterion")
        }


class BriefWhenForm(DatesForm):
    """The first and the last week, where the calendar knows them, else days; and what is not asked for (R-6.4)."""

    class Meta:
        model = OutreachRequest
        fields = ["days", "wanted_from", "wanted_until", "weekdays", "exclusions"]
        labels = {
            **DatesForm.Meta.labels,
            "exclusions": say_later("What you will not ask the AST to do"),
        }
        help_texts = {
            **DatesForm.Meta.help_texts,
            "exclusions": say_later("No AST may do any of these. Tick each one to say that you will not ask for it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticks: Any = self.fields["exclusions"]
        ticks.choices, ticks.required = NeverWork.choices, True
        ticks.error_messages["required"] = rules.UNTICKED
        now = today()
        weeks = calendar.onwards(now).weeks(now, now + WEEKS_AHEAD)
        if len(weeks) > 1:
            self._offer("wanted_from", "From which week?", [(max(week, now), week) for week in weeks])
            self._offer("wanted_until", "Until which week?", [(week + FRIDAY, week) for week in weeks])

    def _offer(self, name: str, label: str, weeks: list[tuple[date, date]]) -> None:
        """A choice of teaching weeks in place of a day. What is stored is kept where it lies in one of them."""
        stored = getattr(self.instance, name)
        self.initial[name] = next((day for day, week in weeks if stored and week == calendar.monday(stored)), None)
        self.fields[name] = forms.TypedChoiceField(
            label=label,
            choices=[("", "Select a week"), *((day, f"The week of {date_words(week)}") for day, week in weeks)],
            coerce=date.fromisoformat,
            empty_value=None,
            error_messages={"required": NEEDED_WEEKS[name], "invalid_choice": NEEDED_WEEKS[name]},
        )

    def problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        unticked = [] if "exclusions" in self.errors else rules.exclusions_unticked(cleaned["exclusions"])
        return [*super().problems(cleaned), *unticked]


NEEDED_WEEKS = {"wanted_from": "Select the first week", "wanted_until": "Select the last week"}

BRIEF = (
    Step("brief-need", "What you need help with", BriefNeedForm),
    Step("brief-help", say_later("What the AST would do"), BriefHelpForm),
    Step("brief-when", "How much, and when", BriefWhenForm),
)
CHECK = "check"
BRIEF_BY_SLUG = {step.slug: step for step in BRIEF}


def next_brief(slug: str) -> str:
    """The page after this one; "" after the last."""
    order = [step.slug for step in BRIEF]
    following = order[order.index(slug) + 1 :]
    return following[0] if following else ""


def brief_order(asked: OutreachRequest) -> list[str]:
    """A head's pages from the first to the check of all answers. One query."""
    named = ["priorities"] if reads.any_priorities(asked, today()) else []
    return [*BRIEF_BY_SLUG, *named, "people", CHECK]
