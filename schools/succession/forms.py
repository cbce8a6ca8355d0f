"""Which school follows, and from which day."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q

from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from schools.register.forms import SchoolField
from schools.register.lifecycle import RegisterStatus
from schools.register.models import School

OTHER, NOBODY = "other", "nobody"


class FollowsForm(GovForm):
    """The school that the register proposes, another one, or none."""

    submit_label = "Continue"
    choice = forms.ChoiceField(label="What follows?", widget=forms.RadioSelect)
    successor = SchoolField(label="School that follows", required=False)
    nouns: ClassVar[Any] = {"choice": "what follows", "successor": "the school that follows"}
    conditional: ClassVar[Any] = {"choice": {OTHER: "successor"}}
    hints: ClassVar[Any] = {"choice": {NOBODY: "You see what is then left to decide"}}

    def __init__(self, *args: Any, school: School, proposed: list[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(each.urn), f"{each.name}, as the national register proposes") for each in proposed]
        choice: Any = self.fields["choice"]
        choice.choices = [*found, (OTHER, "Another school"), (NOBODY, "No school: it has closed for good")]
        schools: Any = self.fields["successor"]
        soon = Q(status=RegisterStatus.PROPOSED)
        schools.queryset = (School.objects.open() | School.objects.filter(soon)).exclude(pk=school.pk).by_name()
        self.proposed = {str(each.urn): each for each in proposed}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("choice") == OTHER and not data.get("successor") and "successor" not in self.errors:
            self.add_error("successor", "Choose the school that follows")
        return data

    def following(self) -> School | None:
        """The school that was chosen; None for none."""
        chosen = self.cleaned_data["choice"]
        if chosen == NOBODY:
            return None
        found: School = self.cleaned_data["successor"] if chosen == OTHER else self.proposed[chosen]
        return found


class SettleForm(GovForm):
    """The first day at the successor, or after the school. `seen` is the answer that the page knew of."""

    on = DateInputField(label="From which day?")
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    nouns: ClassVar[Any] = {"on": "the day"}

    def __init__(self, *args: Any, submit: str, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = hint
        self.submit_label = submit
