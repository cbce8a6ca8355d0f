"""An AST's page: what this reader may see of the post, section by section (section G)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from astcoord.core import policy as authority
from astcoord.core import timeline
from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import LineManager
from astcoord.core.roles import Role
from astcoord.core.shown import Told
from astcoord.core.wording import date_words, listed, number
from astcoord.core.words import say, say_later
from schools.register.lifecycle import Programme
from staff.accounts.models import RoleAssignment, User
from staff.accounts.permissions import is_coordinator, is_office
from staff.expertise.vocabulary import Funding
from staff.posts import rules
from staff.posts.lifecycle import OFFICE_MOVES, POST, POST_KNOWN, STARRED_VERBS, PostStatus
from staff.posts.models import Post
from staff.posts.permissions import (
    can_edit_profile,
    can_set_pattern,
    leads,
    sees_aims,
    sees_assessment,
    sees_funding,
    sees_leaving,
)

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Card:
    """What a room above shows on an AST’s page: rows of (key, value), and ways from there, as (words, address)."""

    title: str
    rows: Rows
    links: tuple[tuple[str, str], ...] = ()


more_cards: list[Callable[[Post, User, date], Iterable[Card]]] = []
"""Rooms above put theirs here when the software starts; each gives what this reader may see, in two queries at most."""


@dataclass(frozen=True)
class PostPage:
    """Cards of (key, value), and what may be changed."""

    post: Post
    offer: Rows
    appointment: Rows
    outreach: Rows
    gaps: list[str]
    todo: list[tuple[str, str]]
    obligation: rules.Obligation
    may_edit: bool
    may_set_pattern: bool
    changes: list[tuple[str, str]]
    cards: list[Card]
    history: list[dict[str, Any]]

    @property
    def known(self) -> bool:
        """Is or was an AST, and not only on the way there."""
        return self.post.status in POST_KNOWN


def post_page(post: Post, user: User, today: date) -> PostPage:
    """Everything on the page. `post` comes from `with_profile()` and `with_first_start()`; 4 queries more."""
    return PostPage(
        post=post,
        offer=_offer(post, user, today),
        appointment=_appointment(post, user, today),
        outreach=_outreach(post, today),
        gaps=post.gaps(today),
        todo=list(_todo(post, user, today)),
        obligation=obligation(post, today, reader=user),
        may_edit=can_edit_profile(user, post),
        may_set_pattern=can_set_pattern(user, post),
        changes=_changes(post, user) if is_office(user) else [],
        cards=[card for show in more_cards for card in show(post, user, today)],
        history=_history(post, user) if is_office(user) else [],
    )


CLOSED_BY = {
    "Outreach time not set": (say_later("Say on which days the AST is free"), "staff:pattern", can_set_pattern),
    "Induction unfinished": ("Record the induction", "staff:induction_tick", leads),
    "Profile not filled in": (say_later("Fill in what the AST offers"), "staff:profile", can_edit_profile),
}
"""Where each gap is closed, and by whom."""


def _todo(post: Post, user: User, today: date) -> Iterator[tuple[str, str]]:
    """What is still to do before this AST can be matched or start, as (words, address), for those who may do it."""
    for gap in post.gaps(today):
        if gap in CLOSED_BY and CLOSED_BY[gap][2](user, post):
            words, page, _ = CLOSED_BY[gap]
            yield words, reverse(page, args=[post.pk])


def obligation(
    post: Post, today: date, policy: Policy | None = None, *, reader: User | None = None
) -> rules.Obligation:
    """What outreach is asked of this AST today (R-4.9, R-2.11); for many ASTs give the `policy` in force.

    With a `reader`, in words from which nobody learns who pays for the post who may not know it (section G*).
    """
    policy = policy or authority.in_force(today)
    knows = reader is None or sees_funding(reader, post)
    return rules.obligation(
        policy,
        category=rules.counts_as_difficulty(post.home.category_on(today), policy),
        national_challenge=Programme.NATIONAL_CHALLENGE in post.home.programmes_on(today),
        school_funded=post.funding_on(today) == Funding.SCHOOL if knows else None,
    )


def public_lines(post: Post, told: Told = str) -> list[tuple[str, Any]]:
    """What an AST offers: the part of the profile that is public (R-3.5, section G), no hours and no appointment.

    `told` puts what was typed freely as its reader may read it. One query.
    """
    fields = type(post)._meta.get_field
    labels = {name: fields(name).labels(post) for name in ("key_stages", "work_types", "pupil_groups")}  # type: ignore[union-attr]
    return [
        ("Subjects and areas", _one_a_line(f"{e}: {e.get_level_display().lower()}" for e in post.expertise.all())),
        ("Key stages", labels["key_stages"]),
        ("Kinds of work", _one_a_line(labels["work_types"])),
        ("Groups of pupils", labels["pupil_groups"]),
        ("Years of teaching", post.years_teaching),
        (say("In the AST’s own words"), told(post.about)),
    ]


def _offer(post: Post, user: User, today: date) -> Rows:
    """What is public, and what only those read who read the profile (R-3.5)."""
    rows: Rows = [
        *public_lines(post),
        (say("Years as an AST"), post.years_as_ast(today)),
        ("Earlier roles", post.former_roles),
    ]
    if sees_aims(user, post):
        rows.append((say("Where the AST wants to go from here"), post.career_aims))
    return [*rows, ("Profile last checked", post.checked_on or "Never")]


def _one_a_line(words: Iterable[str]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((each,) for each in words))


def _appointment(post: Post, user: User, today: date) -> Rows:
    rows: Rows = [
        ("Home school", post.home.name),
        *(("Moves" if each.done else "Will move", str(each)) for each in post.moves.all()),
        ("Accountable to", f"The governing body of {post.home.name}, which employs {say('the AST')}"),
        (f"Line manager at the {authority.in_force(today).authority_word}", _line_manager(post, today)),
        ("Full-time equivalent", _hours(post, today)),
        ("In post from", post.starts_on),
    ]
    if post.ends_on:
        rows.append(("In post until", post.ends_on))
        if sees_leaving(user, post):
            rows += [("Leaves to be", post.get_left_to_display()), ("Why", post.left_because)]
    if sees_leaving(user, post):
        for each in post.absences.all():
            if each.ends_on is None or each.ends_on >= today:
                rows.append((str(each), each.get_kind_display()))
    if (opening := post.opening) and opening.governors_decided_on:
        rows.append(("Responsible for", opening.responsible_for))
        decided = f"{date_words(opening.governors_decided_on)}, minute {opening.governors_minute}"
        rows.append(("Governors decided", decided))
    if sees_assessment(user, post):
        rows.append(("Assessment passed", post.passed_on))
        rows.append(("Assessed by", post.assessor))
    if sees_funding(user, post):
        change_url = reverse("staff:funding", args=[post.pk]) if is_coordinator(user) else ""
        words = rules.funding_words(post.funding_on(today), authority.in_force(today).department_word)
        rows.append(("Funded by", words, change_url))
    if post.management_duties:
        rows.append(("Management duties kept", post.management_duties))
    return rows


def _line_manager(post: Post, today: date) -> str:
    """R-3.4, C14: the co-ordinator, or the subject consultants of the AST's subjects by the policy. One query."""
    if authority.in_force(today).line_manager == LineManager.COORDINATOR:
        return say("The co-ordinator")
    subjects = {each.subject for each in post.expertise.all()}
    leading = RoleAssignment.objects.in_force(today).filter(role=Role.CONSULTANT).select_related("user")
    names = {held.user.name for held in leading if held.leads(subjects, post.home)}
    return listed(sorted(names)) or say("The co-ordinator: there is no consultant for the AST’s subjects")


