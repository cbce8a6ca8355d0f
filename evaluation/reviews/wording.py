"""How results are told: as a contribution among other factors, never as the only cause (R-11.11)."""

import re

from astcoord.core.problems import Problem
from evaluation.results.wording import CONTRIBUTION

__all__ = ["CONTRIBUTION", "sole_cause_claims"]

NO_STANDARDS = "No evidence on standards was given."
"""R-11.14: what is said of standards where nobody has said anything."""

ASK_STANDARDS = "What shows an effect on standards, such as pupils’ attainment?"
APART = "Apart from what has changed in teaching. Leave it empty where nothing shows one: that is then said."

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
