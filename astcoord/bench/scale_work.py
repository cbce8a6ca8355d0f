"""The work of a made-up authority: placements under way, and requests that wait."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from astcoord.bench.scale_words import DAYS, STAGES, SUBJECTS, WORK
from astcoord.bench.world import World
from placements.days.models import LedgerEntry, OutreachDay
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.priorities.models import Priority
from placements.requests.lifecycle import RequestStatus, Selection
from placements.requests.models import OutreachRequest, RequestedStaff
from schools.calendar import reads as calendar
from schools.calendar.models import HalfTerm
from schools.register.models import School
from staff.expertise.vocabulary import NeverWork, PupilGroup
from staff.posts.models import Expertise, OutreachPattern, Post


def under_way(world: World, posts: list[Post]) -> None:
    """Placements that began before: their contracts and dated days take part of the year."""
    plans = _outreach(world, posts)
    subjects = dict(Expertise.objects.filter(post__in=posts, level=3).values_list("post_id", "subject"))
    requests = OutreachRequest.objects.bulk_create(_met(world, post, subjects[post.pk], days) for post, days in plans)
    matches = Match.objects.bulk_create(
        Match(
            request=r, post=post, status=MatchStatus.AGREED, days=len(days), rank=1, score=80,
            proposed_by=world.office, answer_by=world.today,
        )
        for r, (post, days) in zip(requests, plans, strict=True)
    )  # fmt: skip
    placements = Placement.objects.bulk_create(
        Placement(
            request=m.request, match=m, post=m.post, home=m.post.home, host=m.request.host, subject=m.request.subject,
            focus=m.request.outcome, days=m.days, starts_on=days[0], ends_on=days[-1],
            weekday=days[0].weekday(), status=PlacementStatus.ACTIVE,
        )
        for m, (_, days) in zip(matches, plans, strict=True)
    )  # fmt: skip
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            post=p.post, year=world.year, kind=LedgerEntry.Kind.CONTRACT, days=p.days, on=p.starts_on, placement=p
        )
        for p in placements
    )
    OutreachDay.objects.bulk_create(
        OutreachDay(placement=p, on=day, days=1) for p, (_, days) in zip(placements, plans, strict=True) for day in days
    )


def _outreach(world: World, posts: list[Post]) -> list[tuple[Post, list[date]]]:
    """On which dates each goes out, from today on and always on the same weekday."""
    weekdays = dict(OutreachPattern.objects.filter(post__in=posts).order_by("-pk").values_list("post_id", "weekday"))
    teaching = calendar.between(world.today, world.year.ends_on).school_days(world.today, world.year.ends_on)
    plans = []
    for post in posts:
        days = [day for day in teaching if day.weekday() == weekdays[post.pk]]
        plans.append((post, days[: world.dice.choice([4, 6, 6, 8, 10])]))
    return plans


def _met(world: World, post: Post, subject: str, days: list[date]) -> OutreachRequest:
    """What some other school had asked for, and this AST now gives."""
    host = world.dice.choice([s for s in world.primary + world.secondary if s.pk != post.home_id])
    return _request(world, host, subject=subject, days=len(days), span=(days[0], days[-1]), status=RequestStatus.PLACED)


def requests(world: World, count: int) -> list[OutreachRequest]:
    """Open requests for this half-term and the next two."""
    halves = list(HalfTerm.objects.filter(ends_on__gte=world.today).order_by("starts_on")[:3])
    made = OutreachRequest.objects.bulk_create((_asked(world, halves) for _ in range(count)), batch_size=500)
    RequestedStaff.objects.bulk_create(
        RequestedStaff(request=r, name=world.person(), selection=Selection.SELF, head_agrees=True) for r in made
    )
    served = Priority.objects.create(
        kind="edp", name="Better teaching everywhere", first_year=world.year.starts_on.year
    )
    served.requests.set([r for r in made if not r.no_priority_reason])
    return made


def _asked(world: World, halves: list[HalfTerm]) -> OutreachRequest:
    dice = world.dice
    phase = "p" if dice.random() < 0.55 else "s"
    subjects = [s for s in SUBJECTS if phase in s[1]]
    subject = dice.choices(subjects, [s[2] for s in subjects])[0][0]
    days = dice.choices([d for d, _ in DAYS], [w for _, w in DAYS])[0]
    length = 1 if days <= 4 and dice.random() < 0.6 else 2
    start = dice.randrange(min(2, len(halves)))
    window = halves[start : start + length]
    span = max(window[0].starts_on, world.today), window[-1].ends_on
    return _request(world, world.home(phase), subject=subject, days=days, span=span, status=RequestStatus.SUBMITTED)


def _request(
    world: World, host: School, *, subject: str, days: int, span: tuple[date, date], status: str
) -> OutreachRequest:
    dice = world.dice
    phase = "s" if host.phase == "secondary" else "p"
    sent = world.today - timedelta(days=dice.randrange(1, 150))
    weekdays: Any = () if dice.random() < 0.5 else tuple(sorted(str(d) for d in dice.sample(range(5), 3)))
    return OutreachRequest(
        host=host,
        route=dice.choices(["online", "letter", "improvement", "data"], [60, 25, 10, 5])[0],
        status=status,
        created_by=world.office,
        confirmed_by=world.office,
        submitted_at=datetime.combine(sent, time(10), UTC),
        subject=subject,
        aspect="Planning and practice",
        key_stages=(dice.choice(STAGES[phase]),),
        pupil_groups=(PupilGroup.ALL,),
        work_types=(dice.choice(WORK),),
        task="Plan and teach alongside two teachers.",
        need="Results have stood still for two years.",
        training_need="Planning sequences of lessons.",
        outcome="Both teachers plan with confidence.",
        criterion="Two sets of books show it by the end.",
        no_priority_reason="" if dice.random() < 0.5 else "It serves the school’s own plan.",
        days=Decimal(days),
        wanted_from=span[0],
        wanted_until=span[1],
        weekdays=weekdays,
        exclusions=tuple(NeverWork.values),
    )
