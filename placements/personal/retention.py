"""This floor's lines of the retention schedule: the people supported, and what was declared of them."""

from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from astcoord.core import periods
from astcoord.core.models.history import Transition
from astcoord.core.retention import Line, deleting
from astcoord.core.words import say_later
from placements.groups.models import LINE as SEATS
from placements.offers.models import HelpOffer
from placements.papers.actions import wipe_files
from placements.papers.models import PaperFile
from placements.personal import forgetting
from placements.placement.lifecycle import PLACEMENT_OPEN
from placements.placement.models import Placement
from placements.requests.lifecycle import RequestStatus
from placements.requests.models import OutreachRequest, RequestedStaff
from placements.taken_in.actions import wipe
from placements.taken_in.models import KEPT as SIGNED_PAPERS
from placements.taken_in.models import SignedPaper

NOW = periods.SCHEDULE[-1]
REQUEST_OVER = (RequestStatus.DECLINED, RequestStatus.REFERRED, RequestStatus.WITHDRAWN)


def over(today: date) -> QuerySet[OutreachRequest]:
    """Requests that are finished with: ended without a placement, or with no placement that still goes on.

    A placement goes on until its last day, and not until somebody remembers to end it.
    """
    goes_on = Q(ends_on=None) | Q(ends_on__gte=today)
    still_open = Placement.objects.filter(goes_on, request=OuterRef("pk"), status__in=PLACEMENT_OPEN)
    placed = Q(status=RequestStatus.PLACED) & ~Exists(still_open)
    return OutreachRequest.objects.filter(Q(status__in=REQUEST_OVER) | placed)


def over_since(day: date, today: date) -> QuerySet[OutreachRequest]:
    """Those that were over before `day`, with the people still named; and drafts that nobody ever sent."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    ended = over(today).annotate(ended=_last(OutreachRequest, OuterRef("pk"), REQUEST_OVER), closed=_closed())
    long_over = Q(status__in=REQUEST_OVER, ended__lt=start) | Q(status=RequestStatus.PLACED, closed__lt=day)
    forgotten = OutreachRequest.objects.filter(status=RequestStatus.DRAFT, created_at__lt=start)
    ways = (ended.filter(long_over), forgotten, _neglected(day, start))
    old = OutreachRequest.objects.filter(Q(*(Q(pk__in=rows.values("pk")) for rows in ways), _connector=Q.OR))
    named = [Q(pk__in=people.values(case)) for case, people in forgetting.still_named(old)]
    return old.filter(Q(*named, _connector=Q.OR))


def _neglected(day: date, start: datetime) -> QuerySet[OutreachRequest]:
    """Those that nobody ever ended, decided or gave a last day: the last day asked for lies before `day`, and so does
    every placement. Somebody's name does not stay because somebody else forgot."""
    later = Placement.objects.filter(request=OuterRef("pk")).alias(last=Coalesce("ended_on", "ends_on"))
    asked_before = Q(wanted_until=None) | Q(wanted_until__lt=day)
    left = OutreachRequest.objects.exclude(status__in=REQUEST_OVER).filter(asked_before, created_at__lt=start)
    return left.filter(~Exists(later.filter(last__gte=day)))


def _last(model: Any, pk: Any, targets: Any) -> Subquery:
    """When a thing last came into one of these states."""
    kind = ContentType.objects.get_for_model(model)
    found = Transition.objects.filter(about_type=kind, about_id=pk, target__in=targets)
    return Subquery(found.order_by("-pk").values("at")[:1])


def _closed() -> Subquery:
    """The last day of the last of a request's placements."""
    placements = Placement.objects.filter(request=OuterRef("pk")).order_by()
    return Subquery(placements.values("request").annotate(last=Max(Coalesce("ended_on", "ends_on"))).values("last"))


def due_for_forgetting(today: date) -> QuerySet[OutreachRequest]:
    """Requests whose people are to be forgotten today."""
    return over_since(periods.years_before(today, periods.in_force(today).supported_staff_years), today)


def count_people(today: date) -> int:
    """How many people `forget` would take the names of."""
    return sum(people.count() for _, people in forgetting.still_named(due_for_forgetting(today)))


def forget(today: date) -> int:
    """Forget the people of every request whose time is over; how many."""
    return sum(forgetting.forget_people(request) for request in due_for_forgetting(today))


def declarations(today: date) -> QuerySet[RequestedStaff]:
    """What was declared of people whose request is finished with (R-6.7)."""
    return RequestedStaff.objects.filter(request__in=over(today)).exclude(situation="")


def statements(today: date) -> QuerySet[OutreachRequest]:
    """Why the aims were realistic (R-6.9), of requests that are finished with: it may say again what was declared."""
    return over(today).exclude(realism="", realism_by=None)


def forget_declarations(today: date) -> int:
    """Empty both; how many."""
    said = statements(today).update(realism="", realism_by=None)
    return said + declarations(today).update(situation="", consents=False)


