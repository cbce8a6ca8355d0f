"""What waits for the headteacher of a school, and goes on waiting for the next one (R-17.7)."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from astcoord.core.consequences import Hanging
from astcoord.core.policy_choices import Party
from astcoord.core.wording import counted
from placements.agreement.models import ContractVersion, Signature
from placements.changes.lifecycle import AmendmentStatus
from placements.changes.models import Amendment
from placements.days.lifecycle import DayStatus
from placements.matching.models import Match, MatchAnswer
from placements.matching.reads.matches import awaiting
from placements.placement.lifecycle import PLACEMENT_BEFORE_CONTRACT, PLACEMENT_OPEN, PLACEMENT_OUT_FOR_SIGNATURE
from placements.placement.models import Placement
from placements.requests.lifecycle import REQUEST_OPEN, RequestStatus
from placements.requests.models import OutreachRequest
from placements.variations.lifecycle import VARIATION_WAITS
from placements.variations.models import TimeVariation
from staff.accounts.events import NewHead

R = RequestStatus
WAITS = "Waits for the new headteacher from the first day"


def requests(event: NewHead) -> Iterator[Hanging]:
    """Drafts, and requests that are open. One query."""
    rows = OutreachRequest.objects.filter(host=event.school, status__in=[R.DRAFT, *REQUEST_OPEN])
    for request in rows.select_related("created_by", "host").order_by("pk"):
        what, url = f"{request.reference}, {request.get_status_display()}", ""
        if request.status != R.DRAFT:
            url = reverse("placements:request_detail", args=[request.pk])
        if request.status in (R.RETURNED, R.AWAITING_CONFIRMATION):
            yield Hanging(what, WAITS, url, undecided=True)
        elif request.status == R.DRAFT:
            yield Hanging(what, "Stays as far as it is filled in: the new headteacher goes on with it", url)
        else:
            yield Hanging(what, f"Goes on. {request.created_by} stays named as who made it", url)


def matches(event: NewHead) -> Iterator[Hanging]:
    """Yeses of the home head that are still to be given. One query."""
    rows = awaiting(Match.objects.filter(post__home=event.school), MatchAnswer.Party.HOME_HEAD)
    for match in rows.select_related("post__user", "request__host").order_by("pk"):
        url = reverse("placements:match_home", args=[match.pk])
        yield Hanging(f"{match.post.name} for {match.request.host.name}", WAITS, url, undecided=True)


def placements(event: NewHead) -> Iterator[Hanging]:
    """Placements that are open, by host or by home: what is signed stays signed. One query."""
    here = Q(host=event.school) | Q(home=event.school)
    rows = Placement.objects.filter(here, status__in=PLACEMENT_OPEN).with_people()
    signed = Signature.objects.standing().filter(version__placement=OuterRef("pk"), version__superseded_at=None)
    host, home = signed.filter(party=Party.HOST_HEAD), signed.filter(party=Party.HOME_HEAD)
    asked = ContractVersion.objects.in_force().filter(placement=OuterRef("pk"))
    rows = rows.annotate(
        host_asked=Exists(asked.filter(policy__signatories__has=Party.HOST_HEAD)),
        home_asked=Exists(asked.filter(policy__signatories__has=Party.HOME_HEAD)),
        host_signed=Exists(host),
        home_signed=Exists(home),
        to_confirm=Count("outreach_days", filter=Q(outreach_days__status=DayStatus.PLANNED)),
    )
    for placement in rows.order_by("pk"):
        hosts = placement.host_id == event.school.pk
        owed = (
            placement.host_asked and not placement.host_signed
            if hosts
            else placement.home_asked and not placement.home_signed
        )
        if placement.status in PLACEMENT_OUT_FOR_SIGNATURE and owed:
            url = reverse("placements:contract", args=[placement.pk])
            yield Hanging(f"{placement}, contract to sign", WAITS, url, undecided=True)
        elif placement.status in PLACEMENT_BEFORE_CONTRACT:
            yield Hanging(
                str(placement), "The new headteacher goes on with the ten items", placement.get_absolute_url()
            )
        else:
            words = "Goes on: the contract stays as it was signed, with the name of who signed"
            yield Hanging(str(placement), words, placement.get_absolute_url())
        if hosts and placement.to_confirm:
            days = counted(placement.to_confirm, "outreach day")
            yield Hanging(f"{placement}, {days} to confirm", WAITS, placement.get_absolute_url(), undecided=True)


def changes(event: NewHead) -> Iterator[Hanging]:
    """Changes of contracts out for signature, and shares of time that wait for the home head. Two queries."""
    here = Q(placement__host=event.school) | Q(placement__home=event.school)
    rows = Amendment.objects.filter(here, status=AmendmentStatus.SIGNING)
    for row in rows.select_related("placement__host", "placement__post__user").order_by("pk"):
        what = f"{row.get_kind_display()} of {row.placement}"
        yield Hanging(
            what,
            "Whoever has signed stays named; a signature that is wanting is the new headteacher’s",
            row.get_absolute_url(),
            undecided=True,
        )
    waiting = TimeVariation.objects.filter(post__home=event.school, status__in=VARIATION_WAITS, home_by=None)
    for share in waiting.select_related("post__user").order_by("pk"):
        yield Hanging(
            f"Another share of time for {share.post.name}",
            WAITS,
            reverse("placements:variation", args=[share.pk]),
            undecided=True,
        )
