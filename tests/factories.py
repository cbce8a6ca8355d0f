"""Makers of single things for tests. People, places and addresses are invented."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from astcoord.core.roles import Role
from placements.matching.lifecycle import MatchStatus
from placements.matching.models import Match
from placements.placement.lifecycle import PlacementStatus
from placements.placement.models import Placement
from placements.priorities.models import Priority
from placements.requests.lifecycle import RequestStatus, Selection
from placements.requests.models import OutreachRequest, RequestedStaff
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.expertise.vocabulary import InductionStep, KeyStage, NeverWork, Subject, Weekday, WorkType
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Expertise, InductionItem, OutreachPattern, Post

START_OF_YEAR = date(2026, 9, 1)


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = School

    urn = factory.Sequence(lambda n: 900001 + n)
    name = factory.Sequence(lambda n: f"Thistledown Primary School {n}")
    phase = "primary"
    kind_code = "01"
    kind = "Community school"
    group_code = "4"
    status = "open"
    easting = factory.Sequence(lambda n: 430000 + 400 * n)
    northing = factory.Sequence(lambda n: 330000 + 300 * n)
    head_name = "Mrs A Winterbourne"
    email = factory.LazyAttribute(lambda o: f"office-{o.urn}@marlshire.example")
    chair_name = "Mr P Underhill"
    chair_email = factory.LazyAttribute(lambda o: f"chair-{o.urn}@marlshire.example")
    teacher_count = 12


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Robin Larkspur {n}")
    email = factory.Sequence(lambda n: f"person{n}@marlshire.example")


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.COORDINATOR
    starts_on = START_OF_YEAR


def person(name: str, email: str, role: str, school: School | None = None, **extra: object) -> User:
    """A user with one role."""
    user = UserFactory(name=name, email=email)
    RoleFactory(user=user, role=role, school=school, **extra)
    return user


class PostFactory(DjangoModelFactory):
    """An AST in post, inducted, with one subject and one weekday: ready to be matched."""

    class Meta:
        model = Post
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    home = factory.SubFactory(SchoolFactory, phase="secondary")
    status = PostStatus.IN_POST
    passed_on = date(2025, 3, 12)
    assessor = "National assessment agency"
    starts_on = date(2025, 9, 1)
    first_post = False
    key_stages = (KeyStage.KS2, KeyStage.KS3)
    work_types = tuple(WorkType.values)
    checked_on = date(2026, 9, 7)

    @factory.post_generation
    def role(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and not self.user.roles.filter(role=Role.AST).exists():
            RoleFactory(user=self.user, role=Role.AST, school=self.home)

    @factory.post_generation
    def subjects(self, create: bool, extracted: object, **kwargs: object) -> None:
        for subject in extracted if extracted is not None else (Subject.MATHEMATICS,):
            Expertise.objects.create(post=self, subject=subject, level=Expertise.Level.LEAD)

    @factory.post_generation
    def weekday(self, create: bool, extracted: object, **kwargs: object) -> None:
        if extracted is not False:
            OutreachPattern.objects.create(
                post=self, weekday=Weekday.TUESDAY if extracted is None else extracted, starts_on=date(2025, 9, 1)
            )

    @factory.post_generation
    def inducted(self, create: bool, extracted: object, **kwargs: object) -> None:
        done = extracted is not False
        for step in InductionStep:
            InductionItem.objects.create(
                post=self,
                step=step,
                done_on=date(2025, 9, 10) if done else None,
                done_by=self.user if done else None,
            )


class RequestFactory(DjangoModelFactory):
    """A whole request, confirmed by its head, waiting for the co-ordinator."""

    class Meta:
        model = OutreachRequest
        skip_postgeneration_save = True

    host = factory.SubFactory(SchoolFactory)
    created_by = factory.SubFactory(UserFactory)
    confirmed_by = factory.SelfAttribute("created_by")
    status = RequestStatus.SUBMITTED
    submitted_at = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
    subject = Subject.MATHEMATICS
    aspect = "Planning for problem solving"
    key_stages = (KeyStage.KS2,)
    pupil_groups = ("all",)
    work_types = (WorkType.WILLING_TEACHERS, WorkType.MODEL_LESSON)
    task = "Plan and teach alongside two teachers in Years 5 and 6."
    need = "Pupils can calculate but cannot choose a method."
    evidence_kinds = ("data", "own_view")
    evidence = "Test papers show blank answers wherever the method is not given."
    training_need = "Planning sequences of lessons that build up problem solving."
    outcome = "Both teachers plan problem solving into every unit."
    criterion = "By July at least 70% of Year 6 attempt every problem in the test."
    no_priority_reason = "It serves the school’s own plan."
    days = Decimal(6)
    wanted_from = date(2026, 11, 2)
    wanted_until = date(2027, 2, 12)
    weekdays = ("1", "2")
    exclusions = tuple(NeverWork.values)

    @factory.post_generation
    def priorities(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted:
            self.priorities.set(extracted)
            self.no_priority_reason = ""
            self.save(update_fields=["no_priority_reason"])

    @factory.post_generation
    def staff(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create and extracted is not False:
            RequestedStaff.objects.create(
                request=self, name="Juno Pettifer", selection=Selection.SELF, head_agrees=True
            )


class PriorityFactory(DjangoModelFactory):
    """One of the authority's priorities, for this year and the next two."""

    class Meta:
        model = Priority

    kind = Priority.Kind.EDP
    reference = factory.Sequence(lambda n: f"EDP {n + 1}")
    name = factory.Sequence(lambda n: f"Raise standards in the {n + 1}th of ten areas")
    first_year = 2026
    last_year = 2028


class MatchFactory(DjangoModelFactory):
    class Meta:
        model = Match

    request = factory.SubFactory(RequestFactory, status=RequestStatus.PROPOSED)
    post = factory.SubFactory(PostFactory)
    status = MatchStatus.PROPOSED
    days = Decimal(6)
    rank = 1
    score = Decimal("81.5")
    proposed_by = factory.SubFactory(UserFactory)
    answer_by = date(2026, 10, 20)


class PlacementFactory(DjangoModelFactory):
    """A placement row alone, as `planned`; stories that need its protocol go through the actions."""

    class Meta:
        model = Placement

    match = factory.SubFactory(MatchFactory, status=MatchStatus.AGREED)
    request = factory.SelfAttribute("match.request")
    post = factory.SelfAttribute("match.post")
    home = factory.SelfAttribute("match.post.home")
    host = factory.SelfAttribute("match.request.host")
    status = PlacementStatus.PLANNED
    subject = Subject.MATHEMATICS
    focus = "Problem solving in Years 5 and 6"
    work_types = (WorkType.WILLING_TEACHERS,)
    days = Decimal(6)
    starts_on = date(2026, 11, 3)
    ends_on = date(2027, 2, 9)
    weekday = Weekday.TUESDAY
