"""The ten items of the preliminary meeting, as data: what each means, whose it is and when it counts as done.

The order and the numbers are fixed (R-8.1 to R-8.10): people quote them, and the printed agenda follows them.
"""

from dataclasses import dataclass

from django.db import models

from astcoord.core.words import say_later


class ActionOwner(models.TextChoices):
    HOST_HEAD = "host_head", "Host headteacher"
    HOME_HEAD = "home_head", "Home headteacher"
    AST = "ast", say_later("AST")
    COORDINATOR = "coordinator", say_later("Co-ordinator")


@dataclass(frozen=True)
class Item:
    """One item. `owner` is a code of `ActionOwner`; `gates` says that nothing starts before it is done (R-8.13)."""

    number: int
    title: str
    meaning: str
    owner: str
    done_when: str
    gates: bool = False

    @property
    def code(self) -> str:
        return f"P{self.number}"


ITEMS = (
    Item(
        1,
        say_later("What the AST is here to do"),
        say_later(
            "The AST keeps to the work an AST may do, for no more than one day a week. The host "
            "school gets a statement "
            "of the role, so that nobody asks for anything else."
        ),
        "coordinator",
        "the role statement has gone to the host headteacher",
        gates=True,
    ),
    Item(
        2,
        "Telling the staff",
        say_later(
            "The headteacher gives this protocol and the role statement to all staff and presents the work as support, "
            "not inspection. Each person supported then has a first talk with the AST. A staff meeting is held if it "
            "helps."
        ),
        "host_head",
        "the papers have gone round, every first talk has been held and so has any staff meeting",
        gates=True,
    ),
    Item(
        3,
        "Telling the chair of governors",
        "The chair of the host school’s governors is told who is coming, when and to what end. No member of staff is "
        "named.",
        "coordinator",
        "the notice has gone to the chair; it goes by itself when the contract is signed",
        gates=True,
    ),
    Item(
        4,
        "Willing staff and regular evaluation",
        say_later(
            "The people supported have volunteered, or the headteacher vouches that they want to "
            "develop their practice "
            "and will carry on afterwards. Head and staff evaluate the work on fixed dates; the co-ordinator joins the "
            "final evaluation."
        ),
        "host_head",
        "the evaluations have been held",
    ),
    Item(
        5,
        "The shape of the day and the visit",
        say_later(
            "Most of the day is spent with the people supported, with some non-contact time and a "
            "talk at the end. Early "
            "on they visit the AST’s own school: both headteachers agree to that."
        ),
        "host_head",
        "the visit has taken place, or a headteacher has said why there is none",
    ),
    Item(
        6,
        "Meetings before and during the work",
        "The preliminary meeting comes before any work. Review meetings with everybody are dated from the start.",
        "coordinator",
        "the review meetings have been held",
    ),
    Item(
        7,
        "Time to plan and notice to prepare",
        say_later(
            "Part of each day is the AST’s planning time. If the school wants something prepared, it asks in good time."
        ),
        "ast",
        "days keep time for planning",
    ),
    Item(
        8,
        "Links afterwards",
        say_later(
            "When the placement is over, the schools may stay in touch informally if both wish. Nobody is obliged to."
        ),
        "host_head",
        say_later("the placement has ended"),
    ),
    Item(
        9,
        "Clear aims and somebody who watches them",
        say_later(
            "Aims are settled at the outset. The co-ordinator follows how they succeed and what the "
            "whole school gains. "
            "Time on named outreach days is kept for review."
        ),
        "coordinator",
        "the closing evaluation has been held",
    ),
    Item(
        10,
        say_later("Papers the AST needs to see"),
        say_later(
            "The host school shows the AST six kinds of papers before the first day. Each has somebody who provides it "
            "and a date."
        ),
        "host_head",
        "every paper has been seen",
    ),
)

BY_NUMBER = {item.number: item for item in ITEMS}
GATES = tuple(item.number for item in ITEMS if item.gates)
