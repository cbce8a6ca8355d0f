"""What changes of contracts ask of people: to answer, to sign, to finish what was begun."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from astcoord.core import home
from astcoord.core.home import Task
from astcoord.core.policy_choices import Party
from astcoord.core.roles import Role
from placements.agreement.models import ContractVersion, Signature
from placements.changes.lifecycle import AmendmentStatus
from placements.changes.models import Amendment
from staff.accounts.models import User

SHOWN = 10


def register() -> None:
    """What this room puts on the first page."""
    home.register(tasks=tasks, order=20)


def tasks(user: User, today: date) -> Iterable[Task]:
    """The co-ordinator answers; whoever has not signed signs; whoever began a change finishes it."""
    rows = Amendment.objects.select_related("placement__post__user", "placement__host").order_by("pk")
    if user.has_role(Role.COORDINATOR):
        yield from _each(rows.filter(status=AmendmentStatus.ASKED), "Answer: {} asked for")
    signing = rows.filter(status=AmendmentStatus.SIGNING)
    yield from _each(_to_sign(signing, user), "Sign: {}")
    yield from _each(rows.filter(status=AmendmentStatus.DRAFT, asked_by=user), "Finish and send: {}")


def _to_sign(rows: QuerySet[Amendment], user: User) -> QuerySet[Amendment]:
    """Out for signature, without this person's in a capacity that it needs; nobody signs twice."""
    mine = Q()
    if user.has_role(Role.COORDINATOR):
        mine |= Q(Exists(_without(Party.COORDINATOR)))
    if user.has_role(Role.HEADTEACHER):
        schools = user.schools_as(Role.HEADTEACHER)
        mine |= Q(Exists(_without(Party.HOST_HEAD)), placement__host__in=schools)
        mine |= Q(Exists(_without(Party.HOME_HEAD)), placement__home__in=schools)
    if user.has_role(Role.AST):
        mine |= Q(Exists(_without(Party.AST)), placement__post__user=user)
    own = Signature.objects.standing().filter(version=OuterRef("version"), user=user)
    return rows.filter(mine).exclude(Exists(own)) if mine else rows.none()


def _without(party: str) -> QuerySet[ContractVersion]:
    return ContractVersion.objects.beside().filter(pk=OuterRef("version")).waits_for(party)


def _each(rows: QuerySet[Amendment], title: str) -> Iterator[Task]:
    for each in rows[:SHOWN]:
        hint = f"{each.placement.post.user.name} at {each.placement.host.name}"
        what = "extension" if each.is_extension else "change of a contract"
        yield Task(title.format(what), each.get_absolute_url(), hint=hint)
