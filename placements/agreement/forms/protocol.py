"""One short form for each of the ten items: the answer, and the item's own facts."""

from datetime import date, timedelta
from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say, say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from placements.agreement.actions.protocol import REVIEWS_OF_ITEM, TERMS_OF_ITEM
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ProtocolItem
from placements.papers.models import SharedDocument
from placements.placement.models import Placement, PlannedReview
from placements.placement.ten_items import ActionOwner

Kind = PlannedReview.Kind
State = SharedDocument.State

DATES = {
    4: [(f"school_evaluation_{n}", Kind.SCHOOL_EVALUATION) for n in range(1, 5)]
    + [("final_evaluation", Kind.FINAL_EVALUATION)],
    6: [(f"review_meeting_{n}", Kind.REVIEW_MEETING) for n in range(1, 4)],
    9: [(f"reserved_day_{n}", Kind.RESERVED_DAY) for n in range(1, 4)],
}
"""The boxes for dates fixed in advance, by item."""

ORDINALS = ("First", "Second", "Third", "Fourth")
NAMES = {
    Kind.SCHOOL_EVALUATION: "evaluation by head and staff",
    Kind.REVIEW_MEETING: "review meeting",
    Kind.RESERVED_DAY: "day with time for review",
    Kind.FINAL_EVALUATION: "Final evaluation",
}


