"""Addresses at which e-mail comes back for good are not written to, until the office corrects them or says "again".

Sign-in codes go there all the same, because somebody has just asked for one: a report that is wrong, or forged, keeps
nobody out. They are sent beside the queue (`staff.accounts.adapter`).
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from astcoord.core import audit
from astcoord.core.addresses import same
from astcoord.core.models.bounces import Unreachable
from astcoord.core.wording import date_words

if TYPE_CHECKING:
    from staff.accounts.models import User

LONGEST = 300
NOBODY_THERE = re.compile(r"5\.(1\.([12346]|10)|2\.1)")
"""Enhanced codes (RFC 3463, RFC 7505) that are about the mailbox: not there, moved, or closed. Others are about us
(5.1.7 and 5.1.8 are the sender's address), or pass: full, too large, taken for unwanted, refused to relay."""
UNDEFINED = ("5.0.0", "5.1.0")
"""Enhanced codes that say "other": an answer with one of these is read like one without."""
OF_A_MAILBOX = re.compile(r"unknown|no such|not found|does not exist|unrout|user|mailbox|recipient", re.IGNORECASE)
"""Words of an answer without an enhanced code that make it one about the mailbox."""
OF_SOMETHING_ELSE = re.compile(r"rela[yi]|sender|authenti|spam|quota|full", re.IGNORECASE)
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
REPLY = re.compile(r"\b5\d\d\b")


def is_for_good(code: int, words: str) -> bool:
    """Whether a mail server's answer to a reader's address says that there is no such mailbox."""
    enhanced = ENHANCED.search(words)
    if enhanced and enhanced[0] not in UNDEFINED:
        return NOBODY_THERE.fullmatch(enhanced[0]) is not None
    if code not in (550, 551, 553) or OF_SOMETHING_ELSE.search(words):
        return False
    return OF_A_MAILBOX.search(words) is not None


def is_reported_for_good(status: str, said: str) -> bool:
    """The same of a report by its status; where that is "other", by the answer which it quotes: `550 5.1.1 nobody`."""
    if status not in UNDEFINED:
        return NOBODY_THERE.fullmatch(status) is not None
    reply = REPLY.search(said)
    return is_for_good(int(reply[0]) if reply else 0, said)


def note(email: str, *, said: str, at: datetime) -> bool:
    """Write no more to this address; whether that is new."""
    facts = {"since": at, "said": " ".join(said.split())[:LONGEST]}
    _, created = Unreachable.objects.get_or_create(address=same(email), defaults=facts)
    return created


def told_of(emails: Iterable[str]) -> dict[str, Unreachable]:
    """Those of these addresses at which e-mail comes back, as they are spelled here. One query."""
    spelled = {email: same(email) for email in emails if email}
    rows = {row.address: row for row in Unreachable.objects.filter(address__in=set(spelled.values()))}
    return {email: rows[address] for email, address in spelled.items() if address in rows}


def words(email: str) -> str:
    """“E-mail to a@b.example comes back since 3 May 2027”, or nothing. One query."""
    row = told_of([email]).get(email)
    return f"E-mail to {email} comes back since {since(row)}" if row else ""


def since(row: Unreachable) -> str:
    """The day, in words."""
    return date_words(timezone.localtime(row.since).date())


@transaction.atomic
def write_again(*, pks: Iterable[int], by: "User | None") -> int:
    """These addresses are written to again; how many. What failed meanwhile stays among the e-mails that failed."""
    found = list(Unreachable.objects.filter(pk__in=list(pks)).select_for_update())
    for row in found:
        audit.record("address written to again", row, by=by, before={"since": row.since})
        row.delete()
    return len(found)
