"""Lists of placements, one for each audience, and the page that shows one whole to all its parties."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from astcoord.core.access import Request, access, signed_in
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, Role
from astcoord.core.words import say_later
from astcoord.ui.lists import FilteredList
from placements.agreement.permissions import can_change_terms, can_link
from placements.agreement.reads.readiness import CONDITIONS, activation_problems
from placements.agreement.rules.contracts import cover_warnings
from placements.changes.lifecycle import AMENDMENT_OPEN
from placements.changes.permissions import can_ask
from placements.changes.reads import of_placement as changes_of
from placements.changes.reads import turn_of
from placements.days.reads.lessons import supply_risks
from placements.endings.permissions import can_end_early, can_read_links
from placements.endings.reads import end_notice, ways_out
from placements.endings.rules import past_last_day
from placements.matching.lifecycle import MatchStatus
from placements.overview.filters import PlacementFilter
from placements.overview.reads import placements
from placements.overview.reads.lists import with_turns
from placements.overview.reads.placements import at_schools
from placements.overview.tables import PlacementTable
from placements.placement import reads
from placements.placement.lifecycle import PLACEMENT_OPEN, PLACEMENT_OVER
from placements.placement.models import Placement
from placements.placement.permissions import is_home_head
from placements.placement.views import find, for_reader
from placements.taken_in.permissions import can_keep_paper, can_take_in, reads_paper
from placements.taken_in.reads import paper_of, undo_problems
from staff.accounts import permissions
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator, is_office


class PlacementRegister(FilteredList):
    """A list of placements; each audience says which, and who may see it."""

    table_class = PlacementTable
    filterset_class = PlacementFilter
    csv_name = "placements"


@access(AUTHORITY)
class PlacementList(PlacementRegister):
    """All placements that this person may see."""

    title = say_later("Placements")

    template_name = "placements/overview/placements.html"

    def get_queryset(self) -> Any:
        return with_turns(Placement.objects.visible_to(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_take_in=can_take_in(self.request.user), **kwargs)


@access(Role.HEADTEACHER)
class AtMySchool(PlacementRegister):
    """Placements at the head's school, and those of its ASTs elsewhere."""

    title = say_later("Placements at your school and of your ASTs")
    few = 5

    def get_queryset(self) -> Any:
        return with_turns(at_schools(self.request.user))


@access(Role.AST)
class MyPlacements(PlacementRegister):
    """The AST's own, past and present."""

    title = say_later("Your placements")
    few = 5

    def get_queryset(self) -> Any:
        return with_turns(Placement.objects.filter(post__user=self.request.user))

    def get_table_kwargs(self) -> dict[str, Any]:
        """Every row would name the reader."""
        return {"exclude": ("ast",)}


@signed_in
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """Where it stands, whose turn it is, what to do."""
    user = request.user
    today_ = today()
    placement = get_object_or_404(placements.with_steps(Placement.objects.visible_to(user), today_), pk=pk)
    placement = for_reader(user, placement)
    page = placements.placement_page(placement, user, today_)
    context = {
        "placement": placement,
        "page": page,
        "may_end": can_end_early(user, placement) and _can(placement, "end_early"),
        "may_reopen": is_coordinator(user) and _can(placement, "reopen_protocol"),
        "endings": ways_out(placement, user, today_),
        "reads_links": placement.status in PLACEMENT_OVER and can_read_links(user, placement),
        "end_notice": end_notice(placement),
        "closed_schools": reads.closed_schools(placement),
        "says_what_follows": is_coordinator(user),
        "past_last_day": past_last_day(placement, today_),
        "may_change": can_change_terms(user, placement),
        "may_ask": can_ask(user, placement),
        **_changes(placement, user, whole=page.whole),
        "may_link": can_link(user, placement),
        **_before(placement, user),
        "cover_warnings": cover_warnings(placement.cover) if is_home_head(user, placement) or is_office(user) else [],
        "lesson_warnings": supply_risks(placement) if is_office(user) else [],
    }
    return render(request, "placements/overview/detail.html", context)


def _before(placement: Placement, user: User) -> dict[str, Any]:
    """Of what was agreed before this system: the signed paper, and whether it can be taken back (R-17.4)."""
    if placement.taken_in_on is None:
        return {}
    return {
        "signed_paper": paper_of(placement) if reads_paper(user, placement) else None,
        "keeps_paper": can_keep_paper(user, placement) and placement.match.status != MatchStatus.UNDONE,
        "may_undo": can_take_in(user) and _can(placement, "undo_taking_in") and not undo_problems(placement),
    }


def _changes(placement: Placement, user: User, *, whole: bool) -> dict[str, Any]:
    """Changes of the contract in force: the one that is not settled, whose turn it is, and those before it."""
    rows = changes_of(placement) if whole else []
    now = next((each for each in rows if each.status in AMENDMENT_OPEN), None)
    return {
        "change": now,
        "change_turn": turn_of(now, user) if now else None,
        "changes": [each for each in rows if each is not now],
    }


@signed_in
@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Everything that happened, newest first."""
    placement = find(request, pk)
    context = {"placement": placement, "events": placements.history(placement, request.user)}
    return render(request, "placements/overview/history.html", context)


@signed_in
@require_safe
def missing(request: Request, pk: int) -> HttpResponse:
    """What keeps it from starting, and whose task each thing is (R-8.13)."""
    placement = find(request, pk)
    asked = placement.status in PLACEMENT_OPEN and placement.taken_in_on is None
    problems = activation_problems(placement, today()) if asked else []
    rows = [(p.message, reads.WHO.get(CONDITIONS[p.code].owner, "everybody who signs")) for p in problems]
    overridable = permissions.is_coordinator(request.user) and any(CONDITIONS[p.code].overridable for p in problems)
    context = {"placement": placement, "rows": rows, "may_override": overridable}
    return render(request, "placements/overview/missing.html", context)


def _can(placement: Placement, move: str) -> bool:
    return placement.status in placement.machine.get(move).sources
