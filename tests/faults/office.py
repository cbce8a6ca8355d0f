"""What a person in the office of a house under test does: `python -m tests.faults.office send_round`."""

import sys
from datetime import timedelta

import django


def seed(schools: int) -> None:
    """An authority of that many schools, its term begun, and a co-ordinator."""
    from astcoord.bench.scale import Size, build
    from astcoord.core.clock import today
    from astcoord.core.models.policy import Policy

    Policy.objects.create(
        valid_from=today() - timedelta(days=90),
        authority_name="Marlshire County Council",
        office_address="County Hall\nMarl Street\nMarlminster",
    )
    build(Size(schools, 3, 0), seed=1, today=today())


def send_round() -> int:
    """Prepare and approve a round of the term's letters; how many go by e-mail."""
    from astcoord.core.clock import today
    from placements.letters import actions
    from placements.letters.models import Letter
    from schools.calendar.models import Term
    from staff.accounts.models import User

    by = User.objects.get(email="planner@marlshire.example")
    term = Term.objects.filter(ends_on__gte=today()).order_by("starts_on").first()
    assert term is not None
    actions.finish_rounds()
    made = actions.approve_round(letter_round=actions.issue_early(term=term, by=by), by=by)
    return Letter.objects.filter(round=made, message__isnull=False).count()


def main() -> None:
    """The first argument says what, the others are numbers for it."""
    django.setup()
    what, *numbers = sys.argv[1:]
    print({"seed": seed, "send_round": send_round}[what](*map(int, numbers)))  # type: ignore[operator]


if __name__ == "__main__":
    main()
