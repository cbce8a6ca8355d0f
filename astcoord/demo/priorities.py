"""What Marlshire wants most. Invented, in the manner of the plans that authorities wrote."""

from dataclasses import dataclass

from placements.priorities.actions import PRIORITIES
from placements.priorities.models import Priority
from staff.accounts.models import User

Kind = Priority.Kind


@dataclass(frozen=True)
class Aim:
    """A line of the list; its years counted from the scheme's first."""

    kind: str
    reference: str
    name: str
    begins: int = 0
    lasts: int | None = 5


AIMS = (
    Aim(Kind.EDP, "EDP 1", "Raise standards in English, and in reading first"),
    Aim(Kind.EDP, "EDP 2", "Raise standards in mathematics at Key Stages 2 and 3"),
    Aim(Kind.EDP, "EDP 3", "Pupils who find things out for themselves, in science and the humanities"),
    Aim(Kind.EDP, "EDP 4", "Calm classrooms and regular attendance"),
    Aim(Kind.EDP, "EDP 0", "A daily mathematics lesson in every primary school", begins=-4, lasts=4),
    Aim(Kind.ACTION_PLAN, "IAP 2", "Help for schools in difficulty comes sooner and stays longer", lasts=3),
    Aim(Kind.ACTION_PLAN, "IAP 3", "What works in one school is seen in the next", lasts=3),
    Aim(Kind.THEME, "", "Every Child Matters: enjoy and achieve", lasts=None),
)


def put_on_the_list(first_year: int, *, by: User) -> None:
    """All of them, entered by the office."""
    for aim in AIMS:
        first = first_year + aim.begins
        last = None if aim.lasts is None else first + aim.lasts - 1
        PRIORITIES.save(by=by, kind=aim.kind, reference=aim.reference, name=aim.name, first_year=first, last_year=last)
