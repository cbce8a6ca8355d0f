"""R-17.10: every form that changes what is there says what it showed, so that it undoes nobody's change."""

import re
from typing import Any

import pytest
from django.http import QueryDict

from astcoord.ui.kept import SHOWN
from tests.access.people import SIGNED_IN
from tests.access.sides import World
from tests.access.table import ALL, OWN, OWN_ONLY, YES, Row, rows
from tests.access.walk import addresses, client_of, look
from tests.drawn import drawn

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("db", "quick_refusals")]

BEGINS_WITH = {
    "mfa_add_webauthn": "a name for a new key of one's own",
    "schools:import_contacts_columns": "a guess at the columns of a file that nobody else sees",
    "schools:follows_settle": "the first day that follows; it knows the answer that it was drawn with",
    "staff:role_end": "today, as the last day",
    "staff:opening_candidate": "a full-time post, and the subject that was asked for",
    "staff:candidate_appoint": "that it is the teacher’s first AST post",
    "staff:induction_tick": "today, for steps that nobody has ticked yet",
    "staff:aspirant_add": "today, and the head’s own school",
    "staff:pay_income_add": "this school year",
    "staff:post_add": "usual answers for a new post",
    "staff:subject_access": "the tick that is asked for each time",
    "staff:network_add": "the one kind of meeting that a consultant calls",
    "staff:deputy_name": "who names, as the one who is away",
    "staff:notice_add": "today, as the first day",
    "staff:policy_preset": "today, as the first day",
    "placements:letters_to_post": "all that wait, and today",
    "placements:request_person_add": "the first kind of person",
    "placements:match_propose": "the days that were asked for",
    "placements:plan_new": "the usual time for planning",
    "placements:plan_line": "the days of the plan's line",
    "placements:priority_add": "this school year",
    "placements:note_add": "who writes, as the one to whom it comes back",
    "placements:days_move": "all days to come; the preview shows what becomes of them as they are then",
    "placements:days_cancel": "all days to come, each called off as it is then",
    "placements:placement_end": "today, as the last day",
    "placements:amendment_person_add": "the first kind of person",
    "placements:day_plan": "the usual length and place",
    "placements:day_series": "the usual days of the placement",
    "placements:day_parts_change": "its plan, with a version of its own: R-10.3 leads to the plan as it is now",
    "placements:days_confirm": "all that wait",
    "placements:work_add": "today, and half a day",
    "placements:inreach_add": "today, and half a day",
    "evaluation:material_from_evidence": "what the evidence says, for a material of its own",
    "evaluation:write_up": "today, and the usual length and place",
    "evaluation:reviews_open": "the present term",
    "evaluation:meeting_record": "today",
    "evaluation:termly_meeting_add": "the usual agenda",
    "evaluation:termly_meeting_decide": "who writes, as the one who does it",
    "evaluation:training_statement_add": "this school year, and the head’s own school",
}
"""Pages whose form begins with a suggestion and writes something new, and why nobody's change can be undone by it."""

FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL | re.IGNORECASE)
FILLED = (
    re.compile(r"<textarea[^>]*name=\"(\w+)\"[^>]*>\s*[^<\s]"),
    re.compile(
        r"<input(?=[^>]*\btype=\"(?:text|email|tel|search|url|number)\")(?=[^>]*\bvalue=\"[^\"])[^>]*\bname=\"(\w+)\""
    ),
    re.compile(r"<input(?=[^>]*\bchecked)[^>]*\bname=\"(\w+)\""),
    re.compile(r"<select[^>]*name=\"(\w+)\"(?:(?!</select>).)*<option value=\"[^\"]+\" selected", re.DOTALL),
)


def filled(page: str) -> set[str]:
    """The boxes that hold something, in forms that do not say what they showed."""
    found: set[str] = set()
    for form in FORM.findall(page):
        if f'name="{SHOWN}"' not in form:
            found |= {name for pattern in FILLED for name in pattern.findall(form)}
    return found


def allowed(row: Row) -> list[str]:
    """Whom to look as: a form as everybody who may open it, a page as one of them."""
    found = [key for key in SIGNED_IN if row.cells[key] in (YES, ALL, OWN, OWN_ONLY)]
    return found if row.kind == "form" else found[:1]


def touched(response: Any) -> set[str]:
    """What counts as touched when a browser sends the page's form back as it was drawn."""
    form = (response.context or {}).get("form")
    said = [sent for _, sent in drawn(response.said) if SHOWN in sent]
    if not said or form is None:
        return set()
    data = QueryDict(mutable=True)
    for name, values in said[0].items():
        data.setlist(name, values)
    form.data, form.is_bound = data, True
    return set(form.touched())


def test_r_17_10_every_form_that_holds_something_says_what_it_showed_and_knows_it_again(world: World) -> None:
    clients = {key: client_of(world, key) for key in SIGNED_IN}
    mute: dict[str, set[str]] = {}
    wrong: dict[str, set[str]] = {}
    weighed = set()
    for row in rows():
        if row.kind not in ("form", "page") or row.page.startswith("/"):
            continue
        for key in allowed(row):
            response = look(clients[key], addresses(row, world)[0])
            mute |= {row.page: names} if (names := filled(response.said)) else {}
            wrong |= {row.page: names} if (names := touched(response)) else {}
            weighed |= {row.page} if f'name="{SHOWN}"' in response.said else set()
    assert set(mute) == set(BEGINS_WITH), {page: mute.get(page) for page in set(mute) ^ set(BEGINS_WITH)}
    assert not wrong
    assert len(weighed) > 30
