"""Three ticks on a session (R-11.15)."""

from typing import Any

from django import forms

from astcoord.ui.forms import GovForm
from evaluation.feedback.lifecycle import QUESTIONS, Said
from evaluation.feedback.models import SessionFeedback


class SessionForm(GovForm):
    """All three are asked; what was said before stands ticked."""

    submit_label = "Send my answers"

    def __init__(self, *args: Any, feedback: SessionFeedback | None, **kwargs: Any) -> None:
        if feedback is not None:
            kwargs["initial"] = {column: getattr(feedback, column) for column in QUESTIONS}
            self.submit_label = "Save my changes"
        super().__init__(*args, **kwargs)
        self.edits = feedback is not None
        self.fields |= {column: _field(question) for column, question in QUESTIONS.items()}


def _field(question: str) -> forms.ChoiceField:
    missing = {"required": f"Answer “{question}”"}
    return forms.ChoiceField(label=question, choices=Said.choices, widget=forms.RadioSelect, error_messages=missing)
