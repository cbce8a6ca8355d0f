"""What a person in the office of a house under test does: `House.office` calls these in a process of their own."""

from datetime import timedelta

from astcoord.bench.scale import Size, build
from astcoord.core.clock import today
from astcoord.core.models.policy import Policy
from placements.letters import actions
from placements.letters.models import Letter
from schools.calendar.models import Term
from staff.accounts.models import User


def seed(schools: int) -> int:
    """An authority of that many schools, a few ASTs and a co-ordinator; how many schools."""
    Policy.objects.create(
        valid_from=today() - timedelta(days=90),
        authority_name="Marlshire County Council",
        office_address="County Hall\nMarl Street\nMarlminster",
    )
    return build(Size(schools, 3, 0), seed=1, today=today())["schools"]


def send_round() -> int:
    """Prepare and approve a round of the term's letters; how many go by e-mail."""
    by = User.objects.get(email="planner@marlshire.example")
    term = Term.objects.filter(ends_on__gte=today()).earliest("starts_on")
    actions.finish_rounds()
    made = actions.approve_round(letter_round=actions.issue_early(term=term, by=by), by=by)
    return Letter.objects.filter(round=made, message__isnull=False).count()
