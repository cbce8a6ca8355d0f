"""A job description as tests write one, through the actions."""

from dataclasses import replace
from typing import Any

from staff.accounts.models import User
from staff.descriptions.actions import agreeing, writing
from staff.descriptions.models import JobDescription
from staff.descriptions.rules import Parts
from staff.posts.models import Post
from tests.cast import Cast

PARTS = Parts(
    title="AST for mathematics",
    responsibilities=("Lead mathematics at Key Stage 3", "Support mathematics in other schools"),
    line_manager="Mr T Ashgrove, headteacher",
    purpose="To keep excellent teaching in the classroom.",
    head_part="The head frees Tuesdays and talks to host heads.",
    classroom_tasks="Teach Years 7 to 9\nTry out new units",
    outreach_tasks="Plan with teachers of host schools",
)
SENT = {
    "title": PARTS.title,
    "responsibilities": "- Lead mathematics at Key Stage 3\r\n\r\n- Support mathematics in other schools",
    "management_duties": "",
    "line_manager": PARTS.line_manager,
    "purpose": PARTS.purpose,
    "head_part": PARTS.head_part,
    "classroom_tasks": PARTS.classroom_tasks,
    "outreach_tasks": PARTS.outreach_tasks,
}
"""The same, as a browser sends it."""


def drafted(cast: Cast, by: User | None = None, post: Post | None = None, **changes: Any) -> JobDescription:
    """A draft with all four parts."""
    writer = by or cast.home_head
    draft = writing.begin(post=post or cast.post, by=writer)
    return writing.save(description=draft, parts=replace(PARTS, **changes), by=writer)


def put(cast: Cast, by: User | None = None, **changes: Any) -> JobDescription:
    """Put to those who agree."""
    return writing.put(description=drafted(cast, by, **changes), by=by or cast.home_head)


def agreed(cast: Cast, **changes: Any) -> JobDescription:
    """By the head, who wrote it, and the AST."""
    found = put(cast, **changes)
    return agreeing.agree(description=found, seen=found.asked, by=cast.ast)


def agreed_for(post: Post, head: User) -> JobDescription:
    """Of any post, by its head and whoever is named for it."""
    draft = writing.save(description=writing.begin(post=post, by=head), parts=PARTS, by=head)
    found = writing.put(description=draft, by=head)
    return agreeing.agree(description=found, seen=found.asked, by=post.user)
