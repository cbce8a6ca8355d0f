"""Outreach judgements on their page, on the AST's page, beside the evidence, and their targets (R-12.1, R-12.2)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from astcoord.core import timeline
from astcoord.core.models.documents import Document
from astcoord.core.problems import Problem
from astcoord.core.words import say, say_later
from evaluation.performance import permissions, rules
from evaluation.performance.documents import KIND
from evaluation.performance.lifecycle import STANDS, JudgementStatus
from evaluation.performance.models import OutreachJudgement, TargetJudged
from evaluation.performance.reads.pack import Section, pack
from evaluation.performance.reads.targets import targets_of, unjudged
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.pay.reads import page as pay
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_own
from staff.posts.reads.posts import Card
from staff.quality.models import QaVisit
from staff.quality.permissions import reads_report

NO_TARGET = say_later(
    "The job description in force has no objective on outreach, so there is no target to judge against. The "
    "headteacher and the AST agree one there."
)


@dataclass(frozen=True)
class JudgementPage:
    """One version, as far as this reader reads it."""

    facts: list[tuple[str, Any]]
    targets: list[TargetJudged]
    evidence: list[tuple[str, list[tuple[str, str]]]]
    missing: list[Problem]
    warning: str
    reads: bool
    may_write: bool
    may_issue: bool
    may_acknowledge: bool
    may_withdraw: bool
    may_replace: bool
    has_letter: bool
    shows_evidence: bool
    history: list[dict[str, Any]]


def judgement_page(row: OutreachJudgement, user: User) -> JudgementPage:
    """Everything on the page; five queries more at most. The evidence is what the letter froze."""
    draft, stands = row.status == JudgementStatus.DRAFT, row.status in STANDS
    reads, issues = permissions.reads_words(user, row), permissions.can_issue(user, row)
    targets = list(row.targets.select_related("objective"))
    letter = Document.objects.about(row).filter(kind=KIND).first() if reads and row.issued_on else None
    held = targets_of(row.post) if draft and reads else []
    return JudgementPage(
        facts=_facts(row, reads=reads),
        targets=targets if reads else [],
        evidence=[(title, rows) for title, rows in letter.facts["evidence"]] if letter else [],
        missing=_missing(row, targets, held) if draft and reads else [],
        warning=NO_TARGET if draft and reads and not held else "",
        reads=reads,
        may_write=permissions.can_write(user, row),
        may_issue=draft and issues,
        may_acknowledge=row.status == JudgementStatus.ISSUED and permissions.can_acknowledge(user, row),
        may_withdraw=(draft or stands) and issues,
        may_replace=stands and issues,
        has_letter=letter is not None,
        shows_evidence=permissions.reads_evidence(user, row.post),
        history=timeline.events(row, reader=user),
    )


def _missing(row: OutreachJudgement, targets: list[TargetJudged], held: list[Any]) -> list[Problem]:
    return rules.issue_problems(judgement=row.judgement, development=row.development, unjudged=unjudged(held, targets))


def _facts(row: OutreachJudgement, *, reads: bool) -> list[tuple[str, Any]]:
    rows: list[tuple[str, Any]] = [
        (say("AST"), row.post.name),
        ("School year", str(row.year)),
        ("Version", row.version),
    ]
    if row.home is not None:
        rows += [("Issued to the headteacher of", row.home.name), ("Issued on", row.issued_on)]
        rows += [("Acknowledged on", row.acknowledged_on)] if row.acknowledged_on else []
        rows += [("Why it was withdrawn", row.withdrawn_because)] if row.withdrawn_because else []
    if reads:
        rows.append(("The outreach as a whole", row.judgement or "Not written yet"))
        rows.append((say("What the AST needs to develop in the role of an AST"), row.development or "Not written yet"))
    return rows


@dataclass(frozen=True)
class EvidencePage:
    """What shows an AST's outreach in a year, and beside it what the school decides on with it (R-12.5)."""

    sections: list[Section]
    pay: list[Card]
    judgement: OutreachJudgement | None
    may_begin: bool


def evidence_page(post: Post, year: AcademicYear, user: User, today: date) -> EvidencePage:
    """What this reader reads of it. `post` has its subjects prefetched."""
    rows = OutreachJudgement.objects.visible_to(user).filter(post=post, year=year).whole()
    row = rows.exclude(status=JudgementStatus.WITHDRAWN).order_by("-version").first()
    return EvidencePage(
        sections=pack(post, year, today, reads_report=_reads_visits(user, post)),
        pay=list(pay.card(post, user, today)),
        judgement=row,
        may_begin=permissions.can_begin(user, post) and (row is None or row.status != JudgementStatus.DRAFT),
    )


def _reads_visits(user: User, post: Post) -> Callable[[QaVisit], bool] | None:
    """Governors read nothing of QA visits; everybody else what they read of each report (section G*)."""
    reads = permissions.can_begin(user, post) or is_own(user, post) or is_home_head(user, post)
    return partial(reads_report, user) if reads else None


def card(post: Post, user: User, today: date) -> Iterator[Card]:
    """On the AST's page: the newest judgements that this reader sees, without their words; and the evidence.

    Whoever reads none of them, such as a governor, is not told whether there is one (section G*). One query.
    """
    if not permissions.reads_evidence(user, post):
        return
    rows = list(OutreachJudgement.objects.visible_to(user).filter(post=post).select_related("year")[:4])
    links = [(f"Outreach judgement of {each.year}, version {each.version}", each.get_absolute_url()) for each in rows]
    links.append(("Evidence of outreach in this school year", reverse("evaluation:outreach_evidence", args=[post.pk])))
    shown: list[tuple[str, str]] = [
        (f"{each.year}, version {each.version}", each.get_status_display()) for each in rows
    ]
    yield Card("Outreach judgements" if shown else "Evidence of outreach", shown, tuple(links))
