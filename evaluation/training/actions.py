"""Statements on training as a register, and the question to schools that have made none (R-1.8)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from astcoord.core.clock import today
from astcoord.core.models.messages import Message
from astcoord.core.nightly import each
from astcoord.core.problems import Problem
from astcoord.core.register import Register
from evaluation.training import emails, permissions, reads, rules
from evaluation.training.models import TrainingStatement
from schools.calendar.reads import year_on
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_office
from staff.posts.models import Post


class Statements(Register[TrainingStatement]):
    """Kept by the own headteacher, and by the office for those who wrote on paper."""

    model = TrainingStatement
    noun = "statement on training"
    rule = "R-1.8"
    readers = permissions.READERS
    keepers = permissions.KEEPERS

    def may_keep(self, user: User, row: TrainingStatement | None = None) -> bool:
        return permissions.can_keep(user, row) if row else super().may_keep(user)

    @transaction.atomic
    def save(self, *, row: TrainingStatement | None = None, by: User, **fields: Any) -> TrainingStatement:
        """Add or change one; a head's is of the own school."""
        school = fields.get("school") or (row.school if row else None)
        if school and not is_office(by) and not heads(by, school.pk):
            raise PermissionDenied("keep the register: another school’s statement")
        return super().save(row=row, by=by, **fields)

    def problems(self, row: TrainingStatement) -> list[Problem]:
        same = TrainingStatement.objects.filter(school=row.school_id, year=row.year_id).exclude(pk=row.pk)
        in_post = Post.objects.in_post_between(row.year.starts_on, row.year.ends_on).filter(home=row.school_id)
        return rules.statement_problems(
            statement=row.statement,
            year_begins=row.year.starts_on,
            today=today(),
            again=same.exists(),
            employs=in_post.exists(),
        )


STATEMENTS = Statements()


def ask_schools(on: date) -> int:
    """Nightly: from the day after the autumn term, each employing school without one is asked once; how many are."""
    year = year_on(on)
    if year is None or on <= reads.due_of(year):
        return 0
    told = Message.objects.filter(kind="training-asked", key__startswith=f"training-asked:{year.slug}:")
    asked = set(told.values_list("about_id", flat=True))
    wanting = [school for school in reads.missing(year, on) if school.pk not in asked]
    return each(wanting, lambda school: 1 if emails.asked(school, year) else 0)
