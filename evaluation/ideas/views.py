"""Ideas brought back to the home school: written by the AST, read by the home headteacher (R-10.11)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from astcoord.core.access import Request
from astcoord.core.words import say_later
from astcoord.ui.navigation import ASTS
from astcoord.ui.registers import RegisterPages
from astcoord.ui.submit import sent
from astcoord.ui.templatetags.govuk import day
from evaluation.ideas.actions import IDEAS
from evaluation.ideas.filters import IdeaFilter
from evaluation.ideas.forms import IdeaForm
from evaluation.ideas.tables import IdeaTable
from staff.accounts.models import User


class IdeaPages(RegisterPages):
    """What outreach brings to the AST's own school."""

    register = IDEAS
    form, table, filters = IdeaForm, IdeaTable, IdeaFilter
    app, name = "evaluation", "idea"
    title = "Ideas brought back"
    menu = 59, say_later("What an AST’s own school gains from outreach")
    group = ASTS
    intro = say_later(
        "What ASTs have learned elsewhere that is of use at their own school. The school’s governors read it in "
    )
    intro += "their summary at the end of each term."
    saved = "The idea is saved. Your headteacher can read it."
    remove_label = "Delete it"
    removed = "The idea is deleted."
    note_unused = "Your headteacher can read it, and your governors at the end of the term."

    def rows(self, user: User) -> QuerySet[Any]:
        return IDEAS.rows(user).select_related("placement__post__user", "placement__host", "author")

    def form_for(self, request: Request, row: Any) -> Any:
        return IdeaForm(sent(request), instance=row, user=request.user)

    def facts(self, row: Any) -> Iterable[tuple[str, Any]]:
        return [
            ("Idea", row.text),
            ("Brought back by", row.placement.post.user.name),
            ("From", row.placement.host.name),
            ("Date", day(row.noted_on)),
        ]


urlpatterns = IdeaPages().urls()
