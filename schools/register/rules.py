"""What must be true of schools and their calendar. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from astcoord.core.problems import Problem
from astcoord.core.wording import date_words
from schools.calendar.rules import order_problems, overlap, range_words

if TYPE_CHECKING:
    from schools.register.models import School, SchoolStatus

MAINTAINED_KINDS = frozenset({"01", "02", "03", "05", "07", "12", "14", "15"})
"""The register's type codes for schools that a local authority maintains (R-1.1): community, voluntary aided
and controlled, foundation, community and foundation special, pupil referral units, nursery schools."""

SHARED = frozenset(
    {
        *("office", "admin", "administration", "administrator", "info", "information", "enquiries", "enquiry"),
        *("inquiries", "contact", "contacts", "contactus", "reception", "school", "schools", "mail", "mailbox"),
        *("email", "post", "postbox", "secretary", "bursar", "general", "hello", "staff", "finance", "business"),
        *("primary", "infant", "infants", "junior", "juniors", "academy", "college", "nursery", "federation"),
    }
)
"""First parts of addresses that several people read."""

SHARED_ENDS = ("office", "admin", "enquiries", "reception", "school", "primary", "academy")


def looks_shared(email: str) -> bool:
    """Whether an address looks like one that several people of a school read (R-17.5): “office@”, “admin.3021@”."""
    words = [word for word in re.split(r"[^a-z]+", email.partition("@")[0].lower()) if word]
    return any(word in SHARED or word.endswith(SHARED_ENDS) for word in words)


def can_host_gaps(
    *, head_name: str, chair_name: str, chair_email: str, head_has_account: bool | None = None
) -> list[Problem]:
    """What is missing before a school can host (R-1.1, R-1.3).

    `head_has_account=None` means that it is not known here, and then it is no gap.
    """
    gaps = []
    if not head_name.strip():
        gaps.append(Problem("The headteacher is missing: add the name.", "head_name", "R-1.1", "no-head"))
    if head_has_account is False:
        gaps.append(Problem("The headteacher has no account: invite the headteacher.", "", "R-1.3", "no-head-account"))
    if not chair_name.strip():
        gaps.append(Problem("The chair of governors is missing: add the name.", "chair_name", "R-1.3", "no-chair"))
    if not chair_email.strip():
        gaps.append(
            Problem(
                "The chair of governors cannot be reached: add the chair’s e-mail address.",
                "chair_email",
                "R-1.3",
                "no-chair-contact",
            )
        )
    return gaps


def status_problems(new: "SchoolStatus", existing: Iterable["SchoolStatus"]) -> list[Problem]:
    """A status row against rows of the same kind that may not share a day with it (R-1.2).

    For a category `existing` is every category of the school; for a programme every row of that programme.
    """
    problems = order_problems(new)
    if problems:
        return problems
    return [
        Problem(
            f"{new} would overlap with {old}, {range_words(old)}: end that first, or choose other dates.",
            "starts_on",
            "R-1.2",
            "overlap",
        )
        for old in existing
        if overlap(new, old)
    ]


def ending_problems(*, starts_on: date, ends_on: date) -> list[Problem]:
    """The last day of a category or programme may not come before its first (R-1.2)."""
    if ends_on >= starts_on:
        return []
    return [Problem(f"Last day must be on or after {date_words(starts_on)}, the first day", "ends_on", "R-1.2")]


def feeder_problems(feeder: "School", into: "School") -> list[Problem]:
    """Pupils go on from one school to another one (R-1.1)."""
    if feeder.pk == into.pk:
        return [Problem("Choose another school: no school feeds into itself", "school", "R-1.1", "itself")]
    return []
