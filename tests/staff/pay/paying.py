"""Short ways to an AST's pay."""

from datetime import date
from typing import Any

from astcoord.core.roles import Role
from staff.accounts.models import User
from staff.pay.actions import points, ranges, terms
from staff.pay.actions.ranges import Proposal
from staff.pay.models import PayPoint, PayRange
from staff.posts.models import Post
from tests.cast import Cast
from tests.factories import person

FIRST = date(2025, 9, 1)
"""The cast's AST is in post from that day."""
WHY = {"pay_rise": "Worth more than staying.", "differentials": "Below the deputies."}


def governor(cast: Cast) -> User:
    """Of the AST's own school."""
    return person("Edda Brockhurst", "edda@marlshire.example", Role.GOVERNOR, cast.home)


def proposal(lowest: int = 5, starts_on: date = FIRST, **more: Any) -> Proposal:
    return Proposal(
        **{"lowest": lowest, "highest": lowest + 4, "starts_on": starts_on, "talked_on": FIRST, **WHY, **more}
    )


def proposed(cast: Cast, lowest: int = 5, starts_on: date = FIRST, post: Post | None = None, **more: Any) -> PayRange:
    return ranges.propose(post=post or cast.post, proposal=proposal(lowest, starts_on, **more), by=cast.coordinator)


def approved(cast: Cast, lowest: int = 5, starts_on: date = FIRST, post: Post | None = None) -> PayRange:
    row = proposed(cast, lowest, starts_on, post)
    return ranges.approve(row=row, decided_on=FIRST, minute="4.1", by=cast.coordinator)


def paid(cast: Cast, point: int = 7, starts_on: date = FIRST, post: Post | None = None) -> PayPoint:
    return points.record(post=post or cast.post, point=point, starts_on=starts_on, by=cast.coordinator)


def whole(cast: Cast, post: Post | None = None) -> None:
    """Everything that a post wants of its pay."""
    post = post or cast.post
    approved(cast, post=post)
    paid(cast, post=post)
    terms.answer_allowances(post=post, held=[], on=FIRST, by=cast.coordinator)
    permanent = {"kind": "permanent", "ends_on": None, "depends_on_funding": False}
    terms.record_contract(post=post, by=cast.coordinator, **permanent)
