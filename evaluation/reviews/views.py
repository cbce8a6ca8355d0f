"""The termly impact review: the list, one review, written, commented on, decided, opened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from astcoord.core import shown, timeline
from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import AUTHORITY, OFFICE, Role
from astcoord.core.wording import counted
from astcoord.core.words import say
from astcoord.ui import bulk
from astcoord.ui.bulk import BulkAction
from astcoord.ui.forms import Acts
from astcoord.ui.lists import FilteredList
from astcoord.ui.submit import attempt, form_page, sent, submit
from evaluation.reviews import actions, documents
from evaluation.reviews.filters import ReviewFilter
from evaluation.reviews.forms import AcceptForm, CommentForm, DecideForm, OpenReviewsForm, ReviewForm
from evaluation.reviews.lifecycle import ReviewStatus
from evaluation.reviews.models import ImpactReview
from evaluation.reviews.reads import ReviewPage, review_page
from evaluation.reviews.tables import ReviewTable
from evaluation.reviews.wording import CONTRIBUTION
from placements.placement.models import Placement
from schools.calendar import reads as calendar
from schools.calendar.models import Term

READERS = (Role.AST, Role.HEADTEACHER, AUTHORITY)
DECISIONS: Acts = {"accept": actions.accept, "return": actions.send_back, "waive": actions.waive}


@access(*READERS)
class ReviewList(FilteredList):
    """The reviews that this person has to do with."""

    table_class = ReviewTable
    filterset_class = ReviewFilter
    template_name = "evaluation/reviews/reviews.html"
    title = "Impact reviews"
    csv_name = "impact-reviews"
    bulk = (
        BulkAction("Accept them", "evaluation:reviews_accept", frozenset({Role.COORDINATOR})),
        BulkAction("Write to whose turn it is", "staff:mailing_write", OFFICE, ("reviews",)),
    )

    def get_queryset(self) -> QuerySet[ImpactReview]:
        return ImpactReview.objects.visible_to(self.request.user).with_people()

    def get_table_kwargs(self) -> dict[str, Any]:
        """To an AST every row would name the reader."""
        others = self.request.user.has_role(Role.HEADTEACHER, *AUTHORITY)
        return {} if others else {"exclude": ("ast",)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_open=self.request.user.has_role(*OFFICE), **kwargs)


@access(*READERS)
def review(request: Request, pk: int) -> HttpResponse:
    """One review, with what this reader may do next."""
    found = shown.shown_to(request.user, _review(request, pk))
    page = review_page(found, request.user)
    history = timeline.events(found, reader=request.user) if page.whole else []
    context = {"page": page, "review": found, "contribution": CONTRIBUTION, "history": history}
    return render(request, "evaluation/reviews/review.html", context)


@access(Role.AST)
def review_write(request: Request, pk: int) -> HttpResponse:
    """The AST answers for every objective, with the term's diary beside it."""
    found = _review(request, pk)
    page = review_page(found, request.user)
    if not page.can_write:
        raise PermissionDenied
    form = ReviewForm(sent(request), review=found, sections=page.sections)
    is_draft = "draft" in request.POST
    act = actions.save_draft if is_draft else actions.submit
    if submit(
        form,
        lambda told: act(
            review=found,
            answers=form.answers(),
            summary=told["summary"],
            standards=told["standards"],
            by=request.user,
        ),
    ):
        messages.success(request, "Your draft is saved." if is_draft else "The review is with the headteacher.")
        return redirect("evaluation:review", pk=found.pk)
    context = {"form": form, "page": page, "review": found, "parts": form.parts(page.sections)}
    return render(request, "evaluation/reviews/review_write.html", context)


@access(*READERS)
def review_pdf(request: Request, pk: int) -> HttpResponse:
    """The review on paper, for those who read it whole."""
    found = _review(request, pk)
    if not review_page(found, request.user).can_print:
        raise Http404
    return documents.download(found)


def _review(request: Request, pk: int) -> ImpactReview:
    people = ImpactReview.objects.visible_to(request.user).with_people().select_related("commented_by", "accepted_by")
    return get_object_or_404(people, pk=pk)


@access(OFFICE)
def reviews_open(request: Request) -> HttpResponse:
    """Open the reviews of a term for every active placement that has none yet."""
    form = OpenReviewsForm(sent(request), terms=_terms(), initial={"term": calendar.term_on(today())})
    if done := submit(form, lambda data: actions.open_reviews(term=data["term"], today=today())):
        count = len(done.result)
        said = f"{counted(count, 'review')} opened" if count else say("No placement needed a new review")
        messages.success(request, f"{said} for the {form.cleaned_data['term'].name}.")
        return redirect("evaluation:reviews")
    lead = say(
        "Every active placement that has no review of the term gets one, and its AST is told. Reviews open by "
        "themselves when the last three weeks of a term begin."
    )
    back = ("Back to impact reviews", "evaluation:reviews")
    return form_page(request, form, title="Open a term’s reviews", back=back, lead=lead)


