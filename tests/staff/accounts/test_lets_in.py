"""Whatever page lets somebody in, or gives a role, asks for a fresh sign-in (decision 21): asked of the code itself."""

import re

from staff.accounts.middleware import GUARDED, GUARDED_FOR_THE_OFFICE
from tests.staff.accounts.calls import Calls, views

LETS_IN = re.compile(
    r"\b(?:User|RoleAssignment)\.objects\.\w*create\w*\("  # an account, a role
    r"|\bRoleAssignment\("
    r"|\.is_active = True"  # an account that was closed
    r"|\.subjects = |\.phases = "  # what a consultant's role opens
    r"|\[\"email_is_own\"\] = |update\(email_is_own=True"  # an address that opens an account
)
MENTIONED = {"User", "RoleAssignment", "is_active", "subjects", "phases", "email_is_own"}

LETS_NOBODY_IN = {
    "sample": "the deputy in its invented facts is never stored",
    "schools:follows": "only asks which school follows; the page after it moves the roles",
    "schools:import_contacts_cancel": "puts a file aside",
    "schools:import_contacts_refused": "gives refused rows back",
    "schools:import_contacts_template": "an empty file",
    "staff:import_asts_cancel": "puts a file aside",
    "staff:import_asts_refused": "gives refused rows back",
    "staff:import_asts_template": "an empty file",
    "staff:post_move_back": "a move to come does not come",
}
"""Pages that mention what others do, with the reason why they do not do it themselves."""


def test_every_page_that_lets_somebody_in_asks_for_a_fresh_sign_in() -> None:
    pages = views()
    calls = Calls(pages.values())
    lets_in = calls.writing(LETS_IN, names=MENTIONED)
    assert {"add_person", "invite_heads", "reopen", "change_subjects", "update_contacts"} <= {
        f.__name__ for f in lets_in
    }
    leading = calls.leading_to(lets_in)
    found = {name for name, view in pages.items() if id(view) in leading}
    assert found - GUARDED - GUARDED_FOR_THE_OFFICE == set(LETS_NOBODY_IN)
