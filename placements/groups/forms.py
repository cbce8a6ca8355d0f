"""What the browser sends about groups, members, meetings and decisions (R-7.6)."""

from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import AutocompleteSelect, GovForm, RowsField
from astcoord.ui.registers import RegisterForm
from placements.groups import reads
from placements.groups.lifecycle import GroupKind, Outcome, Side
from placements.groups.models import DecidingGroup, GroupItem, GroupMeeting, GroupMember
from placements.matching.models import Match
from placements.planning.models import PlanLine
from staff.accounts.models import User


class DecidingGroupForm(RegisterForm):
    """Its name, what it is, and a network's subjects."""

    submit_label = "Save the group"
    nouns = {"name": "what the group is called", "kind": "what it is"}

    class Meta:
        model = DecidingGroup
        fields = ["name", "kind", "subjects"]
        labels = {"name": "What is it called?", "kind": "What is it?", "subjects": "Subjects of a network"}
        help_texts = {"subjects": "A deployment group decides on every subject, and needs none."}
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = GroupKind.choices


class GroupMemberForm(RegisterForm):
    """Whose seat, for whom, from when."""

    submit_label = "Save the member"
    nouns = {"group": "which group", "name": "the member’s name", "side": "for whom the member sits there"}

    class Meta:
        model = GroupMember
        fields = ["group", "name", "account", "side", "represents", "since"]
        labels = {
            "group": "Which group?",
            "name": "Name",
            "account": "Account here",
            "side": "Sits for",
            "represents": "What does the member represent?",
            "since": "Member from",
        }
        help_texts = {
            "account": "Leave this empty for somebody who has none. It opens no page to the member.",
            "represents": "For example, primary headteachers",
        }
        widgets = {"side": forms.RadioSelect, "account": AutocompleteSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance
        self.fields["side"].choices = Side.choices
        groups = DecidingGroup.objects.now() | DecidingGroup.objects.filter(pk=held.group_id)
        self.fields["group"].queryset = groups.distinct()
        accounts = User.objects.filter(is_active=True) | User.objects.filter(pk=held.account_id)
        self.fields["account"].queryset = accounts.distinct().order_by("name_key", "pk")


class MeetingForm(GovForm):
    """Which group, when and where; of a meeting that is planned already, day and place."""

    submit_label = "Save the meeting"
    nouns = {"group": "which group meets", "on": "the day of the meeting"}

    group = forms.ModelChoiceField(
        label="Which group?",
        queryset=DecidingGroup.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Select which group meets"},
    )
    on = DateInputField(label="Day")
    place = forms.CharField(label="Where?", max_length=200, required=False)

    def __init__(self, *args: Any, meeting: GroupMeeting | None = None, **kwargs: Any) -> None:
        held = {"on": meeting.on, "place": meeting.place} if meeting else {}
        super().__init__(*args, initial=held, **kwargs)
        self.edits = meeting is not None
        self.fields["group"].queryset = DecidingGroup.objects.now()
        if meeting is not None:
            del self.fields["group"]


class AgendaForm(GovForm):
    """What is on the agenda, of all that waits for the group."""

    edits = True
    submit_label = "Save the agenda"
    needed_when = {"items": ""}

    items = forms.MultipleChoiceField(
        label="What is the meeting to decide on?",
        help_text="Tick all that apply. What is decided already is not listed.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, meeting: GroupMeeting, offered: reads.Offered, **kwargs: Any) -> None:
        self.by_key: dict[str, Match | PlanLine] = {f"m{each.pk}": each for each in offered.matches}
        self.by_key |= {f"l{each.pk}": each for each in offered.lines}
        there = meeting.items.filter(outcome="").values_list("match", "line")
        ticked = [f"m{match}" if match else f"l{line}" for match, line in there]
        super().__init__(*args, initial={"items": [key for key in ticked if key in self.by_key]}, **kwargs)
        fields: Any = self.fields
        fields["items"].choices = [(key, reads.about_words(about)) for key, about in self.by_key.items()]

    def said(self) -> dict[str, Any]:
        """For the action."""
        chosen = [self.by_key[key] for key in self.cleaned_data["items"]]
        return {
            "matches": [each for each in chosen if isinstance(each, Match)],
            "lines": [each for each in chosen if isinstance(each, PlanLine)],
        }


class MemberBoxes(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.words)


class HeldForm(GovForm):
    """Who was there, of the members on that day."""

    edits = True
    submit_label = "Record that it took place"

    present = MemberBoxes(
        label="Who was there?",
        help_text="Members on the day of the meeting.",
        queryset=GroupMember.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select who was there"},
    )

    def __init__(self, *args: Any, meeting: GroupMeeting, **kwargs: Any) -> None:
        super().__init__(*args, initial={"present": [each.pk for each in meeting.present.all()]}, **kwargs)
        fields: Any = self.fields
        fields["present"].queryset = reads.members_on(meeting)


class ItemForm(GovForm):
    """What the group decided on one item."""

    edits = True
    submit_label = "Record the decision"
    nouns = {"outcome": "what the group decided", "reason": "the reason"}
    drawn = {"reason": {"rows": 3}}

    outcome = forms.ChoiceField(
        label="What did the group decide?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what the group decided"},
    )
    reason = forms.CharField(
        label="Why is it not agreed, or put off?",
        help_text=say_later(
            "Kept with the match, where the AST and the AST’s own headteacher read it. Name no pupil and nobody "
            "who is supported."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, item: GroupItem, **kwargs: Any) -> None:
        super().__init__(*args, initial={"outcome": item.outcome, "reason": item.reason}, **kwargs)
