"""Where policy, audit trail and personal data stand in the menu."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from astcoord.core import home, opening, records, retention
from astcoord.core import policy as authority
from astcoord.core.home import Task
from astcoord.core.opening import SetUpStep
from astcoord.core.roles import Role
from astcoord.core.wording import date_words, listed
from astcoord.core.words import say, say_later
from astcoord.ui import navigation
from staff.accounts.models import User

POLICY = say_later("What the authority has decided, and from when")
AUDIT = "Who did, signed, exported or looked at what"
RETENTION = "What is kept on whom, and how long"
NOT_AS_STORED = "Not as it was stored:"
NOT_REMOVED = "Over its time and not removed:"
MOST_NAMED = 3


def register() -> None:
    """What this room puts in the menu and on the set-up list."""
    home.register(tasks=tasks, order=1)
    opening.register("policy", set_up, order=10)
    for role in (Role.COORDINATOR, Role.OFFICER):
        navigation.register(role, "Policy", "staff:policy", order=95, hint=POLICY, group=navigation.OFFICE)
    navigation.register(Role.COORDINATOR, "Audit trail", "staff:audit", order=96, hint=AUDIT, group=navigation.OFFICE)
    navigation.register(
        Role.COORDINATOR, "Personal data", "staff:retention", order=97, hint=RETENTION, group=navigation.OFFICE
    )


def tasks(user: User, on: date) -> Iterator[Task]:
    """Before all else: what was changed past the software, each by its name; and what the nights could not remove."""
    if not user.has_role(Role.COORDINATOR):
        return
    found = list(records.open_mismatches().select_related("about_type")[: MOST_NAMED + 1])
    for mismatch in found[:MOST_NAMED]:
        yield Task(f"{NOT_AS_STORED} {mismatch}", reverse("staff:mismatches"), hint=mismatch.said, first=True)
    if len(found) > MOST_NAMED:
        yield Task("More records are not as they were stored", reverse("staff:mismatches"), first=True)
    for failure in retention.failures():
        since = date_words(timezone.localtime(failure.since).date())
        hint = f"Tried every night since {since}. Tell whoever runs the service."
        yield Task(f"{NOT_REMOVED} {failure.what}", reverse("staff:retention"), hint=hint)


def set_up(user: User, on: date) -> SetUpStep:
    """The policy, and who the office is: no letter goes without it. No query beyond the policy's."""
    now = authority.in_force(on)
    wanted = {"address": now.office_address, "e-mail address": now.office_email}
    missing = [name for name, value in wanted.items() if not value.strip()]
    if now.pk is None:
        said = say("Nothing is saved yet. Begin from another authority’s settings, or with the usual ones")
    elif missing:
        said = f"{now.authority_name}. Missing: the office’s {listed(missing)}"
    else:
        said = now.authority_name
    decides = user.has_role(Role.COORDINATOR)
    page = "staff:policy_change" if now.pk else "staff:policy"
    return SetUpStep(
        "Policy, and the office’s address",
        reverse(page) if decides else "",
        done=now.pk is not None and not missing,
        said=said if decides else f"{said}. {say('The co-ordinator')} does this",
    )
