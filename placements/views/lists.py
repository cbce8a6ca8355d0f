"""The list of matches that one party has answered or has to answer."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Exists, OuterRef, QuerySet, When
from django.http import HttpRequest

from astcoord.ui.tables import PAGE_SIZE
from placements.lifecycle import MatchStatus
from placements.models import Match, MatchAnswer


def own_matches(request: HttpRequest, matches: QuerySet[Match], party: str, page_name: str) -> dict[str, Any]:
    """Context of `own.html`: one page of matches, those that wait for this party first, by the day to answer."""
    answered = Exists(MatchAnswer.objects.filter(match=OuterRef("pk"), party=party))
    waits = Case(When(~answered, status=MatchStatus.PROPOSED, then=True), default=False, output_field=BooleanField())
    rows = matches.annotate(waits=waits).order_by("-waits", "answer_by", "-pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"page": page, "page_name": page_name}
