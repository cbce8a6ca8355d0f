"""A made-up authority of any size, from a seed, written in bulk: for measuring, and for trying plans on.

Names of schools, people and addresses are put together from invented words.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from astcoord.bench.scale_words import BACKS, BUSY, DAYS, FAMILY, FIRST_URN, FRONTS, GIVEN, STAGES, SUBJECTS, WORK
from astcoord.core import policy as policies
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.days.models import LedgerEntry, OutreachDay
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.priorities.models import Priority
from placements.requests.lifecycle import RequestStatus, Selection
from placements.requests.models import OutreachRequest, RequestedStaff
from schools.calendar import reads as calendar
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear, HalfTerm
from schools.calendar.years import default_year
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.expertise.vocabulary import InductionStep, NeverWork, PupilGroup
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, InductionItem, OutreachPattern, Post


@dataclass
class World:
    """What everything is made in."""

    dice: random.Random
    today: date
    year: AcademicYear
    office: User
    primary: list[School]
    secondary: list[School]

    def home(self, phase: str) -> School:
        return self.dice.choice(self.secondary if phase == "s" else self.primary)

    def person(self) -> str:
        return f"{self.dice.choice(GIVEN)} {self.dice.choice(FAMILY)}"


@dataclass(frozen=True)
class Size:
    """How many of each; 0 schools means those that are in the database."""

    schools: int = 300
    asts: int = 60
    requests: int = 200


@transaction.atomic
def build(size: Size, *, seed: int, today: date) -> dict[str, int]:
    """Write it all and count it. The same seed gives the same authority on the same day."""
    dice = random.Random(f"scale-{seed}")  # noqa: S311 (not a secret)
    year = _year(today)
    _policy(today)
    office = _office(today)
    places = _schools(dice, size.schools) if size.schools else list(School.objects.open().order_by("urn"))
    secondary = [s for s in places if s.phase == "secondary"] or places
    primary = [s for s in places if s.phase == "primary"] or places
    world = World(dice, today, year, office, primary, secondary)
    posts = _posts(world, size.asts)
    _under_way(world, [post for post in posts if dice.random() < BUSY])
    asked = _requests(world, size.requests)
    return {"schools": len(places), "ASTs": len(posts), "requests": len(asked)}


def _year(today: date) -> AcademicYear:
    found = calendar.year_on(today)
    if found is not None:
        return found
    first = today.year if today.month >= 8 else today.year - 1
    return save_year(default_year(f"{first}-{(first + 1) % 100:02d}"), by=None)


def _policy(today: date) -> None:
    if not Policy.objects.exists():
        Policy.objects.create(valid_from=today - timedelta(days=90), authority_name="Marlshire County Council")


def _office(today: date) -> User:
    """Somebody to sign in as and to have entered the requests."""
    user, created = User.objects.get_or_create(email="planner@marlshire.example", defaults={"name": "Averil Plumtree"})
    if created:
        RoleAssignment.objects.create(user=user, role=Role.COORDINATOR, starts_on=today - timedelta(days=60))
    return user


def _schools(dice: random.Random, count: int) -> list[School]:
    side = max(12_000, int((count * 2.4e6) ** 0.5))
    towns = [(dice.randrange(side), dice.randrange(side)) for _ in range(4)]
    taken = School.objects.filter(urn__gte=FIRST_URN).count()
    rows = [_school(dice, FIRST_URN + taken + n, n, side, towns) for n in range(count)]
    return list(School.objects.bulk_create(rows, batch_size=500))


def _school(dice: random.Random, urn: int, n: int, side: int, towns: Sequence[tuple[int, int]]) -> School:
    town = dice.choice(towns)
    near = dice.random() < 0.7
    east = int(dice.gauss(town[0], 2500)) if near else dice.randrange(side)
    north = int(dice.gauss(town[1], 2500)) if near else dice.randrange(side)
    secondary = n % 5 == 0
    name = (
        f"{dice.choice(FRONTS)}{dice.choice(BACKS)} {'School' if secondary else 'Primary School'} {urn - FIRST_URN + 1}"
    )
    return School(
        urn=urn,
        name=name,
        phase="secondary" if secondary else "primary",
        kind_code="01",
        kind="Community school",
        group_code="4",
        status="open",
        easting=400_000 + max(east, 0),
        northing=300_000 + max(north, 0),
        head_name=f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}",
        email=f"office-{urn}@marlshire.example",
        chair_name=f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}",
        chair_email=f"chair-{urn}@marlshire.example",
        teacher_count=dice.randrange(40, 80) if secondary else dice.randrange(6, 20),
    )


def _posts(world: World, count: int) -> list[Post]:
    """ASTs in post and inducted, with expertise, a weekly pattern and a year's days."""
    dice, year = world.dice, world.year
    taken = User.objects.filter(email__startswith="ast-").count()
    users = User.objects.bulk_create(
        User(name=f"{world.person()} {taken + n}", email=f"ast-{taken + n}@marlshire.example")
        for n in range(1, count + 1)
    )
    began = date(year.starts_on.year - 1, 9, 1)
    phases = ["s" if dice.random() < 0.6 else "p" for _ in users]
    posts = Post.objects.bulk_create(
        Post(
            user=user,
            home=world.home(phase),
            status=PostStatus.IN_POST,
            passed_on=began - timedelta(days=120),
            assessor="National assessment agency",
            starts_on=began,
            first_post=False,
            key_stages=tuple(dice.sample(STAGES[phase], 2)),
            work_types=tuple(dice.sample(WORK, 4)),
            pupil_groups=(PupilGroup.ALL,),
            checked_on=year.starts_on,
        )
        for user, phase in zip(users, phases, strict=True)
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=p.user, role=Role.AST, school=p.home, starts_on=began) for p in posts
    )
    _profiles(world, list(zip(posts, phases, strict=True)), began)
    return posts


