"""Which marks a person may come across, from section G of the requirements: one line for each private text.

The neighbour's marks are for the authority's own people only; those of a consultant's other subjects for nobody's eyes.
"""

OFFICE = frozenset({"coordinator", "administrator"})
GROUP = frozenset({"consultant"})
HOST, HOME, AST, CHAIR = (frozenset({key}) for key in ("host_head", "home_head", "ast", "host_chair"))
OFFICER = frozenset({"officer"})
CO = frozenset({"coordinator"})
BOTH = HOST | HOME | AST

MAY_READ = {
    # what a school asks for, and for whom
    "REQUEST": OFFICE | OFFICER | GROUP | BOTH,
    "STAFF": OFFICE | HOST | AST,
    "DECL": CO | HOST,
    "GOALS": OFFICE | HOST | AST,
    "REALISM": CO,
    "QUESTIONS": OFFICE | GROUP | HOST,
    "ENDING": OFFICE | GROUP | HOST,
    # why an AST was proposed, and what was answered
    "CHOICE": OFFICE | GROUP | HOME | AST,
    "REASON": OFFICE | GROUP | HOME | AST,
    "REFUSAL": OFFICE | GROUP | HOME | AST,
    # protocol, contract, meetings
    "AIM": OFFICE | OFFICER | GROUP | BOTH | CHAIR,
    "BASELINE": OFFICE | GROUP | BOTH,
    "OVERRIDE": OFFICE | GROUP | BOTH,
    "MEETING": OFFICE | GROUP | BOTH,
    "CONSENT": OFFICE | GROUP | BOTH,
    "AGREED": OFFICE | GROUP | BOTH,
    "PLACE": OFFICE | OFFICER | GROUP | BOTH,
    "ITEM": OFFICE | GROUP | BOTH,
    "PAPER": OFFICE | GROUP | HOST | AST,
    "FILE": OFFICE | HOST | AST,
    "BYTES": CO | HOST | AST,
    "COVER": OFFICE | GROUP | HOME | AST,
    # days, diary, reviews
    "DAYNOTE": OFFICE | GROUP | BOTH,
    "CLASS": OFFICE | GROUP | HOST | AST,
    "WATCHER": OFFICE | GROUP | HOST | AST,
    "CANCELLED": OFFICE | OFFICER | GROUP | BOTH,
    "PRIORITY": OFFICE | GROUP | BOTH,
    "EVIDENCE": OFFICE | GROUP | HOST | AST,
    "NEXT": OFFICE | GROUP | HOST | AST,
    "TALK": OFFICE | GROUP | HOST | AST,
    "PIECE": OFFICE | GROUP | HOST | AST,
    "WHY": OFFICE | HOST | AST,
    "ASKED": OFFICE | HOST | AST,
    "IDEA": OFFICE | HOME | AST,
    "DRAFTDAY": AST,
    "UNSENT": AST,
    "REVIEW": OFFICE | GROUP | HOST | AST,
    "COMMENT": OFFICE | GROUP | HOST | AST,
    "RETURN": OFFICE | GROUP | HOST | AST,
    "PROOF": OFFICE | GROUP | HOST | AST,
    "STEPS": OFFICE | GROUP | HOST | AST,
    # evaluations: a supported person's form is not the head's to read, and the AST's only when it was shared
    "HEADSAYS": OFFICE | GROUP | HOST | AST,
    "HEADDRAFT": HOST,
    "TEACHERSAYS": OFFICE | GROUP,
    "TOLDAST": OFFICE | GROUP | AST,
    "CONCLUDED": OFFICE | GROUP | HOST | AST,
    "ASKSMORE": OFFICE | GROUP | HOST | AST,
    "LASTS": OFFICE | GROUP | HOST | AST,
    "FIGURES": OFFICE | GROUP | HOST | AST,
    "REMAINS": OFFICE | GROUP | HOST | AST,
    "SHOWSIT": OFFICE | GROUP | HOST | AST,
    # the end
    "ENDED": OFFICE | GROUP | BOTH,
    "LINK": OFFICE | GROUP | HOST | AST,
    # the AST's time
    "SHARE": OFFICE | GROUP | HOME | AST,
    "INREACH": OFFICE | GROUP | HOME | AST,
    "COURSE": OFFICE | GROUP | HOME | AST,
    # the AST
    "ABOUT": OFFICE | OFFICER | GROUP | BOTH,
    "ASSESSOR": CO | GROUP | HOME | AST,
}
"""Ours. The names of the marks stand in `world.py`."""

EVERYWHERE = OFFICE | OFFICER
"""Who may read of the neighbour's at all, within the same lines."""


def may_read(key: str, *, side: str, mark: str, ours: str) -> bool:
    """Whether `key` may come across a mark of a side."""
    allowed = MAY_READ[mark]
    return key in (allowed if side == ours else allowed & EVERYWHERE)
