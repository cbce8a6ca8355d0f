"""The page “Pay and funding”, and the way of a pay range (R-2.7, R-2.9)."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from astcoord.core import audit
from astcoord.core.access import Request, access, require
from astcoord.core.clock import today
from astcoord.core.roles import Role
from astcoord.core.words import say
from astcoord.ui.submit import attempt, form_page, reason_page, sent, submit
from staff.pay import permissions
from staff.pay.actions import ranges
from staff.pay.forms import ApproveForm, RangeForm, reason_form
from staff.pay.lifecycle import RangeStatus
from staff.pay.models import PayRange
from staff.pay.querysets import posts_seen
from staff.pay.reads.page import page_of
from staff.posts.models import Post
from staff.posts.permissions import is_own

KEEPERS = frozenset({Role.COORDINATOR, Role.HEADTEACHER})
DECIDERS = frozenset({Role.COORDINATOR, Role.GOVERNOR})
READERS = KEEPERS | DECIDERS | {Role.AST}


@access(READERS)
@require_safe
def pay(request: Request, pk: int) -> HttpResponse:
    """Everything of a post's pay that this person may read; who looks at somebody else's is recorded (R-16.3)."""
    post = post_seen(request, pk)
    if not is_own(request.user, post):
        audit.viewed(post, by=request.user, what="pay and funding")
    sees_post = Post.objects.visible_to(request.user).filter(pk=pk).exists()
    context = {"page": page_of(post, request.user, today()), "post": post, "sees_post": sees_post}
    return render(request, "staff/pay/pay.html", context)


@access(KEEPERS)
def range_add(request: Request, pk: int) -> HttpResponse:
    """Propose a range to the governors (R-2.7)."""
    post = post_kept(request, pk)
    form = RangeForm(sent(request))
    if submit(form, lambda _: ranges.propose(post=post, proposal=form.proposal(), by=request.user)):
        return done(request, pk, say("The range is put to the governors, and the AST is told."))
    lead = say(
        "The governors decide the range, after it has been talked over with the AST. Until they do, what holds now "
        "holds on."
    )
    return page(request, form, post, title="Propose a pay range", lead=lead)


@access(KEEPERS)
def range_change(request: Request, pk: int) -> HttpResponse:
    """Change a proposal as long as it waits."""
    row = _range(request, pk)
    require(permissions.can_keep(request.user, row.post))
    form = RangeForm(sent(request), row=row)
    if submit(form, lambda _: ranges.change(row=row, proposal=form.proposal(), by=request.user)):
        return done(request, row.post_id, "The proposal is saved.")
    return page(request, form, row.post, title="Change the proposed pay range")


@access(DECIDERS)
def range_approve(request: Request, pk: int) -> HttpResponse:
    """The governors approve, or the co-ordinator records that they did (R-2.7, R-2.9)."""
    row = _range(request, pk)
    require(permissions.can_decide(request.user, row))
    form = ApproveForm(sent(request))
    if submit(form, lambda data: ranges.approve(row=row, by=request.user, **data)):
        return done(request, row.post_id, f"{row} is approved. {say('The AST')} and the headteacher are told.")
    whole = "It takes the place of the range that holds until then."
    return page(request, form, row.post, title="Approve the pay range", lead=f"{row}. {whole}")


@access(DECIDERS)
def range_refuse(request: Request, pk: int) -> HttpResponse:
    """The governors send it back."""
    row = _range(request, pk)
    require(permissions.can_decide(request.user, row))
    return _reason(
        request,
        row,
        partial(ranges.refuse_range, row=row, by=request.user),
        title="Send the pay range back",
        words=say("The range is sent back. The AST and the headteacher are told."),
        label=say("Why? The headteacher and the AST read it."),
        lead=f"{row}. The headteacher can propose another.",
    )


@access(KEEPERS)
def range_withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a proposal back, or an approval that was a mistake."""
    row = _range(request, pk)
    require(permissions.can_withdraw(request.user, row))
    approved = row.status == RangeStatus.APPROVED
    title = "Take the approved pay range back" if approved else "Withdraw the proposed pay range"
    lead = f"{row}. What held before holds again." if approved else f"{row}. The governors need not decide it any more."
    return _reason(
        request,
        row,
        partial(ranges.withdraw, row=row, by=request.user),
        title=title,
        words="The range is withdrawn.",
        label="Why?",
        lead=lead,
    )


@access(Role.AST)
@require_POST
def range_talked(request: Request, pk: int) -> HttpResponse:
    """The AST says that it has been talked over."""
    row = _range(request, pk)
    if attempt(request, lambda: ranges.talked_over(row=row, by=request.user)):
        messages.success(request, "Recorded: the range has been talked over with you.")
    return redirect("staff:pay", row.post_id)


def post_seen(request: Request, pk: int) -> Post:
    """Not found by whoever does not read its pay."""
    posts = posts_seen(request.user).select_related("user", "home")
    found: Post = get_object_or_404(posts.prefetch_related("fundings", "hours", "home__statuses"), pk=pk)
    return found


def post_kept(request: Request, pk: int) -> Post:
    """For those who keep its pay."""
    post = post_seen(request, pk)
    require(permissions.can_keep(request.user, post))
    return post


def page(request: Request, form: Any, post: Post, *, title: str, **more: Any) -> HttpResponse:
    back = ("Pay and funding", "staff:pay", post.pk)
    return form_page(request, form, title=title, caption=post.name, back=back, **more)


def done(request: Request, pk: int, words: str) -> HttpResponse:
    """Say what was done, on the page of this post's pay."""
    messages.success(request, words)
    return redirect("staff:pay", pk)


def _reason(
    request: Request, row: PayRange, action: Any, *, title: str, words: str, label: str, lead: str
) -> HttpResponse:
    return reason_page(
        request,
        action,
        title=title,
        done=words,
        to=reverse("staff:pay", args=[row.post_id]),
        form=reason_form(sent(request), label=label, submit=title),
        caption=row.post.name,
        back=("Pay and funding", "staff:pay", row.post_id),
        lead=lead,
    )


def _range(request: Request, pk: int) -> PayRange:
    found: PayRange = get_object_or_404(
        PayRange.objects.visible_to(request.user).select_related("post__user", "post__home"), pk=pk
    )
    return found