def _profiles(world: World, pairs: list[tuple[Post, str]], began: date) -> None:
    dice, year = world.dice, world.year
    Expertise.objects.bulk_create(row for post, phase in pairs for row in _expertise(dice, post, phase))
    OutreachPattern.objects.bulk_create(
        OutreachPattern(post=post, weekday=weekday, starts_on=began)
        for post, _ in pairs
        for weekday in sorted(dice.sample(range(5), dice.choice([1, 1, 1, 2])))
    )
    InductionItem.objects.bulk_create(
        InductionItem(post=post, step=step, done_on=began, done_by=world.office)
        for post, _ in pairs
        for step in InductionStep
    )
    days = policies.in_force(world.today).ast_days_per_year
    LedgerEntry.objects.bulk_create(
        LedgerEntry(post=post, year=year, kind=LedgerEntry.Kind.BUDGET, days=days, on=year.starts_on)
        for post, _ in pairs
    )


def _expertise(dice: random.Random, post: Post, phase: str) -> Iterator[Expertise]:
    own = [s for s in SUBJECTS if phase in s[1]]
    chosen = dict.fromkeys([dice.choices(own, [s[3] for s in own])[0][0] for _ in range(dice.choice([1, 2, 2]))])
    for place, subject in enumerate(chosen):
        yield Expertise(post=post, subject=subject, level=3 if place == 0 else 2)


def _under_way(world: World, posts: list[Post]) -> None:
    """Placements that began before: their contracts and dated days take part of the year."""
    dice, today = world.dice, world.today
    subjects = dict(Expertise.objects.filter(post__in=posts, level=3).values_list("post_id", "subject"))
    weekdays = dict(OutreachPattern.objects.filter(post__in=posts).order_by("-pk").values_list("post_id", "weekday"))
    known = calendar.between(today, world.year.ends_on)
    plans = []
    for post in posts:
        days = [d for d in known.school_days(today, world.year.ends_on) if d.weekday() == weekdays[post.pk]]
        plans.append((post, days[: dice.choice([4, 6, 6, 8, 10])]))
    requests = OutreachRequest.objects.bulk_create(
        _request(
            world,
            host,
            subject=subjects[post.pk],
            days=len(days),
            span=(days[0], days[-1]),
            status=RequestStatus.PLACED,
        )
        for post, days in plans
        for host in [dice.choice([s for s in world.primary + world.secondary if s.pk != post.home_id])]
    )
    matches = Match.objects.bulk_create(
        Match(
            request=r, post=post, status=MatchStatus.AGREED, days=len(days), rank=1, score=80,
            proposed_by=world.office, answer_by=today,
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


def _requests(world: World, count: int) -> list[OutreachRequest]:
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
