"""Keeping the authority's priorities, and ticking those that a request or a placement serves (R-14.1)."""

from collections.abc import Iterable
from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.forms import GovForm, show_problems
from astcoord.ui.registers import RegisterForm
from placements.priorities import reads, rules
from placements.priorities.models import Priority
from schools.calendar.years import first_year_of, slug_of, slug_on

BACK, AHEAD = 10, 10
"""School years before and after this one that a priority may begin or end in."""
NONE_BOX = (rules.NONE, "None of these")


class PriorityForm(RegisterForm):
    """One line of the list."""

    first_year = forms.TypedChoiceField(label="First school year", coerce=int)
    last_year = forms.TypedChoiceField(
        label="Last school year",
        help_text="Leave this open if no end is set.",
        coerce=int,
        required=False,
        empty_value=None,
    )
    submit_label = "Save the priority"
    nouns = {"kind": "where the priority comes from"}

    class Meta:
        model = Priority
        fields = ["kind", "name", "reference", "first_year", "last_year"]
        labels = {"kind": "Where does it come from?", "name": "Priority", "reference": "Its number in the plan"}
        help_texts = {
            "name": "As heads will read it. For example: Raise standards in mathematics at Key Stage 2",
            "reference": "For example, EDP 2",
        }
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        now = first_year_of(slug_on(today()))
        held = [year for year in (self.instance.first_year, self.instance.last_year) if year]
        years = range(min([now - BACK, *held]), max([now + AHEAD, *held]) + 1)
        choices = [(str(year), slug_of(year)) for year in years]
        fields["kind"].choices = Priority.Kind.choices
        fields["first_year"].choices = choices
        fields["last_year"].choices = [("", "No end set"), *choices]
        if not self.instance.pk:
            self.initial["first_year"] = now


def boxes(offered: Iterable[Priority]) -> list[tuple[str, str]]:
    """One box for each priority, and one for none of them."""
    now = today()
    return [*((str(each.pk), reads.label_of(each, now)) for each in offered), NONE_BOX]


class ChoosesPriorities(GovForm):
    """Boxes to tick, and under “None of these” the reason, which without JavaScript is always there."""

    edits = True
    priorities = forms.MultipleChoiceField(
        label=say_later("Which of the authority’s priorities does it serve?"),
        help_text="Tick all that apply.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": reads.GONE, "required": rules.NOTHING_TICKED},
    )
    no_priority_reason = forms.CharField(
        label="Why does it serve none of them?",
        help_text="A sentence is enough. Do not name staff or pupils.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    conditional = {rules.FIELD: {rules.NONE: rules.WHY_NOT}}
    exclusive = {rules.FIELD: rules.NONE}
    offered: list[Priority]

    def offer(self, thing: reads.Linked, offered: list[Priority]) -> None:
        """Fill in the boxes, ticked as they are stored."""
        self.offered = offered
        fields: Any = self.fields
        fields[rules.FIELD].choices = boxes(offered)
        ticked = [str(each.pk) for each in thing.priorities.all()]
        self.initial[rules.FIELD] = ticked or [rules.NONE] * bool(thing.no_priority_reason)
        self.initial[rules.WHY_NOT] = thing.no_priority_reason

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if rules.FIELD not in self.errors:
            found = rules.choice_problems(cleaned[rules.FIELD], cleaned.get(rules.WHY_NOT, ""))
            show_problems(self, found)
        return cleaned

    @property
    def chosen(self) -> list[Priority]:
        """The priorities ticked, in the list's order."""
        return [each for each in self.offered if str(each.pk) in self.cleaned_data[rules.FIELD]]

    @property
    def reason(self) -> str:
        """Why none; empty where some are ticked, whatever was left in the box."""
        return "" if self.chosen else str(self.cleaned_data[rules.WHY_NOT])


class PlacementPrioritiesForm(ChoosesPriorities):
    """The office says it of a placement."""

    submit_label = "Save the priorities"

    def __init__(self, *args: Any, placement: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(placement, reads.offered(today(), begins=placement.starts_on, beside=placement))
