"""Reads for whole screens."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.html import format_html

from astcoord.core import timeline
from astcoord.core.problems import Problem
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.wording import dialled
from astcoord.core.words import say
from astcoord.ui.about import Card, cards_of
from schools.calendar import permissions as calendar
from schools.register import permissions, rules
from schools.register.lifecycle import RegisterStatus
from schools.register.models import School, SchoolLink, SchoolStatus

if TYPE_CHECKING:
    from staff.accounts.models import User

Line = tuple[str, Any]

CLOSES = (RegisterStatus.CLOSED, RegisterStatus.CLOSING)


@dataclass(frozen=True)
class SchoolPage:
    """One school with all that its page shows."""

    facts: list[Line]
    contacts: list[Line]
    history: list[SchoolStatus]
    in_force: list[SchoolStatus]
    links: list[SchoolLink]
    followed: Any
    """What was said to follow the school once it closed (`schools.succession`), if anything."""
    may_say: bool
    feeders: list[Line]
    gaps: list[Problem]
    can_edit: bool
    can_edit_contacts: bool
    sees_register: bool
    trail: list[dict[str, Any]]
    cards: list[Card]
    """What rooms above show of the school: its ASTs, requests, placements, support, letters, reviews, notes."""


def school_page(school: School, *, user: "User", today: date) -> SchoolPage:
    """Expects a school that came through `with_status` and `with_head_user`."""
    history = list(school.statuses.all())
    return SchoolPage(
        facts=register_lines(school),
        contacts=contact_lines(school, office=calendar.can_edit(user)),
        history=history,
        in_force=[row for row in history if row.holds_on(today)],
        links=list(school.links.select_related("other")),
        followed=school.successions.filter(replaced=False).select_related("successor").first(),
        may_say=user.has_role(Role.COORDINATOR) and school.status in CLOSES,
        feeders=feeder_lines(school),
        gaps=gaps_of(school) if school.is_open else [],
        can_edit=calendar.can_edit(user),
        can_edit_contacts=permissions.can_edit_contacts(user, school),
        sees_register=bool(user.role_set & AUTHORITY),
        trail=timeline.trail(school, reader=user) if calendar.can_edit(user) else [],
        cards=cards_of(school, user),
    )


def gaps_of(school: Any) -> list[Problem]:
    """`rules.can_host_gaps` for a school that came through `with_head_user`."""
    return rules.can_host_gaps(
        head_name=school.head_name,
        chair_name=school.chair_name,
        chair_email=school.chair_email,
        head_has_account=school.has_head_user,
    )


def feeder_lines(school: School) -> list[Line]:
    """Where pupils come from and go on to (R-1.1). One query."""
    neighbours = School.objects.filter(Q(feeds_into=school) | Q(feeders=school)).by_name()
    pairs = list(neighbours.values_list("name", "feeds_into", "feeders").distinct())
    return [
        ("Pupils come from", ", ".join(dict.fromkeys(name for name, into, _ in pairs if into == school.pk))),
        ("Pupils go on to", ", ".join(dict.fromkeys(name for name, _, out in pairs if out == school.pk))),
    ]


def contact_lines(school: School, *, office: bool) -> list[Line]:
    """What the office keeps. Who may sign in by it is the office's to know."""
    own = [("The headteacher can sign in with it", school.email_is_own)] if office and school.email else []
    return [
        ("Headteacher", school.head_name),
        ("E-mail address for letters", school.email),
        *own,
        ("Chair of governors", school.chair_name),
        ("Chair’s e-mail address", school.chair_email),
        ("Number of teachers", school.teacher_count),
        ("Specialist subject", school.specialist_subject),
        ("Cluster", school.cluster.name if school.cluster else ""),
    ]


def visitor_lines(school: School, today: date) -> list[Line]:
    """What somebody who works there needs on the way, on a telephone. One query."""
    return [
        ("Address", ", ".join(school.address_lines)),
        ("Telephone", telephone_link(school.telephone)),
        ("E-mail address", _email(school)),
        ("Website", _website(school)),
        ("Headteacher", school.head_name),
        ("Category and programmes", ", ".join(str(row) for row in school.statuses.in_force(today)) or "None"),
    ]


def telephone_link(telephone: str) -> str:
    """As something to press, where it has digits."""
    digits = dialled(telephone)
    link = '<a class="govuk-link" href="tel:{}">{}</a>'
    return format_html(link, digits, telephone) if digits else telephone


def _email(school: School) -> str:
    link = '<a class="govuk-link app-break" href="mailto:{}">{}</a>'
    return format_html(link, school.email, school.email) if school.email else ""


def _website(school: School) -> str:
    link = '<a class="govuk-link" href="{}" rel="noreferrer">{}</a>'
    return format_html(link, school.website_url, school.website) if school.website_url else school.website


def register_lines(school: School) -> list[Line]:
    """What the register says."""
    lines: list[Line] = [
        ("Phase", school.get_phase_display()),
        ("Type", school.kind),
        (say("Maintained by the authority"), school.is_maintained),
        ("Local authority", school.la_name),
        ("Address", ", ".join(school.address_lines)),
        ("Telephone", school.telephone),
        ("Website", _website(school)),
        ("Ages", school.ages),
        ("Pupils", school.pupils),
        ("Opened", school.opened_on),
    ]
    return [*lines, ("Closed", school.closed_on)] if school.closed_on else lines
