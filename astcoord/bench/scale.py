"""A made-up authority of any size, from a seed, written in bulk: for measuring, and for trying plans on.

Names of schools, people and addresses are put together from invented words.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from astcoord.bench import scale_work
from astcoord.bench.scale_words import BACKS, BUSY, FAMILY, FIRST_URN, FRONTS, GIVEN, STAGES, SUBJECTS, WORK
from astcoord.bench.world import World
from astcoord.core import policy as policies
from astcoord.core.models.policy import Policy
from astcoord.core.roles import Role
from placements.days.models import LedgerEntry
from schools.calendar import reads as calendar
from schools.calendar.actions import save_year
from schools.calendar.models import AcademicYear
from schools.calendar.years import default_year
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.expertise.vocabulary import InductionStep, PupilGroup
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, InductionItem, OutreachPattern, Post


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
    scale_work.under_way(world, [post for post in posts if dice.random() < BUSY])
    asked = scale_work.requests(world, size.requests)
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
