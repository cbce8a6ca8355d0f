"""What secondments want of the co-ordinator, of heads and of advisers, and their entries in the menu (N22)."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from astcoord.core import home, policy
from astcoord.core.home import Task
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui import navigation
from schools.register.models import School
from staff.accounts.models import User
from staff.secondments.lifecycle import RUNNING, TO_DECIDE, ProposalStatus
from staff.secondments.models import Proposal, SecondmentRound
from staff.secondments.reads import overview
from staff.secondments.rules import clock

S = ProposalStatus


def register() -> None:
    """What this room puts on the first page and in the menu, where the authority has secondments."""
    home.register(tasks=tasks, order=45)
    for role in (Role.COORDINATOR, Role.HEADTEACHER, Role.CONSULTANT, Role.GOVERNOR, Role.AST):
        hint = say("Teachers who are, or want to be, seconded as ASTs: proposals, grants, endings")
        navigation.register(role, "Secondments", "staff:proposals", 60, hint=hint, setting="secondments")
    hint = "How many are proposed, seconded and assessed, and what was paid"
    navigation.register(
        Role.OFFICER, "Secondments in numbers", "staff:secondment_sums", 60, hint=hint, setting="secondments"
    )


def tasks(user: User, today: date) -> Iterator[Task]:
    """The co-ordinator four queries, a head three, an adviser one; none where there are no secondments."""
    rules = policy.in_force(today)
    if not rules.secondments:
        return
    if user.has_role(Role.COORDINATOR):
        yield from _to_decide(rules.most_secondments)
    if schools := user.schools_as(Role.HEADTEACHER):
        yield from _of_head(schools, today)
    if user.has_role(Role.COORDINATOR) or schools:
        yield from _endings(user, today)
    if user.has_role(Role.CONSULTANT):
        for row in Proposal.objects.filter(adviser=user, status=S.SUBMITTED).select_related("school"):
            yield Task(f"Endorse a secondment proposal, or not: {row}", row.get_absolute_url())


def _to_decide(most: int) -> Iterator[Task]:
    listed = reverse("staff:proposals")
    counts = Proposal.objects.aggregate(
        adviser=Count("pk", filter=Q(status=S.SUBMITTED, adviser=None)),
        decide=Count("pk", filter=Q(status__in=TO_DECIDE)),
        begin=Count("pk", filter=Q(status=S.APPROVED)),
        waiting=Count("pk", filter=Q(status=S.WAITING)),
    )
    named = (
        ("adviser", "Secondment proposals that need an adviser", "status=submitted"),
        ("decide", "Secondment proposals to decide on", "status=endorsed&status=not_endorsed"),
        ("begin", "Approved secondments to begin", "status=approved"),
    )
    for key, title, query in named:
        if counts[key]:
            yield Task(title, f"{listed}?{query}", count=counts[key])
    if counts["waiting"]:
        places = overview.places(most)
        if places.free and places.first:
            words = f"A place is free: {places.first} has waited longest"
            yield Task(words, places.first.get_absolute_url())


def _of_head(schools: set[int], today: date) -> Iterator[Task]:
    """Rounds that are open for a school of the head's, and drafts in them."""
    rounds = list(SecondmentRound.objects.open(today))
    if not rounds:
        return
    mine = list(Proposal.objects.filter(school__in=schools, round__in=rounds).select_related("school", "round"))
    for row in mine:
        if row.status == S.DRAFT:
            yield Task(f"Submit your secondment proposal: {row}", row.get_absolute_url(), due=row.round.closes_on)
    phases = set(School.objects.filter(pk__in=schools).values_list("phase", flat=True))
    for each in rounds:
        if phases & set(each.phases) and not any(row.round_id == each.pk for row in mine):
            words, hint = f"Propose a teacher: {each}", say("If you would like one to become an AST on a secondment")
            yield Task(words, each.get_absolute_url(), due=each.closes_on, hint=hint)


def _endings(user: User, today: date) -> Iterator[Task]:
    """From month 33 of 36: a head says what the school wishes, the co-ordinator records what is agreed (R-2.17)."""
    soon = Proposal.objects.visible_to(user).filter(
        status__in=RUNNING, secondment__ends_on__lte=clock.months_later(today, clock.NOTICE + 1)
    )
    heads = user.schools_as(Role.HEADTEACHER)
    for row in soon.select_related("school", "secondment__post__user"):
        held = row.secondment
        asks = user.has_role(Role.COORDINATOR) or (row.school_id in heads and not held.wish)
        if held.asked_on <= today and asks:
            words = f"Choose what follows the secondment of {held.post.name}"
            yield Task(words, row.get_absolute_url(), due=held.ends_on)
