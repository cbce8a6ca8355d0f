"""Inductions as a list: who has been met, and how far each has come (R-3.1, R-3.2)."""

from typing import Any

import django_tables2 as columns
from django.urls import reverse

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, StatusColumn, Table
from staff.expertise.vocabulary import InductionStep
from staff.posts.models import Post


class InductionTable(Table):
    """Candidates and ASTs by name."""

    noun = "induction"
    empty_text = say_later("There is no candidate and no AST here.")

    name = columns.Column(
        accessor="user__name",
        verbose_name=say_later("AST or candidate"),
        order_by=("user__name_key",),
        linkify=lambda record: reverse("staff:induction", args=[record.pk]),
    )
    school = columns.Column(accessor="home__name", verbose_name="School", order_by=("home__name_key",))
    status = StatusColumn()
    met_on = DateColumn(verbose_name="Last meeting before the assessment")
    steps_done = columns.Column(verbose_name="Steps after the pass")

    class Meta(Table.Meta):
        model = Post
        fields = ("name", "school", "status", "met_on", "steps_done")

    def render_steps_done(self, value: Any, record: Post) -> str:
        return f"{value} of {len(InductionStep)}" if record.passed_on else "After the pass"

    value_steps_done = render_steps_done
