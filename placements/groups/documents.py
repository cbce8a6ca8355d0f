"""The paper of a meeting that decides deployments: its agenda, and afterwards what it decided (R-7.6).

Members of schools read it. So it names nobody who is supported, and says nothing of an AST's year (section G).
"""

from collections.abc import Iterable
from typing import Any

from astcoord.core import documents, shown
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say
from placements.groups.lifecycle import MeetingStatus
from placements.groups.models import GroupItem, GroupMeeting
from placements.groups.reads import members_on
from placements.matching.reads.matches import UNTOLD

PAPER = "group-meeting"


def paper_facts(meeting: GroupMeeting, items: Iterable[GroupItem]) -> dict[str, Any]:
    """Who meets when, and each item with the need, the AST proposed and why; the decision, or room for it."""
    held = meeting.status == MeetingStatus.HELD
    people = meeting.present.all() if held else members_on(meeting)
    return {
        **documents.letterhead(),
        "group": meeting.group.name,
        "on": meeting.on,
        "place": meeting.place,
        "held": held,
        "people": [member.words for member in people],
        "items": [_item(item) for item in shown.all_shown_to(shown.ANYBODY, items)],
    }


def _item(item: GroupItem) -> dict[str, Any]:
    asked, post = item.request, item.post
    first, last = asked.wanted_from, asked.wanted_until
    dates = f", {date_words(first)} to {date_words(last)}" if first and last else ""
    rows = [
        ("School", asked.host.name),
        ("Subject", asked.get_subject_display()),
        ("What needs to get better", asked.need),
        (say("AST"), f"{post.name}, {post.home.name}" if post else ""),
        ("Days", f"{days_words(item.days)}{dates}"),
        (say("Why this AST"), "\n".join(_reasons(item))),
    ]
    return {
        "title": asked.reference,
        "rows": [row for row in rows if row[1]],
        "decision": item.get_outcome_display(),
        "reason": item.reason,
    }


def _reasons(item: GroupItem) -> Iterable[str]:
    """What spoke for the AST, short of what tells of the AST's time."""
    if item.match:
        parts = [each for each in item.match.reasons if each.get("most") and each["title"] not in UNTOLD]
        yield from (f"{each['title']}: {each['text']}" for each in parts)
    elif item.line:
        yield f"Deployment plan {item.line.plan.reference}, {item.line.plan.title}: most need is met over all schools"
