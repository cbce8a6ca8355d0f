"""The pool of ASTs against what the authority aims at, and where the next ones may come from (R-14.4)."""

from collections import Counter
from dataclasses import replace
from datetime import date

from astcoord.core import policy
from astcoord.core.models.policy import Policy
from astcoord.core.words import say, say_later
from staff.accounts.models import User
from staff.accounts.permissions import is_coordinator
from staff.aspirants.reads import link_for, listed_by_subject
from staff.expertise.vocabulary import Subject
from staff.figures import rules
from staff.figures.permissions import reads_sums
from staff.figures.reads.aims import Target
from staff.figures.reads.aims import target as target_of
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.openings.lifecycle import LOOKING
from staff.openings.models import Opening
from staff.posts.lifecycle import ON_THE_WAY
from staff.posts.models import Expertise, Post

WAY, ASPIRE = 3, 4
"""Columns of the table by subject that are marked * in section G."""
NOTE = say_later(
    "Active is who is in post and not away. An AST stands under each subject of the profile, so the lines come to more "
    "than the total."
)
NO_AIM = say_later("The policy sets neither a target nor a most for AST posts.")


def sheet(user: User, today: date, *, in_sums: bool = False) -> Sheet:
    """Nine queries at most. Officers read how many are on the way and aspire, but no group of one or two.

    `in_sums` is for a paper that is the same for whoever reads it.
    """
    aims = policy.in_force(today)
    held = set(Post.objects.in_post(today).values_list("pk", flat=True))
    active = set(Post.objects.present(today).values_list("pk", flat=True))
    coming = set(Post.objects.filter(status__in=ON_THE_WAY).values_list("pk", flat=True))
    aspirants = listed_by_subject()
    looking = Opening.objects.filter(status__in=LOOKING).count()
    sums, target = in_sums or reads_sums(user), target_of(aims)

    subjects = _by_subject(aims, held, active, coming, aspirants)
    if sums:
        subjects = subjects.for_officers({WAY, ASPIRE})
    pool: list[tuple[Cell, ...]] = [
        ("In post", len(held)),
        ("Of these, away", len(held - active)),
        ("Active", len(active)),
        (say("On the way: candidates, and teachers seconded to become ASTs"), subjects.total[WAY]),
        ("Aspirants", subjects.total[ASPIRE]),
        ("Posts for which schools look for somebody", looking),
        *_aims(aims, target, held=len(held), active=len(active)),
    ]
    return Sheet(
        name="recruitment",
        title="Recruitment",
        tables=(
            Table("csv", "The pool", ("What is counted", "Number"), tuple(pool)),
            _linked(subjects, user),
        ),
        lead=_lead(aims, target, len(active)),
        notes=(NOTE,) if target or aims.capacity is not None else (NO_AIM, NOTE),
    )


def _aims(aims: Policy, target: Target | None, *, held: int, active: int) -> list[tuple[Cell, ...]]:
    """A target is what the authority wants to have; a capacity the most that it has room for."""
    found: list[tuple[Cell, ...]] = []
    if target:
        found += [(target.words, target.asts), ("Gap to the target", rules.gap(target.asts, active))]
    if aims.capacity is not None:
        found += [(say("Most AST posts"), aims.capacity), ("Posts left", max(0, aims.capacity - held))]
    return found


def _lead(aims: Policy, target: Target | None, active: int) -> str:
    """The gap in a sentence, and in which subject first."""
    first = f", {_label(aims.target_subject)} first" if aims.target_subject else ""
    if target is None:
        return f"{say('The authority')} looks {say('for ASTs')}{first}." if first else ""
    gap = rules.gap(target.asts, active)
    if not gap:
        return f"The target of {target.asts} is reached."
    return (
        f"{gap} more {say('AST is') if gap == 1 else say('ASTs are')} wanted to reach the target "
        f"of {target.asts}{first}."
    )


def _by_subject(aims: Policy, held: set[int], active: set[int], coming: set[int], aspirants: dict[str, int]) -> Table:
    """Whoever offers a subject, and who may; the subject that comes first stands first."""
    counts: Counter[tuple[str, int]] = Counter()
    for post, subject in Expertise.objects.filter(post__in=held | coming).values_list("post_id", "subject"):
        for column, group in enumerate((held, active, coming), start=1):
            counts[subject, column] += post in group
    for subject, count in aspirants.items():
        counts[subject, ASPIRE] = count
    first = aims.target_subject
    order = [code for code in Subject.values if code == first or any(counts[code, x] for x in range(1, 5))]
    order.sort(key=lambda code: (code != first, _label(code)))
    return Table(
        code="subjects",
        title="By subject",
        header=("Subject", "In post", "Active", "On the way", "Aspirants"),
        rows=tuple((_label(code), *(counts[code, x] for x in range(1, 5))) for code in order),
        total=("All, each counted once", len(held), len(active), len(coming), sum(aspirants.values())),
        links=tuple(order),
    )


def _linked(table: Table, user: User) -> Table:
    """Each subject leads to its aspirants, for the co-ordinator: a vacancy in mathematics to those of mathematics."""
    return replace(table, links=tuple(map(link_for, table.links)) if is_coordinator(user) else ())


def _label(subject: str) -> str:
    return str(dict(Subject.choices).get(subject, subject))
