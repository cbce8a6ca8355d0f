"""Asking for a correction, and answering it (R-10.8)."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from astcoord.ui.layout import FormHelper, Submit
from evaluation.diary.forms import EntryForm


class AskForm(EntryForm):
    """The entry as it should be, and why."""

    buttons: ClassVar[Sequence[Submit]] = ()
    submit_label = "Ask for this correction"

    why = forms.CharField(
        label="Why should it be corrected?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text=say_later("The co-ordinator and the host headteacher read this."),
    )
    drawn = {**EntryForm.drawn, "why": {"rows": 3, "optional": False}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["idea"]  # not closed with the entry: it has a page of its own

    @property
    def helper(self) -> FormHelper:
        """The reason comes last."""
        helper = super().helper
        helper.layout.append("why")
        return helper


class AnswerForm(GovForm):
    """The co-ordinator makes the change, or leaves the entry and says why."""

    submit_label = "Save your answer"
    conditional = {"decision": {"leave": "answer"}}
    drawn = {"decision": {"legend_size": "m"}}

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("correct", "Correct the entry as asked"), ("leave", "Leave it as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select what you decide"},
    )
    answer = forms.CharField(
        label="Why does it stay as it is?",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text=say_later("The AST and the host headteacher read this."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("decision") != "leave":
            data["answer"] = ""
        return data
