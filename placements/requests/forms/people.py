"""Who the AST would work with: one person or group on a page (R-6.7, R-6.10, R-6.13)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from astcoord.core.words import say_later
from astcoord.ui.forms import GovModelForm, show_problems
from placements.priorities import reads as priorities
from placements.priorities import rules
from placements.priorities.forms import ChoosesPriorities
from placements.requests import rules as requests
from placements.requests.actions.asking import PERSON
from placements.requests.lifecycle import CAPABILITY, Selection, Situation
from placements.requests.models import OutreachRequest, RequestedStaff


class RequestPrioritiesForm(ChoosesPriorities):
    """A page of the request. An authority that has listed nothing asks for nothing: the journey passes by."""

    heading: ClassVar[str] = say_later("Which of the authority’s priorities does it serve?")
    lead: ClassVar[str] = ""
    legend_is_heading: ClassVar[bool] = True
    drawn = {rules.FIELD: {"legend_size": "l", "page_heading": True}}
    submit_label = "Save and continue"

    def __init__(self, data: Any = None, *, instance: OutreachRequest, settings: Policy) -> None:
        super().__init__(data)
        self.offer(instance, priorities.offered(today(), begins=instance.wanted_from))

    def answers(self) -> dict[str, Any]:
        """The valid answers, for `actions.requests.answer`."""
        return {rules.FIELD: self.chosen, rules.WHY_NOT: self.reason}


DEVELOP, CONTINUE = "develop", "continue"


class PersonForm(GovModelForm):
    """The willingness points appear under “recommended”; without JavaScript they are always there."""

    willingness = forms.MultipleChoiceField(
        label="You have asked, and this person is willing",
        required=False,
        choices=[
            (DEVELOP, "to develop their own practice"),
            (CONTINUE, say_later("to carry on after the AST has left, so that the whole school benefits")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    head_agrees = forms.BooleanField(
        label="I agree to this person taking part",
        error_messages={"required": "Tick the box to say that you agree to this person taking part"},
    )
    situation = forms.ChoiceField(
        label="Is this person in any difficulty with their work?",
        help_text=say_later(
            "Only you and the AST co-ordinator see this. It helps to make sure that the support is right."
        ),
        choices=[*Situation.choices, (CAPABILITY, "In a capability procedure")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether this person is in any difficulty"},
    )

    conditional = {"selection": {Selection.HEAD.value: "willingness"}}
    hints = {
        "selection": {
            Selection.SELF.value: "Works best.",
            Selection.HEAD.value: "They must be willing too.",
        },
        "situation": {
            Situation.SOME.value: "For example, finding one class or one part of the job hard. Support is welcome.",
            Situation.SERIOUS.value: "There is concern about their teaching as a whole.",
        },
    }
    nouns = {"name": "the name of the person or group"}
    submit_label = "Save and continue"

    class Meta:
        model = RequestedStaff
        fields = ["name", "kind", "email", "selection"]
        labels = {
            "name": "Name of the person or group",
            "kind": "Role",
            "email": "Email address",
            "selection": "How were they chosen?",
        }
        help_texts = {
            "name": "For a group, for example: Year 4 teaching assistants",
            "email": "So that they can confirm, later, what they would like to gain",
        }
        widgets = {"kind": forms.RadioSelect, "selection": forms.RadioSelect}
        error_messages = {"selection": {"required": "Select how they were chosen"}}

    field_order = ("name", "kind", "email", "selection", "willingness", "situation", "head_agrees")

    def __init__(self, *args: Any, settings: Policy, shows_situation: bool = True, **kwargs: Any) -> None:
        """Who may not read declarations (section G*) may enter one from paper, but is not shown what is stored."""
        super().__init__(*args, **kwargs)
        self.settings = settings
        person = self.instance
        if person.pk:
            points = [(DEVELOP, person.willing_to_develop), (CONTINUE, person.willing_to_continue)]
            self.initial["willingness"] = [point for point, willing in points if willing]
            self.initial["head_agrees"] = person.head_agrees
            if shows_situation:
                self.initial["situation"] = person.situation
        for name in ("kind", "selection"):
            self.fields[name].choices = [c for c in self.fields[name].choices if c[0]]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"situation", "selection", "head_agrees"} <= set(cleaned):
            person = RequestedStaff(**self.facts())
            show_problems(self, requests.person_problems(person, self.settings.teacher_difficulty))
        elif "situation" in cleaned:
            found = requests.situation_problems(cleaned["situation"], self.settings.teacher_difficulty)
            show_problems(self, found)
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """The row's own constraints quote no field: `clean` has said the same in better words."""
        return {*super()._get_validation_exclusions(), "willing_to_develop", "head_agrees", "selection"}

    def facts(self) -> dict[str, Any]:
        """The person's fields as the action takes them; willingness counts only where the head recommends."""
        cleaned = self.cleaned_data
        points = cleaned.get("willingness", []) if cleaned.get("selection") == Selection.HEAD else []
        found = {
            "willing_to_develop": DEVELOP in points,
            "willing_to_continue": CONTINUE in points,
            "head_agrees": cleaned.get("head_agrees", False),
        }
        return {name: found.get(name, cleaned.get(name, "")) for name in PERSON}
