"""An evaluation form, built from the table of what it asks; the co-ordinator's conclusion and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import DecisionForm, GovForm
from astcoord.ui.layout import Fieldset, Submit
from evaluation.evaluations.lifecycle import AskedOf, Helps, Reached, TookPart
from evaluation.evaluations.models import Evaluation
from evaluation.evaluations.reads.levels import Chosen
from evaluation.evaluations.rules import Answers, ObjectiveAnswer
from evaluation.evaluations.wording import Question
from placements.placement.models import Objective
from schools.calendar.models import AcademicYear
from staff.expertise.vocabulary import Subject

READS = [
    ("yes", say_later("Yes, the AST may read them")),
    ("no", say_later("No, only the AST co-ordinator’s office and the consultant for the subject")),
]
DRAFT = Submit("draft", "Save as draft", tone="secondary")


class EvaluationForm(GovForm):
    """Nothing is required by the form itself: a draft may be half done, and the rules judge when it is handed in."""

    def __init__(self, *args: Any, form: Evaluation, drafts: bool = True, paper: bool = False, **kwargs: Any) -> None:
        self.sheet = form.sheet
        self.rows = list(form.placement.objectives.all()) if self.sheet.objectives else []
        self.numbers = [objective.number for objective in self.rows]
        self.may_share = form.asked_of == AskedOf.SUPPORTED
        self.submit_label = "Hand in"
        kwargs["initial"] = {} if paper else _initial(form, self.rows)  # somebody's draft is nobody else's to read
        super().__init__(*args, **kwargs)
        self.edits = not paper
        self.fields |= {q.name: _field(q) for q in self.sheet.questions}
        for number in self.numbers:
            self.fields |= _about_objective(number)
        if self.may_share:
            self.fields["shared"] = _sharing()
        if paper:
            self.fields["paper_on"] = DateInputField(label="Day that stands on the paper", required=False)
        self.buttons = [Submit("submit", self.submit_label), *([DRAFT] if drafts else [])]
        needed = {q.name for q in self.sheet.questions if q.needed} | {"shared", "paper_on"}
        needed |= {f"reached_{n}" for n in self.numbers} | {f"evidence_{n}" for n in self.numbers}
        self.drawn = {name: {"optional": False, **_rows(field)} for name, field in self.fields.items()}
        for name in set(self.fields) - needed:
            self.drawn[name]["optional"] = True
        self.layout = self._laid_out()

    def _laid_out(self) -> list[Any]:
        """The paper's day first; levels each under their name, objectives under their own words."""
        first = [name for name in ("paper_on",) if name in self.fields]
        parts = [
            Fieldset(f"Objective {o.number}: {o.text}", f"reached_{o.number}", f"evidence_{o.number}")
            for o in self.rows
        ]
        last = [name for name in ("shared",) if name in self.fields]
        return [*first, *(self._question(q) for q in self.sheet.questions), *parts, *last]

    def _question(self, question: Question) -> Any:
        """Under the name of its level, where the form has them (R-11.6)."""
        level = question.level if self.sheet.levels else None
        return Fieldset(f"Level {level.value}: {level.label}", question.name) if level else question.name

    def answers(self) -> Answers:
        """For the action."""
        data = self.cleaned_data
        shared = {"yes": True, "no": False}.get(data.get("shared", ""))
        objectives = [ObjectiveAnswer(n, data[f"reached_{n}"], data[f"evidence_{n}"]) for n in self.numbers]
        return Answers({q.name: data[q.name] for q in self.sheet.questions}, objectives, shared)


class ConclusionForm(EvaluationForm):
    """The co-ordinator's own part, and why it does without the school's view where that is missing (R-11.3)."""

    def __init__(self, *args: Any, form: Evaluation, missing: str = "", **kwargs: Any) -> None:
        super().__init__(*args, form=form, drafts=False, **kwargs)
        self.buttons = [Submit("submit", "Conclude the final evaluation")]
        if missing:
            self.fields["without_reason"] = forms.CharField(
                label=f"Why does it do without {missing}?",
                required=False,
                max_length=1000,
                widget=forms.Textarea,
                help_text="Leave it empty and wait, if the form may still come.",
            )
            self.layout = [*self.layout, "without_reason"]
            self.drawn["without_reason"] = {"optional": False, "rows": 3}


def _field(question: Question) -> forms.Field:
    words: dict[str, Any] = {"label": question.label, "help_text": question.hint, "required": False}
    if question.name == "helps":
        return forms.ChoiceField(choices=Helps.choices, widget=forms.RadioSelect, **words)
    if question.name == "talked_on":
        return DateInputField(**words)
    if question.name == "took_part":
        return forms.MultipleChoiceField(choices=TookPart.choices, widget=forms.CheckboxSelectMultiple, **words)
    return forms.CharField(widget=forms.Textarea, max_length=2000, **words)


def _about_objective(number: int) -> dict[str, forms.Field]:
    return {
        f"reached_{number}": forms.ChoiceField(
            label=f"How far was objective {number} reached?",
            required=False,
            choices=Reached.choices,
            widget=forms.RadioSelect,
        ),
        f"evidence_{number}": forms.CharField(
            label=f"What shows it, for objective {number}?",
            required=False,
            max_length=2000,
            widget=forms.Textarea,
            help_text="Not needed where it was not reached or cannot be said. Do not name or judge anybody.",
        ),
    }


def _sharing() -> forms.Field:
    return forms.ChoiceField(
        label=say("May the AST read your answers?"),
        required=False,
        choices=READS,
        widget=forms.RadioSelect,
        help_text="Your headteacher does not read them: only how many people gave which answer to the first question.",
    )


def _rows(field: forms.Field) -> dict[str, Any]:
    return {"rows": 3} if isinstance(field.widget, forms.Textarea) else {}


def _initial(form: Evaluation, objectives: list[Objective]) -> Mapping[str, Any]:
    found: dict[str, Any] = {q.name: getattr(form, q.name) for q in form.sheet.questions}
    found["shared"] = {True: "yes", False: "no", None: ""}[form.shared]
    said = {row.objective_id: row for row in form.objectives.all()} if objectives else {}
    for objective in objectives:
        if row := said.get(objective.pk):
            found |= {f"reached_{objective.number}": row.reached, f"evidence_{objective.number}": row.evidence}
    return found


class LevelsForm(GovForm):
    """What the report by level is narrowed to, in its address. A value that does not exist narrows nothing."""

    year = forms.ChoiceField(label="School year in which it was handed in", required=False)
    subject = forms.ChoiceField(label="Subject", choices=[("", "All"), *Subject.choices], required=False)

    def __init__(self, query: QueryDict, *, years: Sequence[AcademicYear]) -> None:
        super().__init__(query)
        self.years = {year.slug: year for year in years}
        self.fields["year"].choices = [("", "All"), *((y.slug, str(y)) for y in years)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Chosen:
        self.is_valid()
        given = self.cleaned_data
        return Chosen(self.years.get(given.get("year", "")), given.get("subject", ""))


class DecideForm(DecisionForm):
    """The co-ordinator accepts, returns, waives, or asks after all."""

    labels = {
        "accept": "Accept it",
        "return": "Return it with a question",
        "waive": "Waive it: it is not needed",
        "ask_again": "Ask for it again",
    }
    reasons = {"return": "What should be added or changed?", "waive": "Why is it not needed?"}