@access(OFFICE)
@require_POST
def review_open(request: Request, pk: int) -> HttpResponse:
    """Open this term's review of one placement now."""
    placement = get_object_or_404(Placement.objects.visible_to(request.user).with_people(), pk=pk)
    term = calendar.term_on(today()) or _terms().first()
    if term is None:
        messages.error(request, "The calendar holds no term yet.")
        return redirect("evaluation:placement_diary", pk=pk)
    done = attempt(request, lambda: actions.open_review(placement=placement, term=term, today=today()))
    if done is None:
        return redirect("evaluation:placement_diary", pk=pk)
    messages.success(request, say("The review is open, and the AST has been told."))
    return redirect("evaluation:review", pk=done.result.pk)


@access(Role.COORDINATOR)
def reviews_accept(request: Request) -> HttpResponse:
    """Accept several reviews without remarks, each recorded by itself (R-18.6)."""
    keys = bulk.chosen(request, "evaluation:reviews")
    if not keys:
        return bulk.nothing_chosen(request, "evaluation:reviews", "Tick the reviews that you want to accept, or “All”.")
    found = ImpactReview.objects.visible_to(request.user).with_people().filter(pk__in=keys)
    due = [each for each in found if each.status == ReviewStatus.COMMENTED]
    form = AcceptForm(sent(request), initial=bulk.joined([each.pk for each in due]), count=len(due))
    if done := submit(form, lambda _: actions.accept_each(reviews=due, by=request.user)):
        accepted, left = len(done.result), len(due) - len(done.result)
        said = f"{counted(accepted, 'review')} accepted." if accepted else "No review was accepted."
        more = f" {counted(left, 'review')} changed meanwhile and left as it is." if left else ""
        messages.success(request, said + more)
        return redirect("evaluation:reviews")
    return form_page(
        request,
        form,
        title="Accept impact reviews",
        back=bulk.back_to_list(request, "Back to impact reviews", "evaluation:reviews"),
        template="evaluation/reviews/reviews_accept.html",
        due=due,
        left=[each for each in found if each not in due],
    )


@access(Role.COORDINATOR)
def review_decide(request: Request, pk: int) -> HttpResponse:
    """Accept, return or waive."""
    review = get_object_or_404(ImpactReview.objects.visible_to(request.user).with_people(), pk=pk)
    page = review_page(review, request.user)
    if not page.can_decide:
        raise PermissionDenied
    form = DecideForm(sent(request), row=review)
    if submit(form, lambda _: form.act(DECISIONS, review=review, by=request.user)):
        messages.success(request, f"The review is now “{review.get_status_display()}”.")
        return redirect("evaluation:reviews")
    return _form_page(request, form, page, template="review_decide", title="Decide on the impact review")


def _terms() -> QuerySet[Term]:
    """Terms that have begun, the newest first."""
    return Term.objects.filter(starts_on__lte=today()).order_by("-starts_on")


@access(Role.HEADTEACHER)
def review_comment(request: Request, pk: int) -> HttpResponse:
    """Read the review and say what the school makes of it, on one page."""
    review = get_object_or_404(ImpactReview.objects.visible_to(request.user).with_people(), pk=pk)
    page = review_page(review, request.user)
    if not page.can_comment:
        raise PermissionDenied
    form = CommentForm(sent(request))
    if submit(form, lambda data: actions.comment(review=review, text=data["head_comment"], by=request.user)):
        messages.success(request, say("Thank you. The review is now with the co-ordinator."))
        return redirect("evaluation:review", pk=review.pk)
    heading = f"Your comment, {review.term.name}"
    return _form_page(
        request, form, page, template="review_comment", title="Comment on the impact review", heading=heading
    )


def _form_page(
    request: Request, form: Any, page: ReviewPage, *, template: str, title: str, heading: str | None = None
) -> HttpResponse:
    """A form beneath the review that it is about."""
    review = page.review
    placement = review.placement
    return form_page(
        request,
        form,
        title=title,
        heading=heading,
        caption=f"{placement.post.user.name} at {placement.host.name}",
        back=("Back to the review", "evaluation:review", review.pk),
        template=f"evaluation/reviews/{template}.html",
        page=page,
        review=review,
    )