class ItemForm(GovForm):
    """The answer to one item. Subclasses bring the item's own facts, which come first on the page."""

    edits = True
    number = 0
    agreement = forms.ChoiceField(
        label="What was agreed?",
        choices=[
            (Agreement.AGREED, "Agreed"),
            (Agreement.WITH_ACTION, "Agreed, with something still to be done"),
            (Agreement.NOT_DISCUSSED, "Not discussed yet"),
        ],
        widget=forms.RadioSelect,
    )
    action = forms.CharField(label="What is still to be done?", max_length=250, required=False)
    action_owner = forms.ChoiceField(label="Who will do it?", choices=ActionOwner.choices, required=False)
    action_due = DateInputField(label="By when?", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, required=False)
    nouns = {"agreement": "what was agreed", "action_due": "date for the action"}
    needed_when = {"action": "", "action_owner": "", "action_due": ""}
    submit_label = "Save and continue"

    def __init__(self, *args: Any, placement: Placement, item: ProtocolItem, **kwargs: Any) -> None:
        self.placement, self.item = placement, item
        kwargs["initial"] = {**self.initial_answer(), **self.initial_facts(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["action_owner"].choices = [("", "Choose"), *ActionOwner.choices]
        self.build()

    def build(self) -> None:
        """Add fields that depend on the placement, and put the item's facts before the answer."""
        for name, kind in DATES.get(self.number, []):
            self.fields[name] = DateInputField(label=_date_label(name, kind), required=False)
        answer = ["agreement", "action", "action_owner", "action_due", "note"]
        self.order_fields([*[n for n in self.fields if n not in answer], *answer])

    def initial_answer(self) -> dict[str, Any]:
        item = self.item
        asked = item.agreement if item.agreement != Agreement.NOT_DISCUSSED else ""
        return {
            "agreement": asked,
            "action": item.action,
            "action_owner": item.action_owner,
            "action_due": item.action_due,
            "note": item.note,
        }

    def initial_facts(self) -> dict[str, Any]:
        """What the placement holds already, for the item's own fields and dates."""
        found = {name: getattr(self.placement, name) for name in TERMS_OF_ITEM.get(self.number, ())}
        held: dict[str, list[date]] = {}
        if self.number in REVIEWS_OF_ITEM:
            for review in self.placement.reviews_planned.all():
                held.setdefault(review.kind, []).append(review.on)
        for name, kind in DATES.get(self.number, []):
            found[name] = next(iter(held.get(kind, [])), None)
            held[kind] = held.get(kind, [])[1:]
        return found

    def answer(self) -> dict[str, Any]:
        """The keyword arguments of `protocol.save_item`."""
        data = self.cleaned_data
        facts = {name: data[name] for name in TERMS_OF_ITEM.get(self.number, ()) if name in self.fields}
        reviews: dict[str, list[date]] = {kind: [] for kind in REVIEWS_OF_ITEM.get(self.number, ())}
        for name, kind in DATES.get(self.number, []):
            if data[name]:
                reviews[kind].append(data[name])
        return {
            "agreement": data["agreement"],
            "note": data["note"],
            "action": data["action"],
            "owner": data["action_owner"],
            "due": data["action_due"],
            "reviews": reviews,
            **facts,
        }

    @property
    def own_fields(self) -> list[Any]:
        """The item's own facts, drawn above the answer."""
        return [self[name] for name in self.fields if name not in ItemForm.base_fields]


class TellingStaffForm(ItemForm):
    number = 2
    staff_meeting_on = DateInputField(label="When is the staff meeting?", required=False)
    staff_meeting_not_needed = forms.BooleanField(label="No staff meeting is needed", required=False)
    nouns = {**ItemForm.nouns, "staff_meeting_on": "date of the staff meeting"}


class EvaluationsForm(ItemForm):
    number = 4


class DayAndVisitForm(ItemForm):
    number = 5
    day_shape = forms.CharField(
        label="Shape of the day",
        help_text="For example: two lessons with the teachers, planning together, a free period to talk, "
        "a quarter of an hour with the head at the end.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    visit_planned_on = DateInputField(
        label=say_later("When do they visit the AST’s own school?"),
        help_text="In the first third of the days.",
        required=False,
    )
    visit_host_agrees = forms.BooleanField(label="The host headteacher agrees to the visit", required=False)
    visit_waived_reason = forms.CharField(
        label="If there is to be no visit, say why", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    nouns = {**ItemForm.nouns, "visit_planned_on": "date of the visit"}


class ReviewMeetingsForm(ItemForm):
    number = 6


class NoticeForm(ItemForm):
    number = 7
    notice_days = forms.IntegerField(
        label=say_later("How many school days’ notice does the AST need to prepare something?"),
        min_value=0,
        max_value=30,
        required=False,
    )


class AimsForm(ItemForm):
    number = 9
    focus = forms.CharField(label="Aims", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False)


class PapersForm(ItemForm):
    """Six papers: who provides each, and by when."""

    number = 10

    def build(self) -> None:
        self.papers = list(self.placement.papers.all())
        for n, paper in enumerate(self.papers, start=1):
            words = paper.get_kind_display()
            self.fields[f"owner_{n}"] = forms.CharField(
                label=f"{words}: who provides it?", max_length=150, required=False, initial=paper.owner
            )
            self.fields[f"due_{n}"] = DateInputField(
                label=f"{words}: by when?", required=False, initial=paper.due or self._week_before()
            )
            if paper.kind == SharedDocument.Kind.ACTION_PLANS:
                self.fields[f"none_{n}"] = forms.BooleanField(
                    label="There is no action plan for this focus",
                    required=False,
                    initial=paper.state == State.NOT_APPLICABLE,
                )
        super().build()

    def answer(self) -> dict[str, Any]:
        return {**super().answer(), "papers_asked": {p.kind: self._asked(n, p) for n, p in enumerate(self.papers, 1)}}

    def _week_before(self) -> date | None:
        """Early sight: a week before the first day, unless somebody says otherwise (R-9.2); never a day gone by."""
        return max(self.placement.starts_on - timedelta(days=7), today()) if self.placement.starts_on else None

    def _asked(self, n: int, paper: SharedDocument) -> dict[str, Any]:
        data = self.cleaned_data
        asked = {"owner": data[f"owner_{n}"], "due": data[f"due_{n}"]}
        if data.get(f"none_{n}"):
            asked["state"] = State.NOT_APPLICABLE
        elif paper.state == State.NOT_APPLICABLE:
            asked["state"] = State.OUTSTANDING
        return asked


class PlainForm(ItemForm):
    """P1, P3 and P8: nothing to enter but the answer."""


FORMS: dict[int, type[ItemForm]] = {
    form.number: form
    for form in (
        TellingStaffForm,
        EvaluationsForm,
        DayAndVisitForm,
        ReviewMeetingsForm,
        NoticeForm,
        AimsForm,
        PapersForm,
    )
}


def form_for(number: int) -> type[ItemForm]:
    """The form of item `number`."""
    return FORMS.get(number, PlainForm)


class CirculationForm(GovForm):
    """P2 as it is done: the papers given round, and each first talk (R-8.2)."""

    edits = True
    circulated_on = DateInputField(label="When did all staff have the papers?", required=False)
    nouns = {"circulated_on": "date on which all staff had the papers"}
    submit_label = "Save"

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circulated_on"].initial = placement.circulated_on
        self.people = list(placement.supported.taking_part())
        talks = {f"met_{person.pk}": "once it has been held" for person in self.people}
        self.needed_when = {"circulated_on": "needed before the first day", **talks}  # type: ignore[misc]
        for person in self.people:
            self.fields[f"met_{person.pk}"] = DateInputField(
                label=f"First talk of {say('the AST')} with {person.name}", required=False, initial=person.first_met_on
            )

    def met(self) -> dict[int, date | None]:
        """The day of each first talk, by the person's key."""
        return {person.pk: self.cleaned_data[f"met_{person.pk}"] for person in self.people}


class PapersSeenForm(GovForm):
    """R-9.1: which of the six papers the AST has seen."""

    edits = True
    submit_label = "Save"

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for paper in placement.papers.all():
            first = State.UPLOADED if paper.state == State.UPLOADED else State.OUTSTANDING
            choices = [(first, first.label), (State.SEEN, "Seen")]
            if paper.kind == SharedDocument.Kind.ACTION_PLANS:
                choices.append((State.NOT_APPLICABLE, "Does not apply"))
            self.fields[paper.kind] = forms.ChoiceField(
                label=paper.get_kind_display(), choices=choices, widget=forms.RadioSelect, initial=paper.state
            )


def _date_label(name: str, kind: str) -> str:
    tail = name.rsplit("_", 1)[-1]
    return f"{ORDINALS[int(tail) - 1]} {NAMES[kind]}" if tail.isdigit() else NAMES[kind]
