"""What placements ask of the person who has just signed in: few queries, however many placements there are."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from astcoord.core.home import Task
from astcoord.core.policy_choices import Party
from astcoord.core.roles import OFFICE, Role
from astcoord.core.week import Daily
from astcoord.core.words import say
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ContractVersion, ProtocolItem
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_OUT_FOR_SIGNATURE, PlacementStatus
from placements.placement.models import Placement
from placements.placement.ten_items import ActionOwner
from staff.accounts.models import User

P = PlacementStatus
SHOWN = 10
"""Single tasks shown at most; beyond, the list of placements is the place to look."""


def _called(user: User, first: date, last: date) -> QuerySet[Placement]:
    placements = Placement.objects.open() if user.role_set & OFFICE else Placement.objects.none()
    return placements.filter(meeting_called_for__range=(first, last))


MEETINGS = Daily(
    words="Meeting: {ast} and {school}",
    many="preliminary meetings",
    what="preliminary",
    rows=_called,
    page="placements:placement_detail",
    ast="post__user__name",
    school="host__name",
    on="meeting_called_for",
)
"""R-20.2: preliminary meetings of the week, for the office."""


def tasks(user: User, today: date) -> Iterable[Task]:
    """Tasks of a co-ordinator as counts; of heads and ASTs one by one."""
    if user.has_role(Role.COORDINATOR):
        yield from _office(today)
    if user.has_role(Role.HEADTEACHER):
        yield from _head(user)
    if user.has_role(Role.AST):
        yield from _ast(user)


def _office(today: date) -> Iterator[Task]:
    """One query for the states, for what waits for the co-ordinator's own signature, and for priorities unsaid."""
    open_items = ProtocolItem.objects.filter(placement=OuterRef("pk"), agreement=Agreement.NOT_DISCUSSED)
    unsigned = Exists(_without_signature(Party.COORDINATOR))
    unsaid = Placement.objects.owing_priorities(today).order_by().values("pk")
    counts = Placement.objects.annotate(undecided=Exists(open_items), unsigned=unsigned).aggregate(
        **{
            "planned": Count("pk", filter=Q(status=P.PLANNED)),
            "agreed": Count("pk", filter=Q(status=P.PRELIMINARY_HELD, undecided=False)),
            "ready": Count("pk", filter=Q(status=P.PROTOCOL_AGREED)),
            "to_sign": Count("pk", filter=Q(status__in=PLACEMENT_OUT_FOR_SIGNATURE, unsigned=True)),
            "signed": Count("pk", filter=Q(status=P.SIGNED)),
            "unsaid": Count("pk", filter=Q(pk__in=unsaid)),
        }
    )
    lines = (
        (say("Say which priorities placements serve"), "no_priority=on", counts["unsaid"]),
        ("Hold preliminary meetings", f"status={P.PLANNED}", counts["planned"]),
        ("Confirm protocols on which all ten items are agreed", f"status={P.PRELIMINARY_HELD}", counts["agreed"]),
        ("Issue contracts", f"status={P.PROTOCOL_AGREED}", counts["ready"]),
        ("Sign contracts", f"status={P.CONTRACT_ISSUED}&status={P.AWAITING_SIGNATURES}", counts["to_sign"]),
        (say("Signed placements that cannot start yet"), f"status={P.SIGNED}", counts["signed"]),
    )
    url = reverse("placements:placement_list")
    for title, query, count in lines:
        if count:
            yield Task(title, f"{url}?{query}", count=count)


def _head(user: User) -> Iterator[Task]:
    """One query for all that is open at the head's school or concerns its ASTs."""
    schools = user.schools_as(Role.HEADTEACHER)
    asked = ProtocolItem.objects.filter(
        placement=OuterRef("pk"), number=5, agreement=Agreement.WITH_ACTION, action_owner=ActionOwner.HOME_HEAD
    )
    concerned = Placement.objects.filter(Q(host__in=schools) | Q(home__in=schools), status__in=PLACEMENT_OPEN)
    found = _soonest(
        concerned.annotate(
            host_signs=Exists(_without_signature(Party.HOST_HEAD)),
            home_signs=Exists(_without_signature(Party.HOME_HEAD)),
            visit_asked=Exists(asked),
        )
    )
    for title, page, wanted in HEAD_TASKS:
        yield from _each([p for p in found if wanted(p, p.host_id in schools, p.home_id in schools)], title, page)


def _to_sign(p: Any, hosts: bool, sends: bool) -> bool:
    return p.status in PLACEMENT_OUT_FOR_SIGNATURE and ((hosts and p.host_signs) or (sends and p.home_signs))


def _to_tell(p: Any, hosts: bool, sends: bool) -> bool:
    agreed = p.status not in {P.PLANNED, P.PRELIMINARY_HELD}
    return hosts and agreed and p.circulated_on is None and not p.override_reason


HEAD_TASKS: tuple[tuple[str, str, Callable[[Any, bool, bool], bool]], ...] = (
    ("Sign the contract", "contract", _to_sign),
    ("Agree the ten items", "placement_protocol", lambda p, hosts, _: hosts and p.status == P.PRELIMINARY_HELD),
    ("Give the protocol to all staff", "circulation", _to_tell),
    (
        "Agree to the visit to your school",
        "visit_agree",
        lambda p, _, sends: sends and p.visit_asked and not p.visit_home_agrees,
    ),
    ("Say how classes are covered", "cover", lambda p, _, sends: sends and not p.cover and p.taken_in_on is None),
)
"""What a head is asked for: the words, the page, and whether a placement asks for it of its host or its home head."""


def _ast(user: User) -> Iterator[Task]:
    own = Placement.objects.filter(post__user=user)
    yield from _each(_soonest(_unsigned(own, Party.AST))[:SHOWN], "Sign the contract", "contract")
    preparing = _soonest(own.filter(status=P.PRELIMINARY_HELD))
    yield from _each(preparing[:SHOWN], "Agree the ten items", "placement_protocol")


def _unsigned(placements: QuerySet[Placement], party: str) -> QuerySet[Placement]:
    """Out for signature, and still without this party's."""
    return placements.filter(Exists(_without_signature(party)), status__in=PLACEMENT_OUT_FOR_SIGNATURE)


def _without_signature(party: str) -> QuerySet[ContractVersion]:
    """Of the placement outside: its version in force, if this party has to sign it and has not."""
    in_force = ContractVersion.objects.in_force().filter(placement=OuterRef("pk"))
    return in_force.waits_for(party)


def _soonest(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    return placements.select_related("post__user", "host").order_by(F("starts_on").asc(nulls_last=True), "pk")


def _each(placements: Iterable[Placement], title: str, page: str) -> Iterator[Task]:
    """A task for each of the first."""
    for placement in list(placements)[:SHOWN]:
        hint = f"{placement.post.user.name} at {placement.host.name}"
        yield Task(title, reverse(f"placements:{page}", args=[placement.pk]), due=placement.starts_on, hint=hint)
