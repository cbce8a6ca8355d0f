"""The office's side: opening reviews and deciding on them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core.access import access
from astcoord.core.clock import today
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import OFFICE, Role
from evaluation.actions import reviews as actions
from evaluation.forms.reviews import DecisionForm, OpenReviewsForm
from evaluation.models import ImpactReview
from evaluation.reports.reviews import review_page
from placements.models import Placement
from schools import calendar
from schools.models import Term


@access(OFFICE)
def reviews_open(request: HttpRequest) -> HttpResponse:
    """Open the reviews of a term for every active placement that has none yet."""
    form = OpenReviewsForm(request.POST or None, terms=_terms(), initial={"term": calendar.term_on(today())})
    if request.method == "POST" and form.is_valid():
        term = form.cleaned_data["term"]
        count = len(actions.open_reviews(term=term, today=today()))
        said = f"{count} review{'' if count == 1 else 's'} opened" if count else "No placement needed a new review"
        messages.success(request, f"{said} for the {term.name}.")
        return redirect("evaluation:reviews")
    return render(request, "evaluation/reviews_open.html", {"form": form})


@access(OFFICE)
@require_POST
def review_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open this term's review of one placement now."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    term = calendar.term_on(today()) or _terms().first()
    if term is None:
        messages.error(request, "The calendar holds no term yet.")
        return redirect("evaluation:placement_diary", pk=pk)
    try:
        review = actions.open_review(placement=placement, term=term, today=today())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("evaluation:placement_diary", pk=pk)
    messages.success(request, "The review is open, and the AST has been told.")
    return redirect("evaluation:review", pk=review.pk)


@access(Role.COORDINATOR)
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, return or waive."""
    review = get_object_or_404(ImpactReview.objects.visible_to(request.user).with_people(), pk=pk)
    page = review_page(review, request.user)
    if not page.can_decide:
        raise PermissionDenied
    form = DecisionForm(request.POST or None, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(form, review, request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, f"The review is now “{review.get_status_display()}”.")
            return redirect("evaluation:reviews")
    return render(request, "evaluation/review_decide.html", {"form": form, "page": page, "review": review})


def _decide(form: DecisionForm, review: ImpactReview, by: Any) -> None:
    decision = form.cleaned_data["decision"]
    if decision == "accept":
        actions.accept(review=review, by=by)
    elif decision == "return":
        actions.send_back(review=review, reason=form.reason, by=by)
    else:
        actions.waive(review=review, reason=form.reason, by=by)


def _terms() -> QuerySet[Term]:
    """Terms that have begun, the newest first."""
    return Term.objects.filter(starts_on__lte=today()).order_by("-starts_on")
