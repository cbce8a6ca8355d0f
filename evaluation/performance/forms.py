"""Writing an outreach judgement in the agreed format: each target, the whole, what is to be developed (R-12.2)."""

from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from evaluation.evaluations.lifecycle import Reached
from evaluation.performance.actions import Written
from evaluation.performance.models import OutreachJudgement
from staff.descriptions.models import JobObjective

NAMES = "Name nobody who is supported: the letter says “a colleague” in place of a name."


class JudgementForm(GovForm):
    """A draft may have gaps; what is missing when it is issued, the rules say."""

    edits = True
    submit_label = "Save the draft"

    judgement = forms.CharField(
        label="What do you judge of the outreach as a whole?",
        help_text=f"Against the targets and the evidence. {NAMES}",
        max_length=3000,
        required=False,
        widget=forms.Textarea,
    )
    development = forms.CharField(
        label=say_later("What does the AST need to develop in the role of an AST?"),
        help_text="It cannot be issued without this. Such as work with adults, or leading a course.",
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, row: OutreachJudgement, targets: list[JobObjective], **kwargs: Any) -> None:
        held = {each.objective_id: each for each in row.targets.all()}
        initial: dict[str, Any] = {"judgement": row.judgement, "development": row.development}
        for each in targets:
            said = held.get(each.pk)
            initial |= {f"reached_{each.pk}": said.reached if said else ""}
            initial |= {f"evidence_{each.pk}": said.evidence if said else ""}
        super().__init__(*args, initial=initial, **kwargs)
        self.targets = targets
        for number, each in enumerate(targets, start=1):
            self.fields |= {
                f"reached_{each.pk}": forms.ChoiceField(
                    label=f"Target {number}: how far is it reached?",
                    help_text=_of(each),
                    choices=Reached.choices,
                    required=False,
                    widget=forms.RadioSelect,
                ),
                f"evidence_{each.pk}": forms.CharField(
                    label=f"Target {number}: what shows it?", max_length=1000, required=False, widget=forms.Textarea
                ),
            }
        self.order_fields([*(name for name in self.fields if "_" in name), "judgement", "development"])

    def written(self) -> Written:
        """For the action."""
        data = self.cleaned_data
        return Written(
            judgement=data["judgement"],
            development=data["development"],
            targets={each.pk: (data[f"reached_{each.pk}"], data[f"evidence_{each.pk}"]) for each in self.targets},
        )


def _of(target: JobObjective) -> str:
    return f"{target.text} Success: {target.criterion}" if target.criterion else target.text
