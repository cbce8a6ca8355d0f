"""Writing a job description in its four parts, and its objectives (R-2.5, R-2.6)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm
from astcoord.ui.layout import Field, Fieldset
from staff.descriptions.models import JobDescription, JobObjective, Responsibility
from staff.descriptions.rules import OUTSIDE, Parts, lines_of

ONE_A_LINE = "Put each on a line of its own."


def _text(label: str, most: int, hint: str = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=most, required=False, widget=forms.Textarea)


class DescriptionForm(GovForm):
    """The four parts. A draft may have gaps; what is missing when it is put, the rules say."""

    edits = True
    submit_label = "Save the draft"
    needed_when: ClassVar[Any] = dict.fromkeys(
        (
            "title",
            "responsibilities",
            "line_manager",
            "purpose",
            "head_part",
            "classroom_tasks",
            "outreach_tasks",
        ),
        "",
    )
    layout = (
        Fieldset("1. Title", "title", Field("responsibilities", rows=6), "management_duties"),
        Fieldset("2. Accountable to", "line_manager"),
        Fieldset("3. Purpose", Field("purpose", rows=4), Field("head_part", rows=4)),
        Fieldset("4. Key tasks", Field("classroom_tasks", rows=6), Field("outreach_tasks", rows=6)),
    )

    title = forms.CharField(label="What is the post called?", max_length=120, required=False)
    responsibilities = _text("Main responsibilities", 6000, f"{ONE_A_LINE} Objectives lie inside these.")
    management_duties = forms.CharField(
        label="Management duties kept",
        help_text=say_later(
            "Such as deputy headteacher, or head of department. The co-ordinator sees them as a risk: they take "
            "time from AST work. Leave empty if there are none."
        ),
        max_length=200,
        required=False,
    )
    line_manager = forms.CharField(
        label="Line manager at the school",
        help_text=say_later(
            "Name and post. Beside the line manager the AST is accountable to the authority’s co-ordinator."
        ),
        max_length=150,
        required=False,
    )
    purpose = _text("What is the job for, in the school?", 2000)
    head_part = _text(
        "The headteacher’s part",
        2000,
        say_later("What the headteacher does so that the AST can support teachers, at home and in host schools"),
    )
    classroom_tasks = _text("Key tasks in the classroom", 4000, ONE_A_LINE)
    outreach_tasks = _text(
        "Key tasks in outreach", 4000, say_later(f"{ONE_A_LINE} What the AST does in other schools.")
    )

    def __init__(self, *args: Any, description: JobDescription, **kwargs: Any) -> None:
        parts = description.parts
        initial = {name: getattr(parts, name) for name in Parts.__dataclass_fields__}
        initial["responsibilities"] = "\n".join(parts.responsibilities)
        super().__init__(*args, initial=initial, **kwargs)

    def parts(self) -> Parts:
        """For `actions.writing.save`."""
        data = self.cleaned_data
        listed = lines_of(data["responsibilities"])
        return Parts(**{**data, "responsibilities": listed})


class ObjectiveForm(GovForm):
    """One objective, inside one of the listed responsibilities (R-2.6)."""

    submit_label = "Save the objective"
    text = forms.CharField(
        label="What is to be reached?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the objective"},
    )
    responsibility = forms.ModelChoiceField(
        label="In which responsibility does it lie?",
        queryset=Responsibility.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select the responsibility in which it lies", "invalid_choice": OUTSIDE},
    )
    on_outreach = forms.BooleanField(label="It is on outreach: on work in other schools", required=False)
    criterion = forms.CharField(
        label="What will count as success?",
        help_text="Something that can be seen or counted, such as 20% more pupils at level 2B",
        max_length=300,
        error_messages={"required": "Enter what will count as success"},
    )
    action_plan = forms.CharField(
        label=say_later("What of the AST’s action plan serves it?"), max_length=300, required=False
    )
    training_plan = forms.CharField(
        label="What of the school’s training plan serves it?", max_length=300, required=False
    )

    def __init__(
        self, *args: Any, description: JobDescription, objective: JobObjective | None = None, **kwargs: Any
    ) -> None:
        initial = {}
        if objective is not None:
            initial = {name: getattr(objective, name) for name in ObjectiveForm.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.edits = objective is not None
        field: Any = self.fields["responsibility"]
        field.queryset = description.responsibilities.all()