def old_papers(today: date) -> QuerySet[PaperFile]:
    """Files of placements that have been over for so long that nobody needs them (R-9.3)."""
    day = periods.months_before(today, periods.in_force(today).shared_papers_months)
    return PaperFile.objects.held().filter(paper__placement__in=Placement.objects.over_before(day).values("pk"))


def old_signed_papers(today: date) -> QuerySet[SignedPaper]:
    """Of placements over for as long as the names of the people supported are kept: a scan may hold them."""
    day = periods.years_before(today, periods.in_force(today).supported_staff_years)
    return SignedPaper.objects.held().filter(placement__in=Placement.objects.over_before(day).values("pk"))


def old_offers(today: date) -> QuerySet[HelpOffer]:
    """“I could do this” of requests whose last day was a year ago and more (R-7.9)."""
    return HelpOffer.objects.filter(request__wanted_until__lt=periods.years_before(today, 1))


LINES = (
    deleting(
        old_offers,
        what="Offers to help, “I could do this”",
        whose=say_later("ASTs"),
        why=say_later("To know which AST could take up a school’s request"),
        how_long="Until a year after the last day that the school asked for",
        then="Deleted.",
        seen_by=say_later("The AST, the co-ordinator and the administrator"),
        rule="R-7.9",
        order=58,
    ),
    Line(
        what="What a headteacher declared of a person’s situation",
        whose="Teachers for whom a school asks for support",
        why="To decide whether the scheme may help (serious difficulty), and with what safeguard",
        how_long=say_later("Until the request or its placement is over"),
        then=say_later(
            "Deleted the next night. Only the outcome stays: that support was or was not given. “Capability "
            "procedure” is refused at once and never stored. What the co-ordinator wrote of why the "
            "aims are realistic, "
            "and that the person agrees to be supported, go with it."
        ),
        seen_by=say_later("The school’s headteacher and the co-ordinator; every look is recorded"),
        rule="R-6.7",
        order=10,
        due=lambda today: declarations(today).count() + statements(today).count(),
        apply=forget_declarations,
    ),
    Line(
        what="Names and e-mail addresses of supported staff",
        whose="Teachers who are supported, or for whom support was asked",
        why=say_later(
            "So that the school, the AST and the co-ordinator know whom they work with and what each wants from it"
        ),
        how_long=say_later(
            f"{NOW.supported_staff_years} years after the request or its last placement is over; of one that "
            "nobody ends, after the last day asked for"
        ),
        then="The name is replaced by a number; the address, and what the person wrote of their own goals, are "
        "removed; in requests, objectives, plans of days, diaries, reviews "
        "and papers the name becomes “a colleague”. Drafts that were never sent: the same, from the day they were "
        "begun.",
        seen_by=say_later(
            "Host headteacher, AST, co-ordinator and administrator. The home headteacher sees initials, "
            "governors and officers nothing."
        ),
        order=20,
        due=count_people,
        apply=forget,
    ),
    Line(
        what=say_later("A school’s own papers shown to the AST"),
        whose="Staff of the host school",
        why=say_later("The AST needs to know how the school works (protocol, item 10)"),
        how_long=say_later(f"{NOW.shared_papers_months} months after the placement is over"),
        then=say_later(
            "The files and their names are deleted; a fingerprint and the dates stay. The AST’s access ends "
            f"{NOW.shared_papers_days} days after the placement is over. The school can remove a file at any time."
        ),
        seen_by=say_later(
            "Host headteacher, the placement’s AST and the co-ordinator; every download is recorded. A "
            "teacher’s own planning only with that teacher’s consent."
        ),
        rule="R-9.3",
        order=30,
        due=lambda today: old_papers(today).count(),
        apply=lambda today: wipe_files(old_papers(today)),
    ),
    Line(
        what=SIGNED_PAPERS,
        whose="Who signed them, and people supported whom a scan may name",
        why="To show what was agreed where it was not signed here",
        how_long=say_later(f"{NOW.supported_staff_years} years after the placement is over"),
        then="The file and its name are deleted; a fingerprint and the dates stay. The office can remove it at any "
        "time.",
        seen_by=say_later("Host headteacher, AST, co-ordinator and administrator; every download is recorded"),
        rule="R-17.4",
        order=33,
        due=lambda today: old_signed_papers(today).count(),
        apply=lambda today: wipe(old_signed_papers(today)),
    ),
    Line(
        what=SEATS,
        whose=say_later("Members of schools and of the authority"),
        why=say_later("To say who decided which AST went where"),
        how_long="As long as the decisions that name them",
        then="Nothing is removed by itself. A seat that was at no meeting can be taken away at any time.",
        seen_by=say_later(
            "Co-ordinator, administrator, the group’s consultants; with a decision, the AST and the AST’s own head"
        ),
        rule="R-7.6",
        order=59,
    ),
    Line(
        what="Contracts and signatures",
        whose=say_later("Headteachers, ASTs, co-ordinators, senior education inspectors"),
        why="To show what was agreed and by whom; supported staff stand in it by initials",
        how_long=say_later("As long as the authority keeps its contracts"),
        then="Nothing is removed by itself: a signed text never changes.",
        seen_by="The four parties; the subject’s consultant",
        order=80,
    ),
)
