"""What stands in the week of visits: of each kind its rows, and how one reads (R-20.5). Nothing of what the work is.

A later room adds its own kind with `register`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from astcoord.core.calendars import Entry
from astcoord.core.roles import Role
from astcoord.core.wording import date_words, days_words
from astcoord.core.words import say_later
from placements.days.lifecycle import DAY_COUNTS
from placements.days.models import OutreachDay
from placements.days.reads.days import STATES, state_of
from placements.placement.dates import OWN_DAY, fixed, preliminary
from placements.placement.models import Placement, PlannedReview
from placements.placement.permissions import is_host_head, reads_host_school, reads_whole
from placements.week.reads.chosen import Chosen
from schools.register.reads import telephone_link
from staff.accounts.models import User
from staff.networks.dates import entry
from staff.networks.lifecycle import COUNTS
from staff.networks.models import NetworkMeeting
from staff.posts.models import Post, PostAbsence
from staff.quality.lifecycle import QaStatus
from staff.quality.models import QaVisit

Rows = QuerySet[Any]


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
class Source:
    """One kind. `rows` of (user, first day, last day, chosen) stand on the day of their column `on`, and where
    `until` is named on each working day until then; `ast` is the way to the name of the AST whose line it is.

    `whole` adds what `line` of (user, row, its day, today) shows: it is asked of the lines of one page only.
    """

    code: str
    title: str
    rows: Callable[[User, date, date, Chosen], Rows]
    whole: Callable[[Rows], Rows]
    line: Callable[[User, Any, date, date], Line]
    on: str = "on"
    until: str = ""
    ast: str = ""


_more: list[Source] = []


def register(source: Source) -> None:
    """Called by a later room's `home.register`."""
    if source not in _more:
        _more.append(source)


def sources() -> list[Source]:
    """Every kind, in the order of the choices."""
    return [*OWN, *_more]


def visit_line(user: User, placement: Placement, on: date, what: str, *, at_home: bool = False, **more: str) -> Line:
    """Somebody goes to the host school, or `at_home` to the AST's own: the way there only for who may know it."""
    school = placement.home if at_home else placement.host
    knows = reads_host_school(user, placement) or is_host_head(user, placement)
    return Line(
        on=on,
        ast=placement.post.user.name,
        what=what,
        place=school.name,
        address=", ".join(school.address_lines) if knows else "",
        telephone=school.telephone if knows else "",
        **more,
    )


def _days(user: User, first: date, last: date, chosen: Chosen) -> Any:
    days = OutreachDay.objects.filter(placement__in=Placement.objects.visible_to(user), on__range=(first, last))
    return chosen.of_placements(days, "placement__")


def with_placement(rows: Rows) -> Rows:
    return rows.select_related("placement__post__user", "placement__host", "placement__home")


def _visit(user: User, day: OutreachDay, on: date, today: date) -> Line:
    at_home = day.venue == OutreachDay.Venue.HOME
    state, colour = STATES[state_of(day, today)]
    return visit_line(
        user,
        day.placement,
        on,
        f"Visit from {day.placement.host.name}" if at_home else "Visit",
        at_home=at_home,
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


def _open(user: User) -> Any:
    """Placements whose meetings are told: to who reads more than sums of them."""
    mine = Placement.objects.visible_to(user).open()
    return mine.none() if user.has_role(Role.OFFICER) else mine


def _called(user: User, first: date, last: date, chosen: Chosen) -> Rows:
    return chosen.of_placements(_open(user).filter(meeting_called_for__range=(first, last)))


def _called_line(user: User, placement: Placement, on: date, today: date) -> Line:
    return meeting_line(preliminary(placement), placement.post.user.name)


def _fixed(user: User, first: date, last: date, chosen: Chosen) -> Rows:
    found = PlannedReview.objects.filter(placement__in=_open(user), on__range=(first, last))
    return chosen.of_placements(found.exclude(kind__in=OWN_DAY), "placement__")


def _fixed_line(user: User, review: PlannedReview, on: date, today: date) -> Line:
    return meeting_line(fixed(review), review.placement.post.user.name)


def _networks(user: User, first: date, last: date, chosen: Chosen) -> Rows:
    found = NetworkMeeting.objects.visible_to(user).filter(status__in=COUNTS, on__range=(first, last))
    invited = "invitations__post"
    return chosen.narrow(found, ast=invited, schools=(f"{invited}__home",), cluster="cluster").distinct()


def _network_line(user: User, meeting: NetworkMeeting, on: date, today: date) -> Line:
    return meeting_line(entry(meeting), "")


def _qa(user: User, first: date, last: date, chosen: Chosen) -> Rows:
    found = QaVisit.objects.visible_to(user).filter(on__range=(first, last))
    return chosen.of_posts(found.exclude(status=QaStatus.CANCELLED))


def _qa_line(user: User, visit: QaVisit, on: date, today: date) -> Line:
    what = f"QA visit: {visit.get_kind_display().lower()}"
    return Line(on, visit.post.name, what, visit.post.home.name, url=visit.get_absolute_url())


def _away(user: User, first: date, last: date, chosen: Chosen) -> Rows:
    rows = PostAbsence.objects.touching(first, last).filter(post__in=Post.objects.visible_to(user))
    return chosen.of_posts(rows)


def _away_line(user: User, absence: PostAbsence, on: date, today: date) -> Line:
    """Why stands on the AST's page, for who may know it (R-17.7)."""
    return Line(on, absence.post.name, "Away", url=reverse("staff:post", args=[absence.post_id]))


def meeting_line(of: Entry, ast: str) -> Line:
    return Line(on=of.on, ast=ast, what=of.title, place=of.place, length=of.text, state="Meeting", url=of.path)


AST, AST_OF = "post__user__name", "placement__post__user__name"
OWN = (
    Source(
        "visits",
        "Visits",
        lambda *asked: _days(*asked).filter(status__in=DAY_COUNTS),
        with_placement,
        _visit,
        ast=AST_OF,
    ),
    Source(
        "off",
        "Visits called off",
        lambda *asked: _days(*asked).exclude(status__in=DAY_COUNTS),
        with_placement,
        _visit,
        ast=AST_OF,
    ),
    Source(
        "preliminary",
        "Preliminary meetings",
        _called,
        lambda rows: rows.select_related("post__user", "host"),
        _called_line,
        on="meeting_called_for",
        ast=AST,
    ),
    Source(
        "reviews",
        "Reviews and evaluations",
        _fixed,
        with_placement,
        _fixed_line,
        ast=AST_OF,
    ),
    Source(
        "networks",
        "Network meetings",
        _networks,
        lambda rows: rows.select_related("led_by", "cluster"),
        _network_line,
    ),
    Source("qa", "QA visits", _qa, lambda rows: rows.select_related("post__user", "post__home"), _qa_line, ast=AST),
    Source(
        "away",
        say_later("ASTs who are away"),
        _away,
        lambda rows: rows.select_related("post__user"),
        _away_line,
        on="starts_on",
        until="ends_on",
        ast=AST,
    ),
)
