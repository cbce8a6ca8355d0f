"""Who is in the invented facts: a school that asks, one that employs an AST, and the people of both. None is stored."""

from datetime import date, timedelta
from decimal import Decimal

from placements.days.models import OutreachDay
from placements.matching.models import Match
from placements.placement.models import Placement
from placements.requests.models import OutreachRequest
from schools.calendar.models import AcademicYear, Term
from schools.register.models import School
from staff.accounts.models import RoleAssignment, User
from staff.posts.models import Post

HOST = School(name="Fernleigh Primary School")
HOME = School(name="Hollowbrook School")
HOST_HEAD = User(name="Rowan Oakhanger", email="rowan@marlshire.example")
AST = User(name="Wren Castellow", email="wren@marlshire.example")
OFFICE = User(name="Bryony Quill", email="bryony@marlshire.example")
HEADSHIP = RoleAssignment(user=HOST_HEAD, role="headteacher", school=HOST)
POST = Post(pk=3, user=AST, home=HOME)


def stands_in(on: date) -> RoleAssignment:
    """Somebody of the office for another, for a fortnight."""
    deputy = User(name="Idris Fenwick-Moss", email="idris@marlshire.example")
    return RoleAssignment(user=deputy, stands_in_for=OFFICE, starts_on=on, ends_on=on + timedelta(days=13))


def year(on: date) -> AcademicYear:
    """The school year in which a day lies."""
    first = on.year if on.month >= 9 else on.year - 1
    return AcademicYear(slug=f"{first}-{(first + 1) % 100:02}")


def term(on: date) -> Term:
    return Term(year=year(on), name="Autumn term", starts_on=on)


def placement(today: date) -> Placement:
    """One that begins in four weeks and has yet to be signed."""
    starts, ends = today + timedelta(days=28), today + timedelta(days=182)
    request = OutreachRequest(
        pk=12,
        host=HOST,
        subject="mathematics",
        task="Two teachers would like to plan problem solving together.",
        questions="Which years are the classes?",
        ending_note="Nobody in post knows the subject yet.",
        ending="no_ast",
        status="awaiting_confirmation",
        days=Decimal(6),
        wanted_from=starts,
        wanted_until=ends,
        look_again_on=starts,
    )
    match = Match(pk=9, request=request, post=POST, days=Decimal(6), answer_by=today + timedelta(days=14))
    return Placement(
        pk=7,
        request=request,
        match=match,
        post=POST,
        home=HOME,
        host=HOST,
        subject="mathematics",
        days=Decimal(6),
        starts_on=starts,
        ends_on=ends,
        notice_days=5,
        meeting_called_for=starts - timedelta(days=7),
        meeting_place="2 pm, the library",
        ended_on=ends,
        ended_category="staffing",
    )


def day(on: date) -> OutreachDay:
    return OutreachDay(pk=5, placement=placement(on), on=on, days=Decimal(1))
