"""The page of one proposal, as this person may read it: what it says, what may be done, what came of it (section G)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from astcoord.core import timeline
from astcoord.core.models.documents import Document
from astcoord.core.wording import pounds
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.lifecycle import PostStatus
from staff.posts.models import Post
from staff.secondments import permissions
from staff.secondments.documents import letters
from staff.secondments.lifecycle import DECIDED, OVER, RUNNING, TO_DECIDE, WITH_AUTHORITY, ProposalStatus
from staff.secondments.models import PreparationStep, Proposal, Secondment
from staff.secondments.reads.grants import TermRow, terms_of

S = ProposalStatus
Rows = list[tuple[str, Any]]
Ways = list[tuple[str, str]]


@dataclass(frozen=True)
class ProposalPage:
    """Cards of (key, value); `ways` are (words, address), the first of them is the button."""

    proposal: Proposal
    held: Secondment | None
    said: Rows
    pay: Rows
    endorsement: Rows
    running: Rows
    ways: Ways
    letters: list[Document]
    steps: list[PreparationStep]
    terms: list[TermRow]
    pays: bool
    post_url: str
    may_prepare: bool
    history: list[dict[str, Any]]


def proposal_page(proposal: Proposal, user: User, today: date) -> ProposalPage:
    """Everything on the page. `proposal` comes from `whole()`; at most eight queries more."""
    held: Secondment | None = getattr(proposal, "secondment", None)
    money = permissions.sees_money(user, proposal)
    return ProposalPage(
        proposal=proposal,
        held=held,
        said=_said(proposal),
        pay=_pay(proposal) if money else [],
        endorsement=_endorsement(proposal) if permissions.sees_endorsement(user, proposal) else [],
        running=_running(held) if held else [],
        ways=[(words, reverse(f"staff:{name}", args=[proposal.pk])) for words, name in _ways(proposal, user, today)],
        letters=list(letters(proposal)) if money else [],
        steps=list(held.steps.all()) if held else [],
        terms=terms_of(held, today) if held and money else [],
        pays=is_coordinator(user),
        post_url=_post_url(held, user),
        may_prepare=bool(held) and permissions.can_prepare(user, proposal),
        history=timeline.trail(proposal, reader=user) if is_coordinator(user) else [],
    )


def _post_url(held: Secondment | None, user: User) -> str:
    """The AST’s page, for those who may read it."""
    if held is None or not Post.objects.visible_to(user).filter(pk=held.post_id).exists():
        return ""
    return reverse("staff:post", args=[held.post_id])


def _said(proposal: Proposal) -> Rows:
    labels = Proposal._meta.get_field("subjects").labels(proposal)  # type: ignore[union-attr]
    rows: Rows = [
        ("Teacher", proposal.aspirant_name),
        ("E-mail", proposal.aspirant_email),
        ("School", proposal.school.name),
        ("Round", proposal.round.name),
        ("Subjects or areas", ", ".join(labels)),
        *((question, answer) for question, answer in proposal.answers),
    ]
    if proposal.adviser:
        rows.append(("Adviser", proposal.adviser.name))
    return [(key, value) for key, value in rows if value]


def _pay(proposal: Proposal) -> Rows:
    other = "Not declared: nothing is paid before it is"
    if proposal.other_funding is not None:
        other = pounds(proposal.other_funding) if proposal.other_funding else "None"
    salary = pounds(proposal.current_salary) if proposal.current_salary is not None else ""
    rows: Rows = [
        ("Present salary", salary),
        ("Pay range", proposal.range_words and f"Points {proposal.range_words}"),
        ("How the range fits", proposal.pay_fit),
        ("Other funding, a year", f"{other}, {proposal.other_source}" if proposal.other_source else other),
    ]
    return [(key, value) for key, value in rows if value]


def _endorsement(proposal: Proposal) -> Rows:
    if proposal.endorsed_on is None:
        return []
    rows: Rows = [
        ("Endorsed", "Yes" if proposal.endorsed else "No"),
        ("On", proposal.endorsed_on),
        ("The teacher", proposal.get_met_aspirant_display()),
        ("The headteacher", proposal.get_met_head_display()),
        ("What the adviser says", proposal.endorsement),
    ]
    return [(key, value) for key, value in rows if value]


def _running(held: Secondment) -> Rows:
    rows: Rows = [
        ("From", held.starts_on),
        ("Until", held.ends_on),
        ("Preparation guided by", held.guide.name),
        ("Assessment passed", held.post.passed_on or "Not yet"),
        ("Extended because", held.extended_because),
        ("The school wishes", held.get_wish_display()),
        ("Because", held.wish_reason),
    ]
    return [(key, value) for key, value in rows if value]


def _ways(proposal: Proposal, user: User, today: date) -> Ways:
    """What this person may do now, what matters most first."""
    found: Ways = []
    status = proposal.status
    if is_coordinator(user):
        found += _for_coordinator(proposal)
    if permissions.is_adviser(user, proposal) and status == S.SUBMITTED:
        found.append(("Endorse it, or not", "proposal_endorse"))
    if permissions.is_head(user, proposal):
        found += _for_head(proposal, today)
    if proposal.status in RUNNING and permissions.can_prepare(user, proposal):
        found.append(("Record preparation for the assessment", "secondment_step"))
    payable = status in RUNNING or status in WITH_AUTHORITY or status == S.APPROVED
    if payable and (is_coordinator(user) or permissions.is_head(user, proposal)):
        found.append(("Declare other funding", "proposal_funding"))
    return found


def _for_coordinator(proposal: Proposal) -> Ways:
    status, found = proposal.status, []
    if status == S.SUBMITTED:
        words = "Name another adviser" if proposal.adviser_id else "Name the school’s adviser"
        found.append((words, "proposal_adviser"))
    if status in TO_DECIDE or status == S.WAITING:
        found.append(("Decide", "proposal_decide"))
    if status == S.APPROVED:
        found.append(("Begin the secondment", "secondment_begin"))
    if status in TO_DECIDE or status in DECIDED:
        found.append(("Ask the adviser again", "proposal_reconsider"))
    if status in OVER:
        found.append(("Take the ending back", "secondment_resume"))
    if status in RUNNING:
        post = proposal.secondment.post
        if post.status == PostStatus.SECONDED:
            found.append(("Record the pass", "secondment_pass"))
        if post.status == PostStatus.PASSED:
            found.append(("Record as in post", "secondment_appoint"))
        found.append(("Choose what follows", "secondment_end"))
        found.append(("Name another guide for the preparation", "secondment_guide"))
    return found


def _for_head(proposal: Proposal, today: date) -> Ways:
    status, found = proposal.status, []
    takes = proposal.round.is_open(today)
    if status == S.DRAFT:
        if takes:
            found.append(("Submit it", "proposal_submit"))
        found.append(("Change it", "proposal_change"))
    if status == S.SUBMITTED and takes:
        found.append(("Take it back to change it", "proposal_recall"))
    if status in RUNNING:
        found.append(("Say what the school wishes to follow", "secondment_wish"))
    if status in WITH_AUTHORITY or status in (S.DRAFT, S.APPROVED):
        found.append(("Withdraw it", "proposal_withdraw"))
    return found
