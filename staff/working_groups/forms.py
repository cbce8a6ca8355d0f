"""Keeping a working group, and an action of one (R-3.15)."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import RowsField
from astcoord.ui.registers import RegisterForm
from staff.accounts.models import User
from staff.accounts.permissions import is_office
from staff.posts.models import Post
from staff.working_groups.models import GroupAction, WorkingGroup


class MembersField(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.home.name}"


class GroupForm(RegisterForm):
    """Name, purpose, needs found; who belongs to it is the office’s to say."""

    submit_label = "Save the group"
    nouns = {"name": "what the group is called", "aim": "what the group is for"}

    members = MembersField(
        label="Who belongs to it?",
        queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say_later("Select at least two ASTs")},
    )

    class Meta:
        model = WorkingGroup
        fields = ["name", "aim", "needs"]
        labels = {"name": "What is the group called?", "aim": "What is it for?", "needs": "Which needs has it found?"}
        help_texts = {"needs": "Name no pupil and nobody who is supported. Leave this empty if none are found yet."}
        widgets = {"aim": forms.Textarea(attrs={"rows": 3}), "needs": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_office(user):
            del self.fields["members"]
            return
        field: Any = self.fields["members"]
        held = Post.objects.filter(pk__in=[post.pk for post in self.instance.members.all()] if self.instance.pk else [])
        posts = (Post.objects.in_post(today()) | held).select_related("user", "home")
        field.queryset = posts.order_by("user__name_key", "pk")
        if self.instance.pk:
            self.initial["members"] = [post.pk for post in held]


class ActionForm(RegisterForm):
    """What, by whom, by when: whoever does it says which group it is of."""

    submit_label = "Save the action"
    nouns = {"due_on": "the day by which it is done"}

    who = forms.ChoiceField(label="By whom?", error_messages={"required": "Select by whom"})
    due_on = DateInputField(label="By when?")

    class Meta:
        model = GroupAction
        fields = ["text", "due_on"]
        labels = {"text": "What is to be done?"}
        help_texts = {"text": "Name no pupil and nobody who is supported."}

    field_order = ["text", "who", "due_on"]

    def __init__(self, *args: Any, groups: list[WorkingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = {f"{group.pk}-{post.pk}": (group, post) for group in groups for post in group.members.all()}
        labels = [(code, f"{post.name}, for {group.name}") for code, (group, post) in self.pairs.items()]
        fields: Any = self.fields
        fields["who"].choices = [("", "Choose somebody of the group"), *labels]
        if self.instance.pk:
            self.initial["who"] = f"{self.instance.group_id}-{self.instance.owner_id}"

    def said(self) -> dict[str, Any]:
        """For the register: whose, and of which group."""
        group, owner = self.pairs[self.cleaned_data["who"]]
        fields = {"text": self.cleaned_data["text"], "due_on": self.cleaned_data["due_on"], "owner": owner}
        return fields if self.instance.pk else {**fields, "group": group}
