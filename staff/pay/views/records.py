"""What is recorded of a post's pay: points, allowances, contract, who pays and how much (R-2.4, R-2.8 to R-2.12)."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from astcoord.core.access import Request, access
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.wording import date_words
from astcoord.core.words import say
from astcoord.ui.submit import reason_page, sent, submit
from staff.accounts.permissions import is_office
from staff.pay import permissions
from staff.pay.actions import funding as funding_actions
from staff.pay.actions import points, terms
from staff.pay.forms import (
    AllowancesForm,
    ContractForm,
    CorrectPointForm,
    DecisionForm,
    FundingForm,
    IncomeForm,
    PointForm,
    reason_form,
)
from staff.pay.lifecycle import ContractKind, Decision
from staff.pay.models import PayPoint, PostIncome
from staff.pay.querysets import posts_seen
from staff.pay.reads.holding import allowances_on, contract_of
from staff.pay.views.pages import KEEPERS, done, page, post_kept, post_seen
from staff.posts.models import Post, PostFunding

NEVER_BY_ITSELF = "The school decides the point. Nothing moves it by itself."


@access(KEEPERS)
def point_add(request: Request, pk: int) -> HttpResponse:
    """The point that is paid from a day on (R-2.10)."""
    post = post_kept(request, pk)
    form = PointForm(sent(request))
    if submit(form, lambda data: points.record(post=post, by=request.user, **data)):
        return done(request, pk, "The point is recorded.")
    return page(request, form, post, title="Record a point", lead=NEVER_BY_ITSELF)


@access(KEEPERS)
def point_change(request: Request, pk: int) -> HttpResponse:
    """A wrong entry is put right."""
    row = _kept(request, PayPoint, pk)
    form = CorrectPointForm(sent(request), row=row)
    if submit(form, lambda data: points.correct(row=row, by=request.user, **data)):
        return done(request, row.post_id, "The point is corrected.")
    lead = "For a slip of the pen. If the school pays another point from a day on, record that as a new one."
    return page(request, form, row.post, title="Correct a point", lead=lead)


@access(KEEPERS)
def point_remove(request: Request, pk: int) -> HttpResponse:
    """An entry that should not be there."""
    row = _kept(request, PayPoint, pk)
    action = partial(points.take_away, row=row, by=request.user)
    lead = f"{row}. What was paid before holds again."
    return _taking_away(request, row.post, action, title="Take the point away", words="The point is gone.", lead=lead)


@access(KEEPERS)
def allowances(request: Request, pk: int) -> HttpResponse:
    """What the teacher holds that an AST cannot hold (R-2.8)."""
    post = post_kept(request, pk)
    form = AllowancesForm(sent(request), answer=allowances_on(post, today()))
    if submit(form, lambda data: terms.answer_allowances(post=post, by=request.user, **data)):
        return done(request, pk, "The answer is recorded.")
    return page(request, form, post, title="Allowances")


@access(KEEPERS)
def contract(request: Request, pk: int) -> HttpResponse:
    """Permanent, or until when (R-2.4)."""
    post = post_kept(request, pk)
    form = ContractForm(sent(request), contract=contract_of(post))
    if submit(form, lambda data: terms.record_contract(post=post, by=request.user, **data)):
        return done(request, pk, "The contract is recorded.")
    return page(
        request, form, post, title="Contract", lead=say("Whether the school employs the AST for good or for a time.")
    )


@access(KEEPERS)
def contract_decide(request: Request, pk: int) -> HttpResponse:
    """What becomes of a fixed term: one that ends leads the office to the page of leaving (R-2.4)."""
    post = post_kept(request, pk)
    held = contract_of(post)
    if held is None or held.kind != ContractKind.FIXED or held.ends_on is None:
        return done(request, pk, "The contract has no last day, so there is nothing to decide.")
    form = DecisionForm(sent(request), initial={"seen": held.ends_on})
    if submit(form, lambda data: terms.decide_ending(post=post, by=request.user, **data)):
        if form.cleaned_data["decision"] != Decision.ENDS:
            return done(request, pk, "The decision is recorded.")
        if is_office(request.user):
            done(request, pk, say("The decision is recorded. Now record when the AST leaves, and where to."))
            return redirect("staff:post_leave", pk)
        return done(request, pk, say("The decision is recorded. The co-ordinator records when the AST leaves."))
    lead = f"The fixed term ends on {date_words(held.ends_on)}."
    return page(request, form, post, title="What becomes of the fixed term?", lead=lead)


@access(Role.COORDINATOR)
def funding(request: Request, pk: int) -> HttpResponse:
    """Who pays from a day on: what outreach is asked of the AST goes by it (R-2.11, R-2.12, R-4.9)."""
    post = post_seen(request, pk)
    begun = [each for each in post.fundings.all() if each.starts_on <= today()]
    form = FundingForm(sent(request), post=post, holds=begun[-1] if begun else post)
    if submit(form, lambda data: funding_actions.change_funding(post=post, by=request.user, **data)):
        return done(request, pk, "The funding is saved.")
    lead = say("What outreach is asked of an AST depends on who pays for the post.")
    return page(request, form, post, title="Funding", lead=lead)


@access(Role.COORDINATOR)
def funding_remove(request: Request, pk: int) -> HttpResponse:
    """A change that was a mistake."""
    changes = PostFunding.objects.filter(post__in=posts_seen(request.user)).select_related("post__user")
    change = get_object_or_404(changes, pk=pk)
    action = partial(funding_actions.take_away, change=change, by=request.user)
    title, words = "Take the change of funding away", "The change is taken away."
    lead = f"{change}. Whoever paid before goes on."
    return _taking_away(request, change.post, action, title=title, words=words, lead=lead)


@access(KEEPERS)
def income_add(request: Request, pk: int) -> HttpResponse:
    """What a source gives in a school year (R-2.23)."""
    post = post_kept(request, pk)
    form = IncomeForm(sent(request))
    if submit(form, lambda data: funding_actions.record_income(post=post, by=request.user, **data)):
        return done(request, pk, "The amount is saved.")
    lead = "An amount that is there already for that year and source is replaced."
    return page(request, form, post, title="Record income", lead=lead)


@access(KEEPERS)
def income_change(request: Request, pk: int) -> HttpResponse:
    """Another amount."""
    row = _kept(request, PostIncome, pk)
    key = {"post": row.post, "first_year": row.first_year, "source": row.source}
    form = IncomeForm(sent(request), row=row)
    if submit(form, lambda data: funding_actions.record_income(**key, by=request.user, **data)):
        return done(request, row.post_id, "The amount is saved.")
    return page(request, form, row.post, title="Change an amount", lead=str(row))


@access(KEEPERS)
def income_remove(request: Request, pk: int) -> HttpResponse:
    """An amount that should not be there."""
    row = _kept(request, PostIncome, pk)
    action = partial(funding_actions.remove_income, row=row, by=request.user)
    title, words = "Take the amount away", "The amount is taken away."
    return _taking_away(request, row.post, action, title=title, words=words, lead=str(row))


def _taking_away(request: Request, post: Post, action: Any, *, title: str, words: str, lead: str) -> HttpResponse:
    return reason_page(
        request,
        action,
        title=title,
        done=words,
        to=reverse("staff:pay", args=[post.pk]),
        form=reason_form(sent(request), label="Why?", submit=title),
        caption=post.name,
        back=("Pay and funding", "staff:pay", post.pk),
        lead=lead,
    )


def _kept(request: Request, model: Any, pk: int) -> Any:
    """A row of a post whose pay this person keeps; not found where they do not even read it."""
    row = get_object_or_404(model.objects.visible_to(request.user).select_related("post__user", "post__home"), pk=pk)
    if not permissions.can_keep(request.user, row.post):
        raise PermissionDenied
    return row
