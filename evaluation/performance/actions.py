"""Outreach judgements: begun, written, issued, acknowledged, replaced, withdrawn (R-12.1 to R-12.4).

The post is locked first: it is what two people race for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from astcoord.core import audit, gate, protected
from astcoord.core.access import require
from astcoord.core.clock import today
from astcoord.core.problems import Problem, Refused, refuse
from astcoord.core.words import say
from evaluation.performance import documents, emails, permissions, rules
from evaluation.performance.lifecycle import JudgementStatus
from evaluation.performance.models import OutreachJudgement, TargetJudged
from evaluation.performance.reads.pack import names_of
from evaluation.performance.reads.targets import targets_of, unjudged
from schools.calendar.models import AcademicYear
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.posts.models import Post


@dataclass(frozen=True)
class Written:
    """What a draft says. `targets`: by the objective's number, how far it is reached and what shows it."""

    judgement: str = ""
    development: str = ""
    targets: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@transaction.atomic
def begin(*, post: Post, year: AcademicYear, by: User) -> OutreachJudgement:
    """A draft of the next version, with the words of what stands. Only the co-ordinator replaces what was issued."""
    locked = Post.objects.locked(post.pk)
    require(permissions.can_begin(by, post), "write an outreach judgement")
    rows = OutreachJudgement.objects.filter(post=locked, year=year)
    refuse(
        rules.begin_problems(
            begun=year.starts_on <= today(),
            in_post=Post.objects.in_post_between(year.starts_on, year.ends_on).filter(pk=locked.pk).exists(),
            drafted=rows.drafts().exists(),
        )
    )
    stands = rows.stand().first()
    if stands is not None and not is_coordinator(by):
        words = say("It has been issued already. The co-ordinator can begin another version.")
        raise Refused([Problem(words, "", "R-12.2", "issued")])
    last = rows.order_by("-version").first()
    said: dict[str, Any] = {"judgement": stands.judgement, "development": stands.development} if stands else {}
    new: OutreachJudgement = OutreachJudgement.objects.create(
        post=locked, year=year, version=last.version + 1 if last else 1, **said
    )
    for each in stands.targets.all() if stands else ():
        new.targets.create(objective=each.objective, reached=each.reached, evidence=each.evidence)
    audit.record("Outreach judgement begun", new, by=by, after={"year": str(year), "version": new.version})
    return new


@transaction.atomic
def write(*, row: OutreachJudgement, written: Written, by: User) -> OutreachJudgement:
    """What the draft says, which may have gaps. Its words stand in no trail, and nobody supported in them (R-12.3)."""
    locked = _locked(row)
    require(permissions.can_begin(by, locked.post), "write an outreach judgement")
    if locked.status != JudgementStatus.DRAFT:
        raise Refused([gate.out_of_turn(locked, "Save the draft")])
    names = names_of(locked.post)
    locked.judgement = protected.cleaned(written.judgement.strip(), names)
    locked.development = protected.cleaned(written.development.strip(), names)
    locked.save(update_fields=["judgement", "development"])
    locked.targets.all().delete()
    for objective in targets_of(locked.post):
        reached, evidence = written.targets.get(objective.pk, ("", ""))
        locked.targets.create(
            objective=objective, reached=reached, evidence=protected.cleaned(evidence.strip(), names)[:1000]
        )
    audit.record("Outreach judgement written", locked, by=by)
    return locked


@transaction.atomic
def issue(*, row: OutreachJudgement, by: User) -> OutreachJudgement:
    """To the headteacher of the AST's school as it is today, with a copy to the AST (R-12.2, N23)."""
    locked = _locked(row)
    require(permissions.can_issue(by, locked), "issue an outreach judgement")
    held = targets_of(locked.post)
    judged = list(locked.targets.all())
    before = OutreachJudgement.objects.stand().filter(post=locked.post, year=locked.year).first()
    if locked.status == JudgementStatus.DRAFT and before is not None:
        refuse(_wanting(locked, held, judged))
        gate.move(before, "supersede", by=None, reason=f"Version {locked.version} is issued")
    moved = gate.move(
        locked,
        "issue",
        by=by,
        may=permissions.can_issue,
        problems=lambda each: _wanting(each, held, judged),
        home=locked.post.home,
        issued_on=today(),
        **_cleaned(locked),
    )
    moved.targets.exclude(objective__in=held).delete()
    documents.freeze(moved, by=by)
    emails.issued(moved, replaces=before is not None)
    return moved


def acknowledge(*, row: OutreachJudgement, by: User) -> OutreachJudgement:
    """The headteacher has read it."""
    return gate.move(row, "acknowledge", by=by, may=permissions.can_acknowledge, acknowledged_on=today())


@transaction.atomic
def withdraw(*, row: OutreachJudgement, reason: str, by: User) -> OutreachJudgement:
    """It does not stand. Those who were told of it are told why on its page (R-12.2)."""
    locked = _locked(row)
    require(permissions.can_issue(by, locked), "withdraw an outreach judgement")
    said = " ".join(protected.cleaned(reason, names_of(locked.post)).split())
    if not said:
        raise Refused([Problem("Enter why it is withdrawn", "reason", "R-12.2", "reason")])
    moved = gate.move(locked, "withdraw", by=by, may=permissions.can_issue, withdrawn_because=said[:500])
    if moved.home is not None:
        emails.withdrawn(moved)
    return moved


def _wanting(row: OutreachJudgement, held: list[Any], judged: list[TargetJudged]) -> list[Problem]:
    said = {"judgement": row.judgement, "development": row.development}
    return rules.issue_problems(**said, unjudged=unjudged(held, judged))


def _cleaned(row: OutreachJudgement) -> dict[str, str]:
    """Once more: somebody may have been named to the placement after it was written."""
    names = names_of(row.post)
    for each in row.targets.all():
        each.evidence = protected.cleaned(each.evidence, names)[:1000]
        each.save(update_fields=["evidence"])
    return {name: protected.cleaned(getattr(row, name), names) for name in ("judgement", "development")}


def _locked(row: OutreachJudgement) -> OutreachJudgement:
    """As it stands, with its post locked."""
    Post.objects.locked(row.post_id)
    found: OutreachJudgement = OutreachJudgement.objects.whole().get(pk=row.pk)
    return found
