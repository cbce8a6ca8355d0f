"""The way into a post told through the actions: a post to fill, its candidate, the pass, the first day."""

from datetime import date
from decimal import Decimal
from typing import Any

from staff.accounts.models import User
from staff.appointing.actions import assessing, candidates
from staff.appointing.actions.candidates import Entered
from staff.openings import actions as openings
from staff.openings.models import Opening
from staff.posts.models import Post
from tests.cast import Cast
from tests.staff.descriptions.writing import agreed_for
from tests.staff.pay.paying import whole

MET, HELD = date(2026, 9, 14), date(2026, 9, 29)
BODY = "National assessment agency"
NAMED = {
    "name": "Linnet Harrowgate",
    "email": "linnet@marlshire.example",
    "fte": "0.6",
    "route": "internal",
    "consulted": "on",
    "subjects": ["mathematics"],
}


def opened(cast: Cast) -> Opening:
    """A post at a school without an AST, on which its governors have decided."""
    asked = openings.ask(school=cast.elsewhere, wanted="Maths", subject="mathematics", reasons=(), by=cast.outsider)
    openings.discuss(opening=asked, discussed_on=date(2026, 9, 7), informed=True, by=cast.coordinator)
    return openings.decide(opening=asked, decided_on=MET, minute="7.2", responsible_for="Maths.", by=cast.outsider)


def named(cast: Cast, opening: Opening) -> Post:
    entered = Entered(fte=Decimal("0.6"), route="internal", consulted=True, subjects=("mathematics",))
    return candidates.name(
        opening=opening, name=str(NAMED["name"]), email=str(NAMED["email"]), entered=entered, by=cast.outsider
    )


def passing(cast: Cast, candidate: Post) -> Post:
    """With the job description agreed, and the pay whole."""
    agreed_for(candidate, cast.outsider)
    whole(cast, candidate)
    assessing.book(post=candidate, on=HELD, body=BODY, by=cast.coordinator)
    return assessing.record_result(post=candidate, passed=True, on=HELD, body=BODY, note="", by=cast.coordinator)


def appointed(post: Post, by: User, **changes: Any) -> Post:
    said: dict[str, Any] = {"starts_on": date(2026, 10, 5), "first_post": True, "management_duties": ""}
    return assessing.appoint(post=post, by=by, **{**said, **changes})
