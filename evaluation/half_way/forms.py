"""How it goes, and what is decided (R-19.2)."""

from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm, GovModelForm
from evaluation.half_way.lifecycle import Decision
from evaluation.half_way.models import HalfWayReview

HINT = "Do not name staff or pupils."


class ViewForm(GovForm):
    """One side's view."""

    edits = True
    submit_label = "Save"

    view = forms.CharField(
        label="How does it go, and what should be different?",
        help_text=f"What has changed so far? Should the work go on as agreed? {HINT}",
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"required": "Enter how it goes, and what should be different"},
    )

    def __init__(self, *args: Any, said: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"view": said}, **kwargs)


class DecideForm(GovModelForm):
    """The co-ordinator's decision."""

    edits = True
    submit_label = "Save the decision and tell everybody"

    decision = forms.ChoiceField(
        label="How does it go on?",
        choices=Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select how it goes on"},
    )

    class Meta:
        model = HalfWayReview
        fields = ("decision", "grounds", "exit_plan")
        labels = {"grounds": "Why?", "exit_plan": "How does the school carry on by itself afterwards?"}
        help_texts = {
            "grounds": say_later(f"The two schools and the AST read it. {HINT}"),
            "exit_plan": f"Who leads it then, what is kept up, and how one will know that it lasts. {HINT}",
        }
        error_messages = {
            "grounds": {"required": "Enter why"},
            "exit_plan": {"required": "Enter how the school carries on by itself afterwards"},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("grounds", "exit_plan"):
            self.fields[name].required = True

    def _post_clean(self) -> None:
        """Constraints are the action's."""
