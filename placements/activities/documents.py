"""The light agreement on inreach as a paper: aims and whose time; no host signs it (R-8.18)."""

from typing import Any

from astcoord.core import documents
from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.activities.models import InreachAgreement

AGREEMENT = "inreach-agreement"


def agreement_facts(agreement: InreachAgreement) -> dict[str, Any]:
    """What is agreed, and who said so."""
    rows = [
        [say("AST"), agreement.post.name],
        ["School", agreement.post.home.name],
        ["What it is for", agreement.aims],
        ["Whose time", agreement.get_time_source_display()],
        ["Plan for leaving the category", agreement.plan_link],
        ["From", date_words(agreement.starts_on)],
        ["Until", date_words(agreement.ended_on or agreement.ends_on)],
        ["Asked for by", str(agreement.asked_by)],
        ["Status", agreement.get_status_display()],
        ["Agreed by", f"{agreement.agreed_by}, {say('co-ordinator')}" if agreement.agreed_by else ""],
        ["Why", agreement.answer_reason],
    ]
    return {**documents.letterhead(), "rows": [row for row in rows if row[1]]}
