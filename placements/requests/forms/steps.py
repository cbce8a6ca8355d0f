"""A request, a page at a time. Each page checks its own answers; `reports.requests` checks all of them again."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import CapMode, PMSupport
from astcoord.core.problems import Problem
from astcoord.core.wording import days_words
from astcoord.core.words import say_later
from astcoord.ui.forms import AutocompleteSelect, GovModelForm, show_problems
from placements.requests import reads, rules
from placements.requests.forms.people import RequestPrioritiesForm
from placements.requests.models import OutreachRequest
from placements.requests.rules.stages import taught
from staff.expertise.vocabulary import ALSO_CALLED, KeyStage, NeverWork, WorkType

COVER = (NeverWork.SUPPLY, "Cover for an absent teacher")
"""Offered because it is asked for, and refused with what to ask for instead (R-6.4)."""


class StepForm(GovModelForm):
    """One page: `heading` is its h1, `lead` what to know before answering, `needed` what must be answered."""

    heading: ClassVar[str] = ""
    lead: ClassVar[str] = ""
    legend_is_heading: ClassVar[bool] = False
    needed: ClassVar[frozenset[str]] = frozenset(rules.NEEDED)
    submit_label = "Save and continue"

    def __init__(self, *args: Any, settings: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settings = settings
        for name in self.needed & set(self.fields):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = rules.NEEDED[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        show_problems(self, self.problems(cleaned))
        return cleaned

    def problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        """What is wrong with this page's answers, beyond what each field sees alone."""
        return []

    def answers(self) -> dict[str, Any]:
        """The valid answers by model field; sets as the model keeps them."""
        fields = {f.name: f for f in OutreachRequest._meta.concrete_fields}
        return {name: fields[name].to_python(self.cleaned_data[name]) for name in self._meta.fields}


