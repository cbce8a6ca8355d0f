"""Changes of a post that is held: what the browser sends, first to ask what hangs on it, then to confirm."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms

from astcoord.core.consequences import Section
from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from schools.register.forms import SchoolField
from schools.register.models import School
from staff.posts.lifecycle import AbsenceKind, Destination
from staff.posts.models import Post, PostAbsence, PostMove


class ChangeForm(GovForm):
    """Sent twice: `seen` tells the second time what the person has been shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    submit_label = "Continue"
    _choices: Mapping[str, tuple[tuple[str, str], ...]] = {}

    @property
    def decisions(self) -> dict[str, str]:
        """What is chosen of each thing, by its key; the usual where nothing is said."""
        return {key: str(self.data.get(key) or choices[0][0]) for key, choices in self._choices.items()}

    def decide(self, sections: Iterable[Section]) -> None:
        """Ask what becomes of each thing that hangs on the answers and may be chosen of (R-20.4)."""
        rows = [row for section in sections for row in section.rows if row.choices]
        self._choices = {row.key: row.choices for row in rows}
        for row in rows:
            self.fields[row.key] = forms.ChoiceField(label=row.what, help_text=row.fate, choices=row.choices)
            if self.decisions[row.key] not in dict(row.choices):
                self.add_error(row.key, "Select what becomes of it: what was possible has changed")

    def ask(self, seen: str, confirm: str) -> None:
        """The answers are right: show them once more, with a button that does it."""
        self.data = self.data.copy()
        self.data["seen"] = seen
        self.submit_label = confirm


class HoursForm(ChangeForm):
    """R-17.7: how much, from when."""

    fte = forms.DecimalField(
        label="New full-time equivalent", help_text="1 for full-time, 0.6 for three days a week", decimal_places=2
    )
    starts_on = DateInputField(label="From which day?")
    drawn: ClassVar[Any] = {"fte": {"classes": "govuk-input--width-3"}}
    nouns: ClassVar[Any] = {"fte": "the new full-time equivalent", "starts_on": "the day from which it holds"}


class MovingForm(ChangeForm):
    """R-17.7: where to, from when."""

    home = SchoolField(label="New home school")
    on = DateInputField(label="What is the first day there?")
    nouns: ClassVar[Any] = {"home": "the new home school", "on": "the first day there"}

    def __init__(self, *args: Any, coming: PostMove | None, **kwargs: Any) -> None:
        initial = {"home": coming.home, "on": coming.on} if coming else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.edits = coming is not None
        self.fields["home"].queryset = School.objects.open().by_name()  # type: ignore[attr-defined]


class AbsenceForm(ChangeForm):
    """R-17.7: why, as coarsely as it goes, and from when until when."""

    kind = forms.ChoiceField(
        label=say_later("Why is the AST away?"), choices=AbsenceKind.choices, widget=forms.RadioSelect
    )
    starts_on = DateInputField(label="First day away")
    ends_on = DateInputField(label="Last day away", help_text="Leave empty as long as nobody knows it", required=False)
    nouns: ClassVar[Any] = {"kind": say_later("why the AST is away")}

    def __init__(self, *args: Any, absence: PostAbsence | None, **kwargs: Any) -> None:
        initial = {name: getattr(absence, name) for name in ("kind", "starts_on", "ends_on")} if absence else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.edits = absence is not None
        self.fields["kind"].help_text = say("Only the office, the AST and the AST’s own headteacher can read it.")


class LeavingForm(ChangeForm):
    """R-3.16: when, where to, why."""

    edits = True
    last_day = DateInputField(label="What is the last day in post?")
    destination = forms.ChoiceField(
        label=say_later("Where does the AST go?"), choices=Destination.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Why?",
        help_text=say_later("The office, the AST and the AST’s own headteacher can read it."),
        max_length=300,
        required=False,
    )
    nouns: ClassVar[Any] = {"last_day": "the last day", "destination": say_later("where the AST goes"), "reason": "why"}

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        initial = {"last_day": post.ends_on, "destination": post.left_to, "reason": post.left_because}
        super().__init__(*args, initial=initial, **kwargs)
