"""A week, day by day: visits with the way there, meetings, and who is away (R-20.5). Nothing of what the work is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from django.urls import reverse

from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say_later
from placements.days.models import OutreachDay
from placements.days.reads.days import STATES, state_of
from placements.placement.dates import OWN_DAY, fixed, preliminary
from placements.placement.models import Placement, PlannedReview
from placements.placement.permissions import is_host_head, reads_host_school, reads_whole
from placements.week.reads.chosen import Chosen
from schools.calendar import reads as calendar
from schools.register.reads import telephone_link
from staff.accounts.models import User
from staff.figures.reads.sheets import Sheet, Table
from staff.networks.dates import entry
from staff.networks.lifecycle import COUNTS
from staff.networks.models import NetworkMeeting
from staff.posts.models import Post, PostAbsence
from staff.quality.lifecycle import QaStatus
from staff.quality.models import QaVisit

WEEK = timedelta(days=7)
FRIDAY = 4
HEADER = ("Day", say_later("AST"), "What", "School or place", "Address", "Telephone", "How long", "State")


@dataclass(frozen=True)
class Line:
    """One thing of one day. `address` and `telephone` only for who may know how to reach the school (section G)."""

    on: date
    ast: str
    what: str
    place: str = ""
    address: str = ""
    telephone: str = ""
    length: str = ""
    state: str = ""
    colour: str = ""
    url: str = ""

    @property
    def telephone_link(self) -> str:
        """As something to press."""
        return telephone_link(self.telephone)

    @property
    def cells(self) -> tuple[str, ...]:
        """As a row of the file and of the paper."""
        day = f"{self.on:%A} {date_words(self.on)}"
        return (day, self.ast, self.what, self.place, self.address, self.telephone, self.length, self.state)


@dataclass(frozen=True)
class DayOfWeek:
    """`closed`: schools do not teach that day."""

    on: date
    closed: bool
    lines: list[Line]


@dataclass(frozen=True)
class Week:
    """Monday to Sunday; a day of the weekend only where something lies on it."""

    columns: ClassVar = (say_later("AST"), "What", "Where", "Telephone", "State")
    monday: date
    days: list[DayOfWeek]

    @property
    def title(self) -> str:
        return f"The week of {date_words(self.monday)}"

    def sheet(self, said: tuple[tuple[str, str], ...]) -> Sheet:
        """The same for file and paper; `said` is what it is narrowed to."""
        rows = tuple(line.cells for day in self.days for line in day.lines)
        table = Table("csv", "Visits, meetings and times away", HEADER, rows, words=len(HEADER))
        return Sheet(
            name=f"week-{self.monday}",
            title=self.title,
            tables=(table,) if rows else (),
            chosen=said,
            empty="Nothing is planned in this week.",
        )


def week(user: User, monday: date, chosen: Chosen, today: date) -> Week:
    """What this reader may see of it; seven queries."""
    last = monday + WEEK - timedelta(days=1)
    lines = [*_visits(user, monday, last, chosen, today), *_meetings(user, monday, last, chosen)]
    lines += _away(user, monday, last, chosen)
    school = calendar.between(monday, last)
    days = []
    for on in calendar.days(monday, last):
        mine = sorted((line for line in lines if line.on == on), key=lambda line: (line.ast, line.what))
        if mine or on.weekday() <= FRIDAY:
            days.append(DayOfWeek(on, not school.school_day(on), mine))
    return Week(monday, days)


def _visits(user: User, first: date, last: date, chosen: Chosen, today: date) -> Iterator[Line]:
    days = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(user), on__range=(first, last))
    days = chosen.of_placements(days, "placement__")
    for day in days.select_related("placement__post__user", "placement__host", "placement__home").order_by("on", "pk"):
        placement, at_home = day.placement, day.venue == OutreachDay.Venue.HOME
        school = placement.home if at_home else placement.host
        knows = reads_host_school(user, placement) or is_host_head(user, placement)
        state, colour = STATES[state_of(day, today)]
        yield Line(
            on=day.on,
            ast=placement.post.user.name,
            what=f"Visit from {placement.host.name}" if at_home else "Visit",
            place=school.name,
            address=", ".join(school.address_lines) if knows else "",
            telephone=school.telephone if knows else "",
            length="Whole day" if day.days == 1 else days_words(day.days),
            state=state,
            colour=colour,
            url=_page_of(user, day),
        )


def _page_of(user: User, day: OutreachDay) -> str:
    """What is to happen on the day; to who reads sums alone, the days of its placement (section G)."""
    if reads_whole(user, day.placement):
        return reverse("placements:day_parts", args=[day.pk])
    return reverse("evaluation:placement_diary", args=[day.placement_id])


def _meetings(user: User, first: date, last: date, chosen: Chosen) -> Iterator[Line]:
    """Of placements for who reads more than sums of them; network meetings; QA visits, for who may know of them."""
    if not user.has_role(Role.OFFICER):
        yield from _of_placements(user, first, last, chosen)
    networks = NetworkMeeting.objects.visible_to(user).filter(status__in=COUNTS, on__range=(first, last))
    invited = "invitations__post"
    networks = chosen.narrow(networks, ast=invited, schools=(f"{invited}__home",), cluster="cluster")
    for meeting in networks.whole().distinct().order_by("on", "pk"):
        yield _line(entry(meeting), "")
    visits = QaVisit.objects.visible_to(user).filter(on__range=(first, last)).exclude(status=QaStatus.CANCELLED)
    for visit in chosen.of_posts(visits).whole().order_by("on", "pk"):
        place, url = visit.post.home.name, visit.get_absolute_url()
        yield Line(visit.on, visit.post.name, f"QA visit: {visit.get_kind_display().lower()}", place, url=url)


def _of_placements(user: User, first: date, last: date, chosen: Chosen) -> Iterator[Line]:
    mine = Placement.objects.visible_to(user).open()
    called = chosen.of_placements(mine.filter(meeting_called_for__range=(first, last)))
    for placement in called.select_related("post__user", "host").order_by("pk"):
        yield _line(preliminary(placement), placement.post.user.name)
    reviews = PlannedReview.objects.filter(placement__in=mine, on__range=(first, last)).exclude(kind__in=OWN_DAY)
    reviews = chosen.of_placements(reviews, "placement__")
    for review in reviews.select_related("placement__post__user", "placement__host"):
        yield _line(fixed(review), review.placement.post.user.name)


def _line(of: Entry, ast: str) -> Line:
    return Line(on=of.on, ast=ast, what=of.title, place=of.place, length=of.text, state="Meeting", url=of.path)


def _away(user: User, first: date, last: date, chosen: Chosen) -> Iterator[Line]:
    """Who is away on which day. Why stands on the AST's page, for who may know it (R-17.7)."""
    rows = PostAbsence.objects.touching(first, last).filter(post__in=Post.objects.visible_to(user))
    for absence in chosen.of_posts(rows).select_related("post__user"):
        for on in working_days(max(first, absence.starts_on), min(last, absence.ends_on or last)):
            yield Line(on, absence.post.name, "Away", url=reverse("staff:post", args=[absence.post_id]))


def working_days(first: date, last: date) -> Iterable[date]:
    """Monday to Friday, both ends included."""
    return (on for on in calendar.days(first, last) if on.weekday() <= FRIDAY)
