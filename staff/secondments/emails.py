"""N22: who hears of a round, an endorsement, an outcome, an ending, a grant.

No message names the teacher or says a sum in its words, because the whole office reads what could not be sent, and
these are not the administrator's (section G*): the letter and the statement, which are attached, say them.
"""

from collections import defaultdict
from datetime import datetime

from astcoord.core import emails, policy
from astcoord.core.clock import today
from astcoord.core.emails import Copy, Reader
from astcoord.core.models.documents import Document
from schools.register.models import School
from staff.accounts.models import RoleAssignment
from staff.accounts.reads import heads_or_school, or_school
from staff.secondments.lifecycle import ProposalStatus
from staff.secondments.models import GrantStatement, Proposal, Secondment, SecondmentRound

ROOM = "staff/secondments/emails"


def closing_soon(row: SecondmentRound) -> None:
    """To the heads of the round's phases whose school has not submitted anything yet."""
    waits = (ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN)
    sent = Proposal.objects.filter(round=row).exclude(status__in=waits).values("school")
    schools = School.objects.served(policy.in_force()).filter(phase__in=row.phases).exclude(pk__in=sent)
    heads = _heads_by_school()
    emails.send_all(
        f"{ROOM}/secondment-closing.txt",
        [
            Copy(reader, f"secondment-closing:{row.pk}:{row.closes_on}:{school.pk}:{reader.key}", row, {"round": row})
            for school in schools
            for reader in or_school(heads[school.pk], school)
        ],
    )


def ask_to_endorse(proposal: Proposal, *, asked_at: datetime | None) -> None:
    """To the adviser whom the co-ordinator has named, once for each time that it is submitted."""
    if proposal.adviser is None:
        return
    key = f"secondment-endorse:{proposal.pk}:{proposal.adviser_id}:{_time(asked_at)}"
    reader = Reader.of(proposal.adviser)
    emails.send(f"{ROOM}/secondment-endorse.txt", to=reader, key=key, about=proposal, proposal=proposal)


def outcome(proposal: Proposal, letter: Document) -> None:
    """R-2.15: the letter, to the school."""
    for reader in heads_or_school(proposal.school, today()):
        key = f"secondment-outcome:{letter.pk}:{reader.key}"
        _send("secondment-outcome", proposal, reader, key, attachments=[letter])


def looked_at_again(proposal: Proposal) -> None:
    """The last letter does not hold: another follows."""
    for reader in heads_or_school(proposal.school, today()):
        _send(
            "secondment-again",
            proposal,
            reader,
            f"secondment-again:{proposal.pk}:{_time(proposal.submitted_at)}:{reader.key}",
        )


def ask_for_ending(held: Secondment) -> None:
    """To the school and the office: three months are left."""
    office = emails.office()
    for reader in [*heads_or_school(held.proposal.school, today()), *([office] if office else [])]:
        key = f"secondment-ending:{held.pk}:{held.ends_on}:{reader.key}"
        _send("secondment-ending", held.proposal, reader, key, held=held)


def ended(proposal: Proposal) -> None:
    """What was chosen, to the school and the teacher."""
    held = Secondment.objects.select_related("post__user").get(proposal=proposal)
    for reader in [*heads_or_school(proposal.school, today()), Reader.of(held.post.user)]:
        key = f"secondment-ended:{held.pk}:{proposal.status}:{held.ends_on}:{reader.key}"
        _send("secondment-ended", proposal, reader, key, held=held)


def paid(statement: GrantStatement) -> None:
    """The money is on its way, with its statement."""
    proposal = statement.secondment.proposal
    for reader in heads_or_school(proposal.school, today()):
        key = f"secondment-paid:{statement.pk}:{reader.key}"
        _send("secondment-paid", proposal, reader, key, attachments=[statement.document], statement=statement)


def _send(kind: str, proposal: Proposal, reader: Reader, key: str, **facts: object) -> None:
    emails.send(f"{ROOM}/{kind}.txt", to=reader, key=key, about=proposal, proposal=proposal, **facts)  # type: ignore[arg-type]


def _time(at: datetime | None) -> str:
    return f"{at:%Y%m%d%H%M%S%f}" if at else ""


def _heads_by_school() -> dict[int | None, list[Reader]]:
    """Today's heads with an account. One query."""
    found: dict[int | None, list[Reader]] = defaultdict(list)
    for role in RoleAssignment.objects.of_heads(today()).select_related("user").order_by("pk"):
        found[role.school_id].append(Reader.of(role.user))
    return found
