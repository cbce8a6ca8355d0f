"""Calling and holding the meeting, cover: what the browser sends about a placement as a whole."""

from typing import Any

from django import forms

from astcoord.core.clock import today
from astcoord.core.words import say_later
from astcoord.ui.dates import DateInputField
from astcoord.ui.forms import GovForm
from placements.placement.lifecycle import Cover
from placements.placement.models import Placement
from staff.posts.models import Post


class CallMeetingForm(GovForm):
    """When and where the preliminary meeting is."""

    edits = True
    meeting_called_for = DateInputField(label="Day of the meeting")
    meeting_place = forms.CharField(
        label="Time and place", max_length=200, help_text="For example, 3:45pm in the head’s office at the host school"
    )
    submit_label = "Send the agenda and the role statement"


class HoldMeetingForm(GovForm):
    """Who was there."""

    held_on = DateInputField(label="Day on which it was held")
    present = forms.MultipleChoiceField(
        label="Who was there?",
        choices=[
            ("host_head", "Host headteacher"),
            ("ast", say_later("AST")),
            ("coordinator", say_later("Co-ordinator")),
            ("staff", "Supported staff"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=True,
    )
    absence_consent = forms.CharField(
        label="If somebody was missing, why did it go ahead?",
        help_text=say_later("Only the co-ordinator can agree to that."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    notes = forms.CharField(label="What was decided", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    nouns = {"present": "who was there"}
    needed_when = {"absence_consent": ""}
    submit_label = "Record the meeting"


class CoverForm(GovForm):
    """How the AST's classes at home are looked after (R-4.12)."""

    edits = True
    cover = forms.MultipleChoiceField(
        label=say_later("How are the AST’s classes covered?"),
        help_text=say_later("The placement does not start before this is answered. Select all that apply."),
        choices=Cover.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": say_later("Select how the AST’s classes are covered")},
    )
    note = forms.CharField(
        label="Anything to add",
        help_text=say_later(
            "For example, that the pupils know the person, or that the AST helps the person to prepare."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
    )
    hints = {
        "cover": {
            "supply": "Pupils meet a new face each week: choose it only if nothing else can be found.",
            "head": "Think of somebody who stands in when you are called away.",
        }
    }
    submit_label = "Save the cover plan"


class PeerForm(GovForm):
    """Another AST for the meetings (R-8.6)."""

    post = forms.ModelChoiceField(
        label=say_later("Which AST?"),
        queryset=None,
        empty_label="Choose",
        error_messages={"required": say_later("Select an AST")},
    )
    submit_label = "Ask the parties"

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Post.objects.in_post(today()).exclude(pk=placement.post_id).select_related("user", "home")
        self.fields["post"].queryset = posts.order_by("user__name_key")
