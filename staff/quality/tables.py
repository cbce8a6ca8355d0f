"""QA visits as a list, and who has not been visited (R-3.7)."""

from typing import Any

import django_tables2 as columns
from django.urls import reverse

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, LinkColumn, StatusColumn, Table
from staff.posts.models import Post
from staff.quality.models import QaVisit


class QaVisitTable(Table):
    """The newest first; no outcome, since not everybody who sees a visit reads its report (section G*)."""

    noun = "QA visit"
    empty_text = "There is no QA visit here."

    visit = LinkColumn(accessor="post__user__name", verbose_name=say_later("AST"), order_by=("post__user__name_key",))
    school = columns.Column(accessor="post__home__name", verbose_name="School", order_by=("post__home__name_key",))
    kind = columns.Column(verbose_name="What is looked at")
    on = DateColumn(verbose_name="Day")
    visitor = columns.Column(accessor="visitor__name", verbose_name="Visitor", order_by=("visitor__name_key",))
    status = StatusColumn()

    class Meta(Table.Meta):
        model = QaVisit
        fields = ("visit", "school", "kind", "on", "visitor", "status")


class CoverageTable(Table):
    """Who has not been visited for both kinds."""

    noun = say_later("AST")
    empty_text = say_later("All of these ASTs have been visited for both.")

    name = columns.Column(
        accessor="user__name",
        verbose_name=say_later("AST"),
        order_by=("user__name_key",),
        linkify=lambda record: reverse("staff:qa_visit_plan", args=[record.pk]),
    )
    school = columns.Column(accessor="home__name", verbose_name="School", order_by=("home__name_key",))
    phase = columns.Column(accessor="home__get_phase_display", verbose_name="Phase", orderable=False)
    teaching = columns.Column(verbose_name="Teaching", orderable=False, empty_values=())
    outreach = columns.Column(verbose_name="Outreach", orderable=False, empty_values=())

    class Meta(Table.Meta):
        model = Post
        fields = ("name", "school", "phase", "teaching", "outreach")

    def render_teaching(self, value: Any) -> str:
        return "Visited" if value else "Not visited"

    value_teaching = render_outreach = value_outreach = render_teaching
