"""What the end of a placement needs to know of its past."""

from datetime import date
from decimal import Decimal

from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import timezone

from astcoord.core.models.documents import Document
from astcoord.core.models.history import Transition
from astcoord.core.problems import Problem
from placements.days.lifecycle import DayStatus
from placements.endings import rules
from placements.endings.permissions import can_settle
from placements.placement.lifecycle import PLACEMENT_OVER
from placements.placement.models import Placement
from staff.accounts.models import User

END_NOTICE = "end-notice"


def last_move(placement: Placement) -> int:
    """Tells this end, or this return from one, apart from an earlier one of the same placement."""
    return Transition.objects.about(placement).order_by("-pk").values_list("pk", flat=True).first() or 0


def early_end(placement: Placement) -> Transition | None:
    """The move by which it ended early, with when it was recorded and from which state."""
    return Transition.objects.about(placement).filter(move="end_early").order_by("-pk").first()


def take_back_problems(placement: Placement, today: date) -> list[Problem]:
    """Whether its early end can still be taken back, so soon after it was recorded."""
    end = early_end(placement)
    return rules.take_back_problems(timezone.localdate(end.at) if end else date.min, today)


def end_notice(placement: Placement) -> Document | None:
    """The notice of the end that holds; none where that was taken back."""
    if placement.status not in PLACEMENT_OVER or not placement.ended_category:
        return None
    found: Document | None = Document.objects.about(placement).filter(kind=END_NOTICE).order_by("-pk").first()
    return found


def where_done(placement: Placement, problem: Problem) -> str:
    """The page on which what is missing is done: the diary; everything else that may be missing is an evaluation."""
    page = "placement_diary" if problem.code in rules.DAYS_OPEN else "placement_evaluations"
    return reverse(f"evaluation:{page}", args=[placement.pk])


def ways_out(placement: Placement, user: User, today: date) -> list[tuple[str, str]]:
    """Pages of this room that lead on from where a placement stands, for the co-ordinator: their words and names."""
    if not can_settle(user, placement):
        return []
    moves = {move.name for move in placement.machine.moves_from(placement.status)}
    _, held_on = delivered(placement) if "abandon" in moves else (None, None)
    begun = rules.begun_problems(placement, delivered=held_on is not None, today=today)
    soon = rules.window_opens(placement.ends_on, today)
    late = "take_back" in moves and bool(take_back_problems(placement, today))
    offered = {
        "evaluate": "Open the final evaluation",
        "complete": "Complete",
        "resume": "" if soon else "Go on: the final evaluation was opened too soon",
        "reopen": "Take the completion back",
        "take_back": "" if late else "Take the early end back",
        "close": "Close",
        "abandon": "" if begun else "Close before it starts",
    }
    return [(words, f"placements:placement_{name}") for name, words in offered.items() if words and name in moves]


def delivered(placement: Placement) -> tuple[Decimal, date | None]:
    """Days held, also before this system, and the last that has a date."""
    done = placement.outreach_days.filter(status=DayStatus.DONE).aggregate(days=Sum("days"), last=Max("on"))
    return (done["days"] or Decimal(0)) + placement.days_before, done["last"]
