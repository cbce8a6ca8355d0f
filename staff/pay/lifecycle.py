"""An AST's pay: the way of a range from proposal to approval, what may not be held beside it, how long a post runs."""

from django.db import models

from astcoord.core.lifecycle import Machine, Move


class RangeStatus(models.TextChoices):
    PROPOSED = "proposed", "Proposed: waits for the governors"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Sent back by the governors"
    WITHDRAWN = "withdrawn", "Withdrawn"


S = RangeStatus

PAY_RANGE = Machine(
    "pay range",
    RangeStatus,
    [
        Move.of("approve", S.PROPOSED, S.APPROVED, "Approve the range", "Gov/Co"),
        Move.of("refuse", S.PROPOSED, S.REFUSED, "Send the range back", "Gov/Co"),
        Move.of("withdraw", S.PROPOSED, S.WITHDRAWN, "Withdraw the proposal", "OH/Co"),
        Move.of("take_back", S.APPROVED, S.WITHDRAWN, "Take the approved range back", "Co"),
    ],
    colours={S.PROPOSED: "yellow", S.APPROVED: "green", S.REFUSED: "red", S.WITHDRAWN: "grey"},
)


class Allowance(models.TextChoices):
    """What an AST cannot hold (R-2.8)."""

    MANAGEMENT = "management", "Management allowance"
    SEN = "sen", "Special educational needs allowance"
    RECRUITMENT = "recruitment", "Recruitment and retention allowance"


class ContractKind(models.TextChoices):
    """How long the school employs the AST as one (R-2.4)."""

    PERMANENT = "permanent", "Permanent"
    FIXED = "fixed", "Fixed term"


class Decision(models.TextChoices):
    """What becomes of a post whose term comes to its end (R-2.4)."""

    EXTENDED = "extended", "It is extended"
    PERMANENT = "permanent", "It is made permanent"
    ENDS = "ends", "It ends then"


M6 = 0
"""The number under which the top of the main scale stands among the points of the spine."""
POINTS = [(M6, "Top of the main scale (M6)"), *((n, f"Point {n}") for n in range(1, 28))]
"""What the co-ordinator enters a year's salary for."""