def _hours(post: Post, today: date) -> str:
    """What holds, and what will."""
    coming = [each for each in post.hours.all() if each.starts_on > today]
    later = [f"{number(each.fte)} from {date_words(each.starts_on)}" for each in coming]
    return "; ".join([number(post.fte_on(max(today, post.starts_on or today))), *later])


def _changes(post: Post, user: User) -> list[tuple[str, str]]:
    """What the office may record of a post that is held, as (words, address) (R-17.7)."""
    if post.status not in (PostStatus.IN_POST, PostStatus.LEFT):
        return []
    leave = "Change the last day, or take it back" if post.ends_on else f"Record that {post.name} leaves"
    found = [(leave, reverse("staff:post_leave", args=[post.pk]))]
    if post.status == PostStatus.IN_POST:
        if is_coordinator(user):
            found.append(("Move to another home school from a day on", reverse("staff:post_move", args=[post.pk])))
        found.append(("Record a time away, or change one", reverse("staff:post_absence", args=[post.pk])))
        found.append(("Change the full-time equivalent from a day on", reverse("staff:post_hours", args=[post.pk])))
    return found


def _outreach(post: Post, today: date) -> Rows:
    pattern = [str(each) for each in post.pattern_on(today)]
    coming = [f"{each}, from {date_words(each.starts_on)}" for each in post.patterns.all() if each.starts_on > today]
    rows: Rows = [("Time set aside", pattern or "Not set yet")]
    return [*rows, ("Coming", coming)] if coming else rows


MOVES_OF_OLD = (
    "Log the first discussion",
    "Record the governors’ decision",
    "Record the advertisement",
    "Name the candidate",
)
"""Of posts from before there were openings."""
starred: list[str] = [
    "Funding changed",
    *STARRED_VERBS,
    *(f"{POST.name}: {label}" for label in MOVES_OF_OLD),
    *(f"{POST.name}: {each.label}" for each in POST.moves.values() if each.name not in OFFICE_MOVES),
]
"""Money, and how somebody came to be an AST: with the reasons that were given, assessment and all (section G*).

Rooms above add what they record of a post that is no administrator's when the software starts.
"""


def _history(post: Post, user: User) -> list[dict[str, Any]]:
    """Who changed what, and not to the administrator what is marked * in section G."""
    return timeline.trail(post, reader=user, without=() if is_coordinator(user) else starred)