class SubjectForm(StepForm):
    heading = "What do you need help with?"

    class Meta:
        model = OutreachRequest
        fields = ["subject", "aspect", "key_stages", "pupil_groups"]
        labels = {
            "subject": "Subject or area",
            "aspect": "Which part of it?",
            "key_stages": "Key stages",
            "pupil_groups": "Which pupils is it about?",
        }
        help_texts = {"aspect": "For example: planning for problem solving, or guided reading"}
        widgets = {"subject": AutocompleteSelect(also=ALSO_CALLED)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pupil_groups:
            self.initial["pupil_groups"] = ["all"]
        host, stages = self.instance.host, self.fields["key_stages"]
        offered = {*taught(host.phase, host.low_age, host.high_age), *self.instance.key_stages}
        stages.choices = [choice for choice in KeyStage.choices if choice[0] in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.initial["key_stages"] = list(offered)


class NeedForm(StepForm):
    heading = "What needs to get better?"

    class Meta:
        model = OutreachRequest
        fields = ["need", "evidence_kinds", "evidence"]
        labels = {
            "need": "The need",
            "evidence_kinds": "Where does it show?",
            "evidence": "What does it say?",
        }
        help_texts = {
            "need": "One or two sentences. For example: pupils calculate well but cannot choose a method. "
            "Do not name staff or pupils.",
            "evidence_kinds": "Tick all that apply.",
        }
        widgets = {"need": forms.Textarea(attrs={"rows": 4}), "evidence": forms.Textarea(attrs={"rows": 3})}


class AimsForm(StepForm):
    heading = say_later("What would the AST do with your staff?")
    lead = "A sentence each is enough. The clearer this is, the sooner somebody suitable is found."

    class Meta:
        model = OutreachRequest
        fields = ["task", "training_need"]
        labels = {
            "task": say_later("What you would like the AST to do"),
            "training_need": "What your staff need to learn",
        }
        help_texts = {
            "task": "For example: plan a unit with two teachers, teach it alongside them, and look back together.",
            "training_need": "For example: planning a run of lessons that builds up problem solving.",
        }
        widgets = {"task": forms.Textarea(attrs={"rows": 4}), "training_need": forms.Textarea(attrs={"rows": 4})}


class SuccessForm(StepForm):
    heading = "How will you know that it has worked?"

    class Meta:
        model = OutreachRequest
        fields = ["outcome", "criterion"]
        labels = {
            "outcome": "What should be different at the end?",
            "criterion": "What will you look at to be sure?",
        }
        help_texts = {
            "outcome": "For example: both teachers plan problem solving into every unit.",
            "criterion": "Something that can be counted or seen, and by when. For example: by July, 70% of Year 6 "
            "attempt every problem in the test.",
        }
        widgets = {"outcome": forms.Textarea(attrs={"rows": 3}), "criterion": forms.Textarea(attrs={"rows": 3})}


class WorkForm(StepForm):
    heading = say_later("How could an AST help?")
    hints = {
        "work_types": {
            WorkType.MODEL_LESSON.value: "Your own teacher stays in the room.",
            WorkType.ADVISE.value: "In confidence, without grades.",
            WorkType.TARGETS.value: "Only where the teacher has chosen to share them.",
        }
    }

    class Meta:
        model = OutreachRequest
        fields = ["work_types", "other_work"]
        labels = {"work_types": "Kinds of work", "other_work": "Something else"}
        help_texts = {"work_types": "Tick all that you would like."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [c for c in WorkType.choices if c[0] != WorkType.TARGETS or self._targets_allowed]
        kinds: Any = self.fields["work_types"]
        kinds.choices = [*offered, COVER]
        kinds.required = not self["other_work"].value()
        kinds.error_messages["required"] = "Select at least one kind of work"

    @property
    def _targets_allowed(self) -> bool:
        return self.settings.pm_support != PMSupport.NONE

    def problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        if "work_types" in self.errors:
            return []
        chosen = cleaned.get("work_types", ())
        return rules.work_problems(chosen, cleaned.get("other_work", ""), self.settings.pm_support)


class DatesForm(StepForm):
    heading = "How much help, and when?"
    nouns = {"days": "the number of days"}

    class Meta:
        model = OutreachRequest
        fields = ["days", "wanted_from", "wanted_until", "weekdays"]
        labels = {
            "days": "How many days would you like?",
            "wanted_from": "Earliest date",
            "wanted_until": "Latest date",
            "weekdays": "Days of the week that suit",
        }
        help_texts = {
            "wanted_from": "For example, 2 11 2026",
            "weekdays": "Leave all of them empty if any day suits.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limited = self.settings.cap_mode != CapMode.AGREED
        most = f"{days_words(self.settings.most_a_week)} a week at most. " if limited else ""
        self.fields["days"].help_text = f"{most}Halves and quarters are fine: 0.5 is half a day."
        self.fields["days"].widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"})

    def problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        window = reads.window_of(
            cleaned.get("days"), cleaned.get("wanted_from"), cleaned.get("wanted_until"), cleaned.get("weekdays", ())
        )
        return rules.window_problems(window, today=today(), weekly_cap=self.settings.most_a_week)


class ExclusionsForm(StepForm):
    heading = say_later("What you will not ask the AST to do")
    legend_is_heading = True
    drawn = {"exclusions": {"legend_size": "l", "page_heading": True}}

    class Meta:
        model = OutreachRequest
        fields = ["exclusions"]
        labels = {"exclusions": say_later("What you will not ask the AST to do")}
        help_texts = {
            "exclusions": say_later("No AST may do any of these. Tick each one to say that you will not ask for it.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticks: Any = self.fields["exclusions"]
        ticks.choices = NeverWork.choices
        ticks.required = True
        ticks.error_messages["required"] = rules.UNTICKED

    def problems(self, cleaned: dict[str, Any]) -> list[Problem]:
        return [] if "exclusions" in self.errors else rules.exclusions_unticked(cleaned["exclusions"])


@dataclass(frozen=True)
class Step:
    """One page of the journey and the fields whose problems are mended there."""

    slug: str
    title: str
    form: type[StepForm | RequestPrioritiesForm] | None

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.form.base_fields) if self.form else frozenset({"people"})


STEPS = (
    Step("subject", "What you need help with", SubjectForm),
    Step("need", "What needs to get better", NeedForm),
    Step("priorities", "Which priorities it serves", RequestPrioritiesForm),
    Step("aims", say_later("What the AST would do"), AimsForm),
    Step("success", "How you will know", SuccessForm),
    Step("work", "Kinds of work", WorkForm),
    Step("people", say_later("Who the AST would work with"), None),
    Step("dates", "How much, and when", DatesForm),
    Step("exclusions", "What you will not ask for", ExclusionsForm),
)
BY_SLUG = {step.slug: step for step in STEPS}


def step_of(problem: Problem) -> str:
    """Where a problem is mended; "" for what no page can mend, such as a closed school."""
    return next((step.slug for step in STEPS if problem.field in step.fields), "")


def first_unfinished(found: list[Problem], after: str = "") -> str:
    """The slug of the first page with something left to do: after the page `after`, else from the start; "" if none."""
    wrong = {step_of(problem) for problem in found}
    order = [step.slug for step in STEPS]
    start = order.index(after) + 1 if after else 0
    return next((slug for slug in [*order[start:], *order[:start]] if slug in wrong), "")
