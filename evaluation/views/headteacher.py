"""The host headteacher's comment on a review."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from astcoord.core.access import access
from astcoord.core.problems import Refused, add_to_form
from astcoord.core.roles import Role
from evaluation.actions import reviews as actions
from evaluation.forms.reviews import CommentForm
from evaluation.models import ImpactReview
from evaluation.reports.reviews import review_page


@access(Role.HEADTEACHER)
def review_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the review and say what the school makes of it, on one page."""
    review = get_object_or_404(ImpactReview.objects.visible_to(request.user).with_people(), pk=pk)
    page = review_page(review, request.user)
    if not page.can_comment:
        raise PermissionDenied
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.comment(review=review, text=form.cleaned_data["head_comment"], by=request.user)
        except Refused as refusal:
            add_to_form(form, refusal.problems)
        else:
            messages.success(request, "Thank you. The review is now with the co-ordinator.")
            return redirect("evaluation:review", pk=review.pk)
    return render(request, "evaluation/review_comment.html", {"form": form, "page": page, "review": review})
