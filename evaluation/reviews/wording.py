"""How results are told: as a contribution among other factors, never as the only cause (R-11.11)."""

import re

from astcoord.core.problems import Problem

CONTRIBUTION = (
    "Outreach is one contribution among other factors, above all the school’s own work. "
    "No change described here is claimed as the result of outreach alone."
)

_SOLE_CAUSE = re.compile(
    r"\b(?:sole(?:ly)?|only|entirely|wholly|purely|exclusively)\s+(?:because of|due to|thanks to|caused by|"
    r"(?:as )?(?:a |the )?result of|down to|attributable to)",
    re.IGNORECASE,
)


def sole_cause_claims(text: str, *, field: str) -> list[Problem]:
    """R-11.11: a review that names outreach as the only cause is sent back for other words."""
    if not (found := _SOLE_CAUSE.search(text)):
        return []
    return [
        Problem(
            f"Replace “{found[0]}”: say what the outreach contributed, because other factors played a part too",
            field,
            "R-11.11",
            "sole-cause",
        )
    ]
