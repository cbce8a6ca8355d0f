"""Inreach is asked for, agreed or refused by the co-ordinator, and ends (R-4.8, R-8.18, R-14.6)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from astcoord.core import audit, gate
from astcoord.core.clock import today
from astcoord.core.nightly import each
from astcoord.core.problems import Problem, Refused, refuse
from placements.activities import permissions, rules
from placements.activities.lifecycle import InreachStatus
from placements.activities.models import InreachAgreement
from staff.accounts.models import User
from staff.posts.models import Post


@transaction.atomic
def ask_inreach(
    *, post: Post, aims: str, time_source: str, starts_on: date, ends_on: date, plan_link: str = "", by: User
) -> InreachAgreement:
    """The light agreement: aims and whose time. It counts for nothing until the co-ordinator agrees (R-8.18)."""
    if not permissions.can_ask(by, post):
        raise PermissionDenied("ask for inreach")
    new = InreachAgreement(
        post=post,
        aims=aims.strip(),
        time_source=time_source,
        plan_link=plan_link.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        asked_by=by,
    )
    refuse(rules.agreement_problems(new, today=today()))
    new.save()
    audit.record("inreach: asked for", new, by=by, after={"from": starts_on, "until": ends_on, "time": time_source})
    return new


@transaction.atomic
def decide_inreach(
    *, agreement: InreachAgreement, yes: bool, by: User, plan_link: str = "", reason: str = ""
) -> InreachAgreement:
    """The co-ordinator agrees or refuses. In a school in a category the plan for leaving it must be named (R-14.6)."""
    if yes:
        link = plan_link.strip() or agreement.plan_link
        in_category = bool(agreement.post.home.category_on(max(today(), agreement.starts_on)))
        return gate.move(
            agreement,
            "agree",
            by=by,
            may=permissions.can_decide,
            problems=lambda _: rules.link_problems(link, in_category=in_category),
            plan_link=link,
            agreed_by=by,
        )
    if not reason.strip():
        raise Refused([Problem("Say why you refuse", "reason", "R-4.8", "reason")])
    why = reason.strip()
    return gate.move(agreement, "refuse", by=by, may=permissions.can_decide, reason=why, answer_reason=why)


@transaction.atomic
def end_inreach(*, agreement: InreachAgreement, reason: str, by: User) -> InreachAgreement:
    """Take it back or end it today: days before stay as they were counted."""
    if not reason.strip():
        raise Refused([Problem("Say why it ends", "reason", "R-4.8", "reason")])
    why = reason.strip()
    return gate.move(agreement, "end", by=by, may=permissions.can_end, reason=why, answer_reason=why, ended_on=today())


@transaction.atomic
def take_back(*, agreement: InreachAgreement, by: User | None, reason: str) -> InreachAgreement:
    """End it as a consequence of something that the office has recorded: who may, the caller has asked."""
    return gate.move(agreement, "end", by=by, reason=reason, answer_reason=reason, ended_on=today())


def finish_inreach(on: date) -> int:
    """Nightly: agreements whose last day has passed, or the AST’s in post, are over; how many. Repeat-safe."""
    past = Q(ends_on__lt=on) | Q(post__ends_on__lt=on)
    over = InreachAgreement.objects.filter(past, status=InreachStatus.AGREED)
    return each(over, lambda agreement: gate.move(agreement, "finish", by=None, reason="Its last day has passed"))
