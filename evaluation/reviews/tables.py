"""Reviews as a list."""

import django_tables2 as columns
from django.urls import reverse

from astcoord.core.words import say_later
from astcoord.ui.tables import DateColumn, ReferenceColumn, StatusColumn, Table
from evaluation.reviews.models import ImpactReview


class ReviewTable(Table):
    """The queue of impact reviews, the earliest due first."""

    noun = "review"

    reference = ReferenceColumn(
        accessor="placement__reference",
        verbose_name=say_later("Placement"),
        order_by=("placement_id",),
        linkify=lambda record: reverse("evaluation:review", args=[record.pk]),
    )
    ast = columns.Column(accessor="placement__post__user__name", verbose_name=say_later("AST"))
    host = columns.Column(accessor="placement__host__name", verbose_name="Host school")
    term = columns.Column(accessor="term__name", order_by=("term__starts_on",), verbose_name="Term")
    due_on = DateColumn(verbose_name="Due")
    status = StatusColumn()

    class Meta(Table.Meta):
        model = ImpactReview
        fields = ("reference", "ast", "host", "term", "due_on", "status")
        order_by = ("due_on",)
