"""Writing a questionnaire, its questions, and answering it (R-3.10)."""

from collections.abc import Sequence
from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.expertise.vocabulary import Subject
from staff.posts.filters import PHASES
from staff.questionnaires.actions import SAID
from staff.questionnaires.lifecycle import QuestionKind
from staff.questionnaires.models import Question, Questionnaire

WITHOUT_NAMES = "Name no pupil and nobody who is supported."


class QuestionnaireForm(GovForm):
    """What about, until when, and whom it goes to."""

    submit_label = "Save the questionnaire"
    drawn = {"intro": {"rows": 4}, "years": {"classes": "govuk-input--width-2"}}
    nouns = {"title": "what it is about", "closes_on": "the last day to answer"}

    title = forms.CharField(
        label="What is it about?", help_text=say_later("ASTs read this in the e-mail"), max_length=120
    )
    intro = forms.CharField(
        label=say_later("What should ASTs know before they answer?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    closes_on = DateInputField(label="Last day to answer")
    subject = forms.ChoiceField(
        label=say_later("Only ASTs for a subject or area"), choices=[("", "All"), *Subject.choices], required=False
    )
    phase = forms.ChoiceField(
        label=say_later("Only ASTs of schools of a phase"), choices=[("", "All"), *PHASES], required=False
    )
    years = forms.IntegerField(
        label=say_later("Only ASTs of so many years or more"),
        help_text=say_later("Whole years as an AST, for what you ask of those who have done it for long"),
        min_value=1,
        max_value=40,
        required=False,
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(questionnaire, name) for name in SAID} if questionnaire else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.edits = questionnaire is not None


class QuestionForm(GovForm):
    """One question."""

    submit_label = "Save the question"
    drawn = {"choices": {"rows": 6}}
    nouns = {"text": "the question", "kind": "how it is answered"}

    text = forms.CharField(label="Question", max_length=300)
    kind = forms.ChoiceField(
        label="How is it answered?",
        choices=QuestionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it is answered"},
    )
    choices = forms.CharField(
        label="Answers to choose from, one on each line",
        help_text=say_later("Leave this empty where ASTs answer in their own words"),
        max_length=1300,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(question, name) for name in ("text", "kind", "choices")} if question else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.edits = question is not None


class BalanceForm(GovForm):
    """R-3.23: until when; what is asked is the same every year."""

    submit_label = say_later("Ask every AST")
    nouns = {"closes_on": "the last day to answer"}

    closes_on = DateInputField(label="Last day to answer")


class KeepOpenForm(GovForm):
    """Another last day to answer."""

    submit_label = "Save the day"
    nouns = {"closes_on": "the last day to answer"}

    closes_on = DateInputField(label="Last day to answer")

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, initial={"closes_on": questionnaire.closes_on}, **kwargs)
        self.edits = True


class AnswerForm(GovForm):
    """A field for each question; `held` is what the AST has said before, by the number of the question."""

    def __init__(self, *args: Any, questions: Sequence[Question], held: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, initial={f"q{pk}": said for pk, said in held.items()}, **kwargs)
        self.questions = questions
        self.edits = bool(held)
        self.submit_label = "Save your answers" if held else "Send your answers"
        for question in questions:
            self.fields[f"q{question.pk}"] = _field(question)

    def said(self) -> dict[int, str]:
        """For the action."""
        return {question.pk: self.cleaned_data[f"q{question.pk}"] for question in self.questions}


def _field(question: Question) -> forms.Field:
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(
            label=question.text,
            help_text=WITHOUT_NAMES,
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    return forms.ChoiceField(
        label=question.text,
        choices=[(each, each) for each in question.answers],
        widget=forms.RadioSelect,
        error_messages={"required": "Select an answer"},
    )
