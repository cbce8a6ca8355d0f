"""What a placement is about, on its own page and on all that belong to it (R-20.11)."""

from collections.abc import Iterator

from astcoord.core.finding import list_url
from astcoord.core.roles import AUTHORITY
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui import about
from astcoord.ui.about import Card, Line
from placements.placement.models import Placement
from placements.placement.permissions import reads_host_school, reads_whole
from placements.requests.about import line_of as request_line
from schools.register.about import line_of as school_line
from schools.register.models import School
from schools.succession.models import Succession
from staff.accounts.models import User
from staff.accounts.permissions import heads
from staff.posts.about import line_of as ast_line

MOST = 5
"""Placements at one school on its page; the list has all."""


def register() -> None:
    about.register(Placement, _of_placement, order=10)
    about.register_cards(School, _cards_of_school, order=30)


def _of_placement(placement: Placement, user: User) -> Iterator[Line]:
    yield Line(say("Placement"), placement.reference, placement.get_absolute_url(), placement.get_status_display())
    yield request_line(placement.request, user)
    yield ast_line(placement.post, user, reads=reads_whole(user, placement))
    yield school_line("Host school", placement.host, user, reads=reads_host_school(user, placement))
    yield school_line("Home school", placement.home, user)


def _cards_of_school(school: School, user: User) -> Iterator[Card]:
    """The last placements there, and at schools that it follows, on its page (R-20.6). One query."""
    there = Succession.objects.of_line("host", school.pk)
    found = Placement.objects.visible_to(user).filter(there).select_related("post__user", "host").order_by("-pk")
    lines = tuple(_line(each, school) for each in found[:MOST])
    office = user.has_role(*AUTHORITY)
    if not (lines or office or heads(user, school.pk)):
        return
    page = "placements:placement_list" if office else "placements:placements_at_school"
    links = ((say("All placements at this school"), list_url(page, school=str(school.urn))),)
    opens = office or heads(user, school.pk)
    yield Card(say("Placements"), lines, links if opens else (), say("No placement yet."))


def _line(each: Placement, school: School) -> tuple[str, str, str]:
    when = f", {date_words(each.starts_on)} to {date_words(each.ends_on)}" if each.starts_on and each.ends_on else ""
    where = f", at {each.host.name}" if each.host_id != school.pk else ""
    words = f"{each.reference}, {each.post.name}, {each.get_subject_display().lower()}{where}"
    return words, f"{each.get_status_display()}{when}", each.get_absolute_url()
