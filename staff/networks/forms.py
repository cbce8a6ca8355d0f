"""Planning a network meeting, inviting, answering, and saying who was there (R-3.13)."""

from typing import Any, ClassVar

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm, RowsField
from astcoord.ui.layout import Fieldset
from schools.register.lifecycle import Phase
from schools.register.models import Cluster
from staff.accounts.models import User
from staff.expertise.vocabulary import Subject
from staff.networks.lifecycle import MeetingKind, MeetingStatus, Purpose, Reply
from staff.networks.models import Invitation, NetworkMeeting
from staff.networks.querysets import meant_by
from staff.networks.rules import Item
from staff.posts.models import Post

ITEMS = 8
"""Rows for items of the agenda: as many as there are purposes."""
ANSWERS = [(Reply.COMING.value, "I will come"), (Reply.APOLOGIES.value, "I cannot come and send my apologies")]


class MeetingForm(GovForm):
    """For whom, when, where, led by whom, and the agenda. For whom is asked until people are invited."""

    submit_label = "Save the meeting"
    nouns = {"on": "the day of the meeting", "kind": "whom it is for", "place": "where it is", "led_by": "who leads it"}
    conditional: ClassVar[Any] = {"kind": {"phase": "phase", "subject": "subject", "cluster": "cluster"}}
    needed_when: ClassVar[Any] = {"phase": "", "subject": "", "cluster": ""}

    kind = forms.ChoiceField(label="Whom is it for?", choices=MeetingKind.choices, widget=forms.RadioSelect)
    phase = forms.ChoiceField(label="Which phase?", choices=[("", "Select"), *Phase.choices], required=False)
    subject = forms.ChoiceField(label="Which subject?", choices=[("", "Select"), *Subject.choices], required=False)
    cluster = forms.ModelChoiceField(
        label="Which cluster?", queryset=Cluster.objects.none(), empty_label="Select", required=False
    )
    on = DateInputField(label="Day")
    hours = forms.CharField(label="Time", help_text="Such as 1.30pm to 4pm", max_length=40, required=False)
    place = forms.CharField(label="Where is it?", max_length=200)
    led_by = forms.ChoiceField(label="Who leads it?")

    def __init__(
        self,
        *args: Any,
        leaders: list[User],
        subjects: set[str] | None,
        meeting: NetworkMeeting | None = None,
        **kwargs: Any,
    ) -> None:
        """`subjects` are those of a consultant, who calls meetings of these; None for who may call any."""
        super().__init__(*args, initial=_held(meeting, leaders, subjects), **kwargs)
        self.edits, self.leaders, self.meeting = meeting is not None, leaders, meeting
        self.fields |= {name: field for number in range(1, ITEMS + 1) for name, field in _item(number).items()}
        fields: Any = self.fields
        fields["led_by"].choices = [("", "Select"), *((str(each.pk), each.name) for each in leaders)]
        fields["cluster"].queryset = Cluster.objects.order_by("name")
        if subjects is not None:
            fields["kind"].choices = [(MeetingKind.SUBJECT.value, MeetingKind.SUBJECT.label)]
            fields["subject"].choices = [("", "Select"), *(c for c in Subject.choices if c[0] in subjects)]
            del self.fields["phase"], self.fields["cluster"]
        if meeting is not None and meeting.status != MeetingStatus.DRAFT:
            for name in ("kind", "phase", "subject", "cluster"):
                self.fields.pop(name, None)
        first = [name for name in self.fields if not name.startswith(("what_", "purpose_", *self._under()))]
        rows = [Fieldset(f"Item {n}", f"what_{n}", f"purpose_{n}", size="s") for n in range(1, ITEMS + 1)]
        self.layout = [*first, *rows]

    def _under(self) -> tuple[str, ...]:
        """Fields that are drawn inside the choice that they belong to."""
        return tuple(name for name in ("phase", "subject", "cluster") if name in self.fields)

    def said(self) -> dict[str, Any]:
        """For the action: what a kind does not ask for is empty, whatever was typed before another was chosen."""
        data = self.cleaned_data
        leader = next(each for each in self.leaders if str(each.pk) == data["led_by"])
        given = {"on": data["on"], "hours": data["hours"], "place": data["place"], "led_by": leader}
        items = [Item(data[f"what_{n}"], data[f"purpose_{n}"]) for n in range(1, ITEMS + 1)]
        return {**given, **self._whom(), "items": items}

    def _whom(self) -> dict[str, Any]:
        if "kind" not in self.fields:
            return {}
        kind, asked = self.cleaned_data["kind"], ("phase", "subject")
        whom = {name: self.cleaned_data.get(name, "") if kind == name else "" for name in asked}
        cluster = self.cleaned_data.get("cluster") if kind == MeetingKind.CLUSTER else None
        return {"kind": kind, **whom, "cluster": cluster}


