"""Inductions on an AST's page, on their own and in the list; what is wanted before an assessment (R-3.1, R-3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse

from astcoord.core import policy
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from staff.accounts.models import User
from staff.expertise.vocabulary import InductionStep
from staff.inductions import permissions, rules
from staff.inductions.lifecycle import Topic
from staff.inductions.models import InductionMeeting
from staff.posts.lifecycle import POST_OVER, PostStatus
from staff.posts.models import InductionItem, Post
from staff.posts.querysets import PostQuerySet
from staff.posts.reads.posts import Card

AWAITS = (PostStatus.CANDIDATE, PostStatus.SECONDED, PostStatus.BOOKED)
"""The assessment is still to come."""
Rows = list[tuple[Any, ...]]
NOT_MET, NOT_DONE = "Not logged yet", "Not done yet"


def before_assessment(post: Post, on: date | None = None) -> list[Problem]:
    """What stands against an assessment `on` that day, or any day: a warning or a refusal (R-3.1). Two queries."""
    met = rules.met_on(list(post.induction_meetings.all()))
    return rules.before_assessment(met, on=on, required=policy.in_force().meets_first)


@dataclass(frozen=True)
class Step:
    """One of the four, with its row where there is one."""

    code: str
    words: str
    item: InductionItem | None

    @property
    def done(self) -> bool:
        return self.item is not None and self.item.done_on is not None

    @property
    def said(self) -> str:
        if self.item is None or self.item.done_on is None or self.item.done_by is None:
            return NOT_DONE
        return f"{date_words(self.item.done_on)}, recorded by {self.item.done_by.name}"


@dataclass(frozen=True)
class InductionPage:
    """Both parts, as far as this reader reads them."""

    meetings: list[tuple[InductionMeeting, Rows]]
    reads_meetings: bool
    wanting: list[Problem]
    steps: list[Step]
    passed: bool
    may_keep: bool

    @property
    def finished(self) -> bool:
        return all(step.done for step in self.steps)

    @property
    def steps_shown(self) -> Rows:
        return [(step.words, step.said) for step in self.steps]


def induction_page(post: Post, user: User) -> InductionPage:
    """Two queries."""
    reads = permissions.reads_meetings(user, post)
    meetings = list(InductionMeeting.objects.filter(post=post).whole()) if reads else []
    awaits = reads and post.passed_on is None
    return InductionPage(
        meetings=[(each, _meeting(each)) for each in meetings],
        reads_meetings=reads,
        wanting=_wanting(meetings) if awaits else [],
        steps=_steps(post),
        passed=post.passed_on is not None,
        may_keep=permissions.can_keep(user, post) and post.status not in POST_OVER,
    )


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """The meeting for those who read of the assessment, the steps once it is passed. One query.

    `post` comes from `with_profile()`.
    """
    rows: Rows = []
    if permissions.reads_meetings(user, post):
        meetings = InductionMeeting.objects.filter(post=post).select_related("led_by")
        rows += [
            ("Meeting before the assessment", f"{date_words(each.on)}, with {each.led_by.name}") for each in meetings
        ]
        if not rows and post.passed_on is None:
            rows.append(("Meeting before the assessment", NOT_MET))
    if post.passed_on is not None:
        done = {item.step: item.done_on for item in post.induction.all()}
        rows += [(step.label, done.get(step.value) or NOT_DONE) for step in InductionStep]
    if rows:
        yield Card("Induction", rows, (("See the induction", reverse("staff:induction", args=[post.pk])),))


def inductions(user: User) -> PostQuerySet:
    """Candidates and ASTs whom this person leads, with `met_on`, the last meeting, and `steps_done`, of four."""
    meetings = InductionMeeting.objects.filter(post=OuterRef("pk")).order_by("-on")
    done = Count("induction", filter=Q(induction__done_on__isnull=False), distinct=True)
    posts = Post.objects.current().led_by(user).select_related("user", "home")
    return posts.annotate(met_on=Subquery(meetings.values("on")[:1]), steps_done=done).order_by("user__name_key", "pk")


def without_meeting(posts: PostQuerySet) -> PostQuerySet:
    """Candidates who await their assessment, and with whom not both topics have been gone through (R-3.1)."""
    shared = {topic: InductionMeeting.objects.filter(post=OuterRef("pk"), shared__has=topic) for topic in Topic.values}
    both = Q(*(Exists(meetings) for meetings in shared.values()))
    return posts.filter(status__in=AWAITS).exclude(both)


def with_steps_to_do(posts: PostQuerySet) -> PostQuerySet:
    """Those who have passed, and have not gone through all four steps (R-3.2)."""
    done = InductionItem.objects.filter(post=OuterRef("pk"), done_on__isnull=False).order_by()
    some = done.values("post").annotate(steps=Count("pk")).filter(steps__gte=len(InductionStep))
    return posts.filter(passed_on__isnull=False).exclude(Exists(some))


def _wanting(meetings: list[InductionMeeting]) -> list[Problem]:
    required = policy.in_force().meets_first
    return rules.before_assessment(rules.met_on(meetings), on=None, required=required)


def _steps(post: Post) -> list[Step]:
    items = {item.step: item for item in InductionItem.objects.filter(post=post).select_related("done_by")}
    return [Step(step.value, str(step.label), items.get(step.value)) for step in InductionStep]


def _meeting(meeting: InductionMeeting) -> Rows:
    return [
        ("Led by", meeting.led_by.name),
        ("Candidate", meeting.post.name),
        ("Headteacher", meeting.head),
        ("Line manager", meeting.line_manager),
        ("Others", meeting.others or "Nobody else"),
        ("Gone through", meeting.topics),
    ]
