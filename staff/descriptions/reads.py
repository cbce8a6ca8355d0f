"""A job description on its page, on the AST's page, and for the rooms above (R-2.5, R-2.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import policy, timeline
from astcoord.core.policy_choices import LineManager
from astcoord.core.problems import Problem
from astcoord.core.wording import date_words, listed
from astcoord.core.words import say
from staff.accounts.models import User
from staff.descriptions import permissions, rules
from staff.descriptions.lifecycle import DESCRIPTION_OPEN, DESCRIPTION_WAITS, DescriptionStatus
from staff.descriptions.models import JobDescription, JobObjective, Responsibility
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.posts.permissions import is_own
from staff.posts.reads.posts import Card


@dataclass(frozen=True)
class Block:
    """A text, or the points of a list, under a heading of its own."""

    heading: str
    text: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One of the four parts."""

    title: str
    blocks: tuple[Block, ...]


def parts_of(description: JobDescription) -> list[Part]:
    """The four parts as they are read, on the page and on paper (R-2.5)."""
    said = description.parts
    duties = (Block("Management duties kept", said.management_duties),) if said.management_duties else ()
    main = Block("Main responsibilities", points=tuple(said.responsibilities))
    accountable = [f"{said.line_manager}, line manager at {description.post.home.name}"] if said.line_manager else []
    return [
        Part("1. Title", (Block("", said.title), main, *duties)),
        Part("2. Accountable to", (Block("", points=(*accountable, coordinator_words(description))),)),
        Part(
            "3. Purpose",
            (
                Block("In the school", said.purpose),
                Block("The headteacher’s part in supporting teachers, at home and in host schools", said.head_part),
            ),
        ),
        Part(
            "4. Key tasks",
            (
                Block("In the classroom", points=tuple(rules.lines_of(said.classroom_tasks))),
                Block("Outreach", points=tuple(rules.lines_of(said.outreach_tasks))),
            ),
        ),
    ]


def coordinator_words(description: JobDescription) -> str:
    """To whom in the authority every AST is accountable, by the policy of the day on which it was agreed."""
    now = policy.in_force(description.agreed_on) if description.agreed_on else policy.in_force()
    by_subject = now.line_manager == LineManager.CONSULTANT
    manager = say(", and the subject consultant as line manager at the authority") if by_subject else ""
    return f"{say('The AST')} {say('co-ordinator')} of {now.authority_name}{manager}"


def plans_of(objective: JobObjective) -> list[str]:
    """What serves it, as paper says it (R-12.1)."""
    found = (("Action plan", objective.action_plan), ("Training plan", objective.training_plan))
    return [f"{label}: {said}" for label, said in found if said]


def in_force(post: Post) -> JobDescription | None:
    """What headteacher and AST have agreed for this post last. One query."""
    found: JobDescription | None = JobDescription.objects.in_force().filter(post=post).first()
    return found


def before_in_post(post: Post) -> list[Problem]:
    """R-2.5: what is wanted before a candidate is in post. One query."""
    if JobDescription.objects.in_force().filter(post=post).exists():
        return []
    words = (
        f"The job description of {post.name} is not agreed. The headteacher writes it from "
        f"{say('the AST')}’s page and puts it "
        f"to {say('the AST')}; it is agreed when both have said yes."
    )
    return [Problem(words, "", "R-2.5", "no-description")]


@dataclass(frozen=True)
class DescriptionPage:
    """One version, and what this reader may do with it."""

    description: JobDescription
    parts: list[Part]
    responsibilities: list[Responsibility]
    missing: list[Problem]
    warnings: list[Problem]
    waits: str
    may_change: bool
    may_take_back: bool
    may_answer: bool
    may_withdraw: bool
    may_begin: bool
    others: list[JobDescription]
    history: list[dict[str, Any]]


def description_page(description: JobDescription, user: User) -> DescriptionPage:
    """Everything on the page. `description` comes from `whole()`; 2 queries more."""
    writes = permissions.can_change(user, description)
    draft, waits = description.status == DescriptionStatus.DRAFT, description.status in DESCRIPTION_WAITS
    every = list(JobDescription.objects.visible_to(user).filter(post=description.post).order_by("-version"))
    open_versions = [each for each in every if each.status in DESCRIPTION_OPEN]
    objectives = description.objectives
    return DescriptionPage(
        description=description,
        parts=parts_of(description),
        responsibilities=list(description.responsibilities.all()),
        missing=rules.whole_problems(description.parts) if draft else [],
        warnings=_warnings(description, objectives),
        waits=listed(permissions.waits_for(description)) if waits else "",
        may_change=draft and writes,
        may_take_back=waits and writes,
        may_answer=waits and permissions.can_answer(user, description),
        may_withdraw=writes and (draft or waits),
        may_begin=writes and not open_versions,
        others=[each for each in every if each != description],
        history=timeline.events(description, reader=user),
    )


def _warnings(description: JobDescription, objectives: list[JobObjective]) -> list[Problem]:
    """R-12.1: also once it is in force, since it is then that the school is held to it."""
    if description.status not in DESCRIPTION_OPEN | {DescriptionStatus.IN_FORCE}:
        return []
    bare = [each.text for each in objectives if not each.criterion]
    loose = [each.text for each in objectives if not (each.action_plan and each.training_plan)]
    return [*rules.outreach_warnings(each.on_outreach for each in objectives), *rules.link_warnings(bare, loose)]


def cards(post: Post, user: User, today: date) -> Iterable[Card]:
    """What of the job description stands on the AST's page: what holds, and what is on the way. One query."""
    held = (DescriptionStatus.IN_FORCE, *DESCRIPTION_OPEN)
    found = list(JobDescription.objects.visible_to(user).filter(post=post, status__in=held).order_by("version"))
    writes = permissions.can_write(user, post)
    if not (found or writes or is_own(user, post)):
        return
    rows: list[tuple[Any, ...]] = []
    links = []
    for each in found:
        if each.agreed_on:
            rows.append(("In force", f"Version {each.version}, agreed on {date_words(each.agreed_on)}"))
            links.append(("Read the job description", each.get_absolute_url()))
        else:
            rows.append((f"Version {each.version}", each.get_status_display()))
            links.append((f"Open version {each.version}", each.get_absolute_url()))
    if not found:
        needed = " Nobody is in post before it is agreed." if post.status != PostStatus.IN_POST else ""
        rows.append(("In force", f"None yet.{needed}"))
    if writes and not any(each.status in DESCRIPTION_OPEN for each in found):
        words = "Write a new version of the job description" if found else "Write the job description"
        links.append((words, reverse("staff:description_begin", args=[post.pk])))
    yield Card("Job description", rows, tuple(links))
