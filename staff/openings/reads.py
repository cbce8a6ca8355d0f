"""One AST post that a school wants: what is known, whose turn it is, what this reader may do (R-1.4, R-1.7, R-2.1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core import timeline
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say, say_later
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator
from staff.openings import permissions
from staff.openings.lifecycle import DECIDED, LOOKING, OpeningStatus
from staff.openings.models import Opening, TalkOffer

Rows = list[tuple[Any, ...]]
Link = tuple[str, str]
S = OpeningStatus

NEXT: dict[str, str] = {
    S.ENQUIRY: say_later("The co-ordinator talks to the school, and gives strategy and funding information."),
    S.DISCUSSED: "The headteacher or the governors record the governors’ decision; no post opens before.",
    S.APPROVED: "The headteacher names the candidate from the own staff, or advertises the post.",
    S.ADVERTISED: "The headteacher records how many applied, and names the candidate.",
    S.SELECTED: say_later("The candidate is assessed. After a pass the co-ordinator records the first day in post."),
    S.FILLED: "",
    S.CLOSED: "",
}
"""Whose turn it is."""

more_links: list[Callable[[Opening, User], Iterable[Link]]] = []
"""Rooms above put their ways on from an opening here when the software starts: (words, address), in one query."""


@dataclass(frozen=True)
class OpeningPage:
    """Rows of (key, value), the one thing to do next, other ways on, and what happened."""

    opening: Opening
    asked: Rows
    stages: Rows
    next: str
    button: Link | None
    links: list[Link]
    history: list[dict[str, Any]]

    @property
    def undecided(self) -> bool:
        """R-1.4: what keeps the post from being opened."""
        return self.opening.status == S.DISCUSSED


def opening_page(opening: Opening, user: User) -> OpeningPage:
    """Everything on the page. `opening` comes from `with_school()`; four queries more."""
    ways = [*_ways(opening, user), *(link for more in more_links for link in more(opening, user))]
    button = _turn(opening, ways) if opening.status in LOOKING else None
    return OpeningPage(
        opening=opening,
        asked=_asked(opening),
        stages=_stages(opening, user),
        next=NEXT[opening.status],
        button=button,
        links=[link for link in ways if link != button],
        history=timeline.events(opening, reader=user),
    )


def _turn(opening: Opening, ways: list[Link]) -> Link | None:
    """The way on that is next in turn, if this reader may take it."""
    step = {S.ENQUIRY: "discuss", S.DISCUSSED: "decide"}.get(OpeningStatus(opening.status), "candidate")
    return next((link for link in ways if link[1].endswith(f"/{step}/")), None)


def _asked(opening: Opening) -> Rows:
    reasons = Opening._meta.get_field("reasons").labels(opening)  # type: ignore[union-attr]
    rows: Rows = [("School", opening.school.name), ("Subject or area", opening.get_subject_display() or "Not said")]
    if opening.wanted:
        rows.append(("What the school has in mind", opening.wanted))
    if reasons:
        rows.append(("Why", reasons))
    if opening.asked_on:
        by = f", by {opening.asked_by.name}" if opening.asked_by else ""
        rows.append(("Asked for", f"{date_words(opening.asked_on)}{by}"))
    return rows


def _stages(opening: Opening, user: User) -> Rows:
    given = "; strategy and funding information given" if opening.informed else ""
    talked = f"{date_words(opening.discussed_on)}{given}" if opening.discussed_on else "Not recorded"
    rows: Rows = [("First discussion", talked)]
    if permissions.sees_introductions(user, opening):
        names = [str(each) for each in opening.introductions.select_related("colleague", "school")]
        rows += [("Introduced to", names)] if names else []
    rows.append(("Governors’ decision", opening.decision or "Not recorded"))
    if opening.advertised_on:
        flag = ". The school was in a category" if opening.in_category else ""
        words = f"{date_words(opening.advertised_on)}, {opening.advertised_in}: {opening.advert_result.lower()}{flag}"
        rows.append(("Advertised", words))
    return rows


def _ways(opening: Opening, user: User) -> list[Link]:
    status, office = opening.status, is_coordinator(user)
    keeps, decides = permissions.can_keep(user, opening), permissions.can_decide(user, opening)
    looking, live = status in LOOKING, status in LOOKING or status == S.SELECTED
    decided = status in DECIDED
    found = [
        (office and status == S.ENQUIRY, "Log the first discussion", "opening_discuss"),
        (decides and status == S.DISCUSSED, "Record the governors’ decision", "opening_decide"),
        (keeps and status == S.APPROVED, "Record an advertisement", "opening_advertise"),
        (keeps and live and opening.advertised_on, "Record what came of the advertisement", "opening_advertise"),
        (office and live, "Introduce the school to another head", "opening_introduce"),
        (keeps and looking, "Change what is asked for", "opening_change"),
        (office and live and status != S.ENQUIRY, "Correct the first discussion", "opening_discuss"),
        (decides and live and decided, "Correct the governors’ decision", "opening_decide"),
        (office and (looking or status == S.CLOSED), "Correct the stage", "opening_correct"),
        (keeps and looking, say("Close: no AST post is wanted now"), "opening_close"),
    ]
    return [(words, reverse(f"staff:{page}", args=[opening.pk])) for may, words, page in found if may]


def talkers(opening: Opening, on: date) -> QuerySet[RoleAssignment]:
    """Headships of those who agreed to talk to other heads, at other schools than the one that asks (R-1.7)."""
    found: QuerySet[RoleAssignment] = RoleAssignment.objects.of_heads(on)
    offers = TalkOffer.objects.values("user")
    heads = found.filter(user__in=offers).exclude(school=opening.school).exclude(user__roles__school=opening.school)
    return heads.exclude(user__in=opening.introductions.values("colleague")).select_related("user", "school")


@dataclass(frozen=True)
class Adverts:
    """R-14.5: how many posts were advertised, and with what result; of schools in a category beside it."""

    count: int
    unanswered: int
    in_category: int
    unanswered_in_category: int


def adverts(user: User) -> Adverts:
    """Of every post that this reader may see. Three queries."""
    found = list(Opening.objects.visible_to(user).advertised().with_school())
    none = [each for each in found if each.applicants == 0]
    return Adverts(
        len(found), len(none), sum(each.in_category for each in found), sum(each.in_category for each in none)
    )


def offers_to_talk(user: User) -> bool | None:
    """Whether this head has agreed to talk to others; None of somebody who is no head."""
    if not user.has_role(Role.HEADTEACHER):
        return None
    return TalkOffer.objects.filter(user=user).exists()
