"""What the authority's policy says of a contract: frozen with it, so that a later policy changes nothing (R-16.1)."""

from typing import Any

from astcoord.core.models.policy import Policy
from astcoord.core.policy_choices import CapMode, ChargedTo, Party
from astcoord.core.wording import counted, pounds
from astcoord.core.words import say, say_later
from placements.placement.documents import can_do
from placements.placement.ten_items import ITEMS

HALF_WAY = say_later(
    "When half of the days, or of the time, has gone, the host headteacher and the AST each say how it goes. The "
    "co-ordinator then decides whether and how to go on, and how the school carries on by itself afterwards."
)
TO_HOME_HEAD = say_later(
    "The AST’s own headteacher gets the final evaluation, without the names of the people supported."
)
PAYS: dict[str, str] = {ChargedTo.HOST: "The host school", ChargedTo.AUTHORITY: say_later("The authority")}


def policy_text(policy: Policy) -> dict[str, Any]:
    """To be merged into a contract's facts. `word` is what the paper is called (R-19.2)."""
    names = dict(Party.choices)
    return {
        "policy": {
            "preset": policy.preset,
            "valid_from": policy.valid_from,
            "cap": None if policy.cap_mode == CapMode.AGREED else policy.weekly_outreach_cap,
            "averaged": policy.cap_mode == CapMode.HALF_TERM_AVERAGE,
            "block": policy.placement_pattern == "block",
            "can": can_do(policy),
            "return_terms": policy.return_visit_terms,
            "word": policy.contract_word,
            "charges": charges_text(policy),
            "also": also(policy),
        },
        "items": [{"number": i.number, "title": i.title, "meaning": i.meaning} for i in ITEMS],
        "signatories": [{"party": party, "label": str(names[party])} for party in policy.signatories],
    }


def charges_text(policy: Policy) -> str:
    """What is paid for a day, by whom and to whom, in a sentence; empty where nobody pays (R-19.3)."""
    if not policy.has_charges:
        return ""
    shares = ((policy.charge_home_share, say("to the AST’s own school")), (policy.charge_fee, say("to the authority")))
    parts = " and ".join(f"{pounds(amount)} {to}" for amount, to in shares if amount)
    return f"{PAYS[policy.charged_to]} pays {pounds(policy.charge_day_rate)} for each day that is delivered: {parts}."


def also(policy: Policy) -> list[str]:
    """What the policy adds to the reviews and the evaluation, each a sentence or two (R-19.2)."""
    days = counted(policy.record_due_days, "working day")
    said = (
        (policy.record_due_days, f"{say('The AST')} writes up each day within {days}."),
        (policy.half_way_review, HALF_WAY),
        (policy.evaluation_to_home_head, TO_HOME_HEAD),
    )
    return [words for holds, words in said if holds]
