"""Writing up an outreach day: one short page. There is no mark, grade or judgement of anybody on it (R-10.6)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property

from astcoord.core.policy_choices import PMSupport
from astcoord.core.wording import date_words
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, RowsField
from astcoord.ui.layout import Details, FormHelper, Layout, Submit
from evaluation.diary.actions import DayHeld, Telling
from evaluation.diary.models import DiaryEntry
from evaluation.ideas.forms import HELP
from evaluation.ideas.reads import text_of
from evaluation.ideas.rules import LONGEST
from placements.days.forms import ShareField, VenueField, share_of
from placements.days.models import OutreachDay
from placements.placement.models import Placement
from placements.placement.reads import policy_of
from placements.supported.models import SupportedStaff
from staff.expertise.vocabulary import WorkType

HELD = [("yes", "Yes"), ("no", "No, it was not possible")]


def work_types(placement: Placement) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What was agreed, and everything else; targets only where the authority allows help with them (R-6.3)."""
    choices = list(WorkType.choices)
    if policy_of(placement).pm_support == PMSupport.NONE:
        choices = [c for c in choices if c[0] != WorkType.TARGETS]
    agreed = [c for c in choices if c[0] in placement.work_types]
    return (agreed, [c for c in choices if c not in agreed]) if agreed else (choices, [])


