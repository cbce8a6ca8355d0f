"""How somebody came, or comes, into post: on the AST's page, and from the post that the school wants to fill."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from astcoord.core.words import say
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.appointing import permissions
from staff.appointing.models import Candidature
from staff.openings.lifecycle import OpeningStatus
from staff.openings.models import Opening
from staff.posts.events import before_in_post
from staff.posts.lifecycle import ON_THE_WAY, POST_KNOWN, SOURCES, PostStatus
from staff.posts.models import Post
from staff.posts.permissions import sees_assessment, sees_funding
from staff.posts.reads.posts import Card

Rows = list[tuple[Any, ...]]
Links = list[tuple[str, str]]

S = PostStatus
STAGES = {stage for stages in SOURCES.values() for stage in stages}
"""Those of which the co-ordinator can correct the stage."""


def wanted(post: Post) -> list[Problem]:
    """What other rooms want of this candidate before the post is held, such as a pay range (requirements E)."""
    return [problem for ask in before_in_post for problem in ask(post)]


def cards(post: Post, user: User, today: date) -> Iterator[Card]:
    """The stages of an appointment so far, for those who may read of assessments (section G*). Two queries."""
    if sees_assessment(user, post):
        yield Card("How the post came about", _stages(post, user), tuple(_links(post, user)))


def _stages(post: Post, user: User) -> Rows:
    rows: Rows = []
    if opening := post.opening:
        rows += [
            ("Asked for", opening.asked_on),
            ("First discussion", opening.discussed_on),
            ("Advertised", f"{date_words(opening.advertised_on)}, {opening.advertised_in}")
            if opening.advertised_on
            else ("", ""),
        ]
    named = Candidature.objects.filter(post=post).select_related("named_by")
    if post.opening is not None and (found := named.first()):
        consulted = say("the authority was consulted") if found.consulted else say("the authority was not consulted")
        rows += [
            ("Candidate named", f"{date_words(found.named_on)}, by {found.named_by.name}"),
            ("Recruited", f"{found.get_route_display()}; {consulted}"),
            ("Candidature ended", found.get_ended_display()),
        ]
    assessed = [f"{each}. {each.note}" if each.note else str(each) for each in post.assessments.all()]
    rows.append(("Assessments", assessed))
    if post.status == S.PASSED and sees_funding(user, post):  # what is wanting of the pay tells of it
        rows.append(("Wanted before being in post", [str(problem) for problem in wanted(post)]))
    return [row for row in rows if row[1]]


def _links(post: Post, user: User) -> Links:
    status, office = post.status, is_coordinator(user)
    keeps = permissions.can_keep_candidate(user, post)
    found = [
        (office and status == S.CANDIDATE, "Book the assessment", "candidate_book"),
        (office and status in (S.BOOKED, S.SECONDED), "Record the result of the assessment", "candidate_result"),
        (office and status == S.BOOKED, "Change the booking of the assessment", "candidate_book"),
        (office and status == S.PASSED, "Record the first day in post", "candidate_appoint"),
        (keeps and status in ON_THE_WAY, "Change what was entered of the candidate", "candidate_change"),
        (keeps and status in ON_THE_WAY and status != S.SECONDED, "Close the candidature", "candidate_close"),
        (office and status in STAGES, "Correct the stage", "candidate_stage"),
        (office and status in POST_KNOWN, "Correct what was entered of the appointment", "post_correct"),
    ]
    links = [(words, reverse(f"staff:{page}", args=[post.pk])) for may, words, page in found if may]
    if keeps and post.opening is not None:
        links.append(("See the post as the school asked for it", post.opening.get_absolute_url()))
    return links


def from_opening(opening: Opening, user: User) -> Iterator[tuple[str, str]]:
    """Name the candidate; and who was named, as far as this reader may know (section G*). One query."""
    if opening.status in (OpeningStatus.APPROVED, OpeningStatus.ADVERTISED) and permissions.can_name(user, opening):
        yield "Name the candidate", reverse("staff:opening_candidate", args=[opening.pk])
    for post in Post.objects.visible_to(user).filter(opening=opening).select_related("user").order_by("pk"):
        yield f"{post.name}: {post.get_status_display().lower()}", reverse("staff:post", args=[post.pk])
