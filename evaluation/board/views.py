"""The ASTs as a duty board (R-20.4)."""

from typing import Any

from django.db.models import QuerySet

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.roles import OFFICE
from astcoord.ui.lists import FilteredList
from astcoord.ui.tables import LARGEST_PAGE
from evaluation.board import reads
from evaluation.board.filters import BoardFilter
from evaluation.board.tables import BoardTable
from staff.posts.models import Post


@access(OFFICE)
class Board(FilteredList):
    """Everybody in post on one page, with sums; the same rows as a file."""

    table_class = BoardTable
    filterset_class = BoardFilter
    template_name = "evaluation/board/board.html"
    results_template = "evaluation/board/results.html"
    table_pagination = {"per_page": LARGEST_PAGE}
    title = "Duty board"
    csv_name = "duty-board"

    def get_queryset(self) -> QuerySet[Post]:
        return Post.objects.visible_to(self.request.user).in_post(today())

    def get_table_data(self) -> list[reads.Duty]:
        self.duties = reads.board(self.object_list, today())
        return self.duties

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "totals": reads.totals(self.duties)}
