"""Why an AST is not for a request: one vocabulary for the ranking and the plan (R-7.2).

The order is that of the questions, the most lasting reason first. Codes are stored with plans: they never change.
"""

from enum import StrEnum

from astcoord.core.words import say_later


class Exclusion(StrEnum):
    """The first reason that was found. Those marked are asked by one of the two alone."""

    POLICY = "policy"
    OWN_SCHOOL = "own_school"
    NO_EXPERTISE = "no_expertise"
    NOT_ASSESSED = "not_assessed"
    NOT_IN_POST = "not_in_post"
    INDUCTION = "induction"
    ASKED_ALREADY = "asked_already"
    KEY_STAGE = "key_stage"  # plan
    AST_BARRED = "ast_barred"  # plan
    TOO_FAR = "too_far"  # plan
    NO_PATTERN = "no_pattern"
    NO_DAYS = "no_days"
    CATEGORY = "category"  # plan
    BLOCK = "block"  # plan
    WEEKDAYS = "weekdays"
    SHORT = "short"  # plan
    FULL = "full"  # ranking
    FORBIDDEN = "forbidden"  # plan

    @property
    def words(self) -> str:
        """The reason as a sentence without its full stop."""
        return WORDS[self]


E = Exclusion
WORDS = {
    E.POLICY: say_later("Not allowed by the authority’s policy"),
    E.OWN_SCHOOL: "Works at the school that asks: record the help as inreach",
    E.NO_EXPERTISE: "Does not list the subject",
    E.NOT_ASSESSED: "Not assessed yet",
    E.NOT_IN_POST: "Not in post in the weeks asked for",
    E.INDUCTION: "Induction not finished",
    E.ASKED_ALREADY: "Already proposed for this request",
    E.KEY_STAGE: "Does not teach pupils of this age",
    E.AST_BARRED: say_later("Policy keeps this AST at the home school"),
    E.TOO_FAR: "Too far away",
    E.NO_PATTERN: "Outreach weekday not set: the home headteacher chooses it",
    E.NO_DAYS: "No days left this year",
    E.CATEGORY: "No days left in this part of the budget, or in the next school year",
    E.BLOCK: say_later("The dates asked for hold no whole half-term, and placements here fill whole half-terms"),
    E.WEEKDAYS: "Outreach weekday does not suit the school in the weeks asked for",
    E.SHORT: "Not enough free days in the weeks asked for",
    E.FULL: "The weeks asked for are full",
    E.FORBIDDEN: say_later("Ruled out by the co-ordinator"),
}