def _held(meeting: NetworkMeeting | None, leaders: list[User], subjects: set[str] | None) -> dict[str, Any]:
    if meeting is None:
        only = {"led_by": str(leaders[0].pk)} if len(leaders) == 1 else {}
        return {**only, **({} if subjects is None else {"kind": MeetingKind.SUBJECT})}
    names = ("kind", "phase", "subject", "on", "hours", "place")
    held = {name: getattr(meeting, name) for name in names}
    for item in meeting.agenda.all():
        held |= {f"what_{item.number}": item.what, f"purpose_{item.number}": item.purpose}
    return {**held, "cluster": meeting.cluster_id, "led_by": str(meeting.led_by_id)}


def _item(number: int) -> dict[str, forms.Field]:
    purposes = [("", "Select"), *Purpose.choices]
    return {
        f"what_{number}": forms.CharField(label=f"What is item {number} about?", required=False, max_length=200),
        f"purpose_{number}": forms.ChoiceField(label=f"What is item {number} for?", required=False, choices=purposes),
    }


class PostsField(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.home.name}"


class InviteForm(GovForm):
    """Whom to ask: at first those whom the meeting is for are ticked."""

    submit_label = "Send the invitations"
    nouns = {"posts": "whom to invite"}

    posts = PostsField(
        label="Whom do you invite?",
        queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say_later("Select at least one AST")},
    )

    def __init__(self, *args: Any, meeting: NetworkMeeting, posts: Any, **kwargs: Any) -> None:
        first = meeting.status == MeetingStatus.DRAFT
        meant = list(meant_by(meeting).values_list("pk", flat=True)) if first else []
        super().__init__(*args, initial={"posts": meant}, **kwargs)
        field: Any = self.fields["posts"]
        field.queryset = posts.exclude(pk__in=meeting.invitations.values("post"))


class ReplyForm(GovForm):
    """Comes, or does not."""

    edits = True
    submit_label = "Send the answer"

    reply = forms.ChoiceField(
        label="Will you come?",
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you will come"},
    )
    reason = forms.CharField(
        label="Anything to add?",
        help_text="The office, your headteacher and your subject’s consultant can read it.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        answered = invitation.reply if invitation.reply != Reply.NONE else ""
        super().__init__(*args, initial={"reply": answered, "reason": invitation.reason}, **kwargs)


class RecordForm(GovForm):
    """Who was there, who sent apologies, what was noted."""

    edits = True
    submit_label = "Save the record"
    drawn = {"notes": {"rows": 8}, "sorry": {"optional": False}, "present": {"optional": False}}

    present = forms.MultipleChoiceField(label="Who was there?", widget=forms.CheckboxSelectMultiple, required=False)
    sorry = forms.MultipleChoiceField(label="Who sent apologies?", widget=forms.CheckboxSelectMultiple, required=False)
    notes = forms.CharField(
        label="Notes",
        help_text="Everybody who was invited, and their headteachers, can read them. Name no pupil and nobody who is "
        "supported.",
        max_length=4000,
        widget=forms.Textarea,
        required=False,
    )

    def __init__(self, *args: Any, meeting: NetworkMeeting, **kwargs: Any) -> None:
        rows = list(meeting.invitations.whole())
        held = meeting.status == MeetingStatus.HELD
        there = [str(each.pk) for each in rows if (each.attended if held else each.reply == Reply.COMING)]
        sorry = [str(each.pk) for each in rows if each.reply == Reply.APOLOGIES]
        super().__init__(*args, initial={"present": there, "sorry": sorry, "notes": meeting.notes}, **kwargs)
        fields: Any = self.fields
        for name in ("present", "sorry"):
            fields[name].choices = [(str(each.pk), f"{each.post.name}, {each.post.home.name}") for each in rows]

    def said(self) -> dict[str, Any]:
        """For the action."""
        chosen = {name: [int(each) for each in self.cleaned_data[name]] for name in ("present", "sorry")}
        return {**chosen, "notes": self.cleaned_data["notes"]}
