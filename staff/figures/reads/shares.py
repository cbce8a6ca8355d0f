"""ASTs in post as a share of teachers, by authority, phase and school: advice, never a cap (R-14.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from astcoord.core import policy
from astcoord.core.wording import counted
from astcoord.core.words import say
from schools.register.lifecycle import Phase
from schools.register.models import School
from staff.figures import rules
from staff.figures.reads.sheets import Cell, Sheet, Table
from staff.posts.models import Post

LEAD = "3% to 5% of a school’s teachers is advised. It binds nobody."


@dataclass(frozen=True)
class Chosen:
    """Schools of one phase, or all; only those with an AST in post, unless `without` says that all are wanted."""

    phase: str = ""
    without: bool = False


def schools(on: date) -> list[Any]:
    """Open schools of the kinds served, by name, with `asts` in post on that day; one query."""
    in_post = Count("posts", filter=Q(posts__in=Post.objects.in_post(on)), distinct=True)
    return list(School.objects.served(policy.in_force(on)).annotate(asts=in_post).order_by("name_key", "pk"))


def sheet(chosen: Chosen, today: date) -> Sheet:
    """The shares of what is chosen. A school that has not said how many teachers it has is unknown, not empty."""
    found = [school for school in schools(today) if chosen.phase in ("", school.phase)]
    unknown = [school for school in found if not school.teacher_count]
    listed = [school for school in found if chosen.without or school.asts]
    tables = [_by_phase(found), _by_school(listed), _unknown(unknown)]
    phase = (("Phase", str(Phase(chosen.phase).label)),) if chosen.phase else ()
    left_out = f"{counted(len(unknown), 'school')} whose number of teachers is not known"
    return Sheet(
        name="share-of-teachers",
        title=say("ASTs as a share of teachers"),
        tables=tuple(table for table in tables if table.rows),
        chosen=phase,
        lead=LEAD,
        notes=(f"The shares leave out {left_out}: they are named below.",) if unknown else (),
        empty="There is no school of this kind.",
    )


def _by_phase(found: Sequence[Any]) -> Table:
    groups = [(str(p.label), [school for school in found if school.phase == p.value]) for p in Phase]
    return Table(
        code="csv",
        title="By phase",
        header=(
            "Phase",
            "Schools",
            "Number of teachers known",
            "Teachers",
            say("ASTs there"),
            "Share",
            say("ASTs elsewhere"),
        ),
        rows=tuple(_line(label, group) for label, group in groups if group),
        total=_line("All schools", found),
        note=say("“ASTs elsewhere” are at schools whose number of teachers is not known."),
    )


def _line(label: str, group: Sequence[Any]) -> tuple[Cell, ...]:
    known = [school for school in group if school.teacher_count]
    teachers, there = sum(school.teacher_count for school in known), sum(school.asts for school in known)
    elsewhere = sum(school.asts for school in group) - there
    return (label, len(group), len(known), teachers, there, rules.share_words(there, teachers), elsewhere)


def _by_school(listed: Sequence[Any]) -> Table:
    return Table(
        code="schools",
        title="By school",
        header=("School", "Phase", say("ASTs"), "Teachers", "Share"),
        rows=tuple(
            (
                school.name,
                str(school.get_phase_display()),
                school.asts,
                school.teacher_count or "Not known",
                rules.share_words(school.asts, school.teacher_count or 0),
            )
            for school in listed
        ),
        links=tuple(school.get_absolute_url() for school in listed),
        folded=True,
    )


def _unknown(unknown: Sequence[Any]) -> Table:
    return Table(
        code="unknown",
        title="Schools whose number of teachers is not known",
        header=("School", "Phase", say("ASTs")),
        rows=tuple((school.name, str(school.get_phase_display()), school.asts) for school in unknown),
        links=tuple(school.get_absolute_url() for school in unknown),
        folded=True,
    )
