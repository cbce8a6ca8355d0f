"""One protocol item, to read: the answer and the facts behind it."""

from typing import Any

from astcoord.core.wording import date_words
from astcoord.core.words import say
from placements.agreement.lifecycle import Agreement
from placements.agreement.models import ProtocolItem
from placements.placement.models import Placement, PlannedReview

Kind = PlannedReview.Kind
HOST_SCHOOL = "The host school"
REVIEWS = {4: (Kind.SCHOOL_EVALUATION, Kind.FINAL_EVALUATION), 6: (Kind.REVIEW_MEETING,), 9: (Kind.RESERVED_DAY,)}


def item_rows(placement: Placement, item: ProtocolItem, *, keepers: bool) -> list[tuple[str, Any]]:
    """Rows for a summary list; `keepers` as in `agreed_facts`."""
    rows: list[tuple[str, Any]] = [("Agreed", item.get_agreement_display())]
    if item.agreement == Agreement.WITH_ACTION:
        owner, due = item.get_action_owner_display(), item.action_due
        rows.append(("Still to be done", f"{item.action} ({owner}, by {date_words(due) if due else 'no date'})"))
    if item.note:
        rows.append(("Note", item.note))
    rows += agreed_facts(placement, item.number, keepers=keepers)
    done = item.get_fulfilment_display()
    return [*rows, ("Done", f"{done}, {date_words(item.fulfilled_on)}" if item.fulfilled_on else done)]


def agreed_facts(placement: Placement, number: int, *, keepers: bool) -> list[tuple[str, Any]]:
    """What stands behind an item: pairs of words and a text, a number or a date.

    `keepers`: with who at the host school keeps each paper, which home head and consultants do not read (section G).
    """
    if number in REVIEWS:
        found = placement.reviews_planned.filter(kind__in=REVIEWS[number])
        dates = [(review.get_kind_display(), review.on) for review in found]
        return [*dates, ("Aims", placement.focus)] if number == 9 else dates
    if number == 10:
        return [(p.get_kind_display(), _paper(p, keepers)) for p in placement.papers.all()]
    facts: dict[int, list[tuple[str, Any]]] = {
        1: [("Role statement sent", placement.role_statement_sent_on)],
        2: [
            ("All staff had the papers", placement.circulated_on),
            ("Staff meeting", "Not needed" if placement.staff_meeting_not_needed else placement.staff_meeting_on),
        ],
        5: [
            ("Shape of the day", placement.day_shape),
            (say("Visit to the AST’s own school"), placement.visit_waived_reason or placement.visit_planned_on),
        ],
        7: [("School days’ notice", placement.notice_days)],
    }
    return facts.get(number, [])


def _paper(paper: Any, keepers: bool) -> str:
    if paper.state == paper.State.NOT_APPLICABLE:
        return "Does not apply"
    due = f", by {date_words(paper.due)}" if paper.due else ""
    who = (paper.owner or "Nobody yet") if keepers else HOST_SCHOOL
    return f"{who}{due}: {paper.get_state_display().lower()}"
