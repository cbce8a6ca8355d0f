"""Keeping a team of ASTs (R-3.18)."""

from typing import Any

from django import forms

from astcoord.core.words import say_later
from astcoord.ui.forms import RowsField
from astcoord.ui.registers import RegisterForm
from staff.accounts.models import User
from staff.posts.models import Post
from staff.teams.actions import eligible
from staff.teams.models import Team


def words(post: Post) -> str:
    """Which school is said, too: a team is of one."""
    return f"{post.name}, {post.home.name}"


class LeadField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return words(obj)


class MembersField(RowsField):
    def label_from_instance(self, obj: Any) -> str:
        return words(obj)


class TeamForm(RegisterForm):
    """Name, aim, lead, members; the school is the lead's."""

    submit_label = "Save the team"
    nouns = {"name": "what the team is called", "aim": "the aim that the team shares", "lead": "who leads the team"}

    lead = LeadField(label="Who leads the team?", queryset=Post.objects.none(), empty_label=say_later("Choose an AST"))
    members = MembersField(
        label="Who belongs to it?",
        help_text=say_later("ASTs of the lead’s school. The lead belongs to it anyway."),
        queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Team
        fields = ["name", "aim"]
        labels = {"name": "What is the team called?", "aim": "What is its shared aim?"}
        widgets = {"aim": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance if self.instance.pk else None
        for name in ("lead", "members"):
            field: Any = self.fields[name]
            field.queryset = eligible(user)
        if held is not None:
            self.initial.update({"lead": held.lead_id, "members": [post.pk for post in held.members.all()]})
