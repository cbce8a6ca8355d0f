"""Planning a QA visit, writing it up, and the AST’s comment (R-3.7, R-3.8)."""

from typing import Any

from django import forms

from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from staff.accounts.models import User
from staff.quality.lifecycle import QaKind
from staff.quality.models import QaVisit

YES_NO = [("yes", "Yes"), ("no", "No")]


class PlanForm(GovForm):
    """What is looked at, when and by whom; of a visit that is planned already, day and visitor."""

    submit_label = "Save the visit"
    nouns = {"on": "the day of the visit"}

    kind = forms.ChoiceField(
        label="What is looked at?",
        choices=QaKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what is looked at"},
    )
    on = DateInputField(label="Day")
    visitor = forms.ChoiceField(
        label="Who visits?", widget=forms.RadioSelect, error_messages={"required": "Select who visits"}
    )

    def __init__(self, *args: Any, visitors: list[User], visit: QaVisit | None = None, **kwargs: Any) -> None:
        held = {"on": visit.on, "visitor": str(visit.visitor_id)} if visit else {}
        super().__init__(*args, initial=held, **kwargs)
        fields: Any = self.fields
        fields["visitor"].choices = [(str(each.pk), each.name) for each in visitors]
        self.visitors = visitors
        self.edits = visit is not None
        if visit is not None:
            del self.fields["kind"]

    def said(self) -> dict[str, Any]:
        """For the action: with the visitor as a person."""
        chosen = next(each for each in self.visitors if str(each.pk) == self.cleaned_data["visitor"])
        return {**self.cleaned_data, "visitor": chosen}


class ReportForm(GovForm):
    """Outcome, strengths, actions."""

    edits = True
    submit_label = "Save the report"
    drawn = {"strengths": {"rows": 5}, "actions": {"rows": 5}}
    nouns = {"strengths": "what was good", "actions": "what is to be done, or that nothing is"}

    outcome = forms.ChoiceField(
        label="Outcome", widget=forms.RadioSelect, error_messages={"required": "Select the outcome"}
    )
    strengths = forms.CharField(label="What was good?", max_length=2000, widget=forms.Textarea)
    actions = forms.CharField(
        label="What is to be done?",
        help_text="Say so if nothing is. Name no pupil and nobody who is supported.",
        max_length=2000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, visit: QaVisit, scale: list[str], **kwargs: Any) -> None:
        held = {name: getattr(visit, name) for name in ("outcome", "strengths", "actions")}
        super().__init__(*args, initial=held, **kwargs)
        fields: Any = self.fields
        fields["outcome"].choices = [(word, word) for word in scale]


class CommentForm(GovForm):
    """What the AST says, and whether the own headteacher may read the report."""

    submit_label = "Send the comment"
    drawn = {"comment": {"rows": 5}}

    comment = forms.CharField(
        label="Your comment",
        help_text="The visitor reads it; your headteacher only if you agree below. Leave it empty if you have none.",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    head_may_read = forms.ChoiceField(
        label="May your headteacher read the report and your comment?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether your headteacher may read the report"},
    )

    def said(self) -> dict[str, Any]:
        """For the action."""
        return {**self.cleaned_data, "head_may_read": self.cleaned_data["head_may_read"] == "yes"}