class TellingForm(GovForm):
    """What happened. Nothing is required by the form: a draft may be half done, and the rules judge at submission."""

    conditional = {"talk_held": {"yes": "talk_said", "no": "talk_reason"}}
    drawn = {
        "priorities": {"rows": 3, "optional": False},
        "activities": {"small": True, "optional": False},
        "other_activities": {"small": True, "optional": False},
        "staff": {"small": True},
        "objectives": {"small": True},
        "evidence": {"rows": 3},
        "next_steps": {"rows": 3},
        "idea": {"rows": 2},
        "talk_held": {"optional": False},
    }
    submit_label = "Save changes"
    first: ClassVar[Sequence[str]] = ()
    """What is asked before it."""

    priorities = forms.CharField(
        label="Main priorities",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=say_later(
            "What the day was for. The AST’s own headteacher sees this too, so do not name staff here."
        ),
    )
    activities = forms.MultipleChoiceField(
        label="What was done", required=False, widget=forms.CheckboxSelectMultiple, help_text="Select all that apply."
    )
    other_activities = forms.MultipleChoiceField(
        label="Other kinds of work", required=False, widget=forms.CheckboxSelectMultiple
    )
    lesson_classes = forms.CharField(
        label="Which class had the model lesson?",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example, Year 4. Several classes each on a line of its own. Leave it empty if the day’s plan "
        "names the class.",
    )
    staff = RowsField(queryset=None, label="Who you worked with", required=False, widget=forms.CheckboxSelectMultiple)
    objectives = RowsField(
        queryset=None, label="Objectives you worked on", required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.CharField(
        label="What shows it",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="For example a plan, pupils’ work, or where it is kept. About the work, not about anybody’s quality.",
    )
    next_steps = forms.CharField(label="Next steps", required=False, max_length=2000, widget=forms.Textarea)
    talk_held = forms.ChoiceField(
        label="Was the end-of-day talk held?", required=False, choices=HELD, widget=forms.RadioSelect
    )
    talk_said = forms.CharField(
        label="What was agreed (optional)", required=False, max_length=1000, widget=forms.Textarea
    )
    talk_reason = forms.CharField(label="Why not", required=False, max_length=1000, widget=forms.Textarea)

    idea = forms.CharField(
        label="What does your own school gain from it?",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text=f"An idea that you bring back. {HELP}",
    )

    def __init__(
        self, *args: Any, placement: Placement, entry: DiaryEntry | None = None, on: date | None = None, **kwargs: Any
    ) -> None:
        """`on` is the day told of, where it is known: whoever had withdrawn by then is no choice (R-6.12)."""
        self.placement = placement
        self.begun = entry is not None
        kwargs["initial"] = {**_from_entry(entry), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.edits = entry is not None or on is not None
        agreed, others = work_types(placement)
        self.fields["activities"].choices = agreed
        self.fields["other_activities"].choices = others
        among = "activities" if WorkType.MODEL_LESSON in dict(agreed) else "other_activities"
        self.conditional = {**type(self).conditional, among: {WorkType.MODEL_LESSON: "lesson_classes"}}
        self.fields["staff"].queryset = placement.supported.taking_part(on) if on else placement.supported.all()
        self.fields["staff"].label_from_instance = _until
        self.fields["objectives"].queryset = placement.objectives.all()
        self.fields["objectives"].label_from_instance = lambda o: f"{o.number}. {o.text}"

    @cached_property
    def helper(self) -> FormHelper:
        """Other kinds of work stand behind a link; a list that is empty is not asked about."""
        helper = super().helper
        fields: Any = self.fields
        others = [Details("Something else was done", "other_activities", open=self.begun)]
        named = [name for name in ("staff", "objectives") if fields[name].queryset]
        helper.layout = Layout(
            *self.first,
            "priorities",
            "activities",
            *(others if fields["other_activities"].choices else []),
            *named,
            "evidence",
            "next_steps",
            "talk_held",
            *(["idea"] if "idea" in fields else []),
        )
        return helper

    def telling(self) -> Telling:
        """The words, for the action."""
        data = self.cleaned_data
        held = {"yes": True, "no": False}.get(data["talk_held"])
        return Telling(
            priorities=data["priorities"],
            activities=[*data["activities"], *data["other_activities"]],
            classes=[line.strip() for line in data["lesson_classes"].splitlines() if line.strip()],
            staff=[person.pk for person in data["staff"]],
            objectives=[objective.pk for objective in data["objectives"]],
            evidence=data["evidence"],
            next_steps=data["next_steps"],
            talk_held=held,
            talk_note=data["talk_said"] if held else data["talk_reason"],
            idea=data.get("idea"),
        )


class EntryForm(TellingForm):
    """An outreach day with its date, length and place."""

    on = DateInputField(label="Date of the outreach day")
    days = ShareField()
    venue = VenueField()

    first: ClassVar[tuple[str, ...]] = ("on", "days", "venue")
    field_order = first
    drawn = {**TellingForm.drawn, "days": {"inline": True}}
    buttons: ClassVar[Sequence[Submit]] = (
        Submit("submit", "Submit"),
        Submit("draft", "Save as draft", tone="secondary"),
    )

    def __init__(self, *args: Any, today: date, day: OutreachDay | None = None, **kwargs: Any) -> None:
        placement = kwargs["placement"]
        usual = (day.on, day.days, day.venue) if day else (today, placement.day_share, OutreachDay.Venue.HOST)
        kwargs["initial"] = {"on": usual[0], "days": share_of(usual[1]), "venue": usual[2]}
        super().__init__(*args, on=day.on if day else None, **kwargs)
        self.fields["days"].allow(usual[1])

    def held(self) -> DayHeld:
        """When and where, for the action."""
        return DayHeld(**{name: self.cleaned_data[name] for name in ("on", "days", "venue")})


class CorrectForm(EntryForm):
    """An entry that has been submitted: what it says, and when and how long the day was."""

    buttons: ClassVar[Sequence[Submit]] = ()
    submit_label = "Save changes"
    drawn = {**EntryForm.drawn, "why": {"rows": 2}}
    needed_when: ClassVar[Mapping[str, str]] = {"why": "if you change the date"}

    why = forms.CharField(
        label="Why was the date wrong?",
        required=False,
        max_length=200,
        widget=forms.Textarea,
        help_text=say_later("The history of the entry and the AST’s time account keep this."),
    )
    first = ("on", "why", "days", "venue")
    field_order = first


def _until(person: SupportedStaff) -> str:
    return f"{person.name} (until {date_words(person.withdrew_on)})" if person.withdrew_on else person.name


def _from_entry(entry: DiaryEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    note = "talk_said" if entry.talk_held else "talk_reason"
    return {
        "priorities": entry.priorities,
        "activities": list(entry.activities),
        "other_activities": list(entry.activities),
        "lesson_classes": "\n".join(lesson.taught for lesson in entry.day.lessons_told.all()),
        "staff": [person.pk for person in entry.staff.all()],
        "objectives": [objective.pk for objective in entry.objectives.all()],
        "evidence": entry.evidence,
        "next_steps": entry.next_steps,
        "talk_held": {True: "yes", False: "no"}.get(entry.talk_held, ""),
        note: entry.talk_note,
        "idea": text_of(entry.day),
    }
